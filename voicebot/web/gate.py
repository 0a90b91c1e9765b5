"""The gate that every page and API stands behind: who asks, whether he may, what is noted of it."""

from __future__ import annotations

from dataclasses import replace

from fastapi import HTTPException, Request
from starlette.concurrency import run_in_threadpool

from voicebot.accounts.account import Account
from voicebot.accounts.grant import Deed
from voicebot.accounts.session import Session
from voicebot.accounts.trace import Seen, Trace
from voicebot.errors import NotFound
from voicebot.store import audit, sessions, users
from voicebot.web import csrf, language, ring_pass, tongue
from voicebot.web.errors import MustEnrol
from voicebot.web.parts import Parts
from voicebot.web.rights import Who
from voicebot.web.rules import SAFE, Rule, rule_of
from voicebot.web.session import address, token_of
from voicebot.web.subject import UNKNOWN, Subject, subject_of
from voicebot.web.throttle import Throttle

SIGN_IN = "sign in first"
NOT_GRANTED = "this account may not do that"
TOO_MANY = "too many requests from this address; wait a few seconds"


class Gate:
    """The dependency of the whole application: a page added tomorrow stands behind it too."""

    def __init__(self, parts: Parts, second_factor_required: bool = False) -> None:
        self.parts = parts
        self.second_factor_required = second_factor_required
        self.throttle = Throttle(parts.clock, burst=120, per_second=4)

    async def __call__(self, request: Request) -> None:
        """Lets the request pass.

        Raises:
            HTTPException: 401, nobody is signed in; 403, his role does not allow it, or the form's
                token is missing; 429, this address asks too often.
            NotFound: it is about a client that he may not see, which is to him as if it were not.
        """
        rule = rule_of(request.scope["route"].path)
        if rule.throttled and not self.throttle.allows(address(request)):
            raise HTTPException(429, TOO_MANY)
        who = await run_in_threadpool(self.find, request)
        if who:
            tongue.speak(language.of(who, request, self.parts))
        if rule.public or self._his_own_call(rule, request):
            return
        if who is None:
            raise HTTPException(401, SIGN_IN)
        if request.method not in SAFE:
            await csrf.check(request, who.csrf)
        await run_in_threadpool(self.let, request, rule, who)

    def find(self, request: Request) -> Who | None:
        """Who is signed in on this browser; he is put where pages look for him."""
        token, now = token_of(request), self.parts.clock.now()
        request.state.who = None
        if not token:
            return None
        with self.parts.database.read() as connection:
            session = sessions.find(connection, token, now)
            if session is None or session.halfway:
                return None
            account = users.find(connection, session.user_id)
        if session.stale(now):
            with self.parts.database.write() as connection:
                sessions.touch(connection, session.id, now)
        who = request.state.who = who_of(account, session)
        request.state.token = token
        request.state.must_enrol = self.second_factor_required and not account.second_factor
        return who

    def let(self, request: Request, rule: Rule, who: Who) -> None:
        """Refuses what he may not see or do; otherwise says what the log will tell of it."""
        needed = rule.needs(request.method)
        if needed is None or not who.may(needed):
            self._note(_trace(request, who, Seen.REFUSED, Subject(), self.parts))
            raise HTTPException(403, NOT_GRANTED)
        if request.state.must_enrol and needed is not Deed.OWN_ACCOUNT:
            raise MustEnrol
        subject = subject_of(self.parts, request.path_params)
        if rule.about:
            subject = replace(subject, about=rule.about)
        if subject.client and not who.may_see(subject.client):
            if subject.client != UNKNOWN:
                self._note(_trace(request, who, Seen.REFUSED, subject, self.parts))
            raise NotFound(subject.missing)
        kind = rule.seen if request.method in SAFE else Seen.CHANGED
        if kind:
            # Written when the answer is sent: what was refused was neither seen nor done.
            request.state.trace = _trace(request, who, kind, subject, self.parts)

    def _his_own_call(self, rule: Rule, request: Request) -> bool:
        call_id = str(request.path_params.get("call_id", ""))
        return rule.ringer and ring_pass.opens(request, self.parts.ring_key, call_id)

    def _note(self, trace: Trace) -> None:
        with self.parts.database.write() as connection:
            audit.note(connection, trace)


def who_of(account: Account, session: Session) -> Who:
    """Somebody who is signed in, as pages know him."""
    return Who(
        id=account.id,
        name=account.name,
        role=account.role,
        clients=account.clients,
        csrf=session.csrf,
        technician=account.technician,
        login=account.login,
        session=session.id,
        language=account.language,
    )


def _trace(request: Request, who: Who, kind: Seen, subject: Subject, parts: Parts) -> Trace:
    detail = "" if kind not in (Seen.CHANGED, Seen.REFUSED) else request.method + " "
    return Trace(
        at=parts.clock.now(),
        kind=kind,
        who=who.login,
        user_id=who.id,
        client=subject.client,
        about=subject.about,
        detail=(detail + request.url.path) if detail else "",
        address=address(request),
    )
