"""Small grammars for what the flow awaits, as rules over words.

A rule is a text ("mon numéro c'est le"), or one of the dataclasses below. `grow` lays it into
a graph between two states. Costs are negative logarithms; a choice costs the logarithm of the
number of its options, so that grammars and the language model can be compared.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log

from voicebot.speech.graph import GraphBuilder


@dataclass(frozen=True)
class Either:
    """One of several rules."""

    options: tuple[Rule, ...]
    costs: tuple[float, ...] | None = None
    """What each option costs; by default all are as likely."""


@dataclass(frozen=True)
class Row:
    """Rules one after the other."""

    parts: tuple[Rule, ...]


@dataclass(frozen=True)
class Maybe:
    """A rule or nothing."""

    rule: Rule
    cost: float = 0.7
    """Of saying it."""


@dataclass(frozen=True)
class Loop:
    """A rule, `least` times or more."""

    rule: Rule
    again: float = 0.5
    """What each further time costs."""
    least: int = 1


@dataclass(frozen=True)
class Names:
    """One word of a long list."""

    words: tuple[str, ...]
    cost: float | None = None
    """By default the logarithm of how many there are."""


Rule = str | Either | Row | Maybe | Loop | Names


def either(*options: Rule) -> Either:
    """A choice."""
    return Either(options)


def lines(block: str) -> Either:
    """A choice of texts, separated by slashes or line ends."""
    parts = block.replace("\n", "/").split("/")
    return Either(tuple(part.strip() for part in parts if part.strip()))


def row(*parts: Rule) -> Row:
    """A sequence."""
    return Row(parts)


def grow(builder: GraphBuilder, rule: Rule, source: int, target: int, cost: float = 0.0) -> None:
    """Lays a rule between two states. Words that nobody can say are left out."""
    if isinstance(rule, str):
        _text(builder, rule, source, target, cost)
    elif isinstance(rule, Either):
        even = log(max(len(rule.options), 1))
        for i, option in enumerate(rule.options):
            grow(builder, option, source, target, cost + (rule.costs[i] if rule.costs else even))
    elif isinstance(rule, Row):
        _row(builder, rule.parts, source, target, cost)
    elif isinstance(rule, Maybe):
        grow(builder, rule.rule, source, target, cost + rule.cost)
        builder.jump(source, target, cost)
    elif isinstance(rule, Loop):
        _row(builder, (rule.rule,) * (rule.least - 1), source, first := builder.state(), cost)
        after = builder.state()
        grow(builder, rule.rule, first, after)
        builder.jump(after, first, rule.again)
        builder.jump(after, target)
    else:
        _names(builder, rule, source, target, cost)


def _row(
    builder: GraphBuilder, parts: tuple[Rule, ...], source: int, target: int, cost: float
) -> None:
    if not parts:
        builder.jump(source, target, cost)
    for i, part in enumerate(parts):
        following = target if i == len(parts) - 1 else builder.state()
        grow(builder, part, source, following, cost if i == 0 else 0.0)
        source = following


def _text(builder: GraphBuilder, text: str, source: int, target: int, cost: float) -> None:
    words = builder.tokens(text)
    if not all(builder.pronounce(word) for word in words):
        return
    if not words:
        builder.jump(source, target, cost)
    for i, word in enumerate(words):
        following = target if i == len(words) - 1 else builder.state()
        builder.word(source, word, following, cost if i == 0 else 0.0)
        source = following


def _names(builder: GraphBuilder, names: Names, source: int, target: int, cost: float) -> None:
    total = cost + (log(max(len(names.words), 1)) if names.cost is None else names.cost)
    entry = builder.state()
    builder.jump(source, entry)
    said = [(name, builder.tokens(name)) for name in dict.fromkeys(names.words)]
    builder.tree(entry, [(words[0], total, target) for _, words in said if len(words) == 1])
    for name, words in said:
        if len(words) > 1:
            _text(builder, name, source, target, total)
