"""Words as they are compared: lower case, contractions written out, hesitations gone."""

from __future__ import annotations

import re

_WORD = re.compile(r"\+|[^\W_]+(?:['’-][^\W_]+)*")


def word_set(text: str) -> frozenset[str]:
    """The words of a constant."""
    return frozenset(text.split())


_CONTRACTED = {
    "i'm": ("i", "am"), "it's": ("it", "is"), "that's": ("that", "is"), "name's": ("name", "is"),
    "don't": ("do", "not"), "isn't": ("is", "not"), "i'd": ("i", "would"), "i've": ("i", "have"),
    "can't": ("can", "not"), "there's": ("there", "is"), "we're": ("we", "are"), "im": ("i", "am"),
    "o'clock": ("oclock",), "dont": ("do", "not"), "thats": ("that", "is"),
}  # fmt: skip
_HESITATIONS = frozenset(("uh", "um", "er", "erm", "hmm", "well"))
_ENGLISH = word_set(
    "i you he she it we they the a an my your our his her is are was am do does did have has "
    "had would could can will to for of in at with and but not this that there what when where "
    "how please hello hi yes speak english help need want like leave message room number call "
    "name book someone somebody out get door our nobody good evening morning down work working "
    "cannot no"
)
_FRENCH = word_set(
    "je tu il elle on nous vous ils le la les un une des du de mon ma mes votre est ai pas "
    "c'est bonjour bonsoir oui et pour avec dans sur j'ai qui que au"
)


def tokens(text: str) -> list[tuple[str, str]]:
    """Each word as it is compared and as it was written."""
    found: list[tuple[str, str]] = []
    for match in _WORD.finditer(text):
        plain = match[0].lower().replace("’", "'")
        if plain in _HESITATIONS:
            continue
        if plain in _CONTRACTED:
            found += [(part, part) for part in _CONTRACTED[plain]]
        elif "-" in plain:
            found += [(part.lower(), part) for part in match[0].split("-")]
        else:
            found.append((plain, match[0]))
    return found


def plain_words(text: str) -> list[str]:
    """The words as they are compared."""
    return [plain for plain, _ in tokens(text)]


def is_english(text: str) -> bool:
    """Whether a sentence is English beyond doubt; a word or two never are."""
    said = plain_words(text)
    english = sum(word in _ENGLISH for word in said)
    french = sum(word in _FRENCH for word in said)
    return len(said) >= 3 and english >= 2 and english >= 0.4 * len(said) and french == 0
