"""Filling slots from what was understood: all of them at once, not only the one asked for."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from voicebot.dialogue.digits import digits_of, telephone
from voicebot.dialogue.flow import Collect, Slot, SlotMapping
from voicebot.dialogue.interpretation import Entity, Interpretation, Value
from voicebot.dialogue.turn import Turn

REQUEST = "request"
"""The slot of what the caller wants, in his own words."""
LONGEST = 600
"""Characters of the caller's words that a slot keeps."""
BELIEVED = 0.5
"""Confidence from which an intent fills a slot that was not asked for."""
CERTAIN = 0.75
"""The same for a slot that has a value already."""
HALF_BELIEVED = 0.4
"""The same for the slot that was asked for."""
BARE = 0.6
"""Share of the utterance from which a fact in it is all that was said."""
CORRECTING = ("correct", "deny")
"""Intents of an utterance that replaces what was said before."""

_ENTITY_OF_TYPE = {
    "phone_number": "phone_number",
    "date": "date",
    "name": "person",
    "address": "address",
    "reference": "reference",
    "number": "number",
}
_NO_FACTS = ("yes_no", "own_number", "language")
_YES_NO = {"affirm": True, "deny": False}


@dataclass(frozen=True)
class Filled:
    """What an utterance told besides the answer."""

    any: bool
    """Whether a fact was learnt from it."""
    corrected: tuple[str, ...]
    """Slots that had another value before."""


def answer_value(turn: Turn, collect: Collect, slot: Slot, meant: Interpretation) -> Value:
    """The value that the utterance gives to the slot being asked for, None when it gives none."""
    if meant.intent is not None and meant.intent in collect.intents:
        return collect.intents[meant.intent]
    for mapping in slot.mappings:
        value = mapped(mapping, meant, asked=True)
        if value is not None:
            return value
    return _by_type(turn, slot, meant)


def mapped(mapping: SlotMapping, meant: Interpretation, *, asked: bool) -> Value:
    """What one mapping finds in an utterance."""
    if mapping.asked and not asked:
        return None
    if mapping.intents and meant.intent not in mapping.intents:
        return None
    if mapping.intents and meant.confidence < (HALF_BELIEVED if asked else BELIEVED):
        return None
    if meant.intent in mapping.not_intents or not _worded(mapping, meant.text):
        return None
    if mapping.type == "from_entity":
        entity = whole(meant, mapping.entity)
        if entity is None:
            return None
        return entity.value if mapping.value is None else mapping.value
    if mapping.type == "from_intent":
        return meant.intent if mapping.value is None else mapping.value
    return meant.text[:LONGEST] or None


def _worded(mapping: SlotMapping, text: str) -> bool:
    """Whether the words are such as the mapping wants."""
    said = plain(text).split()
    if mapping.with_words and not any(plain(word) in said for word in mapping.with_words):
        return False
    return len(text.split()) >= mapping.min_words and not any(
        plain(word) in said for word in mapping.without_words
    )


def whole(meant: Interpretation, name: str) -> Entity | None:
    """The first entity of that name that is complete."""
    return next((e for e in meant.entities if e.name == name and e.complete), None)


def part(meant: Interpretation, slot: Slot) -> str:
    """Digits of the slot's kind that do not make a whole yet."""
    kind = _ENTITY_OF_TYPE.get(slot.type, "")
    names = {mapping.entity for mapping in slot.mappings} | {kind, "number"}
    for entity in meant.entities:
        if entity.name in names and not (entity.name == kind and entity.complete):
            return digits_of(entity.value)
    return ""


def fill_others(turn: Turn, meant: Interpretation, asked: str) -> Filled:
    """Fills every slot that the utterance speaks of, besides the one asked for."""
    before = dict(turn.slots)
    taken = _entities_of(turn.flows.slots.get(asked))
    for slot in turn.flows.slots.values():
        if slot.name == asked:
            continue
        number = own_number(turn, slot, meant) if slot.mappings else None
        if number and turn.slots.get(slot.name) is None:
            turn.set(slot.name, number, meant.text)
            turn.confirmed.add(slot.name)
        for mapping in slot.mappings:
            if not (mapping.entity and mapping.entity in taken) and _fill(
                turn, slot, mapping, meant
            ):
                break
    facts = [
        slot.name
        for slot in turn.flows.slots.values()
        if turn.slots.get(slot.name) != before.get(slot.name)
        and any(mapping.type == "from_entity" for mapping in slot.mappings)
    ]
    return Filled(bool(facts), tuple(name for name in facts if before.get(name) is not None))


def _fill(turn: Turn, slot: Slot, mapping: SlotMapping, meant: Interpretation) -> bool:
    """Gives a slot what one mapping finds. Returns whether it found something."""
    value = mapped(mapping, meant, asked=False)
    if value is None:
        return False
    old = turn.slots.get(slot.name)
    if mapping.append and old and isinstance(value, str):
        value = added(str(old), value)
    elif old is not None and not mapping.overwrite and not _corrects(mapping, meant):
        return True
    if old is not None and mapping.intents and not mapping.append and meant.confidence < CERTAIN:
        return True
    turn.set(slot.name, value, meant.text)
    turn.unsure.discard(slot.name)
    return True


def _corrects(mapping: SlotMapping, meant: Interpretation) -> bool:
    """Whether a fact given replaces the one that was known."""
    return mapping.type == "from_entity" and meant.intent in CORRECTING


def bare_fact(meant: Interpretation) -> bool:
    """Whether little more than a fact was said: "demain"."""
    longest = max((len(e.text) for e in meant.entities if e.name not in _NO_FACTS), default=0)
    return longest > 0 and longest >= BARE * len(meant.text)


def requested(turn: Turn, words: str) -> bool:
    """Whether the words were taken for what the caller wants: "mon évier" is no name."""
    return bool(words) and str(turn.slots.get(REQUEST) or "").endswith(words)


def own_number(turn: Turn, slot: Slot, meant: Interpretation) -> str | None:
    """The number the call comes from, when the caller means that one and it is known."""
    known = turn.slots.get("caller_number")
    if slot.type == "phone_number" and meant.entity("own_number") and known:
        return str(known)
    return None


def keep_urgent_words(turn: Turn, words: str) -> None:
    """The words that made a call urgent belong to the request, whatever their intent."""
    if REQUEST in turn.flows.slots and words.strip():
        known = str(turn.slots.get(REQUEST) or "")
        turn.set(REQUEST, added(known, words) if known else words[:LONGEST], words)


def added(before: str, words: str) -> str:
    """The caller's words, each only once."""
    return before if words in before else f"{before} / {words}"[:LONGEST]


def _entities_of(slot: Slot | None) -> set[str]:
    """The entities that the slot asked for takes for itself."""
    if slot is None:
        return set()
    kept = {mapping.entity for mapping in slot.mappings if mapping.value is None}
    return kept | {_ENTITY_OF_TYPE.get(slot.type, "")}


def _by_type(turn: Turn, slot: Slot, meant: Interpretation) -> Value:
    """What the type of the slot alone finds."""
    if slot.type in ("bool", "yes_no"):
        return yes_no(meant)
    if slot.type == "categorical":
        return category(slot, meant.text)
    if slot.type == "text":
        return None if slot.mappings or _for_a_flow(turn, meant) else meant.text[:LONGEST] or None
    entity = whole(meant, _ENTITY_OF_TYPE[slot.type])
    if entity is None or slot.type != "phone_number":
        return entity.value if entity else None
    return telephone(digits_of(entity.value)) or entity.value


def _for_a_flow(turn: Turn, meant: Interpretation) -> bool:
    """Whether the words start a flow of their own: "répétez" is no police station."""
    return meant.confidence >= CERTAIN and any(
        trigger.intent == meant.intent
        for flow in turn.flows.flows.values()
        for trigger in flow.triggers
    )


def yes_no(meant: Interpretation) -> bool | None:
    """Yes, no, or neither."""
    entity = whole(meant, "yes_no")
    if entity is not None and isinstance(entity.value, bool):
        return entity.value
    return _YES_NO.get(meant.intent or "")


def category(slot: Slot, text: str) -> str | None:
    """The value one of whose phrases stands in the text; the longest phrase wins."""
    heard = f" {plain(text)} "
    found = [
        (len(phrase), value)
        for value, phrases in slot.values.items()
        for phrase in phrases or (value,)
        if f" {plain(phrase)} " in heard
    ]
    return max(found)[1] if found else None


def plain(text: str) -> str:
    """Lower case, no accents, no punctuation, for comparing."""
    bare = unicodedata.normalize("NFD", text.casefold())
    return " ".join(re.findall(r"[a-z0-9]+", "".join(c for c in bare if ord(c) < 0x300)))
