"""Which intent a sentence has: by its letters, its words, their sound and their sort."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import numpy as np

from voicebot.french.normalise import normalise
from voicebot.oncall.words import sound
from voicebot.understanding.lexicon import Lexicon
from voicebot.understanding.training import Example
from voicebot.understanding.variants import variants

VARIANTS = 2
"""Variants made of each training sentence."""
SEED = 7
STEEPNESS = 5.0
"""Makes shares of the classifier's margins: as likely as they came true on sentences left out."""
_NEAR = 3
NOTHING = "out_of_scope"
"""The intent of what is not meant for us; it is reported as "nothing understood"."""


class IntentClassifier:
    """A linear classifier over n-grams, trained in seconds. Thread-safe once trained."""

    def __init__(self, features: Any, model: Any, known: frozenset[str], lexicon: Lexicon) -> None:
        self._features, self._model, self._known = features, model, known
        self.lexicon = lexicon
        self.intents: tuple[str, ...] = tuple(str(name) for name in model.classes_)

    @classmethod
    def train(
        cls,
        examples: Sequence[Example],
        lexicon: Lexicon | None = None,
        heard: Sequence[Example] = (),
    ) -> IntentClassifier:
        """Learns from sentences and variants of them; the same sentences give the same model.

        Args:
            examples: of two intents at least.
            lexicon: words of one sort; what is learnt of one of them serves for all.
            heard: what an ear made of `examples`; variants by themselves, so none are made of them.
        """
        # Imported here: it takes a second, which `voicebot lint` need not wait.
        from sklearn.svm import LinearSVC

        lexicon = lexicon or Lexicon({})
        chance = random.Random(SEED)
        texts, intents = [], []
        for example in examples:
            plain = normalise(example.text)
            for text in (plain, *variants(example.text, chance, VARIANTS)):
                texts.append(text)
                intents.append(example.intent)
        texts += [normalise(example.text) for example in heard]
        intents += [example.intent for example in heard]
        features = _features(lexicon)
        # A margin learns in a third of the time of a logistic regression, and is right more often.
        model = LinearSVC(C=0.7, class_weight="balanced", random_state=SEED)
        model.fit(features.fit_transform(texts), intents)
        known = frozenset(sound(word) for text in texts for word in text.split())
        return cls(features, model, known, lexicon)

    def rank(self, texts: Sequence[str]) -> list[dict[str, float]]:
        """The probability of each intent, for each of `texts`."""
        from scipy.special import softmax

        matrix = self._features.transform([normalise(text) for text in texts])
        margins = self._model.decision_function(matrix)
        if margins.ndim == 1:  # of two intents, the margin of the second is given alone
            margins = np.stack((-margins, margins), axis=1)
        rows = softmax(STEEPNESS * margins, axis=1)
        return [dict(zip(self.intents, map(float, row), strict=True)) for row in rows]

    def familiar(self, text: str) -> float:
        """Share of the words that sound like one of the training, 0 to 1."""
        tokens = normalise(text).split()
        return sum(sound(token) in self._known for token in tokens) / len(tokens) if tokens else 0.0


def _features(lexicon: Lexicon) -> Any:
    """Five views of a sentence."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.pipeline import FeatureUnion

    def ngrams(longest: int, view: Callable[[str], str] | None = None) -> Any:
        return TfidfVectorizer(
            preprocessor=view,
            ngram_range=(1, longest),
            token_pattern=r"\S+",
            lowercase=False,
            sublinear_tf=True,
            min_df=2,
        )

    letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True, min_df=3)
    return FeatureUnion(
        [
            ("letters", letters),
            ("words", ngrams(2)),
            ("sounds", ngrams(2, sounded)),
            ("sorts", ngrams(3, lexicon.sorted_text)),
            ("pairs", ngrams(1, partial(_pairs, lexicon))),
        ]
    )


def _pairs(lexicon: Lexicon, text: str) -> str:
    """Words that stand near each other with others between, of which spoken language is full."""
    tokens = lexicon.sorted_text(text).split()
    near = (
        f"{token}~{other}"
        for at, token in enumerate(tokens)
        for other in tokens[at + 2 : at + _NEAR + 1]
    )
    return " ".join(near) or "~"  # a view of short answers alone is not to be empty


def sounded(text: str) -> str:
    """The words as they sound."""
    return " ".join(sound(token) for token in text.split())
