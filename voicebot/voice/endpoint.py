"""How long to wait at a pause before the turn is taken: the words and the turn model decide."""

from __future__ import annotations

import re
from dataclasses import dataclass

from voicebot.dialogue.expectation import Expectation, Kind
from voicebot.dialogue.interpretation import Interpretation
from voicebot.french.normalise import words as words_of
from voicebot.french.numbers import read_number
from voicebot.french.phone import national, read_phone
from voicebot.speech.ear import Heard

SOON_MS = 300
"""What was awaited is there in full, or the turn model is sure of a whole sentence."""
UNKNOWN_MS = 650
"""No turn model: the ear (Whisper) tells words only."""
WHOLE_MS = 560
"""A request that makes sense, was heard well, and ends as sentences do."""
UNDERSTOOD_MS = 680
"""The turn model hears that the speaker goes on, and yet what he said makes sense."""
DOUBT_MS = 950
"""It hears that he goes on, and no sense is in his words so far."""
UNFINISHED_MS = 740
"""Sentences seldom end on such words, unless one of them was misheard."""
BEGUN_MS = 1000
"""Little was said, or it was heard badly: half a name, two words of a request."""
MORE_MS = 1250
"""The words themselves ask for more: "et", "le numéro c'est"."""
DIGITS_MS = 1450
"""Six digits of ten: the others are being read from somewhere."""
NOTHING_MS = 900
"""No word was recognised."""
UNFINISHED = 0.04
"""Probability of a sentence's end, by the language model, below which a request goes on.

Of the held-out sentences of nlu/test, 95 of 100 ends are above it, and a third of the places in
their middles that no open end gives away are below.
"""
FINISHED = 0.25
"""The same probability above which it may well be over: 7 of 10 ends, 3 of 10 such middles."""
HEARD_WELL = 0.75
FEW_WORDS = 4
"""Of a request: up to so many, and more is likely to come."""
SHORT_WORDS = 12
"""Of a request: up to so many, the turn model alone does not shorten the wait."""
HEARD_BADLY = 0.6
"""Confidence below which the words cannot tell that the sentence is whole."""

OPEN_ENDS = """
et ou mais donc or ni car que qu' qui dont où si comme quand lorsque puisque parce
de d'eux du des d' le la les l' un une au aux à en dans sur sous avec sans pour par chez vers entre
c'est est sont était suis ai j'ai as ont avait avons avez j' je tu il elle on nous ils elles
mon ma mes ton ta tes son sa ses notre nos votre leur leurs ce cet cette ces
euh heu hum ben bah alors enfin genre voire plus très trop fait
voudrais voulais veux peux pourriez pouvez savoir faut
monsieur madame docteur maître rue avenue boulevard place impasse allée chemin
m'appelle s'appelle appelle numéro adresse téléphone
and or but the a an my is because to of in at with for uh um
"""
"""A turn does not end on these words; a pause behind one is a breath or a search.

"d'eux" ends few requests, and is how a "de" is heard that is drawn out before a pause.
"""
_OPEN_ENDS = frozenset(OPEN_ENDS.split())
OPENERS = "allô allo oui bonjour bonsoir salut alors en fait dites hello good evening morning"
"""Words that only open a sentence: who has said no other is about to."""
_OPENERS = frozenset(OPENERS.split())
_TALK = frozenset(
    ("greet", "affirm", "deny", "correct", "hold_on", "thank", "inform", "dont_know", "repeat")
)
"""Intents that say nothing of what somebody wants: "en fait" alone is a correction."""
_TORN = re.compile(
    r"\b(?:(?<!quatre )vingt|trente|quarante|cinquante) "
    r"(?:dix|onze|douze|treize|quatorze|quinze|seize)\b"
    r"|\b(dix|vingt|trente|quarante|cinquante|soixante) \1\b"
)
"""A number torn in two: "cinquante dix" was "cinquante-six", and ten digits are eight.

Or one begun twice: "dix … dix-huit".
"""
_FINAL_PHRASES = ("d'accord", "merci", "au revoir", "s'il vous plaît", "voilà", "c'est tout")


@dataclass(frozen=True)
class Signs:
    """What the words heard so far say about whether more will come."""

    words: int
    end_of_turn: float | None = None
    """The turn model's probability."""
    complete: bool = False
    """What the flow awaits has been given in full."""
    understood: bool = False
    """The interpreter found an intent or a fact in the words."""
    partial: bool = False
    """Digits are being dictated, and some are missing."""
    open_end: bool = False
    """The last word calls for another."""
    whole: bool = False
    """Sentences often end on these words, which were heard well and make sense."""
    unfinished: bool = False
    """Sentences seldom end on these words, though the last one does not call for another."""
    begun: bool = False
    """Only a beginning was said, or heard: "oui bonjour", a first name without the family's."""


def signs(heard: Heard, meant: Interpretation, expectation: Expectation) -> Signs:
    """Reads the signs in what was heard and what it means."""
    words = heard.text.split()
    ends = heard.end_of_sentence
    understood = _understood(meant, expectation)
    awaited = expectation.kind is Kind.PHONE_NUMBER
    torn = awaited and _TORN.search(heard.text) is not None
    partial = torn or _dictating(heard.text, meant, expectation)
    # Ten digits that were heard badly may be eight, and the other two still to come.
    doubtful = awaited and heard.confidence < HEARD_BADLY
    return Signs(
        words=len(words),
        end_of_turn=heard.end_of_turn,
        complete=not partial and not doubtful and _complete(words, meant, expectation),
        partial=partial,
        understood=understood,
        open_end=bool(words) and words[-1] in _OPEN_ENDS,
        whole=understood
        and ends is not None
        and ends >= FINISHED
        and heard.confidence >= HEARD_WELL,
        unfinished=ends is not None and ends < UNFINISHED,
        begun=_begun(heard, words, meant, expectation),
    )


def _understood(meant: Interpretation, expectation: Expectation) -> bool:
    if meant.entities:
        return True
    return meant.intent is not None and (
        expectation.kind is not Kind.ANYTHING or meant.intent not in _TALK
    )


def _begun(heard: Heard, words: list[str], meant: Interpretation, expectation: Expectation) -> bool:
    if expectation.kind is Kind.NAME:
        return not _full_name(meant)
    if expectation.kind is Kind.YES_NO:
        return False
    if all(word in _OPENERS for word in words) or heard.confidence < HEARD_BADLY:
        return True
    few = len(words) <= FEW_WORDS
    return few and expectation.kind in (Kind.ANYTHING, Kind.PHONE_NUMBER)


def _dictating(text: str, meant: Interpretation, expectation: Expectation) -> bool:
    """Whether a telephone number was begun, asked for or not, and digits are missing."""
    begun = read_phone(text, expected=True)
    awaited = expectation.kind is Kind.PHONE_NUMBER
    if begun is None:
        number = meant.entity("phone_number")
        return number is not None and not number.complete
    if begun.complete:
        least, most = _digits_said(begun.text)
        return not least <= len(national(begun.number).lstrip("+")) <= most
    if awaited:
        return True  # a word that was misheard ends no number
    return text.endswith(begun.text) and begun.number.startswith(("0", "+"))


def _digits_said(text: str) -> tuple[int, int]:
    """The fewest and the most digits, each number taken as long as people take it.

    "zéro six douze trente-quatre cinquante-six" can be read as the ten digits 06 12 30 45 06, but
    whoever says it has two more to say. Only "quatre vingt" may well be two numbers.
    """
    tokens = [word.plain for word in words_of(text)]
    at = least = most = 0
    while at < len(tokens):
        found = read_number(tokens, at)
        if found is None:
            at += 1
            continue
        least += len(str(found[0]))
        most += len(str(found[0])) + (tokens[at : at + 2] == ["quatre", "vingt"])
        at = found[1]
    return least, most


def _complete(words: list[str], meant: Interpretation, expectation: Expectation) -> bool:
    """Whether the answer that is awaited is there, and nothing else was begun."""
    text = " ".join(words)
    match expectation.kind:
        case Kind.PHONE_NUMBER:
            return any(
                e.complete and e.name in ("phone_number", "own_number") for e in meant.entities
            )
        case Kind.YES_NO:
            return meant.entity("yes_no") is not None and len(words) <= 4
        case Kind.PHRASES:
            return text in {phrase.lower() for phrase in expectation.phrases}
        case Kind.NAME:
            return not text.endswith(("monsieur", "madame")) and _full_name(meant)
        case Kind.DATE:
            return any("T" in str(e.value) for e in meant.entities if e.name == "date")
        case _:
            return text.endswith(_FINAL_PHRASES)


def _full_name(meant: Interpretation) -> bool:
    name = meant.entity("person")
    return name is not None and len(str(name.value).split()) > 1


def patience_ms(signs: Signs, expectation: Expectation) -> int:
    """Milliseconds of silence, since the last voice, after which the turn is taken."""
    if signs.words == 0:
        return MORE_MS if expectation.dictated else NOTHING_MS
    if signs.partial:
        return DIGITS_MS
    if signs.open_end:
        return MORE_MS
    if signs.complete:
        return SOON_MS
    if expectation.kind in (Kind.REFERENCE, Kind.NUMBER):
        return MORE_MS  # nobody knows how many letters and digits there will be
    if signs.begun:
        return BEGUN_MS
    if signs.end_of_turn is None:
        return UNKNOWN_MS
    if signs.unfinished and expectation.kind is Kind.ANYTHING:
        return UNFINISHED_MS
    longest = WHOLE_MS if signs.whole else UNDERSTOOD_MS if signs.understood else DOUBT_MS
    if expectation.kind is Kind.ANYTHING and signs.words <= SHORT_WORDS:
        return longest  # a request goes on more often than not
    return _between(signs.end_of_turn, longest)


def _between(end_of_turn: float, longest: int) -> int:
    """From SOON_MS at 0.8 and above to `longest` at 0.2 and below."""
    doubt = min(1.0, max(0.0, (0.8 - end_of_turn) / 0.6))
    return round(SOON_MS + doubt * (longest - SOON_MS))
