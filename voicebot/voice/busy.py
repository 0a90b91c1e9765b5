"""The call over the limit: answered, told when to ring again, and kept in the journal."""

from __future__ import annotations

from typing import Any

from voicebot.calls.handed import Done
from voicebot.calls.journal import CallStart, Entry, Journal
from voicebot.calls.live import Live
from voicebot.calls.session import Reply, Utterance
from voicebot.clients.client import Client
from voicebot.clock import Clock
from voicebot.dialogue.expectation import ANYTHING, Expectation
from voicebot.speech.ear import Heard, Samples
from voicebot.voice import notices
from voicebot.voice.notices import Notice

OUTCOME = "busy"


class BusySession:
    """Speaks one notice and hangs up; takes no part in any dialogue."""

    def __init__(
        self,
        client: Client,
        journal: Journal,
        clock: Clock,
        call_id: str,
        caller_number: str | None,
        live: Live | None = None,
    ) -> None:
        self.client = client
        self.call_id = call_id
        self.ended = False
        self._journal = journal
        self._clock = clock
        self._live = live
        self._start = CallStart(
            call_id, client.name, caller_number, None, clock.now(), client.language
        )

    def answer(self) -> Reply:
        """Picks up, to say that there is nobody free."""
        reply = notices.reply(Notice.BUSY, self.client.language, hang_up=OUTCOME)
        says = [
            self._entry("said", text=s.text, response=s.response, interruptible=s.interruptible)
            for s in reply.says
        ]
        answered = self._entry(
            "answered",
            client=self.client.name,
            called=None,
            caller_number=self._start.caller_number,
            situation=OUTCOME,
            language=self.client.language,
        )
        self._journal.open(self._start, [answered, *says])
        self._show(answered, *says)
        return reply

    def hear(self, utterance: Utterance) -> Reply:
        """Is not listened to."""
        return Reply()

    def press(self, key: str) -> Reply:
        """Is not listened to."""
        return Reply()

    def silence(self) -> Reply:
        """Changes nothing."""
        return Reply()

    def transferred(self, done: Done) -> Reply:
        """Does not happen."""
        return Reply()

    def whispered(self, text: str, who: str) -> Reply:
        """Is not said: the notice is."""
        return Reply()

    def note(self, kind: str, **data: Any) -> None:
        """Does not happen."""

    def interrupted(self, spoken: str, left: str) -> None:
        """Does not happen: the notice is heard to its end."""

    def degraded(self, part: str, why: str) -> None:
        """A part failed."""
        self._write(self._entry("degraded", part=part, why=why))

    def hang_up(self, cause: str) -> None:
        """The call is over."""
        if not self.ended:
            self._write(self._entry("ended", outcome=OUTCOME, cause=cause))
            self.ended = True

    def _write(self, entry: Entry) -> None:
        self._journal.write(self.call_id, [entry])
        self._show(entry)

    def _show(self, *entries: Entry) -> None:
        if self._live is not None:
            for entry in entries:
                self._live.publish(self.call_id, entry)

    def _entry(self, kind: str, **data: object) -> Entry:
        return Entry(kind, self._clock.now(), data)


class DeafEar:
    """Hears nothing, at no cost."""

    name = "deaf"

    def listen(
        self, samples: Samples, expectation: Expectation = ANYTHING, words: tuple[str, ...] = ()
    ) -> Heard:
        """The honest nothing."""
        return Heard("", 0.0)
