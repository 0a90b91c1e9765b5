"""SMS by any gateway that takes one HTTP request: its URL, headers and body are settings."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import httpx

from voicebot.clock import Clock
from voicebot.delivery.answers import Answer, ask, open_client, refusal
from voicebot.delivery.letter import Letter
from voicebot.delivery.outcome import Outcome, Sent, Trouble, shortened
from voicebot.errors import BadInput

PLACES = ("to", "from", "text", "key", "client")
_PLACE = re.compile(r"\{(\w+)\}")
REFERENCES = ("id", "message_id", "messageId", "sid", "reference")
"""Where gateways say what they call the message; the first that is there."""
DEFAULT_BODY = {"to": "{to}", "from": "{from}", "text": "{text}", "key": "{key}"}


@dataclass(frozen=True)
class HttpSms:
    """A gateway of the operator's own, or one that has no format of its own here."""

    url: str
    sender: str
    clock: Clock
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    body: Mapping[str, Any] = field(default_factory=lambda: DEFAULT_BODY)
    form: bool = False
    """A form's fields instead of JSON."""
    expect: str = ""
    """Words that stand in an answer when the message was taken; by default any 2xx will do."""
    client: httpx.AsyncClient = field(default_factory=open_client, repr=False)
    name: str = "http"

    def __post_init__(self) -> None:
        """Refuses a body with a place that nothing goes to.

        Raises:
            BadInput: a place is unknown, or the number or the text has none.
        """
        used = set(_PLACE.findall(json.dumps(self.body)))
        if not {"to", "text"} <= used <= set(PLACES):
            todo = "{to} and {text} must stand in it, {from}, {key} and {client} may"
            raise BadInput("sms_body does not say what goes where", todo=todo)

    async def send(self, letter: Letter) -> Outcome:
        """Hands the SMS over; `Idempotency-Key` lets the gateway tell a repeated request."""
        values = {
            "to": letter.address,
            "from": self.sender,
            "text": letter.text,
            "key": letter.key,
            "client": letter.client,
        }
        body = filled(self.body, values)
        content = urlencode(body).encode() if self.form else json.dumps(body).encode()
        kind = "application/x-www-form-urlencoded" if self.form else "application/json"
        headers = {"Content-Type": kind, "Idempotency-Key": letter.key, **self.headers}
        answer = await ask(self.client, "POST", self.url, headers=headers, content=content)
        return answer if isinstance(answer, Trouble) else self._read(answer)

    async def became(self, letter: Letter, known: Collection[str]) -> None:
        """It drops what comes twice under one `Idempotency-Key`; it cannot be asked."""

    async def close(self) -> None:
        """Ends the connections."""
        await self.client.aclose()

    def _read(self, answer: Answer) -> Outcome:
        if not answer.good:
            return refusal(answer, self.clock.now())
        said = answer.json()
        if (self.expect and self.expect not in answer.text) or failed(said):
            return Trouble("error in answer", shortened(answer.text))
        found = next((said[name] for name in REFERENCES if said.get(name)), None)
        return Sent(str(found)[:128] if found is not None else None)


def filled(template: Any, values: Mapping[str, str]) -> Any:
    """The template with values in its places; a value is never read as a template."""
    if isinstance(template, str):
        return _PLACE.sub(lambda place: values[place[1]], template)
    if isinstance(template, Mapping):
        return {name: filled(part, values) for name, part in template.items()}
    if isinstance(template, list | tuple):
        return [filled(part, values) for part in template]
    return template


def failed(said: Mapping[str, Any]) -> bool:
    """Whether an answer with a good status tells of an error all the same."""
    status = str(said.get("status", "")).lower()
    return bool(
        said.get("error")
        or said.get("errors")
        or said.get("success") in (False, "false", 0)
        or status in ("error", "failed", "failure", "ko", "rejected")
    )
