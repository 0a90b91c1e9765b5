"""flows/golden/: what people say, and how urgent it is for the company they rang."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pydantic import ConfigDict, Field, RootModel, field_validator

from voicebot.clients.document import Document
from voicebot.clients.strict import Strict
from voicebot.errors import NotFound
from voicebot.oncall.evaluation import LEVELS

NIGHT = datetime(2026, 1, 14, 23, 30)
"""The client's own time where a row names none: a Wednesday night in January."""


@dataclass(frozen=True)
class Golden:
    """One sentence, and what must be decided on it."""

    set: str
    """The file it stands in."""
    client: str
    wanted: str
    """vital, urgent, normal, unwanted; or doubt, where one question is to be asked."""
    text: str
    rule: str = ""
    """The rule that must decide; "" for any."""
    at: datetime = NIGHT
    contract: bool = False


class _Circumstances(Strict):
    rule: str = ""
    at: datetime = NIGHT
    contract: bool = False


class _File(RootModel[dict[str, list[tuple[str, str] | tuple[str, str, str | _Circumstances]]]]):
    model_config = ConfigDict(frozen=True)
    root: dict[str, list[tuple[str, str] | tuple[str, str, str | _Circumstances]]] = Field(
        min_length=1
    )

    @field_validator("root")
    @classmethod
    def _levels(
        cls, root: dict[str, list[tuple[str, str] | tuple[str, str, str | _Circumstances]]]
    ) -> dict[str, list[tuple[str, str] | tuple[str, str, str | _Circumstances]]]:
        for rows in root.values():
            for wanted, text, *_ in rows:
                if wanted not in LEVELS:
                    raise ValueError(f"{text!r}: {wanted!r} is none of {', '.join(LEVELS)}")
        return root


def read_golden(flows: Path) -> list[Golden]:
    """All golden utterances under flows/golden/, file by file.

    Raises:
        NotFound: there is no such file.
        FlowError: a row is wrong; the message names file and line.
    """
    files = sorted((flows / "golden").glob("*.yml"))
    if not files:
        raise NotFound(f"no golden utterances in {flows / 'golden'}")
    return [row for file in files for row in _rows(file)]


def _rows(file: Path) -> list[Golden]:
    found = []
    for client, rows in Document(file).parse(_File).root.items():
        for wanted, text, *more in rows:
            told = more[0] if more else _Circumstances()
            told = _Circumstances(rule=told) if isinstance(told, str) else told
            found.append(Golden(file.stem, client, wanted, text, told.rule, told.at, told.contract))
    return found
