"""The interpreter inside the process: a classifier trained in seconds, and the readers of facts."""

from __future__ import annotations

import logging
import os
import pickle
import tempfile
from datetime import datetime
from pathlib import Path

from voicebot.dialogue.expectation import Expectation, Kind
from voicebot.dialogue.interpretation import Entity, Interpretation
from voicebot.french.normalise import normalise, word_set
from voicebot.understanding.classifier import NOTHING, IntentClassifier
from voicebot.understanding.interpreter import Ranks
from voicebot.understanding.lexicon import Lexicon
from voicebot.understanding.reader import ENTITY_OF, SOON, read_entities
from voicebot.understanding.training import Example, content_hash, read_examples

log = logging.getLogger(__name__)

THRESHOLD = 0.2
"""Below it, an intent is not believed."""
FAMILIAR = 0.5
"""With fewer words known than that share, nothing is believed but facts that were read."""
SURE = 0.75
"""An intent as sure as that is believed against what the flow awaits."""
LIKELIER = 0.5
"""Likelier than all others together."""
BOOST = 2.5
"""How much likelier the intents that the flow awaits are."""
WINDOW = 8
"""Words looked at together in a long utterance, in which the point is easily drowned."""
LANGUAGES = ("fr", "en")
HEARD = "heard"
"""The folder of what an ear made of the sentences of `fr`."""
LEARNT = (*LANGUAGES, HEARD)
"""The folders of nlu/ that are learnt from; `test` is for measuring."""
_FORMAT = "7"
"""Changes whenever a model kept on disk can no longer be read, or would be trained otherwise."""
_TALK = frozenset(
    ("bonjour", "bonsoir", "allo", "oui", "alors", "donc", "voila", "madame", "monsieur")
)
_UNFINISHED = word_set(
    "a ai ce de des du elle en est et il ils j je l la le les ma mais mon on que qui un une y"
)
"""Words that say nothing alone: "j'ai …", and the caller takes a breath."""
_FACTS = ("phone_number", "own_number", "address", "date", "reference", "person", "number", "since")
_TROUBLE = "report_"
"""How intents begin that say what is wrong."""
_OF_PEOPLE = ("report_medical", "report_danger", "report_custody", "report_noise")
"""Troubles in which nothing is broken; a place is told all the same."""
_STATES = ("greet", "affirm", "thank", "inform", "deny", "dont_know", "correct", NOTHING)
"""Intents that give way when a part of a long utterance clearly says something else."""


class EmbeddedInterpreter:
    """Understands French with no server and no network. Thread-safe; never raises."""

    def __init__(
        self, ranks: Ranks, name: str = "embedded", lexicon: Lexicon | None = None
    ) -> None:
        """Decides with `ranks`; with a `lexicon`, what is broken and where is told as well."""
        self.ranks = ranks
        self.name = name
        self._lexicon = lexicon

    @classmethod
    def train(cls, nlu: Path) -> EmbeddedInterpreter:
        """Learns from nlu/fr and nlu/en, and from what an ear made of them.

        Raises:
            NotFound: there are no sentences.
            FlowError: a file of sentences is wrong.
        """
        examples: list[Example] = []
        heard: list[Example] = []
        for folder in _folders(nlu):
            (heard if folder.name == HEARD else examples).extend(read_examples(folder))
        lexicon = Lexicon.read(nlu / LANGUAGES[0])
        return cls(IntentClassifier.train(examples, lexicon, heard), lexicon=lexicon)

    def deciding_by(self, ranks: Ranks, name: str) -> EmbeddedInterpreter:
        """The same readers and rules, with another ranking of intents."""
        return EmbeddedInterpreter(ranks, name, self._lexicon)

    def interpret(self, text: str, expected: Expectation, now: datetime) -> Interpretation:
        """Intent and facts of one utterance; see `Interpreter.interpret`."""
        entities = read_entities(text, expected, now)
        shares = self._shares(_rest(text, entities), expected)
        ranking = tuple(sorted(shares.items(), key=lambda item: -item[1])[:5])
        best, share = ranking[0] if ranking else (NOTHING, 0.0)
        entities = self._believed(text, entities, expected, best, share)
        intent, confidence = self._intent(text, entities, expected, best, share)
        if self._lexicon and intent and intent.startswith(_TROUBLE):
            told = self._lexicon.find(_beside(text, entities), objects=intent not in _OF_PEOPLE)
            entities = (*entities, *(Entity(name, heard, heard) for name, heard in told))
        shown = tuple((name, round(value, 4)) for name, value in ranking if name != NOTHING)
        return Interpretation(text, intent, confidence, entities, shown, self.name)

    def _shares(self, text: str, expected: Expectation) -> dict[str, float]:
        """How likely each intent is, by the words and by what the flow awaits."""
        said = set(normalise(text).split())
        if said <= _UNFINISHED or self.ranks.familiar(text) < FAMILIAR:
            return {}
        tokens = text.split()
        parts = [text]
        if len(tokens) > WINDOW + 2:
            starts = range(0, len(tokens) - WINDOW // 2, WINDOW // 2)
            parts += [" ".join(tokens[start : start + WINDOW]) for start in starts]
        whole, *windows = self.ranks.rank(parts)
        shares = dict(whole)
        for window in windows:
            for intent, share in window.items():
                if intent not in _STATES and share > SURE:
                    shares[intent] = max(shares[intent], share)
        likely = expected.intents + _LIKELY.get(expected.kind, ())
        shares = {i: s * (BOOST if i in likely else 1.0) for i, s in shares.items()}
        total = sum(shares.values())
        return {intent: share / total for intent, share in shares.items()}

    def _believed(
        self,
        text: str,
        entities: tuple[Entity, ...],
        expected: Expectation,
        best: str,
        share: float,
    ) -> tuple[Entity, ...]:
        """Facts without a bare name where the words clearly say something else."""
        if best == NOTHING and share >= SURE:
            entities = tuple(e for e in entities if _mostly(e, text))
        if expected.kind is not Kind.NAME or best in ("inform", "correct", "greet", NOTHING):
            return entities
        introduced = {
            e.text for e in read_entities(text, Expectation(), _NEVER) if e.name == "person"
        }
        certain = share > 0.6 and self.ranks.familiar(text) > 0.8
        return tuple(
            e for e in entities if e.name != "person" or e.text in introduced or not certain
        )

    def _intent(
        self,
        text: str,
        entities: tuple[Entity, ...],
        expected: Expectation,
        best: str,
        share: float,
    ) -> tuple[str | None, float]:
        """The intent, when the words, the facts or what is awaited make it believable."""
        told = next((e for e in entities if e.name in _FACTS), None)
        said = next((e.value for e in entities if e.name == "yes_no"), None)
        sure = share >= SURE and best not in (*_STATES, NOTHING)
        if expected.kind is Kind.YES_NO and said is not None and not sure:
            return ("affirm" if said else "deny"), max(share, 0.9)
        if best in _ENDING and share < ENDS:
            best, share = NOTHING, 0.0
        awaited = ENTITY_OF.get(expected.kind)
        if awaited and not sure and any(e.name == awaited for e in entities):
            if best == "correct" and share > LIKELIER:
                return best, share
            return "inform", max(share, 0.9)
        if best != NOTHING and share >= THRESHOLD:
            return best, share
        if told is not None:
            return "inform", max(0.6, told.confidence * 0.8)
        if said is not None:
            return ("affirm" if said else "deny"), 0.8
        return None, share if best != NOTHING else 0.0


_ENDING = ("wrong_number", "sales_call")
"""Intents that end a call and mark it unwanted: a guess will not do."""
ENDS = 0.5
"""Below it, none of them is believed."""
_NEVER = datetime(2026, 1, 1)
"""Names do not depend on the time."""
_LIKELY: dict[Kind, tuple[str, ...]] = {
    Kind.YES_NO: ("affirm", "deny", "correct"),
    Kind.PHONE_NUMBER: ("inform", "correct", "dont_know"),
    Kind.NUMBER: ("inform", "correct", "dont_know"),
    Kind.DATE: ("inform", "correct", "dont_know"),
    Kind.NAME: ("inform", "correct"),
    Kind.ADDRESS: ("inform", "correct"),
    Kind.REFERENCE: ("inform", "correct", "dont_know"),
}


def _beside(text: str, entities: tuple[Entity, ...]) -> str:
    """The text without its facts: the street of an address is not where it leaks."""
    for entity in entities:
        if entity.name not in ("yes_no", "own_number", "language"):
            text = text.replace(entity.text, " . ", 1)
    return text


def _mostly(entity: Entity, text: str) -> bool:
    """Whether a fact is at least half of what was said; "any time" stands for all words."""
    if entity.value == SOON:
        return False
    return 2 * len(normalise(entity.text).split()) >= len(normalise(text).split())


def _rest(text: str, entities: tuple[Entity, ...]) -> str:
    """What is left to understand without facts and politeness; the text when nothing else is."""
    rest = text
    for entity in entities:
        if entity.name not in ("yes_no", "own_number") and len(entity.text) > 3:
            rest = rest.replace(entity.text, " ", 1)
    tokens = normalise(rest).split()
    while len(tokens) > 2 and tokens[0] in _TALK:
        tokens = tokens[1:]
    return " ".join(tokens) if len(tokens) > 1 else text


def load_or_train(nlu: Path, cache: Path) -> EmbeddedInterpreter:
    """The interpreter for these sentences: from `cache` when it was trained before.

    Args:
        nlu: the folder of sentences.
        cache: a folder that only this program writes; a model is named by what it learnt from.
    """
    import sklearn

    file = cache / f"intents-{_FORMAT}-{sklearn.__version__}-{content_hash(_folders(nlu))}.pickle"
    if file.is_file():
        try:
            with file.open("rb") as stream:
                classifier = pickle.load(stream)
            return EmbeddedInterpreter(classifier, lexicon=classifier.lexicon)
        except (pickle.UnpicklingError, EOFError, AttributeError, ImportError) as error:
            log.warning("the kept model %s cannot be read (%s): trained again", file.name, error)
    interpreter = EmbeddedInterpreter.train(nlu)
    _keep(interpreter.ranks, file)
    return interpreter


def _keep(classifier: Ranks, file: Path) -> None:
    """Writes the model whole or not at all; a cache that cannot be written costs only time."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=file.parent)
        with os.fdopen(handle, "wb") as stream:
            pickle.dump(classifier, stream)
        Path(name).replace(file)
    except OSError as error:
        log.warning("the trained model is not kept: %s", error)


def _folders(nlu: Path) -> list[Path]:
    """The folders that there are of those learnt from."""
    return [nlu / name for name in LEARNT if (nlu / name).is_dir()] or [nlu / LANGUAGES[0]]
