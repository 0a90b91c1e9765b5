"""One call's conversation: the same for the telephone, the terminal, scenarios and replay."""

from __future__ import annotations

import logging
import threading
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from voicebot.calls.handed import Done, Reachable, Result, Wanted
from voicebot.calls.journal import CallStart, Entry, Journal
from voicebot.calls.judging import Judgement
from voicebot.calls.live import Live
from voicebot.calls.outcome import Outcome
from voicebot.calls.reader import Reader
from voicebot.calls.record import entries_of, on_call_of, summary
from voicebot.calls.reply import SILENCE_S, Reply, Utterance
from voicebot.calls.spoken_language import TELLING
from voicebot.clients.client import Client
from voicebot.clock import Clock
from voicebot.dialogue.action import Action, HangUp, RaiseAlert, Say
from voicebot.dialogue.engine import advance, expectation, start
from voicebot.dialogue.event import (
    Event,
    Interrupted,
    PickedUp,
    Pressed,
    Silent,
    Spoke,
    Transferred,
)
from voicebot.dialogue.expectation import Expectation
from voicebot.dialogue.interpretation import Interpretation, Value
from voicebot.dialogue.state import State
from voicebot.oncall.hours import situation
from voicebot.oncall.urgency import CONTRACT, PRESSING, Decision
from voicebot.understanding.interpreter import Interpreter

__all__ = ["SILENCE_S", "CallSession", "Reply", "Utterance"]

log = logging.getLogger(__name__)


class CallSession:
    """A call from pick-up to hang-up.

    Each method commits to the journal before it returns, so that what the bot says next is
    already kept. When the journal cannot be written the state stays as it was.

    Raises:
        StoreFull: from any method, when the journal cannot be written.
    """

    def __init__(
        self,
        client: Client,
        interpreter: Interpreter,
        journal: Journal,
        clock: Clock,
        *,
        call_id: str,
        caller_number: str | None = None,
        called: str | None = None,
        live: Live | None = None,
        reachable: Reachable = lambda wanted: False,
    ) -> None:
        self.client = client
        self.call_id = call_id
        self._reader = Reader(interpreter)
        self._journal = journal
        self._clock = clock
        self._live = live
        self._reachable = reachable
        self._start = CallStart(
            call_id, client.name, caller_number, called, clock.now(), client.language
        )
        self._state = start(client.flows)
        self._judged = Judgement()
        self._outcome = Outcome()
        self._language_told = False
        self._ended = self._handed_over = False
        self._lock = threading.RLock()

    @property
    def slots(self) -> dict[str, Value]:
        """The facts collected so far."""
        return dict(self._state.slots)

    @property
    def language(self) -> str:
        """In which the caller is spoken to now."""
        return self._state.language

    @property
    def caller_number(self) -> str | None:
        """The number that rang; None for a hidden one."""
        return self._start.caller_number

    @property
    def urgency(self) -> Decision | None:
        """What was decided of it so far."""
        return self._judged.decision

    @property
    def comes_to_on_call(self) -> bool:
        """Whether an urgent call is still to be handed to whoever is on call.

        Its flow gathers the facts before that, or says its last sentence.
        """
        if not self._judged.urgent or not self.client.transfer.to_on_call:
            return False
        over = self._ended or self._outcome.decided is not None
        return not over and (bool(self._state.transfer) or not self._handed_over)

    @property
    def ended(self) -> bool:
        """Whether the call's end is written."""
        return self._ended

    @property
    def expectation(self) -> Expectation:
        """What the flow awaits now."""
        awaited = expectation(self.client.flows, self._state)
        return replace(awaited, settled=self._language_told)

    def answer(self) -> Reply:
        """Picks up: makes the record and greets."""
        where = situation(self.client.hours, self._local(), self._start.called).value
        data = {
            "client": self.client.name,
            "called": self._start.called,
            "caller_number": self._start.caller_number,
            "situation": where,
            "language": self.client.language,
        }
        facts: dict[str, Value] = {
            "situation": where,
            "caller_number": self._start.caller_number,
        }
        if contract := self.client.contract_of(self._start.caller_number):
            facts |= {CONTRACT: contract.name, "contract": contract.reference or None}
        return self._turn([self._entry("answered", data)], PickedUp(facts), opening=True)

    def hear(self, utterance: Utterance) -> Reply:
        """Takes what the caller said in one turn."""
        with self._lock:
            entries = [self._entry("heard", asdict(utterance))]
            meant, trouble = self._understand(utterance)
            self._language_told |= len(utterance.text.split()) >= TELLING
            entries += trouble
            entries.append(self._entry("understood", summary(meant)))
            judged = self._judged.after(
                self.client.criteria, meant, self._state.slots, self._local()
            )
            entries += self._decided(self._judged, judged)
            return self._turn(entries, Spoke(meant, judged.facts()), judged=judged)

    def press(self, key: str) -> Reply:
        """Takes a key."""
        return self._turn([self._entry("pressed", {"key": key})], Pressed(key))

    def silence(self) -> Reply:
        """The caller did not answer for `Reply.silence_s`."""
        return self._turn([self._entry("silent", {})], Silent())

    def interrupted(self, spoken: str, left: str) -> None:
        """The caller spoke over the bot, of whose words he had heard only `spoken`."""
        entry = self._entry("interrupted", {"spoken": spoken, "left": left})
        self._turn([entry], Interrupted(spoken, left))

    def transferred(self, done: Done) -> Reply:
        """What became of handing the call over; nothing is left to say to a caller who left."""
        data = {"result": done.result.value, "person": done.person}
        entry = self._entry("transferred", data)
        if done.caller_left:
            self._commit([entry])
            return Reply()
        return self._turn([entry], Transferred(done.result.value, done.person))

    def whispered(self, text: str, who: str) -> Reply:
        """An operator has the bot say something; the open question is awaited as before."""
        with self._lock:
            say = Say(text, "whisper", language=self.language)
            self._commit([self._entry("said", {**asdict(say), "by": who})])
            return Reply((say,), self.expectation, None, self._state.silence_s)

    def note(self, kind: str, **data: Any) -> None:
        """Keeps what happens while a person is looked for and while people talk.

        Kinds: transfer, said, leg, joined, parted, overheard; see `voicebot.store.entry`.
        """
        with self._lock:
            self._commit([self._entry(kind, data)])
            if kind == "joined":
                self._outcome = replace(self._outcome, spoken=True)

    def degraded(self, part: str, why: str) -> None:
        """A part is down or slow and the call goes on without it."""
        self._commit([self._entry("degraded", {"part": part, "why": why})])

    def hang_up(self, cause: str) -> None:
        """The call is over: by the caller, the bot, a lost line or a shutdown. Idempotent."""
        with self._lock:
            if self._ended:
                return
            entries = self._last_alert()
            outcome = self._outcome.after(cause)
            entries.append(self._entry("ended", {"outcome": outcome, "cause": cause}))
            self._commit(entries)
            self._ended = True

    def _turn(
        self,
        entries: list[Entry],
        event: Event,
        *,
        judged: Judgement | None = None,
        opening: bool = False,
    ) -> Reply:
        """Advances the dialogue, commits, and only then changes what is kept in memory."""
        with self._lock:
            if self._ended:
                return Reply(hang_up=self._outcome.after("bot"))
            judged = judged or self._judged
            state, actions = advance(self.client.flows, self._state, event, self._local())
            after = judged.answered(state.slots)
            entries = entries + self._decided(judged, after) + self._record(after, state, actions)
            while state.transfer and not self._somebody(state):
                nobody = Transferred(Result.NOBODY.value)
                entries.append(self._entry("transferred", asdict(nobody)))
                state, more = advance(self.client.flows, state, nobody, self._local())
                entries += self._record(after, state, more)
                actions += more
            self._commit(entries, opening=opening)
            self._handed_over |= after.urgent and any(e.kind == "transferred" for e in entries)
            self._state, self._judged = state, after
            self._outcome = self._outcome.plus(actions)
            return self._reply(actions)

    def _reply(self, actions: tuple[Action, ...]) -> Reply:
        says = tuple(a for a in actions if isinstance(a, Say))
        end = next((a.outcome for a in actions if isinstance(a, HangUp)), None)
        wait = self._state.silence_s
        return Reply(says, self.expectation, end, wait, self._state.transfer)

    def _record(self, judged: Judgement, state: State, actions: tuple[Action, ...]) -> list[Entry]:
        why = judged.decision.because if judged.decision else ""
        return entries_of(actions, self._clock.now(), why, on_call_of(self.client, state.slots))

    def _somebody(self, state: State) -> bool:
        """Whether anybody can be rung; a mistake there costs the transfer, never the call."""
        urgency = str(state.slots.get("urgency") or "")
        wanted = Wanted(self.client, state.transfer, state.language, urgency)
        try:
            return self._reachable(wanted)
        except Exception:
            log.exception("nobody can be looked for")
            return False

    def _understand(self, said: Utterance) -> tuple[Interpretation, list[Entry]]:
        expected = self.expectation
        expected = replace(expected, language=said.language or expected.language)
        meant, failed = self._reader.read(said, expected, self.language, self._local())
        return meant, [self._entry("degraded", failed)] if failed else []

    def _decided(self, before: Judgement, after: Judgement) -> list[Entry]:
        """What the journal keeps of a decision that changed."""
        if after.decision is None or after.decision is before.decision:
            return []
        return [self._entry("decided", asdict(after.decision))]

    def _last_alert(self) -> list[Entry]:
        """Who hangs up before the alert was raised is still escalated."""
        decision = self._judged.last()
        if decision is None or self._outcome.alerted:
            return []
        if decision.urgency not in PRESSING:
            return []
        alert = RaiseAlert(decision.urgency, decision.rule, self.slots)
        on_call = on_call_of(self.client, self._state.slots)
        return entries_of((alert,), self._clock.now(), decision.because, on_call)

    def _commit(self, entries: list[Entry], *, opening: bool = False) -> None:
        if opening:
            self._journal.open(self._start, entries)
        else:
            self._journal.write(self.call_id, entries)
        if self._live:
            for entry in entries:
                self._live.publish(self.call_id, entry)

    def _entry(self, kind: str, data: dict[str, Any]) -> Entry:
        return Entry(kind, self._clock.now(), data)

    def _local(self) -> datetime:
        return self._clock.now().astimezone(self.client.timezone)
