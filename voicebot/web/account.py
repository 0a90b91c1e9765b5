"""One's own account: password, second factor, where one is signed in."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import RedirectResponse, Response

from voicebot.accounts import password as passwords
from voicebot.accounts.lockout import Step
from voicebot.accounts.trace import Seen, Trace
from voicebot.errors import BadInput
from voicebot.store import audit, failures, recovery_codes, sessions, users
from voicebot.store.users import Proof
from voicebot.web import known_device, session
from voicebot.web.account_words import refusal
from voicebot.web.agent import agent
from voicebot.web.page import render
from voicebot.web.parts import Parts
from voicebot.web.rights import Deed, Who, who
from voicebot.web.takes import shown
from voicebot.web.tongue import N_, _

SEE_OTHER = 303
Text = Annotated[str, Form(max_length=300)]
Asking = Annotated[Who, Depends(who)]
DONE = {
    "password": N_("Votre mot de passe est changé. Les autres appareils sont déconnectés."),
    "ended": N_("Les autres appareils sont déconnectés."),
    "off": N_("La double authentification est retirée."),
    "language": N_("La langue des pages est enregistrée."),
}


def router(parts: Parts) -> APIRouter:
    """The routes of `/account`."""
    routes = APIRouter(include_in_schema=False)
    own = Own(parts)

    @routes.get("/account/home")
    def home(asking: Asking) -> Response:
        """To the page that one's work begins on."""
        return RedirectResponse(first_page(asking), SEE_OTHER)

    @routes.get("/account")
    def shown(request: Request, asking: Asking, done: str = "") -> Response:
        """The account."""
        return own.page(request, asking, done=_(DONE[done]) if done in DONE else "")

    @routes.post("/account/password")
    def change(
        request: Request, asking: Asking, current: Text, password: Text, again: Text
    ) -> Response:
        """Another password; whoever is signed in elsewhere with the old one is no more."""
        try:
            own.confirm(request, asking, current)
            if password != again:
                raise BadInput("the two passwords differ")
            kept = passwords.hashed(passwords.good(password, asking.login, asking.name))
        except BadInput as error:
            return own.page(request, asking, refused=refusal(error), status=400)
        token = own.change_password(request, asking, kept)
        answer = RedirectResponse("/account?done=password", SEE_OTHER)
        session.put(answer, request, token)
        known_device.put(answer, request, parts, own.proof(asking))
        return answer

    @routes.post("/account/sessions/end")
    def end(asking: Asking) -> Response:
        """Signs out everywhere else."""
        with parts.database.write() as connection:
            sessions.end_all(connection, asking.id, but=asking.session)
        return RedirectResponse("/account?done=ended", SEE_OTHER)

    return routes


def first_page(asking: Who) -> str:
    """Where one's work begins."""
    if asking.may(Deed.TAKE_CALLS):
        return "/console"
    if asking.may(Deed.SEE_CALLS):
        return "/calls"
    return "/mine"


class Own:
    """What one may do to one's own account."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts

    def page(
        self,
        request: Request,
        asking: Who,
        *,
        refused: str = "",
        done: str = "",
        status: int = 200,
    ) -> Response:
        """The page of the account."""
        now = self.parts.clock.now()
        with self.parts.database.read() as connection:
            account = users.find(connection, asking.id)
            found = sessions.of(connection, asking.id, now)
            left = recovery_codes.left(connection, asking.id)
            takes = shown(self.parts, connection, account)
        values = {
            "account": account,
            "sessions": found,
            "codes_left": left,
            "takes": takes,
            "agent": agent,
            "companies": [self.parts.company(one) for one in sorted(asking.clients or ())],
            "now": now,
        }
        return render(request, "account.html", status, refused=refused, done=done, **values)

    def confirm(self, request: Request, asking: Who, typed: str) -> None:
        """Asks for the password again: the browser may have been left open.

        Raises:
            BadInput: it is wrong, or too many were.
        """
        now = self.parts.clock.now()
        # Where he is signed in, what strangers tried at the door does not count.
        device, address = f"session {asking.session}", session.address(request)
        counted = failures.limits(Step.PASSWORD, asking.login, address, device)
        with self.parts.database.write() as connection:
            if failures.free_at(connection, counted, now):
                raise BadInput("too many tries")
            failures.add(connection, counted, now)
            kept = users.proof(connection, asking.id).password
        if not passwords.matches(kept, typed):
            raise BadInput("wrong password")
        with self.parts.database.write() as connection:
            failures.forgive(connection, counted, now)

    def proof(self, asking: Who) -> Proof:
        """What he has to show."""
        with self.parts.database.read() as connection:
            return users.proof(connection, asking.id)

    def change_password(self, request: Request, asking: Who, kept: str) -> str:
        """Keeps it, and begins another session in place of all; gives its token."""
        now, address = self.parts.clock.now(), session.address(request)
        agent = request.headers.get("user-agent", "")
        with self.parts.database.write() as connection:
            users.set_password(connection, asking.id, kept, now)
            sessions.end_all(connection, asking.id)
            audit.note(connection, own_trace(self.parts, request, asking, Seen.PASSWORD_CHANGED))
            return sessions.begin(connection, asking.id, now, agent=agent, address=address)


def own_trace(parts: Parts, request: Request, asking: Who, kind: Seen) -> Trace:
    """A line of the log about one's own account; in place of the one that says "changed"."""
    request.state.trace = None
    return Trace(
        parts.clock.now(),
        kind,
        asking.login,
        asking.id,
        about=f"account {asking.login}",
        address=session.address(request),
    )
