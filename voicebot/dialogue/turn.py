"""One turn of a conversation being worked out: reads the old state, gathers the new one.

A `Turn` lives only inside one call of `advance`, which therefore stays pure.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from voicebot.dialogue.action import Action, HangUp, Moved, RaiseAlert, SaveMessage, Say, SetSlot
from voicebot.dialogue.flow import END, Collect, Flow, FlowSet, Step
from voicebot.dialogue.interpretation import Value
from voicebot.dialogue.rendering import eligible, filled, wording
from voicebot.dialogue.spoken import phone_end, polite, spoken, wish
from voicebot.dialogue.state import Frame, State, Waiting

PRESSING = ("urgent", "vital")
"""Urgencies for which somebody is told."""


class Turn:
    """What changes during one event."""

    def __init__(self, flows: FlowSet, state: State, now: datetime) -> None:
        self.flows = flows
        self.now = now
        self.before = state
        self.actions: list[Action] = []
        self.slots: dict[str, Value] = dict(state.slots)
        self.stack: list[Frame] = list(state.stack)
        self.said: dict[str, int] = dict(state.said)
        self.unsure: set[str] = set(state.unsure)
        self.confirmed: set[str] = set(state.confirmed)
        self.language = state.language
        self.message = state.message
        self.alert = state.alert
        self.transfer = state.transfer
        self.transfers = state.transfers
        self.ended = state.ended
        self.silence_s = state.silence_s
        self.quiet = 0
        self.question_unheard = state.question_unheard
        self.unasked = False
        """Whether a value waits to be read back."""
        self.parted = state.parted
        self.dictating = False
        """Whether the utterance was a part of something being dictated."""
        self._saved = state.saved
        self._told: list[Say] = []

    # What is known

    def lookup(self, space: str, name: str) -> Value:
        """The value of a name in a condition."""
        if space == "slots":
            return self.slots.get(name)
        if space == "facts":
            return self.flows.facts.get(name)
        call: dict[str, Value] = {
            "message": None if self.message == "none" else self.message,
            "alert": self.alert is not None,
            "language": self.language,
            "under": self.stack[-2].flow if len(self.stack) > 1 else None,
        }
        return call.get(name)

    def speak(self, name: str, part: str = "") -> str:
        """The value of a placeholder as it is said."""
        if name == "wish":
            return wish(self.language, self.now)
        if name == "greeting" and (own := self.flows.opening(self.slots.get("situation")).greeting):
            return own
        value = self.slots.get(name)
        if value is None:
            return self.flows.facts.get(name.removeprefix("facts."), "")
        if part == "end":
            return phone_end(str(value))
        if part == "polite":
            return polite(str(value))
        slot = self.flows.slots.get(name)
        return spoken(value, slot.type if slot else "text", self.language, self.now)

    # Where it stands

    @property
    def frame(self) -> Frame:
        """The flow that speaks."""
        return self.stack[-1]

    @property
    def waiting(self) -> Waiting | None:
        """The question that is open."""
        return self.stack[-1].waiting if self.stack else None

    @property
    def step(self) -> Step | None:
        """The step of the flow that speaks."""
        return self.flows.step(self.frame.flow, self.frame.step) if self.stack else None

    @property
    def collect(self) -> Collect | None:
        """The question's step, when one is open."""
        step = self.step
        return step.does if step and self.waiting and isinstance(step.does, Collect) else None

    def wait(self, waiting: Waiting | None) -> None:
        """Changes what is awaited."""
        self.stack[-1] = replace(self.frame, waiting=waiting)

    def go(self, step: str) -> None:
        """Moves the speaking flow to a step."""
        self.stack[-1] = Frame(self.frame.flow, step)

    def leave(self) -> None:
        """Moves on from the step as its `next` says."""
        step = self.step
        self.go(END if step is None else self.target(step))

    def target(self, step: Step) -> str:
        """Where `next` leads now."""
        for branch in step.next:
            if branch.condition is None or branch.condition.holds(self.lookup):
                return branch.target
        return END

    def push(self, flow: Flow) -> None:
        """Starts a flow above the one that speaks."""
        self.stack.append(Frame(flow.name, flow.first))

    def moved(self) -> None:
        """Tells the journal where the conversation is."""
        self.actions.append(Moved(self.frame.flow, self.frame.step))

    # What is done

    def set(self, name: str, value: Value, words: str = "") -> None:
        """Gives a slot a value."""
        if self.slots.get(name) != value:
            self.slots[name] = value
            self.actions.append(SetSlot(name, value, words))

    def knows(self, response: str) -> bool:
        """Whether there is such a response."""
        return response in self.flows.responses

    def wordings(self, response: str) -> int:
        """How many wordings of it could be used now."""
        found = self.flows.responses.get(response)
        return len(eligible(found, self.language, self.lookup, self.speak)) if found else 0

    def say(self, response: str, *, index: int | None = None, question: bool = False) -> bool:
        """Says a response; False when there is nothing to say under that name.

        Args:
            response: its name.
            index: which wording; by default the one after the last used.
            question: whether it asks for an answer, so that "répétez" need not tell it apart.
        """
        found = self.flows.responses.get(response)
        choices = eligible(found, self.language, self.lookup, self.speak) if found else ()
        if not choices:
            return False
        count = self.said.get(response, 0)
        variation = choices[(count if index is None else index) % len(choices)]
        text, language = wording(variation, self.language)
        said = Say(filled(text, self.speak), response, variation.interruptible, language)
        self.said[response] = count + 1
        self.actions.append(said)
        flow = self.flows.flows.get(self.frame.flow) if self.stack else None
        if not question and (flow is None or flow.ask_again):
            self._told.append(said)
        return True

    def repeat(self) -> None:
        """Says again what the bot last told."""
        self.actions.extend(self.before.told)
        self._told.extend(self.before.told)

    def hang_up(self, outcome: str) -> None:
        """Ends the conversation."""
        if self.ended is None:
            self.ended = outcome
            self.actions.append(HangUp(outcome))

    def _spoke(self) -> bool:
        return any(isinstance(action, Say) for action in self.actions)

    # What is kept

    def fields(self) -> dict[str, Value]:
        """The message as far as it was given."""
        found: dict[str, Value] = {
            name: value
            for name, value in self.slots.items()
            if value is not None and (slot := self.flows.slots.get(name)) and slot.message
        }
        unsure = ", ".join(sorted(self.unsure & found.keys()))
        return {**found, "unsure": unsure} if unsure else found

    def save(self, *, complete: bool) -> None:
        """Keeps the message; once complete it stays so."""
        complete = complete or self.message == "complete"
        self._saved = self.fields()
        self.message = "complete" if complete else "partial"
        self.actions.append(SaveMessage(self._saved, complete))

    def raise_alert(self) -> None:
        """Tells somebody, or brings up to date what was told."""
        urgency = self.slots.get("urgency")
        rule = str(self.slots.get("urgency_rule") or (self.stack and self.frame.flow) or "flow")
        alert = RaiseAlert(str(urgency) if urgency in PRESSING else "urgent", rule, self.fields())
        if alert != self.alert:
            self.alert = alert
            self.actions.append(alert)

    def finish(self) -> State:
        """The state after this turn, with whatever must be kept put among the actions."""
        if self.slots.get("urgency") in PRESSING or self.alert:
            self.raise_alert()
        if self.fields() != dict(self._saved):
            self.save(complete=False)
        return State(
            slots=self.slots,
            stack=tuple(self.stack) if self.ended is None else (),
            told=tuple(self._told) if self._spoke() else self.before.told,
            parted=self.parted,
            language=self.language,
            said=self.said,
            unsure=frozenset(self.unsure),
            confirmed=frozenset(self.confirmed),
            saved=self._saved,
            message=self.message,
            alert=self.alert,
            quiet=self.quiet,
            silence_s=self.silence_s,
            transfer=self.transfer if self.ended is None else "",
            transfers=self.transfers,
            ended=self.ended,
        )
