"""People's names: "je m'appelle …", "… à l'appareil", "madame …", spelt letter by letter.

A title that the caller gives stays with his name: he is thanked as "madame Martin".
"""

from __future__ import annotations

from dataclasses import dataclass

from voicebot.french.name_words import capital, name_words
from voicebot.french.normalise import Word, word_set, words
from voicebot.french.numbers import below_hundred
from voicebot.french.spelling import SPELLERS, read_spelling
from voicebot.french.vocabulary import ALSO_WORDS, COMMON, FIRST_NAMES

LONGEST = 6
"""Words of a name, particles among them: "Marie Claude de La Tour"."""
_PARTICLES = word_set("de du des d la le l van von der den el al ben bel da dos di o mac saint")
_SPOKEN_TITLES = {
    "monsieur": "monsieur", "mr": "monsieur", "m": "monsieur", "madame": "madame",
    "mme": "madame", "mademoiselle": "mademoiselle", "docteur": "docteur", "maitre": "maître",
    "professeur": "professeur",
}  # fmt: skip
_TITLES = frozenset(_SPOKEN_TITLES)
_OF_OFFICE = word_set("docteur maitre professeur")
"""Titles of those who are called more often than they call: "allô, maître Durand ?"."""
_OF_ANOTHER = word_set(
    "a au aux avec pour de du des d chez par que qu voir joindre rappeler contacter dire prevenir "
    "sur contre et ou comme le la l mon ma notre votre vous"
)
"""Before a title: somebody is spoken of, who need not be the caller."""
_BEFORE = (
    ("je", "m", "appelle"), ("je", "m", "appele"), ("m", "appelle"), ("mon", "nom", "c", "est"),
    ("mon", "nom", "est"), ("nom", "de", "famille"), ("au", "nom", "de"),
    ("nom", "c", "est"), ("ici",), ("de", "la", "part", "de"),
    ("le", "nom", "c", "est"), ("appelle", "moi"), ("nom",), ("je", "me", "nomme"),
    ("my", "name", "is"),
    ("je", "vous", "l", "ai", "dit"), ("je", "vous", "ai", "dit"), ("je", "l", "ai", "dit"),
)  # fmt: skip
_BEFORE_ASKED = (
    ("j", "ai", "dit"), ("notez",), ("noter",), ("marquez",), ("mettez",), ("mettre",),
    ("ecrivez",),
)  # fmt: skip
"""Where a name was asked for: "vous pouvez noter Martin"."""
_AFTER = (
    ("a", "l", "appareil"), ("a", "l", "appareille"), ("au", "telephone"), ("a", "appareil"),
    ("a", "la", "parail"), ("a", "la", "pareil"), ("a", "la", "pareille"), ("a", "la", "appareil"),
    ("a", "l", "appart"), ("al", "appareil"), ("la", "pareil"),
)  # fmt: skip
"""The last ones as an ear writes it."""
_HERE = (("je", "suis"), ("c", "est"), ("ici",), ("moi", "c", "est"), ("c", "est", "moi"))
_OPENERS = word_set(
    "c est je suis moi bonjour bonsoir allo oui alors euh donc ben bah mon nom le la l "
    "monsieur madame mademoiselle docteur maitre mme mr prenom mes noms vous etes nan "
    "voila pardon appelle d accord tres bien non nan plutot enfin"
)


@dataclass(frozen=True)
class Name:
    """A person's name."""

    value: str
    """Written as names are: "Martin Dupont", "de La Tour"."""
    text: str
    spelt: bool = False


def read_name(text: str, *, expected: bool = False) -> Name | None:
    """The name that the caller gives.

    Args:
        text: what was said.
        expected: a name was asked for, so that a bare "Martin Dupont" is one.
    """
    found = name_words(text, _TITLES)
    tokens = [word.plain for word in found]
    return (
        _spelt(found, tokens, expected)
        or _introduced(found, tokens, expected)
        or _on_the_line(found, tokens)
        or _titled(found, tokens, expected)
        or _first_named(found, tokens)
        or (_bare(found) if expected else None)
    )


def _introduced(found: list[Word], tokens: list[str], expected: bool) -> Name | None:
    """E.g. "je m'appelle …"."""
    for at in range(len(tokens)):
        for phrase in (*_BEFORE, *(_BEFORE_ASKED if expected else ())):
            if phrase == ("de", "la", "part", "de") and "appelle" in tokens[max(0, at - 2) : at]:
                continue  # he calls for somebody else
            if tuple(tokens[at : at + len(phrase)]) == phrase and (len(phrase) > 1 or expected):
                name = _from(found, at + len(phrase))
                if name:
                    return name
    return None


def _on_the_line(found: list[Word], tokens: list[str]) -> Name | None:
    """E.g. "… à l'appareil"."""
    for at in range(len(tokens)):
        if any(tuple(tokens[at : at + len(phrase)]) == phrase for phrase in _AFTER):
            name = _until(found, at)
            if name:
                return name
    return None


def _titled(found: list[Word], tokens: list[str], expected: bool) -> Name | None:
    """E.g. "c'est madame …", or a title and a name alone."""
    for at, token in enumerate(tokens[:-1]):
        if token not in _TITLES or token == "m":
            continue
        before = at - 1 if at and tokens[at - 1] in ("le", "la") else at
        couple = at > 1 and tokens[at - 1] == "et" and tokens[at - 2] in _TITLES
        if _is_here(tokens, before) or (couple and _is_here(tokens, at - 2)):
            name = _from(found, at)
        elif (at and tokens[at - 1] in _OF_ANOTHER) or (token in _OF_OFFICE and not expected):
            continue
        else:
            name = _from(found, at)
        if name:
            return name
    return None


def _is_here(tokens: list[str], at: int) -> bool:
    """Whether "c'est", "je suis" or "ici" stands before index `at`."""
    return any(tuple(tokens[max(0, at - len(phrase)) : at]) == phrase for phrase in _HERE)


def _first_named(found: list[Word], tokens: list[str]) -> Name | None:
    """E.g. "je suis Luc Morel": a first name tells it from "je suis malade".

    Two words with capital letters are a name too: an ear that writes them knows why.
    """
    for at in range(1, len(found)):
        if not _is_here(tokens, at):
            continue
        name = _from(found, at)
        if name is None:
            continue
        parts = words(name.text)
        alone = len(parts) == 1
        if parts[0].plain in FIRST_NAMES and not (alone and parts[0].plain in ALSO_WORDS):
            return name
        written = [part.text for part in parts if part.plain not in _PARTICLES]
        if len(written) > 1 and all(t[:1].isupper() and not t.isupper() for t in written):
            return name
    return None


def _bare(found: list[Word]) -> Name | None:
    """A name with nothing around it but a yes, a good day or "c'est"."""
    at = 0
    while at < len(found) and found[at].plain in _OPENERS and not _begins_name(found, at):
        at += 1
    if at and found[at - 1].plain in _TITLES:
        at -= 1
    name = _from(found, at)
    if name is None:
        at = _after_last_is(found)
        name = _from(found, at) if at else None
    if name is None:
        return None
    rest = found[at + len(words(name.text)) :]
    return name if len(rest) <= LONGEST else None


def _begins_name(found: list[Word], at: int) -> bool:
    """E.g. the "Le" of "Le Goff": it belongs to the word after it, if that may be a name."""
    if found[at].plain not in ("le", "la", "l") or at + 1 >= len(found):
        return False
    following = found[at + 1].plain
    return following not in _OPENERS | _TITLES and _may_be_name(following)


def _after_last_is(found: list[Word]) -> int:
    """The index after the last "c'est": "non c'est pas Durand, c'est Durant"."""
    tokens = [word.plain for word in found]
    places = [at + 2 for at in range(len(tokens) - 2) if tokens[at : at + 2] == ["c", "est"]]
    return places[-1] if places else 0


def _from(found: list[Word], at: int) -> Name | None:
    """The name that begins at index `at`, with the title before it."""
    while at < len(found) and found[at].plain in ("alors", "donc", "c", "est", "le", "la", "l"):
        if _begins_name(found, at):
            break
        at += 1
    first, title = at, ""
    while at < len(found) and found[at].plain in _TITLES:
        title = _SPOKEN_TITLES[found[at].plain]
        at += 1
    if title and at < len(found) and found[at].plain in ("veuve", "nee"):
        at += 1
    end = at
    while end < len(found) and end - at < LONGEST and _may_be_name(found[end].plain):
        end += 1
    while end > at and found[end - 1].plain in _PARTICLES:
        end -= 1
    return _entitled(_name(found[at:end]), title, found[first:end])


def _entitled(name: Name | None, title: str, part: list[Word]) -> Name | None:
    """The name with the title that was said before it."""
    if name is None or not title:
        return name
    text = " ".join(word.text for word in part).replace("' ", "'").replace("’ ", "’")
    return Name(f"{title} {name.value}", text)


def _until(found: list[Word], end: int) -> Name | None:
    """The name that ends before index `end`."""
    at = end
    while at > 0 and end - at < LONGEST and _may_be_name(found[at - 1].plain):
        at -= 1
    while at < end and found[at].plain in _TITLES | _OPENERS and not _begins_name(found, at):
        at += 1
    first = at
    while first > 0 and found[first - 1].plain in _TITLES:
        first -= 1
    title = _SPOKEN_TITLES[found[first].plain] if first < at else ""
    return _entitled(_name(found[at:end]), title, found[first:end])


def _may_be_name(token: str) -> bool:
    if token in _PARTICLES:
        return True
    if token in COMMON or token in _TITLES or any(c.isdigit() for c in token):
        return False
    return len(token) > 1 and not below_hundred([token], 0)


def _name(part: list[Word]) -> Name | None:
    if len(part) > 1 and part[0].plain == part[-1].plain:
        part = part[1:]  # "Legrand, Sophie Legrand"
    if not part or all(word.plain in _PARTICLES for word in part):
        return None
    shown = ""
    for at, word in enumerate(part):
        text = word.text
        small = word.plain in ("de", "du", "des", "d", "van", "von", "der", "den") and at + 1 < len(
            part
        )
        shown += text.lower() if small else capital(text)
        if not text.endswith(("'", "’")) and at + 1 < len(part):
            joined = part[at + 1].start == word.end + 1 and word.end != part[at + 1].start
            shown += "-" if joined and _hyphen(part, at) else " "
    text = " ".join(word.text for word in part).replace("' ", "'").replace("’ ", "’")
    return Name(shown, text)


def _hyphen(part: list[Word], at: int) -> bool:
    """First names that go together: "Jean Pierre" is written with a hyphen."""
    return part[at].plain in _COMPOUND and part[at + 1].plain in _SECOND


_COMPOUND = frozenset(("jean", "marie", "anne", "pierre"))
_SECOND = word_set(
    "pierre paul claude marc luc louis jacques philippe michel francois yves noel "
    "baptiste christine france therese laure helene sophie charles marie rene bernard "
    "denis"
)


def _spelt(found: list[Word], tokens: list[str], expected: bool) -> Name | None:
    """A name spelt out; at least three letters, so that "c'est a…" is none."""
    cue = any(token in ("epelle", "epeler", "ecrit", "lettre", "lettres") for token in tokens)
    for at in range(len(tokens)):
        read = read_spelling(tokens, at)
        if read is None:
            continue
        clean = all(len(token) == 1 or token in SPELLERS for token in tokens[at : read.end])
        asked = expected and (clean or read.end - at == len(tokens))
        if sum(c.isalpha() for c in read.letters) >= 3 and (cue or read.likened or asked):
            text = " ".join(word.text for word in found[at : read.end])
            return Name(_title(read.letters), text, spelt=True)
    return None


def _title(letters: str) -> str:
    """E.g. "D'ALMEIDA" → "D'Almeida"."""
    out, start = "", True
    for c in letters:
        out += c.upper() if start else c.lower()
        start = c in "'- "
    return out
