"""Which calls an operator is rung for, as the administrator sets it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from voicebot.accounts.grant import Deed, allows
from voicebot.accounts.takes import Takes, takes_of
from voicebot.accounts.trace import Seen
from voicebot.errors import BadInput
from voicebot.store import presence, users
from voicebot.web.account_words import refusal
from voicebot.web.parts import Parts
from voicebot.web.rights import Who, who
from voicebot.web.users import SEE_OTHER, note, one_page

Text = Annotated[str, Form(max_length=300)]
Words = Annotated[list[str], Form()]
Asking = Annotated[Who, Depends(who)]


def router(parts: Parts) -> APIRouter:
    """The route of `/users/{user_id}/takes`."""
    routes = APIRouter(include_in_schema=False)

    @routes.post("/users/{user_id}/takes")
    async def change(
        request: Request,
        asking: Asking,
        user_id: int,
        at_once: Annotated[int, Form()],
        skills: Words = [],  # noqa: B006  FastAPI copies it
        languages: Words = [],  # noqa: B006
        more: Text = "",
    ) -> Response:
        """Counts from the next call on; an operator who is at her console stays there."""
        try:
            takes = takes_of((*skills, *more.split(",")), languages, at_once)
            await run_in_threadpool(_keep, parts, request, asking, user_id, takes)
        except BadInput as error:
            why = refusal(error)
            return await run_in_threadpool(one_page, parts, request, user_id, refused=why)
        # Here and not in the thread: the pool is changed from the loop of the calls alone.
        parts.operators.describe(user_id, takes)
        return RedirectResponse(f"/users/{user_id}?done=takes", SEE_OTHER)

    return routes


def _keep(parts: Parts, request: Request, asking: Who, user_id: int, takes: Takes) -> None:
    with parts.database.write() as connection:
        account = users.find(connection, user_id)
        if not allows(account.role, Deed.TAKE_CALLS):
            raise BadInput(f"a {account.role} takes no calls")
        now = parts.clock.now()
        presence.describe(connection, user_id, name=account.name, at=now, **takes.values)
        note(connection, parts, request, asking, Seen.ACCOUNT_CHANGED, account, f"takes {takes}")
