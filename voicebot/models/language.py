"""The language model of an ear: counted from grown sentences, whole ones, and `nlu/`."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

from voicebot.models import dictated
from voicebot.models.corpus import Progress
from voicebot.models.sentences import Speaker, extra_sentences, load_templates
from voicebot.models.testset import MODELS, held_out_sentences
from voicebot.speech.ngram import NGrams, count_ngrams
from voicebot.speech.tongue import FRENCH, Tongue

NAME_LISTS = ("surname", "firstname", "town", "street")


def write_language(
    sentences: Path,
    out: Path,
    count: int,
    extra_weight: int,
    progress: Progress,
    tongue: Tongue = FRENCH,
) -> NGrams:
    """Counts and writes the language model and the lists of names, and tells the language."""
    normalise, templates = tongue.normalise, load_templates(sentences)
    lines = language_sentences(sentences, count, extra_weight, tongue)
    progress("counting words", 0.5)
    extra = [normalise(w) for w in templates.lists.get("vocabulary", [])]
    known = [w for name in NAME_LISTS for line in templates.lists.get(name, [])
             for w in normalise(line).split()]  # fmt: skip
    common = {w for line in extra_sentences(MODELS.parent, tongue) for w in line.split()}
    letters = {f"{letter}." for letter in dictated.LETTERS}
    model = count_ngrams(
        lines,
        [w for line in extra for w in line.split()] + known,
        seldom=frozenset((set(known) - common) | letters),
    )
    model.save(out / "language_model.npz")
    names = {name: sorted(set(templates.lists.get(name, []))) for name in NAME_LISTS}
    (out / "names.json").write_text(json.dumps(names, ensure_ascii=False), encoding="utf-8")
    tongue.write(out)
    progress("counting words", 1.0)
    return model


def language_sentences(
    sentences: Path, count: int, extra_weight: int, tongue: Tongue = FRENCH
) -> list[str]:
    """What the language model is counted on; never a sentence of the test set."""
    normalise, templates = tongue.normalise, load_templates(sentences)
    speaker = Speaker(templates, seed=5, tongue=tongue)
    lines = [speaker.say() for _ in range(count)]
    whole = [normalise(line) for line in templates.natural]
    lines += (whole + extra_sentences(MODELS.parent, tongue)) * extra_weight
    tested = {normalise(line) for line in held_out_sentences(sentences.parent.name)}
    Random(1).shuffle(lines)
    return [line for line in lines if line not in tested]
