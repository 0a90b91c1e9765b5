"""Which language is spoken: the weights of that decision, and how often it is right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from time import perf_counter
from typing import Any

import numpy as np

from voicebot.models.corpus import Progress
from voicebot.models.testset import MODELS, held_out_sentences
from voicebot.models.voices import DEVELOPMENT_VARIANTS
from voicebot.speech.bilingual import BilingualEar
from voicebot.speech.callers import HELD_OUT_VARIANTS
from voicebot.speech.ear import Samples
from voicebot.speech.ears import open_bilingual
from voicebot.speech.espeak import EspeakMouth
from voicebot.speech.telephone import Law, in_quiet, telephone
from voicebot.speech.tongue import ENGLISH, FRENCH, Tongue
from voicebot.speech.which_language import TELLING, Reading, Scales, changes, evidence
from voicebot.understanding.evaluate import ENGLISH_CASES, read_cases

SNR_DB = 20.0
_ACCENTS = {
    "fr": ("fr", "fr", "fr-be", "fr-ch"),
    "en": ("en", "en-us", "en-gb-x-rp", "en-gb-scotland", "en-029"),
}
_STEADY = 1.0
"""Of the regression: how far its weights are held back."""


@dataclass(frozen=True)
class Said:
    """A first sentence, and what both ears made of it."""

    language: str
    text: str
    french: Reading
    english: Reading
    milliseconds: float
    """Of one encoder, two heads and two decoders."""

    def reading(self, language: str) -> Reading:
        """What the ear of that language made of it."""
        return self.english if language == "en" else self.french


def fit(
    folder: Path, count: int = 200, progress: Progress = lambda what, share: None
) -> dict[str, Any]:
    """Fits the decision for the English model in `folder`, on voices and sentences for choosing.

    Sentences of `nlu/test` by the development voices: neither is in the ear's own test, and
    words that its language model has counted would seem likelier than a caller's are.

    Returns:
        The weights, and how many first sentences they were fitted on.
    """
    ear = open_bilingual(MODELS, english=folder)
    said = list(_sayings(ear, _development(count), DEVELOPMENT_VARIANTS, 5, progress))
    scales = fitted(said)
    scales.write(folder)
    return {"fit": scales.fit, "words": scales.words, "bias": scales.bias, "sentences": len(said)}


def fitted(said: Sequence[Said], *, words_alone: bool = False) -> Scales:
    """The weights that tell these apart best; with `words_alone` without the sounds."""
    from sklearn.linear_model import LogisticRegression

    rows = np.array([evidence(one.french, one.english) for one in said])
    kept = rows[:, 1:] if words_alone else rows
    model = LogisticRegression(C=_STEADY).fit(kept, [one.language == "en" for one in said])
    weights = [0.0, *model.coef_[0]] if words_alone else list(model.coef_[0])
    return Scales(*(round(float(w), 3) for w in (*weights, model.intercept_[0])))


def bench(
    every: int = 1, ear: BilingualEar | None = None, progress: Progress = lambda what, share: None
) -> dict[str, dict[str, Any]]:
    """First sentences of both test sets by voices kept out of training: whose language is right.

    Compared in the same run with deciding by the words alone, as text alone would have to.
    """
    ear = ear or open_bilingual(MODELS)
    tests = {
        t.language: held_out_sentences(f"lite-{t.language}")[::every] for t in (FRENCH, ENGLISH)
    }
    said = list(_sayings(ear, tests, HELD_OUT_VARIANTS, 6, progress))
    words = fitted(list(_sayings(ear, _development(60), DEVELOPMENT_VARIANTS, 7, progress)),
                   words_alone=True)  # fmt: skip
    figures: dict[str, float] = {"sentences": len(said)}
    for name, scales in (("", ear.scales), ("words_alone_", words)):
        for language in _ACCENTS:
            of = [one for one in said if one.language == language]
            figures[f"{name}{language}_right"] = _share(
                taken(one, scales) == language for one in of
            )
    figures |= _told_before(said, ear.scales)
    times = [one.milliseconds for one in said]
    figures["both_p50_ms"] = round(float(np.percentile(times, 50)), 1)
    figures["both_p95_ms"] = round(float(np.percentile(times, 95)), 1)
    conditions = {"snr_db": SNR_DB, "line": "telephone band, G.711", "in_doubt": "fr"}
    return {"figures": figures, "conditions": conditions}


def taken(said: Said, scales: Scales) -> str:
    """The language that a first sentence is taken to be in: French in doubt."""
    probability = scales.english(said.french, said.english)
    return "en" if changes(probability, said.english, settled=False) else "fr"


def _told_before(said: Sequence[Said], scales: Scales) -> dict[str, float]:
    """The same sentences in the middle of a conversation: is its language kept, is a new one heard.

    Returns:
        For each language of the conversation the shares of sentences after which it is kept
        rightly, changed rightly, and of its own that are heard in both languages.
    """
    figures = {}
    for own, other in (("fr", "en"), ("en", "fr")):
        stays = [one for one in said if one.language == own]
        leaves = [one for one in said if one.language == other]
        figures[f"{own}_kept"] = _share(not _changed(one, own, scales) for one in stays)
        figures[f"{own}_to_{other}"] = _share(_changed(one, own, scales) for one in leaves)
        figures[f"{own}_heard_twice"] = _share(
            not scales.makes_sense(one.reading(own)) for one in stays
        )
    return figures


def _changed(said: Said, own: str, scales: Scales) -> bool:
    """Whether a conversation that was in one language goes on in the other after this."""
    if scales.makes_sense(said.reading(own)):
        return False
    english = scales.english(said.french, said.english)
    other = "fr" if own == "en" else "en"
    probability = english if other == "en" else 1 - english
    return changes(probability, said.reading(other), settled=True)


def _share(those: Iterable[bool]) -> float:
    found = list(those)
    return round(sum(found) / max(len(found), 1), 4)


def _development(count: int) -> dict[str, list[str]]:
    """Sentences of `nlu/test` of three words and more: no language model has counted them."""
    cases = read_cases(MODELS.parent / "nlu")
    found = {}
    for tongue in (FRENCH, ENGLISH):
        english = tongue is ENGLISH
        lines = [case.example.text for case in cases if (case.sector == ENGLISH_CASES) == english]
        lines = [line for line in lines if _long(line, tongue)]
        Random(1).shuffle(lines)
        found[tongue.language] = lines[:count]
    return found


def _long(line: str, tongue: Tongue) -> bool:
    return len(tongue.written(line.split()).split()) >= TELLING


def _sayings(
    ear: BilingualEar,
    sentences: dict[str, list[str]],
    variants: tuple[str, ...],
    seed: int,
    progress: Progress,
) -> Iterator[Said]:
    """Each sentence by somebody, over a telephone line, heard in both languages."""
    rng, done = Random(seed), 0
    total = sum(map(len, sentences.values()))
    ear.readings(np.full(16_000, 0.01, np.float32))  # builds the graphs
    for language, lines in sentences.items():
        for line in lines:
            sound = _sound(line, language, variants, rng)
            begun = perf_counter()
            french, english = ear.readings(sound)
            spent = (perf_counter() - begun) * 1_000
            done += 1
            progress("listening in both languages", done / total)
            yield Said(language, line, french, english, spent)


def _sound(line: str, language: str, variants: tuple[str, ...], rng: Random) -> Samples:
    tongue = ENGLISH if language == "en" else FRENCH
    text = tongue.written(tongue.tokens(line))
    mouth = EspeakMouth(
        voice=rng.choice(_ACCENTS[language]),
        variant=rng.choice(variants),
        rate=rng.randint(130, 175),
        pitch=rng.randint(25, 70),
    )
    noise = np.random.default_rng(rng.getrandbits(32))
    law = rng.choice(list(Law))
    return telephone(in_quiet(mouth.speak(text, language)), noise, snr_db=SNR_DB, law=law)
