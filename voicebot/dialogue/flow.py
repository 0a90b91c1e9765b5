"""What authors write, as read: flows, steps, slots, responses. The vocabulary of Rasa's flows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from voicebot.dialogue.conditions import Condition
from voicebot.dialogue.expectation import Kind
from voicebot.dialogue.interpretation import Value
from voicebot.errors import Place

END = "END"
"""The target that ends a flow."""
FIRST_FLOW = "answer"
"""The flow that starts when a call is picked up."""
QUIET_FLOW = "gone"
"""The flow that starts when nobody speaks any more."""
LAST_FLOW = "goodbye"
"""The flow that starts when nothing is left to do."""
TRANSFER_FLOW = "handed_over"
"""The flow that starts when an operator who had taken the call over leaves it."""

SLOT_TYPES: Mapping[str, Kind] = {
    "text": Kind.ANYTHING,
    "bool": Kind.YES_NO,
    "yes_no": Kind.YES_NO,
    "phone_number": Kind.PHONE_NUMBER,
    "date": Kind.DATE,
    "name": Kind.NAME,
    "address": Kind.ADDRESS,
    "reference": Kind.REFERENCE,
    "number": Kind.NUMBER,
    "categorical": Kind.PHRASES,
}
"""The types of slots, with what is expected of the caller while one is asked for."""

OUTCOMES = (
    "message_taken",
    "message_partial",
    "alert_raised",
    "informed",
    "abandoned",
    "silent",
    "unwanted",
    "wrong_number",
    "danger",
    "handed_over",
    "failed",
)
"""How a call may end when the bot ends it."""


@dataclass(frozen=True)
class SlotMapping:
    """One way in which a slot gets its value."""

    type: str
    """from_entity, from_intent or from_text."""
    entity: str = ""
    intents: tuple[str, ...] = ()
    """Only with one of these intents; for from_intent, the intents themselves."""
    not_intents: tuple[str, ...] = ()
    value: Value = None
    """What the slot gets; without it the entity's value, or the intent's own name."""
    asked: bool = False
    """Only while the slot is being asked for."""
    with_words: tuple[str, ...] = ()
    """Only when one of these words was said."""
    without_words: tuple[str, ...] = ()
    """Not when one of these words was said."""
    min_words: int = 0
    """Only when the caller said at least so many words."""
    overwrite: bool = False
    """Also when the slot has a value already."""
    append: bool = False
    """The words are added to those that are there."""


@dataclass(frozen=True)
class Slot:
    """Something to know about the caller or his request."""

    name: str
    type: str = "text"
    mappings: tuple[SlotMapping, ...] = ()
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """For categorical: each value with the ways of saying it."""
    readback: bool = False
    """Whether the value is read back and confirmed (utter_confirm_SLOT)."""
    initial_value: Value = None
    message: bool = True
    """Whether it belongs in the message left for the client."""
    where: Place | None = None


@dataclass(frozen=True)
class Branch:
    """Where to go next, if the condition holds; the last branch has none."""

    target: str
    condition: Condition | None = None


@dataclass(frozen=True)
class Step:
    """One step of a flow; what it does is `does`."""

    id: str
    does: Does
    next: tuple[Branch, ...] = ()
    """Never empty once loaded: the last branch is unconditional."""
    where: Place | None = None


@dataclass(frozen=True)
class Rejection:
    """A value that is refused, and what is said then."""

    condition: Condition
    utter: str


@dataclass(frozen=True)
class Collect:
    """Asks for a slot until it has a value, or the way out is taken."""

    slot: str
    utter: str
    """The question: utter_ask_SLOT unless the author chose another."""
    rejections: tuple[Rejection, ...] = ()
    ask_before_filling: bool = False
    keys: Mapping[str, Value] = field(default_factory=dict)
    intents: Mapping[str, Value] = field(default_factory=dict)
    """Values given by the intent of the answer (dont_know: "dès que possible")."""
    take_words_after: int | None = None
    """After so many unclear answers the caller's own words are taken as they are."""
    give_up_silence: str = ""
    """The way out: a step, a flow or END; "" goes on with the next step."""
    give_up_unclear: str = ""
    silence_s: float = 7.0
    once: bool = False
    """Asked once: whatever is no answer takes the way out."""


@dataclass(frozen=True)
class Utter:
    """Says a response."""

    response: str


@dataclass(frozen=True)
class Act:
    """Does something: action_save_message, action_raise_alert, action_hang_up, and so on."""

    action: str
    outcome: str = ""
    """For action_hang_up."""
    language: str = ""
    """For action_speak."""
    reason: str = ""
    """For action_transfer."""


@dataclass(frozen=True)
class SetSlots:
    """Gives slots a value; text may hold placeholders: "{caller_number}"."""

    values: tuple[tuple[str, Value], ...]


@dataclass(frozen=True)
class Link:
    """Goes over to another flow and does not come back."""

    flow: str


@dataclass(frozen=True)
class Call:
    """Goes through another flow and comes back."""

    flow: str


@dataclass(frozen=True)
class Noop:
    """Only branches."""


Does = Collect | Utter | Act | SetSlots | Link | Call | Noop

ACTIONS = (
    "action_save_message",
    "action_raise_alert",
    "action_hang_up",
    "action_repeat",
    "action_speak",
    "action_transfer",
)
TRANSFER_REASONS = ("asked", "urgent")
"""Why a flow may want a person."""


@dataclass(frozen=True)
class Trigger:
    """An intent that starts a flow, from a confidence on."""

    intent: str
    threshold: float = 0.4


@dataclass(frozen=True)
class Flow:
    """A conversation, or a part of one."""

    name: str
    description: str = ""
    steps: Mapping[str, Step] = field(default_factory=dict)
    """In the order they were written."""
    guard: Condition | None = None
    """`if`: the flow starts only when it holds."""
    triggers: tuple[Trigger, ...] = ()
    trigger_if: Condition | None = None
    """Starts the flow at the moment when it becomes true."""
    priority: int = 0
    """Of several flows that could start, the highest; a client's own before a shared one."""
    own: bool = False
    """Whether it is the client's own flow."""
    ask_again: bool = True
    """Whether the question that it interrupted is asked again afterwards."""
    silence_s: float | None = None
    """Patience after this flow, where the question is not asked again."""
    where: Place | None = None

    @property
    def first(self) -> str:
        """The step where it starts; END for an empty flow."""
        return next(iter(self.steps), END)


@dataclass(frozen=True)
class Variation:
    """One wording of a response."""

    text: str
    translation: Mapping[str, str] = field(default_factory=dict)
    """The same in other languages: {"en": …}."""
    condition: Condition | None = None
    interruptible: bool = True
    foreign: bool = False
    """Used only in the languages that it is translated to: the shared one behind a client's own."""
    where: Place | None = None


@dataclass(frozen=True)
class Response:
    """Something the bot says, in one or several wordings, in the order in which they are used."""

    name: str
    variations: tuple[Variation, ...]
    where: Place | None = None


@dataclass(frozen=True)
class Opening:
    """How a call begins in one situation."""

    greeting: str = ""
    """In place of the client's greeting; "" for that one."""
    flow: str = FIRST_FLOW


@dataclass(frozen=True)
class FlowSet:
    """Everything that a conversation for one client follows."""

    flows: Mapping[str, Flow] = field(default_factory=dict)
    slots: Mapping[str, Slot] = field(default_factory=dict)
    responses: Mapping[str, Response] = field(default_factory=dict)
    facts: Mapping[str, str] = field(default_factory=dict)
    """The client's facts, for placeholders: greeting, company, hours …"""
    openings: Mapping[str, Opening] = field(default_factory=dict)
    """By situation, where a call does not begin as all others."""

    def opening(self, situation: object) -> Opening:
        """How a call begins."""
        return self.openings.get(str(situation), Opening())

    def step(self, flow: str, step: str) -> Step | None:
        """The step of that name, if there is one."""
        found = self.flows.get(flow)
        return found.steps.get(step) if found else None

    def steps(self) -> Iterator[tuple[Flow, Step]]:
        """All steps of all flows."""
        for flow in self.flows.values():
            for step in flow.steps.values():
                yield flow, step
