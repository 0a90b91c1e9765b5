"""Sentences that callers say, grown from the templates in a model's folder `sentences`."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import yaml

from voicebot.errors import BadInput, Place
from voicebot.models import dictated, dictated_english
from voicebot.speech.tongue import ENGLISH, FRENCH, Tongue

NATURAL = 0.3
"""Share of whole sentences; the others are grown from templates."""
_CHOICE = re.compile(r"\(([^()]*)\)")
_SLOT = re.compile(r"<(\w+)>")
_PARTICLE = re.compile(r"^(le|la|da|el|ben|van|de)-(den-)?")
_ELISION = re.compile(r"\bje (?=[aeiouyéèêâ])")


@dataclass
class Templates:
    """Lists to fill in and sentences to say."""

    lists: dict[str, list[str]] = field(default_factory=dict)
    natural: list[str] = field(default_factory=list)
    """Whole sentences, as they are."""
    say: dict[str, list[str]] = field(default_factory=dict)
    """The templates of each file, by its name."""

    def read(self, path: Path) -> None:
        """Adds one file."""
        try:
            page = yaml.safe_load(path.read_text(encoding="utf-8"))
        except yaml.YAMLError as error:
            raise BadInput(f"not YAML: {error}", where=Place(path)) from error
        for name, lines in page.get("lists", {}).items():
            self.lists.setdefault(name, []).extend(_lines(lines))
        for name, words in page.get("words", {}).items():
            kept = (_PARTICLE.sub(lambda m: m[0].replace("-", " "), word) for word in words.split())
            self.lists.setdefault(name, []).extend(kept)
        self.natural += _lines(page.get("natural", ""))
        self.say[path.stem] = _lines(page.get("say", ""))


def _lines(block: str) -> list[str]:
    return [line.strip() for line in block.splitlines() if line.strip()]


def load_templates(folder: Path) -> Templates:
    """Reads all templates of a folder."""
    templates = Templates()
    for path in sorted(folder.glob("*.yml")):
        templates.read(path)
    if not templates.lists:
        raise BadInput("no sentence templates", where=Place(folder))
    return templates


class Speaker:
    """Says one sentence after the other, at random but the same for the same seed."""

    def __init__(self, templates: Templates, seed: int, tongue: Tongue = FRENCH) -> None:
        self._templates, self._tongue = templates, tongue
        self._rng = Random(seed)
        rng, names = self._rng, templates.lists.get("surname", ["martin"])
        said = dictated_english if tongue is ENGLISH else dictated
        self._made = {
            "phone": lambda: said.phone(rng),
            "digits": lambda: said.digits(rng),
            "number": lambda: said.number(rng),
            "letter": lambda: dictated.letter(rng),
            "spelt": lambda: said.spelt(rng, names),
            "reference": lambda: said.reference(rng),
            "date": lambda: said.date(rng),
            "day": lambda: rng.choice(said.DAYS),
            "birthdate": lambda: said.birthdate(rng),
            "time": lambda: said.time_of_day(rng),
            "postcode": lambda: said.postcode(rng),
        }

    def say(self) -> str:
        """One sentence; each file of templates has the same share, the frame a double one."""
        files = [name for name, lines in self._templates.say.items() if lines]
        weights = [2.5 if name == "frame" else 1.0 for name in files]
        if self._templates.natural and self._rng.random() < NATURAL:
            return self._tongue.normalise(self._rng.choice(self._templates.natural))
        file = self._rng.choices(files, weights)[0]
        filled = self.fill(self._rng.choice(self._templates.say[file]))
        return self._tongue.normalise(_ELISION.sub("j'", filled))

    def fill(self, template: str) -> str:
        """Fills slots and choices until none is left."""
        for _ in range(12):
            filled = _CHOICE.sub(lambda m: self._rng.choice(m[1].split("|")), template)
            filled = _SLOT.sub(self._slot, filled)
            if filled == template:
                return filled
            template = filled
        raise BadInput(f"the template never ends: {template[:80]!r}")

    def _slot(self, match: re.Match[str]) -> str:
        name = match[1]
        if name in self._made:
            return self._made[name]()
        if name not in self._templates.lists:
            raise BadInput(f"no list is called <{name}>")
        return self._rng.choice(self._templates.lists[name])


def extra_sentences(root: Path, tongue: Tongue = FRENCH) -> list[str]:
    """Sentences of `nlu/` and of the flows in one language, where those folders exist."""
    found: list[str] = []
    for path in sorted(root.glob("nlu/**/*.yml")) + sorted(root.glob("flows/**/*.yml")):
        if {"test", "heard"} & set(path.parts) or "test" in path.stem:
            continue
        if ("en" in path.parts) != (tongue is ENGLISH):
            continue
        try:
            page = yaml.safe_load(path.read_text(encoding="utf-8"))
        except (yaml.YAMLError, UnicodeDecodeError):
            continue  # lint's business, not the ear's
        found.extend(_examples(page))
    return [text for line in found if (text := tongue.normalise(_plain(line)))]


def _examples(page: object) -> list[str]:
    """The `examples` of Rasa's format."""
    if not isinstance(page, dict):
        return []
    lines: list[str] = []
    for item in page.get("nlu") or []:
        if isinstance(item, dict) and isinstance(item.get("examples"), str):
            lines += [line.strip().removeprefix("- ") for line in item["examples"].splitlines()]
    return lines


def _plain(line: str) -> str:
    """A training example without its annotations: "[Martin](name)" is "Martin"."""
    return re.sub(r"\[([^\]]*)\](\([^)]*\)|\{[^}]*\})", r"\1", line)
