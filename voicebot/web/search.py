"""The search through the calls, as its form and its address write it."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from urllib.parse import urlencode

from pydantic import BaseModel, BeforeValidator, Field

from voicebot.store.days import Days
from voicebot.store.sought import Filter
from voicebot.web.parts import Parts
from voicebot.web.rights import Who


def _filled(value: object) -> object:
    """None for a field of a form that was left empty."""
    return None if value == "" else value


Known = Annotated[date, Field(ge=date(2000, 1, 1), le=date(2999, 12, 30))]
Day = Annotated[Known | None, BeforeValidator(_filled)]
Text = Annotated[str, Field(max_length=200)]


class Search(BaseModel):
    """What is searched; every field may be left empty."""

    words: Text = ""
    number: Text = ""
    client: Text = ""
    urgency: Text = ""
    outcome: Text = ""
    since: Day = None
    """The first day, in the client's own zone."""
    until: Day = None
    """The last day, which counts too."""
    page: Annotated[int, Field(ge=1, le=100_000)] = 1

    @property
    def asks(self) -> bool:
        """Whether anything is searched at all."""
        return bool(self.kept())

    def filter(self, parts: Parts, asking: Who) -> Filter:
        """The search as the store does it, among the calls that the one who asks may see."""
        zones = {client.name: client.timezone for client in parts.clients.values()}
        days = Days(self.since, self.until, zones, otherwise=parts.zone(""))
        return Filter(
            client=self.client or None,
            urgency=self.urgency or None,
            words=self.words,
            number=self.number,
            outcome=self.outcome or None,
            days=days if self.since or self.until else None,
            among=asking.clients,
        )

    def kept(self) -> dict[str, str]:
        """The fields that are filled in, as an address writes them."""
        found = self.model_dump(mode="json", exclude={"page", "size"}, exclude_defaults=True)
        return {name: str(value) for name, value in found.items()}

    def link(self, page: int) -> str:
        """The address of another page of the same list."""
        return "/calls?" + urlencode({**self.kept(), "page": page})
