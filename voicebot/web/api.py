"""What programs read: clients and calls as JSON."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from pydantic import Field

from voicebot.store.archive import PAGE_SIZE, Listed, WholeCall
from voicebot.web import permitted, turns
from voicebot.web.parts import Parts
from voicebot.web.rights import Who, who
from voicebot.web.search import Search


class ApiSearch(Search):
    """The search of the page, by pages of any size."""

    size: Annotated[int, Field(ge=1, le=200)] = PAGE_SIZE


def router(parts: Parts) -> APIRouter:
    """The routes of `/api/clients` and `/api/calls`."""
    routes = APIRouter(prefix="/api")

    @routes.get("/clients")
    def clients() -> list[dict[str, str]]:
        """The companies that can be rung."""
        return [
            {
                "name": client.name,
                "company": client.company,
                "sector": client.sector,
                "language": client.language,
            }
            for client in sorted(parts.clients.values(), key=lambda known: known.name)
        ]

    @routes.get("/calls")
    def calls(
        search: Annotated[ApiSearch, Query()], asking: Annotated[Who, Depends(who)]
    ) -> dict[str, Any]:
        """The calls, the latest first."""
        found = parts.archive.page(search.filter(parts, asking), search.page, search.size)
        return {
            "calls": [_listed(row) for row in found.calls],
            "page": found.number,
            "pages": found.pages,
            "total": found.total,
        }

    @routes.get("/calls/{call_id}")
    def call(call_id: str, asking: Annotated[Who, Depends(who)]) -> dict[str, Any]:
        """One call with its journal, facts, message and alerts."""
        whole = permitted.whole(parts, asking, call_id)
        return {**_whole(parts, whole), "recording": _recording(parts, call_id)}

    return routes


def _listed(row: Listed) -> dict[str, Any]:
    return {**asdict(row.call), "message": asdict(row.message) if row.message else None}


def _whole(parts: Parts, whole: WholeCall) -> dict[str, Any]:
    facts = turns.facts(whole.entries, parts.hidden(whole.call.client))
    return {**asdict(whole), "facts": facts}


def _recording(parts: Parts, call_id: str) -> str | None:
    return f"/recordings/{call_id}.wav" if parts.recording(call_id) else None
