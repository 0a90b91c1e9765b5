"""From YAML to steps: what one flow may say, and what each key means."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from voicebot.dialogue.conditions import Condition, ConditionError, parse
from voicebot.dialogue.flow import (
    ACTIONS,
    END,
    OUTCOMES,
    TRANSFER_REASONS,
    Act,
    Branch,
    Call,
    Collect,
    Does,
    Flow,
    Link,
    Noop,
    Rejection,
    SetSlots,
    Step,
    Trigger,
    Utter,
)
from voicebot.dialogue.yamlfile import Node, did_you_mean

FLOW_KEYS = (
    "name", "description", "if", "nlu_trigger", "trigger_if", "priority", "ask_again",
    "silence_s", "steps",
)  # fmt: skip
KINDS = ("collect", "action", "set_slots", "link", "call", "noop")
COLLECT_KEYS = (
    "utter", "rejections", "ask_before_filling", "keys", "intents", "take_words_after",
    "give_up", "silence_s", "once",
)  # fmt: skip
STEP_KEYS = ("id", "next", *KINDS)


def read_flow(name: str, node: Node, *, own: bool) -> Flow:
    """One flow.

    Raises:
        FlowError: with file and line.
    """
    fields = node.only(FLOW_KEYS, f"flow {name!r}")
    if "steps" not in fields:
        raise node.fail(f"flow {name!r} has no steps", "give it `steps:`")
    steps = _Steps(name).read(fields["steps"])
    silence = fields.get("silence_s")
    return Flow(
        name=name,
        description=fields["description"].text("description") if "description" in fields else "",
        steps={step.id: step for step in steps},
        guard=read_condition(fields["if"]) if "if" in fields else None,
        triggers=tuple(_triggers(fields["nlu_trigger"])) if "nlu_trigger" in fields else (),
        trigger_if=read_condition(fields["trigger_if"]) if "trigger_if" in fields else None,
        priority=int(fields["priority"].number("priority")) if "priority" in fields else 0,
        own=own,
        ask_again="ask_again" not in fields or fields["ask_again"].flag("ask_again"),
        silence_s=silence.number("silence_s") if silence else None,
        where=node.where,
    )


def read_condition(node: Node) -> Condition:
    """A condition; its mistakes get file and line."""
    try:
        return parse(node.text("the condition"))
    except ConditionError as error:
        raise node.fail(str(error), "as in: slots.urgency = vital and not slots.address") from None


def _triggers(node: Node) -> Iterator[Trigger]:
    for item in node.items("nlu_trigger"):
        intent = item.only(("intent",), "nlu_trigger").get("intent")
        if intent is None:
            raise item.fail("a trigger without an intent")
        if isinstance(intent.value, str):
            yield Trigger(intent.text("intent"))
            continue
        fields = intent.only(("name", "confidence_threshold"), "intent")
        if "name" not in fields:
            raise intent.fail("an intent without a name")
        least = fields.get("confidence_threshold")
        trigger = Trigger(fields["name"].text("intent"))
        if least is not None:
            trigger = replace(trigger, threshold=least.number("confidence_threshold"))
        yield trigger


class _Steps:
    """Flattens nested steps: each gets an id, and `next` always says where to go."""

    def __init__(self, flow: str) -> None:
        self._flow = flow
        self._steps: list[Step] = []
        self._ids: set[str] = set()

    def read(self, node: Node) -> list[Step]:
        """All steps of the flow, in the order in which they were written."""
        items = node.items(f"steps of flow {self._flow!r}")
        if not items:
            raise node.fail(f"flow {self._flow!r} has no steps", "give it at least one")
        self._read_list(items, END)
        return self._steps

    def _read_list(self, items: list[Node], after: str) -> str:
        """Reads steps that follow each other; the last leads to `after`. Returns the first id."""
        ids = [self._id(item) for item in items]
        for item, id_, following in zip(items, ids, [*ids[1:], after], strict=True):
            self._read(item, id_, following)
        return ids[0]

    def _id(self, item: Node) -> str:
        fields = item.mapping("a step")
        kind = next((k for k in KINDS if k in fields), "step")
        if "id" in fields:
            wanted = fields["id"].text("id")
            if wanted in self._ids or wanted == END:
                raise fields["id"].fail(f"two steps of the id {wanted!r} in flow {self._flow!r}")
        else:
            value = fields[kind].value if kind in fields else ""
            base = wanted = f"{kind}_{value}" if isinstance(value, str) else kind
            count = 1
            while wanted in self._ids:
                count += 1
                wanted = f"{base}_{count}"
        self._ids.add(wanted)
        return wanted

    def _read(self, item: Node, id_: str, following: str) -> None:
        fields = item.mapping("a step")
        kinds = [kind for kind in KINDS if kind in fields]
        if len(kinds) > 1:
            raise item.fail(f"a step does one thing, this one {' and '.join(kinds)}")
        kind = kinds[0] if kinds else "noop"
        if not kinds and "next" not in fields:
            item.only((*STEP_KEYS, *COLLECT_KEYS), "the step")
            raise item.fail("the step does nothing", f"one of: {', '.join(KINDS)}")
        extra = {"collect": COLLECT_KEYS, "action": ("outcome", "language", "reason")}.get(kind, ())
        item.only((*STEP_KEYS, *extra), f"a step that does `{kind}`")
        place = len(self._steps)
        does = _does(kind, fields, item)
        branches = (
            self._branches(fields["next"], following) if "next" in fields else (Branch(following),)
        )
        self._steps.insert(place, Step(id_, does, branches, item.where))

    def _branches(self, node: Node, following: str) -> tuple[Branch, ...]:
        """`next`: a step, END, or a list of if/then and else."""
        if isinstance(node.value, str):
            return (Branch(node.text("next")),)
        found: list[Branch] = []
        for item in node.items("next"):
            if found and found[-1].condition is None:
                raise item.fail("nothing can come after `else`")
            fields = item.only(("if", "then", "else"), "next")
            if "else" in fields:
                if len(fields) > 1:
                    raise item.fail("`else` stands alone")
                found.append(Branch(self._then(fields["else"], following)))
            elif "if" in fields and "then" in fields:
                target = self._then(fields["then"], following)
                found.append(Branch(target, read_condition(fields["if"])))
            else:
                raise item.fail("`if` and `then` go together", "or write `else`")
        if not found or found[-1].condition is not None:
            found.append(Branch(following))
        return tuple(found)

    def _then(self, node: Node, following: str) -> str:
        """A step's id, or steps written in place, after which the flow goes on."""
        if isinstance(node.value, str):
            return node.text("then")
        items = node.items("then")
        if not items:
            raise node.fail("no steps here")
        return self._read_list(items, following)


def _does(kind: str, fields: dict[str, Node], item: Node) -> Does:
    match kind:
        case "collect":
            return _collect(fields)
        case "action":
            return _action(fields, item)
        case "set_slots":
            return SetSlots(tuple(_settings(fields["set_slots"])))
        case "link":
            return Link(fields["link"].text("link"))
        case "call":
            return Call(fields["call"].text("call"))
    return Noop()


def _settings(node: Node) -> Iterator[tuple[str, str | bool | int | None]]:
    for entry in node.items("set_slots"):
        for name, value in entry.mapping("set_slots").items():
            yield name, value.scalar(name)


def _action(fields: dict[str, Node], item: Node) -> Does:
    name = fields["action"].text("action")
    if name.startswith("utter_"):
        return Utter(name)
    if name not in ACTIONS:
        hint = did_you_mean(name, ACTIONS)
        raise fields["action"].fail(f"unknown action {name!r}", hint)
    outcome = fields["outcome"].text("outcome") if "outcome" in fields else ""
    if name == "action_hang_up" and outcome not in OUTCOMES:
        raise item.fail(f"{outcome!r} is no outcome", did_you_mean(outcome, OUTCOMES))
    language = fields["language"].text("language") if "language" in fields else ""
    if name == "action_speak" and not language:
        raise item.fail("action_speak needs a language", "as in `language: en`")
    reason = fields["reason"].text("reason") if "reason" in fields else ""
    if name == "action_transfer" and reason not in TRANSFER_REASONS:
        hint = did_you_mean(reason, TRANSFER_REASONS)
        raise item.fail(f"{reason!r} is no reason to look for a person", hint)
    return Act(name, outcome, language, reason)


def _collect(fields: dict[str, Node]) -> Collect:
    slot = fields["collect"].text("collect")
    silence, unclear = _ways_out(fields["give_up"]) if "give_up" in fields else ("", "")
    after = fields.get("take_words_after")
    patience = fields.get("silence_s")
    return Collect(
        slot=slot,
        utter=fields["utter"].text("utter") if "utter" in fields else f"utter_ask_{slot}",
        rejections=tuple(_rejections(fields["rejections"])) if "rejections" in fields else (),
        ask_before_filling=(
            "ask_before_filling" in fields and fields["ask_before_filling"].flag("the key")
        ),
        keys=_values(fields["keys"], "keys") if "keys" in fields else {},
        intents=_values(fields["intents"], "intents") if "intents" in fields else {},
        take_words_after=int(after.number("take_words_after")) if after else None,
        give_up_silence=silence,
        give_up_unclear=unclear,
        silence_s=patience.number("silence_s") if patience else 7.0,
        once="once" in fields and fields["once"].flag("the key"),
    )


def _ways_out(node: Node) -> tuple[str, str]:
    if isinstance(node.value, str):
        return node.text("give_up"), node.text("give_up")
    fields = node.only(("silence", "unclear"), "give_up")
    found = [fields[key].text(key) if key in fields else "" for key in ("silence", "unclear")]
    return found[0], found[1]


def _values(node: Node, what: str) -> dict[str, str | bool | int | None]:
    return {name: value.scalar(what) for name, value in node.mapping(what).items()}


def _rejections(node: Node) -> Iterator[Rejection]:
    for item in node.items("rejections"):
        fields = item.only(("if", "utter"), "rejections")
        if "if" not in fields or "utter" not in fields:
            raise item.fail("a rejection has an `if` and an `utter`")
        yield Rejection(read_condition(fields["if"]), fields["utter"].text("utter"))
