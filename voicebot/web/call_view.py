"""What the page of one call shows."""

from __future__ import annotations

from typing import Any

from voicebot.store.archive import WholeCall
from voicebot.store.messages import Message
from voicebot.web import labels
from voicebot.web.alignment import aligned
from voicebot.web.console_notes import OUTCOMES
from voicebot.web.decisions import decisions
from voicebot.web.parts import Parts
from voicebot.web.rights import Deed, Who
from voicebot.web.sound import Loudness, loudness
from voicebot.web.times import elapsed
from voicebot.web.turns import Transcript, Turn, facts
from voicebot.web.wave import drawing


def values(parts: Parts, asking: Who, whole: WholeCall) -> dict[str, Any]:
    """The values of the page's template."""
    call = whole.call
    recording = parts.recording(call.id) if asking.may(Deed.HEAR_CALLS) else None
    loud = loudness(recording) if recording else None
    hidden = parts.hidden(call.client)
    return {
        "call": call,
        "company": parts.company(call.client),
        "zone": parts.zone(call.client),
        "language": parts.language(call.client),
        "turns": _turns(whole, hidden, loud, heard=recording is not None),
        "facts": _beside(facts(whole.entries, hidden), whole.message),
        "message": whole.message,
        "alerts": whole.alerts,
        "transfers": whole.transfers,
        "notes": whole.notes,
        "note_outcomes": OUTCOMES,
        "transfer_reason": labels.transfer_reason,
        "transfer_result": labels.transfer_result,
        "decisions": decisions(whole.entries),
        "entries": whole.entries,
        "wave": drawing(loud, _voices(whole)) if loud else None,
        "length": elapsed(loud.seconds) if loud else "",
        "recording": f"/recordings/{call.id}.wav" if recording else None,
        "flows": call.client in parts.clients and asking.may(Deed.SEE_FLOWS),
    }


def _voices(whole: WholeCall) -> tuple[str, ...]:
    """Who is heard on each channel; the third is known by name where one person spoke."""
    people = {transfer.person for transfer in whole.transfers if transfer.joined_at}
    return (
        labels.voice(0),
        labels.voice(1),
        *(name for name in people if name and len(people) == 1),
    )


def _turns(
    whole: WholeCall, hidden: frozenset[str], loud: Loudness | None, *, heard: bool
) -> tuple[Turn, ...]:
    """The transcript; each line starts where it is heard, as exactly as the recording tells."""
    began = whole.call.answered_at or whole.call.started_at
    lines = Transcript(began if heard else None, hidden).lines(whole.entries)
    return aligned(lines, began, loud) if loud else lines


def _beside(found: dict[str, Any], message: Message | None) -> dict[str, Any]:
    """The facts that the message does not show already."""
    shown = message.fields if message else {}
    return {name: value for name, value in found.items() if shown.get(name) != value}
