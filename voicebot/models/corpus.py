"""Windows of speech, encoded: what the head is trained on."""

from __future__ import annotations

import json
import multiprocessing
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Protocol

import numpy as np
import numpy.typing as npt

from voicebot.models.augmentation import no_speech, spoil
from voicebot.models.voices import Saying
from voicebot.speech.ear import SAMPLE_RATE, Samples
from voicebot.speech.encoder import WIDTH, WINDOW, Encoder
from voicebot.speech.noise_reduction import reduce_noise

Progress = Callable[[str, float], None]
"""Told what is being done and which share of it is done."""


@dataclass(frozen=True)
class Window:
    """Up to eight seconds of one person."""

    samples: Samples
    phones: tuple[str, ...]
    text: str


class People(Protocol):
    """Those who speak in a corpus."""

    def somebody(self, rng: Random) -> tuple[bool, Iterator[Saying | None]]:
        """Whether he says one thing only, and what he says, without end."""
        ...


class Cast(Protocol):
    """What a process needs to know to have people speak; can be pickled."""

    @property
    def labels(self) -> Mapping[str, int]:
        """The head's output for each phoneme they may say."""
        ...

    def people(self, seed: int) -> People:
        """Calls them together."""
        ...


@dataclass(frozen=True)
class Order:
    """What one process has to make."""

    cast: Cast
    folder: Path
    shard: int
    windows: int
    seed: int
    threads: int = 1


class Director:
    """Makes windows, one after the other."""

    def __init__(self, people: People, seed: int) -> None:
        self._people, self._rng = people, Random(seed)
        self._babble: list[Samples] = []

    def window(self) -> Window:
        """The next window."""
        rng = self._rng
        if rng.random() < 0.03:
            return Window(no_speech(rng.randint(8_000, WINDOW), rng), (), "")
        short, sayings = self._people.somebody(rng)
        alone = short or rng.random() < 0.35
        lead, tail = int(rng.uniform(0, 8_000)), int(rng.uniform(800, 16_000))
        pieces: list[Samples] = [np.zeros(lead, np.float32)]
        phones: list[str] = []
        texts: list[str] = []
        room_left, misses = WINDOW - lead - tail, 0
        while misses < 2:
            said = next(sayings)
            gap = int(rng.uniform(1_000, 14_000))
            if said is None or len(said.samples) > room_left:
                misses += 1
                continue
            pieces += [said.samples, np.zeros(gap, np.float32)]
            phones += said.phones
            texts.append(said.text)
            room_left -= len(said.samples) + gap
            if alone or room_left < SAMPLE_RATE:
                break
        pieces.append(np.zeros(tail, np.float32))
        samples = np.concatenate(pieces)[:WINDOW]
        if (texts and len(self._babble) < 6) or rng.random() < 0.05:
            self._babble = [*self._babble[-5:], samples]
        if not texts:
            return Window(no_speech(len(samples), rng), (), "")
        spoilt = spoil(samples, rng, self._babble[:-1])
        return Window(spoilt, tuple(phones), " ".join(texts))


def make_shard(order: Order) -> int:
    """Makes and encodes the windows of one shard; runs in a process of its own."""
    director = Director(order.cast.people(order.seed), order.seed)
    encoder = Encoder(threads=order.threads)
    rows, offset = [], 0
    with (order.folder / f"shard-{order.shard}.f16").open("wb") as file:
        for _ in range(order.windows):
            window = director.window()
            features = encoder.encode(reduce_noise(window.samples)).features.astype(np.float16)
            labels = [order.cast.labels[phone] for phone in window.phones]
            if len(labels) * 1.4 > len(features):
                continue  # too fast for the encoder's 50 positions a second
            file.write(features.tobytes())
            rows.append((offset, len(features), labels, window.text))
            offset += len(features)
    (order.folder / f"shard-{order.shard}.json").write_text(json.dumps(rows), encoding="utf-8")
    return order.windows


def make_corpus(
    cast: Cast, folder: Path, windows: int, progress: Progress, *, seed: int = 1,
    shard_size: int = 250, processes: int = 2,
) -> None:  # fmt: skip
    """Makes the windows in several processes, in shards; shards that are there are kept."""
    folder.mkdir(parents=True, exist_ok=True)
    count = max(1, round(windows / shard_size))
    size = min(windows, shard_size)
    orders = [
        Order(cast, folder, shard, size, seed * 100_000 + shard)
        for shard in range(count)
        if not (folder / f"shard-{shard}.json").exists()
    ]
    if processes == 1:
        for done, order in enumerate(orders, start=1):
            make_shard(order)
            progress("speaking and encoding", done / len(orders))
        return
    with multiprocessing.get_context("spawn").Pool(processes) as pool:
        for done, _ in enumerate(pool.imap_unordered(make_shard, orders), start=1):
            progress("speaking and encoding", done / len(orders))


@dataclass(frozen=True)
class Example:
    """One encoded window."""

    features: npt.NDArray[np.float16]
    """[frames, WIDTH], on disk."""
    labels: npt.NDArray[np.int64]
    text: str


def read_corpus(folder: Path) -> list[Example]:
    """All windows of a folder; the features stay on disk until they are used."""
    examples = []
    for path in sorted(folder.glob("shard-*.json")):
        rows = json.loads(path.read_text(encoding="utf-8"))
        if not rows:
            continue
        features = np.memmap(path.with_suffix(".f16"), np.float16, "r").reshape(-1, WIDTH)
        for offset, frames, labels, text in rows:
            part = features[offset : offset + frames]
            examples.append(Example(part, np.asarray(labels, np.int64), text))
    return examples
