"""The whole recipe: sentences, voices, augmentation, encoding, training, export, report."""

from __future__ import annotations

import hashlib
import json
import tempfile
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from voicebot.errors import BadInput, MissingPart, NotFound, Place
from voicebot.models.bench import bench
from voicebot.models.cast import SIGNS, Recorded, Synthesised
from voicebot.models.corpus import Cast, Example, Progress, make_corpus, read_corpus
from voicebot.models.english_voices import has_flite
from voicebot.models.export import export_head, read_head
from voicebot.models.head import Weights, for_another_language, need_torch, train_head
from voicebot.models.language import write_language
from voicebot.models.languages import fit
from voicebot.models.recipe import FULL, QUICK, Recipe
from voicebot.models.recordings import FOREIGN, HOW_TO_GET, STAMPS, has_recordings
from voicebot.models.testset import MODELS, make
from voicebot.models.voices import DEVELOPMENT_VARIANTS, has_pico
from voicebot.speech.encoder import ENCODER_SHA256, LAYERS
from voicebot.speech.ngram import NGrams
from voicebot.speech.tongue import ENGLISH, FRENCH, Tongue, tongue_named

BLEND = 0.75
"""Share of the weights after people were met; the others are those before."""


def train(
    name: str,
    out: Path,
    progress: Progress = lambda what, share: None,
    quick: bool = False,
    folder: Path = STAMPS,
) -> dict[str, Any]:
    """Trains a model from its sentences and writes it to `out`, with its report.

    Sound and features are kept in a temporary folder named after the recipe, so that a training
    that was cut off goes on where it stood; it may be deleted afterwards (some GB).

    Args:
        name: a folder of `models/` that has `sentences/`.
        out: gets head.onnx, language_model.npz, names.json, report.json.
        progress: told what is being done and which share of it is done.
        quick: a tiny training that shows that the recipe works, in less than a minute.
        folder: Tux Paint's stamps, from which people are heard where they are installed.

    Returns:
        The report.

    Raises:
        MissingPart: torch or onnx is not installed.
        NotFound: there are no sentences for that name.
    """
    need_torch()
    sentences, tongue = _sentences(name), tongue_named(name)
    recipe, begun = QUICK if quick else FULL, time.monotonic()
    out.mkdir(parents=True, exist_ok=True)
    model = write_language(
        sentences, out, recipe.language_sentences, recipe.extra_weight, progress, tongue
    )
    training, development = _synthesised(name, sentences, recipe, progress)
    weights, history = train_head(
        training,
        development,
        epochs=recipe.epochs,
        seconds=recipe.seconds,
        threads=recipe.processes,
        say=progress,
        outputs=len(tongue.index),
        start=_begun(tongue),
        keep=lambda best: export_head(best, out / "head.onnx"),
    )
    export_head(weights, out / "head.onnx")
    report: dict[str, Any] = {
        "model": name,
        "recipe": asdict(recipe),
        "encoder": {"sha256": ENCODER_SHA256, "layers": LAYERS},
        "phones": tongue.phones,
        "begun_from": None if tongue is FRENCH else "lite-fr",
        "training_hours": _hours(training),
        "voices": _synthesisers(tongue),
        "language_model": _sizes(model),
        "epochs": history,
        "people": None,
        "minutes": round((time.monotonic() - begun) / 60, 1),
    }
    _write(report, out)
    if tongue is FRENCH and has_recordings(folder):
        return train_people(name, out, progress, quick, folder)
    if not quick:
        report["decision"] = _decided(tongue, out, progress)
        report["bench"] = _measured(name, out, progress)
    _write(report, out)
    return report


def train_people(
    name: str,
    out: Path,
    progress: Progress = lambda what, share: None,
    quick: bool = False,
    folder: Path = STAMPS,
) -> dict[str, Any]:
    """Goes on from a head that is there with people who were recorded, among the synthesised.

    Args:
        name: a folder of `models/` that has `sentences/`.
        out: holds head.onnx, the language model and report.json; gets the new head and report.
        progress: told what is being done and which share of it is done.
        quick: a tiny training that shows that it works.
        folder: Tux Paint's stamps.

    Returns:
        The report; under "people", what was added and the phoneme errors of each epoch.

    Raises:
        MissingPart: torch, onnx or the recordings are not installed.
        NotFound: there are no sentences for that name, or no head in `out`.
    """
    need_torch()
    sentences, report = _sentences(name), _read_report(out)
    if tongue_named(name) is not FRENCH:
        raise BadInput("recorded people train the French ear alone", todo="leave out --people")
    if not has_recordings(folder):
        raise MissingPart(f"there are no recordings of people: {HOW_TO_GET}")
    recipe, begun = QUICK if quick else FULL, time.monotonic()
    synthesised, development = _synthesised(name, sentences, recipe, progress)
    work = _work_folder(name, sentences, recipe) / "people"
    recorded, abroad, kept_out = (
        _corpus(cast, work / part, windows, recipe, progress)
        for part, cast, windows in (
            ("french", Recorded(folder=folder), recipe.people_windows),
            ("abroad", Recorded(FOREIGN, folder=folder), recipe.foreign_windows),
            ("held-out", Recorded(held_out=True, folder=folder), recipe.development_windows),
        )
    )
    before = read_head(out / "head.onnx")
    after, history = train_head(
        [*synthesised, *recorded],
        [*development, *kept_out],
        epochs=recipe.people_epochs,
        seconds=recipe.people_seconds,
        threads=recipe.processes,
        say=progress,
        start=before,
        foreign=(abroad, len(SIGNS)),
    )
    export_head(blend(before, after), out / "head.onnx")
    report["people"] = {
        "recordings": "Tux Paint's stamps",
        "training_hours": {"fr": _hours(recorded), "other languages": _hours(abroad)},
        "epochs": history,
        "blend": BLEND,
        "minutes": round((time.monotonic() - begun) / 60, 1),
    }
    if not quick:
        report["bench"] = _measured(name, out, progress)
    _write(report, out)
    return report


def blend(before: Weights, after: Weights) -> Weights:
    """Between two trainings: what was learnt is kept, and what was known nearly all.

    Averaging the weights before and after a fine-tuning is Wortsman et al.'s, "Robust
    fine-tuning of zero-shot models", 2022.
    """
    return {
        name: ((1 - BLEND) * weights + BLEND * after[name]).astype(np.float32)
        for name, weights in before.items()
    }


def train_words(
    name: str, out: Path, progress: Progress = lambda what, share: None, quick: bool = False
) -> dict[str, Any]:
    """Counts the language model anew, beside a head that is there: new words, known sounds.

    Args:
        name: a folder of `models/` that has `sentences/`.
        out: holds head.onnx and report.json; gets language_model.npz and names.json.
        progress: told what is being done and which share of it is done.
        quick: from few sentences, and not measured.

    Returns:
        The report, with the new language model's sizes and errors.

    Raises:
        NotFound: there are no sentences for that name, or no head in `out`.
    """
    sentences, report, tongue = _sentences(name), _read_report(out), tongue_named(name)
    recipe = QUICK if quick else FULL
    model = write_language(
        sentences, out, recipe.language_sentences, recipe.extra_weight, progress, tongue
    )
    report["recipe"]["extra_weight"] = FULL.extra_weight
    report["language_model"] = _sizes(model) | {"counted_after_training": True}
    if not quick:
        report["decision"] = _decided(tongue, out, progress)
        report["bench"] = _measured(name, out, progress)
    _write(report, out)
    return report


def _synthesisers(tongue: Tongue) -> str:
    """Those whose voices are heard in training, here."""
    flite = tongue is ENGLISH and has_flite()
    found = ("eSpeak NG", "pico2wave" if has_pico() else "", "flite" if flite else "")
    return ", ".join(filter(None, found))


def _begun(tongue: Tongue) -> Weights | None:
    """The weights that a language's training goes on from: none for French, French for another."""
    if tongue is FRENCH:
        return None
    return for_another_language(read_head(MODELS / "lite-fr" / "head.onnx"), len(tongue.index))


def _decided(tongue: Tongue, out: Path, progress: Progress) -> dict[str, Any] | None:
    """The weights of the decision which language is spoken; they hang on both ears."""
    return None if tongue is FRENCH else fit(out, progress=progress)


def _sentences(name: str) -> Path:
    sentences = MODELS / name / "sentences"
    if not sentences.is_dir():
        raise NotFound(f"no model called {name!r} has sentences", where=Place(MODELS))
    return sentences


def _read_report(out: Path) -> dict[str, Any]:
    old = out / "report.json"
    if not (out / "head.onnx").is_file() or not old.is_file():
        raise NotFound(
            "there is no trained head", where=Place(out), todo="train without --words or --people"
        )
    report: dict[str, Any] = json.loads(old.read_text(encoding="utf-8"))
    return report


def _synthesised(
    name: str, sentences: Path, recipe: Recipe, progress: Progress
) -> tuple[list[Example], list[Example]]:
    """Windows to learn from, and those of the voices on which the epoch is chosen."""
    work = _work_folder(name, sentences, recipe)
    chosen = Synthesised(sentences, DEVELOPMENT_VARIANTS)
    development = _corpus(
        chosen, work / "development", recipe.development_windows, recipe, progress, seed=77
    )
    everybody = Synthesised(sentences)
    return (
        _corpus(everybody, work / "training", recipe.windows, recipe, progress),
        development,
    )


def _corpus(
    cast: Cast, folder: Path, windows: int, recipe: Recipe, progress: Progress, seed: int = 1
) -> list[Example]:
    """Makes what is not there yet of a corpus, and reads it."""
    size = max(1, min(200, windows // 2))
    make_corpus(
        cast, folder, windows, progress, seed=seed, shard_size=size, processes=recipe.processes
    )
    return read_corpus(folder)


def _hours(examples: list[Example]) -> float:
    return round(sum(len(e.features) for e in examples) * 0.02 / 3_600, 2)


def _measured(name: str, out: Path, progress: Progress) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        return bench(str(out), make(Path(folder), name, progress=progress), progress=progress)


def _write(report: dict[str, Any], out: Path) -> None:
    text = json.dumps(report, ensure_ascii=False, indent=2)
    (out / "report.json").write_text(text + "\n", encoding="utf-8")


def _work_folder(name: str, sentences: Path, recipe: Recipe) -> Path:
    """A folder of its own for each state of the sentences and the recipe."""
    digest = hashlib.sha256(repr((recipe, LAYERS)).encode())
    for path in sorted(sentences.glob("*.yml")):
        digest.update(path.read_bytes())
    return Path(tempfile.gettempdir()) / f"voicebot-train-{name}-{digest.hexdigest()[:12]}"


def _sizes(model: NGrams) -> dict[str, Any]:
    return {"words": len(model.words), "pairs": len(model.pairs), "triples": len(model.triples)}
