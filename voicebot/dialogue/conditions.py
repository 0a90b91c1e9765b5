"""The language of `if:`, as in Rasa's flows: `slots.urgency = vital and not slots.caller_name`."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from voicebot.dialogue.interpretation import Value

Lookup = Callable[[str, str], Value]
"""Gives the value of a name in a space: ("slots", "urgency")."""

SPACES = ("slots", "facts", "call")
"""Where a name may live: what is known of the caller, the client's facts, the call itself."""

_TOKEN = re.compile(
    r"""\s*(?:
      (?P<text>'[^']*'|"[^"]*")
    | (?P<number>-?\d+)(?![\w.])
    | (?P<name>(?:slots|facts|call)\.[A-Za-z_]\w*)
    | (?P<operator><=|>=|!=|==|=|<|>|\(|\)|\[|\]|,)
    | (?P<word>[\w+-]+)
    )""",
    re.VERBOSE,
)
_WORDS: dict[str, Value] = {"true": True, "false": False, "null": None, "none": None, "empty": None}
_ORDER: dict[str, Callable[[int, int], bool]] = {
    "<": operator.lt,
    ">": operator.gt,
    "<=": operator.le,
    ">=": operator.ge,
}


class ConditionError(ValueError):
    """A condition that cannot be read; the loader adds file and line."""


@dataclass(frozen=True)
class Term:
    """A name (`space` set) or a plain value."""

    value: Value
    space: str = ""

    def read(self, lookup: Lookup) -> Value:
        """The value it stands for now."""
        return lookup(self.space, str(self.value)) if self.space else self.value


@dataclass(frozen=True)
class Test:
    """One comparison; with no operator, whether the value is there and not false."""

    left: Term
    operator: str = ""
    right: tuple[Term, ...] = ()

    def holds(self, lookup: Lookup) -> bool:
        """Whether it is true now. A comparison of what cannot be compared is false."""
        left = self.left.read(lookup)
        rights = [term.read(lookup) for term in self.right]
        match self.operator:
            case "":
                return left not in (None, False, "")
            case "=":
                return left == rights[0]
            case "!=":
                return left != rights[0]
            case "in":
                return left in rights
            case "contains":
                return str(rights[0]).casefold() in str(left or "").casefold()
        right = rights[0]
        if not isinstance(left, int) or not isinstance(right, int):
            return False
        return _ORDER[self.operator](left, right)

    def terms(self) -> Iterator[Term]:
        """The terms compared."""
        yield from (self.left, *self.right)


@dataclass(frozen=True)
class Group:
    """Conditions joined by `and`, `or`, or one denied by `not`."""

    joined_by: str
    parts: tuple[Test | Group, ...]

    def holds(self, lookup: Lookup) -> bool:
        """Whether it is true now."""
        if self.joined_by == "not":
            return not self.parts[0].holds(lookup)
        results = (part.holds(lookup) for part in self.parts)
        return all(results) if self.joined_by == "and" else any(results)

    def terms(self) -> Iterator[Term]:
        """The terms compared inside."""
        for part in self.parts:
            yield from part.terms()


@dataclass(frozen=True)
class Condition:
    """A condition with the text it was read from."""

    text: str
    root: Test | Group

    def holds(self, lookup: Lookup) -> bool:
        """Whether it is true now."""
        return self.root.holds(lookup)

    def names(self) -> frozenset[tuple[str, str]]:
        """The names it depends on, as (space, name)."""
        return frozenset((t.space, str(t.value)) for t in self.root.terms() if t.space)


def parse(text: str) -> Condition:
    """Reads a condition.

    Raises:
        ConditionError: it is not one; the message says where it stops making sense.
    """
    parser = _Parser(text)
    root = parser.any_of()
    if parser.peek() is not None:
        raise ConditionError(f"cannot read {parser.peek()!r} in the condition {text!r}")
    return Condition(text, root)


class _Parser:
    """Recursive descent: or, and, not, comparison."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens: list[tuple[str, str]] = []
        position = 0
        while text[position:].strip():
            match = _TOKEN.match(text, position)
            if match is None or match.lastgroup is None:
                raise ConditionError(f"cannot read {text[position:].strip()!r} in {text!r}")
            self._tokens.append((match.lastgroup, match[match.lastgroup]))
            position = match.end()

    def peek(self) -> str | None:
        """The next token, if any."""
        return self._tokens[0][1] if self._tokens else None

    def any_of(self) -> Test | Group:
        """Reads parts joined by `or`."""
        return self._joined("or", self._all_of)

    def _all_of(self) -> Test | Group:
        return self._joined("and", self._maybe_not)

    def _joined(self, word: str, read: Callable[[], Test | Group]) -> Test | Group:
        parts = [read()]
        while self._took(word):
            parts.append(read())
        return parts[0] if len(parts) == 1 else Group(word, tuple(parts))

    def _maybe_not(self) -> Test | Group:
        if self._took("not"):
            return Group("not", (self._maybe_not(),))
        if self._took("("):
            inside = self.any_of()
            self._need(")")
            return inside
        return self._test()

    def _test(self) -> Test | Group:
        left = self._term()
        if not left.space:
            raise ConditionError(
                f"a condition starts with slots.NAME, facts.NAME or call.NAME, not {left.value!r}"
            )
        if self._took("is"):
            denied = self._took("not")
            test = Test(left, "=", (self._term(),))
            return Group("not", (test,)) if denied else test
        if self._took("in"):
            return Test(left, "in", self._list())
        for sign in ("!=", "<=", ">=", "<", ">", "contains"):
            if self._took(sign):
                return Test(left, sign, (self._term(),))
        if self._took("=") or self._took("=="):
            return Test(left, "=", (self._term(),))
        return Test(left)

    def _list(self) -> tuple[Term, ...]:
        closing = ")" if self._took("(") else "]"
        if closing == "]":
            self._need("[")
        terms = [self._term()]
        while self._took(","):
            terms.append(self._term())
        self._need(closing)
        return tuple(terms)

    def _term(self) -> Term:
        if not self._tokens:
            raise ConditionError(f"the condition {self._text!r} stops too early")
        kind, token = self._tokens.pop(0)
        if kind == "text":
            return Term(token[1:-1])
        if kind == "number":
            return Term(int(token))
        if kind == "name":
            space, name = token.split(".")
            return Term(name, space)
        if kind == "word":
            return Term(_WORDS.get(token.lower(), token))
        raise ConditionError(f"cannot read {token!r} in the condition {self._text!r}")

    def _took(self, word: str) -> bool:
        if self._tokens and self._tokens[0][0] != "text" and self._tokens[0][1].lower() == word:
            self._tokens.pop(0)
            return True
        return False

    def _need(self, word: str) -> None:
        if not self._took(word):
            raise ConditionError(f"{word!r} is missing in the condition {self._text!r}")
