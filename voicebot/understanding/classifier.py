"""Which intent a sentence has: character and word n-grams, and how the words sound."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

from voicebot.french.normalise import normalise
from voicebot.oncall.words import sound
from voicebot.understanding.training import Example
from voicebot.understanding.variants import variants

VARIANTS = 2
"""Variants made of each training sentence."""
SEED = 7
NOTHING = "out_of_scope"
"""The intent of what is not meant for us; it is reported as "nothing understood"."""


class IntentClassifier:
    """A linear classifier over n-grams, trained in seconds. Thread-safe once trained."""

    def __init__(self, features: Any, model: Any, known: frozenset[str]) -> None:
        self._features, self._model, self._known = features, model, known
        self.intents: tuple[str, ...] = tuple(str(name) for name in model.classes_)

    @classmethod
    def train(cls, examples: Sequence[Example]) -> IntentClassifier:
        """Learns from sentences and variants of them; the same sentences give the same model."""
        # Imported here: it takes a second, which `voicebot lint` need not wait.
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.linear_model import LogisticRegression
        from sklearn.pipeline import FeatureUnion

        chance = random.Random(SEED)
        texts, intents = [], []
        for example in examples:
            plain = normalise(example.text)
            for text in (plain, *variants(example.text, chance, VARIANTS)):
                texts.append(text)
                intents.append(example.intent)
        chars = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True, min_df=3)
        tokens = TfidfVectorizer(
            ngram_range=(1, 2), token_pattern=r"\S+", sublinear_tf=True, min_df=2
        )
        sounds = TfidfVectorizer(
            preprocessor=sounded,
            ngram_range=(1, 2),
            token_pattern=r"\S+",
            lowercase=False,
            min_df=2,
        )
        features = FeatureUnion([("chars", chars), ("words", tokens), ("sounds", sounds)])
        matrix = features.fit_transform(texts)
        model = LogisticRegression(C=12.0, max_iter=60, tol=1e-3, class_weight="balanced")
        model.fit(matrix, intents)
        known = frozenset(sound(word) for text in texts for word in text.split())
        return cls(features, model, known)

    def rank(self, texts: Sequence[str]) -> list[dict[str, float]]:
        """The probability of each intent, for each of `texts`."""
        matrix = self._features.transform([normalise(text) for text in texts])
        rows = self._model.predict_proba(matrix)
        return [dict(zip(self.intents, map(float, row), strict=True)) for row in rows]

    def familiar(self, text: str) -> float:
        """Share of the words that sound like one of the training, 0 to 1."""
        tokens = normalise(text).split()
        return sum(sound(token) in self._known for token in tokens) / len(tokens) if tokens else 0.0


def sounded(text: str) -> str:
    """The words as they sound."""
    return " ".join(sound(token) for token in text.split())
