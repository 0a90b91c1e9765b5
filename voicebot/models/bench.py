"""Measures an ear on any test set: errors and time."""

from __future__ import annotations

import os
import platform
import tempfile
import time
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

import jiwer
import numpy as np

from voicebot.dialogue.expectation import ANYTHING, Expectation, Kind
from voicebot.errors import BadInput, MissingPart, NotFound, Place
from voicebot.models.conditions import CONDITIONS, LINE
from voicebot.models.corpus import Progress
from voicebot.models.testset import MODELS, By, make
from voicebot.speech.audiofile import read_audio
from voicebot.speech.ear import SAMPLE_RATE, Ear, Samples
from voicebot.speech.ears import open_ear
from voicebot.speech.lite import LiteEar
from voicebot.speech.tongue import FRENCH, TONGUES, Tongue, tongue_named, tongue_of

OTHER_ENGLISH = (By.MBROLA, By.FESTIVAL, By.ABROAD, By.PEOPLE)
_PACKAGES = ("numpy", "onnxruntime", "kaldi-decoder", "kaldifst", "pipecat-ai", "jiwer")


@dataclass(frozen=True)
class Case:
    """One line of a manifest."""

    path: Path
    text: str
    place: Place


def read_manifest(manifest: Path) -> list[Case]:
    """Reads lines of path, tab, text; paths are relative to the manifest.

    Raises:
        BadInput: a line is not that; file and line are named.
    """
    if not manifest.is_file():
        raise NotFound("no such manifest", where=Place(manifest))
    cases = []
    for number, line in enumerate(manifest.read_text(encoding="utf-8").splitlines(), start=1):
        place = Place(manifest, number)
        if not line.strip():
            continue
        name, tab, text = line.partition("\t")
        if not tab or not text.strip():
            raise BadInput("a line is a path, a tab and the text", where=place, todo="write a tab")
        path = manifest.parent / name.strip()
        if not path.is_file():
            raise BadInput(f"no such sound file: {name.strip()}", where=place)
        cases.append(Case(path, text.strip(), place))
    if not cases:
        raise BadInput("the manifest is empty", where=Place(manifest))
    return cases


def read_phrases(path: Path) -> tuple[str, ...]:
    """One phrase a line."""
    if not path.is_file():
        raise NotFound("no such file of phrases", where=Place(path))
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    phrases = tuple(dict.fromkeys(line for line in lines if line))
    if not phrases:
        raise BadInput("the file of phrases is empty", where=Place(path))
    return phrases


def comparable(text: str, tongue: Tongue = FRENCH) -> str:
    """Words as they are counted: "j'ai" is two, "rendez-vous" too, spelt letters are letters.

    In English "there's" is two, so that "there is" is one error and not two.
    """
    parted = "' " if tongue is FRENCH else " '"
    words = tongue.normalise(text).replace("'", parted).replace("-", " ").replace(".", "")
    return " ".join(words.split())


def tongue_heard(model: str, language: str | None = None) -> Tongue:
    """The language that an ear is measured in: the one told, or its model's."""
    if language is not None:
        if language not in TONGUES:
            raise BadInput(f"no test in {language!r}", todo=f"choose one of {', '.join(TONGUES)}")
        return TONGUES[language]
    return tongue_of(folder) if (folder := Path(model)).is_dir() else tongue_named(model)


def load_ear(model: str) -> Ear:
    """A shipped ear by its name, or one in a folder; or any that the setting `ear` can name."""
    if "whisper:" in model:
        return open_ear(model, MODELS)
    folder = MODELS / model
    if not folder.is_dir():
        folder = Path(model)
    if not folder.is_dir():
        raise NotFound(f"no model is called {model!r}", where=Place(MODELS))
    return LiteEar(folder)


def bench(
    model: str,
    manifest: Path,
    phrases: Path | None = None,
    *,
    ear: Ear | None = None,
    language: str | None = None,
    progress: Progress = lambda what, share: None,
) -> dict[str, Any]:
    """Measures a model.

    Args:
        model: name of a folder of `models/`, or a folder.
        manifest: path, tab, text in each line.
        phrases: decode as if the flow awaited one of these.
        ear: measure this one instead of loading `model`.
        language: of the manifest; by default the model's.
        progress: told which share is done.
    """
    cases = read_manifest(manifest)
    awaited = read_phrases(phrases) if phrases else ()
    tongue = tongue_heard(model, language)
    expectation = Expectation(Kind.PHRASES, phrases=awaited) if awaited else ANYTHING
    expectation = replace(expectation, language=tongue.language)
    listener = ear or load_ear(model)
    listener.listen(np.full(SAMPLE_RATE, 0.01, np.float32), expectation)  # builds the graphs
    said, heard, times = [], [], []
    right = 0
    for i, case in enumerate(cases, start=1):
        samples = read_audio(case.path)
        begun = time.perf_counter()
        result = listener.listen(samples, expectation)
        times.append((time.perf_counter() - begun) * 1_000)
        said.append(comparable(case.text, tongue))
        heard.append(comparable(result.text, tongue))
        right += said[-1] == heard[-1]
        progress("listening", i / len(cases))
    figures: dict[str, float] = {
        "utterances": len(cases),
        "wer": round(float(jiwer.wer(said, heard)), 4),
        "cer": round(float(jiwer.cer(said, heard)), 4),
        "sentences_right": round(right / len(cases), 4),
        "listen_p50_ms": round(float(np.percentile(times, 50)), 1),
        "listen_p95_ms": round(float(np.percentile(times, 95)), 1),
        "empty": sum(not text for text in heard),
    }
    if awaited:
        figures["phrases_right"] = figures["sentences_right"]
    if isinstance(listener, LiteEar):
        figures |= _split_times(
            listener, [read_audio(case.path) for case in cases[:40]], expectation
        )
    return {
        "bench": "models",
        "figures": figures,
        "conditions": {
            "model": Path(model).name,
            "manifest": manifest.name,
            "phrases": len(awaited),
        },
        "machine": {
            "cores": os.cpu_count(),
            "machine": platform.machine(),
            "load": os.getloadavg(),
        },
        "versions": {"python": platform.python_version()} | {p: version(p) for p in _PACKAGES},
    }


def bench_conditions(
    model: str, *, every: int = 1, progress: Progress = lambda what, share: None
) -> dict[str, Any]:
    """Measures a model on the test set as it is said and sent under each condition.

    Also by other voices: other synthesisers' and recorded people's, where they are installed.

    Args:
        model: name of a folder of `models/`, or a folder.
        every: takes one sentence of so many.
        progress: told which share is done.

    Returns:
        The report of LINE, its figures `wer_CONDITION` for each condition and
        `wer_mbrola`, `wer_people`; those that are missing are named in the conditions.
    """
    ear = load_ear(model)
    report: dict[str, Any] = {}
    figures: dict[str, float] = {}
    missing: list[str] = []
    sets = [(c.name, By.ESPEAK, c) for c in CONDITIONS]
    others = (By.MBROLA, By.PEOPLE) if tongue_heard(model) is FRENCH else OTHER_ENGLISH
    sets += [(by.value, by, LINE) for by in others]
    name = Path(model).name if Path(model).is_dir() else model
    for done, (label, by, condition) in enumerate(sets, start=1):
        with tempfile.TemporaryDirectory() as folder:
            try:
                manifest = make(Path(folder), name, by=by, condition=condition, every=every)
            except MissingPart as error:
                missing.append(f"{label}: {error}")
                continue
            found = bench(model, manifest, ear=ear)
        figures[f"wer_{label}"] = found["figures"]["wer"]
        report = found if condition is LINE and by is By.ESPEAK else report
        progress("listening under each condition", done / len(sets))
    report["figures"] = {"utterances": report["figures"]["utterances"]} | figures
    report["conditions"] |= {"manifest": "made for this run", "missing": missing}
    return report


def _split_times(ear: LiteEar, sounds: list[Samples], expectation: Expectation) -> dict[str, float]:
    """Milliseconds of one 8 s pass (log-mel, encoder and head), and of the decoding alone."""
    passes, decodings = [], []
    for sound in sounds:
        window = np.resize(sound, 8 * SAMPLE_RATE)
        begun = time.perf_counter()
        ear.posteriors(window)
        passes.append((time.perf_counter() - begun) * 1_000)
        logs = ear.posteriors(sound)
        begun = time.perf_counter()
        ear.decode(logs, expectation)
        decodings.append((time.perf_counter() - begun) * 1_000)
    return {
        "pass_p50_ms": round(float(np.percentile(passes, 50)), 1),
        "decode_p50_ms": round(float(np.percentile(decodings, 50)), 1),
        "decode_p95_ms": round(float(np.percentile(decodings, 95)), 1),
    }
