"""Reading a client's conversations: the shared flows and its own, put together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from voicebot.dialogue.flow import (
    SLOT_TYPES,
    Flow,
    FlowSet,
    Opening,
    Response,
    Slot,
    SlotMapping,
    Variation,
)
from voicebot.dialogue.reading import read_condition, read_flow
from voicebot.dialogue.yamlfile import Node, did_you_mean, read_yaml

SECTIONS = ("version", "flows", "slots", "responses")
MAPPING_KEYS = (
    "type", "entity", "intent", "not_intent", "value", "asked", "with_words", "without_words",
    "min_words", "overwrite", "append",
)  # fmt: skip
MAPPING_TYPES = ("from_entity", "from_intent", "from_text")
SLOT_KEYS = ("type", "mappings", "values", "readback", "initial_value", "message")
VARIATION_KEYS = ("text", "translation", "if", "interruptible")
NOT_FLOWS = ("client.yml", "oncall.yml")
"""Files of a client's folder that other parts read."""


def load_flows(
    shared: Path,
    client_dir: Path,
    facts: Mapping[str, str],
    openings: Mapping[str, Opening] = MappingProxyType({}),
) -> FlowSet:
    """Reads all flows that a client's calls follow.

    Args:
        shared: the folder of the flows of all clients; its `*.yml` files are read.
        client_dir: the client's folder; its `*.yml` files are read, but for NOT_FLOWS.
        facts: the client's facts, for the placeholders of responses.
        openings: how calls begin in situations of their own.

    Raises:
        FlowError: the first mistake found, with file and line.
    """
    flows: dict[str, Flow] = {}
    slots: dict[str, Slot] = {}
    responses: dict[str, Response] = {}
    for file, own in _files(shared, client_dir):
        sections = read_yaml(file).only(SECTIONS, "the file")
        for name, node in _entries(sections, "flows"):
            if name in flows:
                raise node.fail(
                    f"two flows of the name {name!r}, the other at {flows[name].where}",
                    "rename one of them",
                )
            flows[name] = read_flow(name, node, own=own)
        for name, node in _entries(sections, "slots"):
            _once(name, node, slots, own=own)
            slots[name] = _slot(name, node)
        for name, node in _entries(sections, "responses"):
            _once(name, node, responses, own=own)
            responses[name] = _translated(_response(name, node), responses.get(name))
    return FlowSet(flows, slots, responses, dict(facts), dict(openings))


def _files(shared: Path, client_dir: Path) -> Iterator[tuple[Path, bool]]:
    for file in sorted(shared.glob("*.yml")):
        yield file, False
    for file in sorted(client_dir.glob("*.yml")):
        if file.name not in NOT_FLOWS:
            yield file, True


def _entries(sections: dict[str, Node], section: str) -> Iterator[tuple[str, Node]]:
    if section in sections and sections[section].value is not None:
        yield from sections[section].mapping(section).items()


def _once(name: str, node: Node, known: Mapping[str, Slot | Response], *, own: bool) -> None:
    """A client may put its own in place of a shared one, and nothing else may be there twice."""
    other = known.get(name)
    if other is None or other.where is None:
        return
    if not own or other.where.file.parent == node.where.file.parent:
        raise node.fail(f"{name!r} is there twice, also at {other.where}", "rename or remove one")


def _slot(name: str, node: Node) -> Slot:
    fields = node.only(SLOT_KEYS, f"slot {name!r}")
    type_ = fields["type"].text("type") if "type" in fields else "text"
    if type_ not in SLOT_TYPES:
        raise fields["type"].fail(f"unknown type {type_!r}", did_you_mean(type_, SLOT_TYPES))
    values = dict(_choices(fields["values"])) if "values" in fields else {}
    if (type_ == "categorical") != bool(values):
        raise node.fail(f"slot {name!r}: `values` and `type: categorical` go together")
    mappings = fields["mappings"].items("mappings") if "mappings" in fields else []
    initial = fields.get("initial_value")
    return Slot(
        name=name,
        type=type_,
        mappings=tuple(_mapping(item) for item in mappings),
        values=values,
        readback="readback" in fields and fields["readback"].flag("readback"),
        initial_value=initial.scalar("initial_value") if initial else None,
        message="message" not in fields or fields["message"].flag("message"),
        where=node.where,
    )


def _choices(node: Node) -> Iterator[tuple[str, tuple[str, ...]]]:
    """A list of values, or each value with the ways of saying it."""
    if isinstance(node.value, list):
        for item in node.value:
            yield item.text("values"), ()
        return
    for name, said in node.mapping("values").items():
        yield name, said.texts("values")


def _mapping(node: Node) -> SlotMapping:
    fields = node.only(MAPPING_KEYS, "mappings")
    type_ = fields["type"].text("type") if "type" in fields else ""
    if type_ not in MAPPING_TYPES:
        raise node.fail(f"unknown mapping {type_!r}", did_you_mean(type_, MAPPING_TYPES))
    needed = {"from_entity": "entity", "from_intent": "intent"}.get(type_)
    if needed and needed not in fields:
        raise node.fail(f"a mapping {type_} needs `{needed}`")
    flags = {
        key: fields[key].flag(key) for key in ("asked", "overwrite", "append") if key in fields
    }
    words = fields.get("min_words")
    return SlotMapping(
        type=type_,
        entity=fields["entity"].text("entity") if "entity" in fields else "",
        intents=fields["intent"].texts("intent") if "intent" in fields else (),
        not_intents=fields["not_intent"].texts("not_intent") if "not_intent" in fields else (),
        with_words=fields["with_words"].texts("with_words") if "with_words" in fields else (),
        without_words=(
            fields["without_words"].texts("without_words") if "without_words" in fields else ()
        ),
        value=fields["value"].scalar("value") if "value" in fields else None,
        min_words=int(words.number("min_words")) if words else 0,
        **flags,
    )


def _response(name: str, node: Node) -> Response:
    if not name.startswith("utter_"):
        raise node.fail(f"the response {name!r} must be called utter_…")
    items = node.items(f"response {name!r}")
    if not items:
        raise node.fail(f"response {name!r} says nothing", "give it a `- text: …`")
    return Response(name, tuple(_variation(item) for item in items), node.where)


def _translated(own: Response, shared: Response | None) -> Response:
    """A client's own wordings, and behind them the shared ones for callers in other languages."""
    if shared is None:
        return own
    behind = tuple(replace(v, foreign=True) for v in shared.variations if v.translation)
    return replace(own, variations=own.variations + behind)


def _variation(node: Node) -> Variation:
    fields = node.only(VARIATION_KEYS, "a response")
    if "text" not in fields:
        raise node.fail("a response without text", "write `- text: …`")
    translation = fields["translation"].mapping("translation") if "translation" in fields else {}
    return Variation(
        text=fields["text"].text("text"),
        translation={language: text.text(language) for language, text in translation.items()},
        condition=read_condition(fields["if"]) if "if" in fields else None,
        interruptible="interruptible" not in fields
        or fields["interruptible"].flag("interruptible"),
        where=node.where,
    )
