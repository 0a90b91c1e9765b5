"""The phoneme head: a small CTC network over the frozen encoder. Training only; needs torch."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from random import Random
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from voicebot.errors import MissingPart
from voicebot.models.corpus import Example
from voicebot.speech.encoder import WIDTH
from voicebot.speech.phones import INDEX

if TYPE_CHECKING:
    import torch

try:
    import torch
except ImportError:  # running the ear needs no torch
    torch = None  # type: ignore[assignment]

CHANNELS, BLOCKS, REACH = 256, 4, 15
"""Width, gated convolution blocks, and frames that each block sees (20 ms each)."""
OUTPUTS = len(INDEX)
Weights = dict[str, npt.NDArray[np.float32]]


def need_torch() -> None:
    """Raises MissingPart where torch is not installed."""
    if torch is None:
        raise MissingPart(
            "training needs torch: install it with `pip install torch==2.13.0` (a CPU build does)"
        )


def build_head(foreign: int = 0, outputs: int = OUTPUTS) -> torch.nn.ModuleDict:
    """A head with random weights: gated convolutions over time, ±0.56 s in all.

    It names so many `outputs`: by default the phonemes of French, and the blank.

    With `foreign`, a second set of so many outputs and a blank, for other languages: they teach
    all but the last layer how people sound.

    Convolutions find CTC's alignment in a third of the steps that an LSTM needs, and one pass
    costs less.
    """
    parts: dict[str, torch.nn.Module] = {"narrow": torch.nn.Linear(WIDTH, CHANNELS)}
    for i in range(BLOCKS):
        parts[f"norm{i}"] = torch.nn.LayerNorm(CHANNELS)
        parts[f"gate{i}"] = torch.nn.Linear(CHANNELS, 2 * CHANNELS)
        parts[f"time{i}"] = torch.nn.Conv1d(
            CHANNELS, CHANNELS, REACH, padding=REACH // 2, groups=CHANNELS
        )
        parts[f"back{i}"] = torch.nn.Linear(CHANNELS, CHANNELS)
    parts["last"] = torch.nn.LayerNorm(CHANNELS)
    parts["name"] = torch.nn.Linear(CHANNELS, outputs)
    if foreign:
        parts["foreign"] = torch.nn.Linear(CHANNELS, foreign + 1)
    return torch.nn.ModuleDict(parts)


def normalise(features: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
    """Each channel to mean 0 and deviation 1 over the frames [batch, frames, 1] of `mask`."""
    count = mask.sum(1, keepdim=True)
    mean = (features * mask).sum(1, keepdim=True) / count
    centred = (features - mean) * mask
    deviation = (centred.square().sum(1, keepdim=True) / count).sqrt()
    return centred / (deviation + 0.1)


def forward(
    head: torch.nn.ModuleDict,
    features: torch.Tensor,
    lengths: torch.Tensor,
    *,
    spoil: bool,
    foreign: bool = False,
) -> torch.Tensor:
    """Log-probabilities [batch, frames, outputs] of features [batch, frames, WIDTH].

    The outputs are the French phonemes; with `foreign`, the signs of the other languages.

    With `spoil`, channels are dropped and noise is added: without that the head learns the
    training voices, and the errors on other voices rise.
    """
    mask = (torch.arange(features.shape[1])[None] < lengths[:, None])[..., None].float()
    x = normalise(features, mask)
    if spoil:
        x = x + 0.3 * torch.randn_like(x)
        x = x * (torch.rand(x.shape[0], 1, x.shape[2]) > 0.1)
        x = x * _time_mask(x.shape[0], x.shape[1])
    x = torch.nn.functional.dropout(head["narrow"](x), 0.1, spoil)
    for i in range(BLOCKS):
        y = torch.nn.functional.glu(head[f"gate{i}"](head[f"norm{i}"](x)), -1) * mask
        y = head[f"time{i}"](y.transpose(1, 2)).transpose(1, 2)
        y = head[f"back{i}"](torch.nn.functional.silu(y))
        x = x + torch.nn.functional.dropout(y, 0.15, spoil)
    logits = head["foreign" if foreign else "name"](head["last"](x))
    return torch.nn.functional.log_softmax(logits, -1)


def _time_mask(batch: int, frames: int) -> torch.Tensor:
    """Two gaps of up to 120 ms in each window: [batch, frames, 1]."""
    mask = torch.ones(batch, frames, 1)
    for row in range(batch):
        for _ in range(2):
            start = int(torch.randint(0, max(1, frames - 6), (1,)))
            mask[row, start : start + int(torch.randint(0, 7, (1,)))] = 0
    return mask


def batches(
    examples: Sequence[Example], size: int, rng: Random, *, short_first: bool
) -> list[list[Example]]:
    """Examples of like length together, the batches in random order.

    With `short_first` the short ones come first: there CTC finds its alignment soonest.
    """
    order = sorted(examples, key=lambda e: len(e.features) + rng.uniform(-20, 20))
    groups = [order[i : i + size] for i in range(0, len(order), size)]
    if short_first:
        groups = groups[: max(1, len(groups) // 3)]
    rng.shuffle(groups)
    return groups


def stack(group: Sequence[Example]) -> tuple[torch.Tensor, torch.Tensor]:
    """Features padded to the longest, and their lengths."""
    lengths = torch.tensor([len(e.features) for e in group])
    features = torch.zeros(len(group), int(lengths.max()), WIDTH)
    for row, example in enumerate(group):
        features[row, : len(example.features)] = torch.from_numpy(
            np.asarray(example.features, np.float32)
        )
    return features, lengths


def train_head(
    training: Sequence[Example],
    development: Sequence[Example],
    *,
    epochs: int,
    batch: int = 16,
    seconds: float | None = None,
    threads: int = 1,
    say: Callable[[str, float], None],
    seed: int = 1,
    outputs: int = OUTPUTS,
    start: Weights | None = None,
    foreign: tuple[Sequence[Example], int] = ((), 0),
    keep: Callable[[Weights], None] = lambda weights: None,
) -> tuple[Weights, list[dict[str, float]]]:
    """Trains a head.

    Args:
        training: windows to learn from.
        development: windows of other voices; the epoch with the fewest errors on them is kept.
        epochs: times over the training windows.
        batch: windows in one step.
        seconds: stop after this long, at the end of the schedule's proportion.
        threads: cores to compute on.
        say: told what is done and which share.
        seed: of everything random.
        outputs: phonemes of the language, and the blank.
        start: weights to go on from.
        foreign: windows in other languages, half of them taken in each epoch, and how many
            signs they are written with.
        keep: given the best weights so far, after each epoch that made them better.

    Returns:
        The best weights, and the figures of each epoch.
    """
    need_torch()
    torch.manual_seed(seed)
    torch.set_num_threads(threads)
    abroad, signs = foreign
    rng, head = Random(seed), build_head(signs, outputs)
    if start:
        head.load_state_dict({k: torch.from_numpy(v) for k, v in start.items()}, strict=not signs)
    optimiser = torch.optim.AdamW(head.parameters(), lr=2e-3, weight_decay=0.01)
    best, history, begun = (9.0, weights_of(head)), [], time.monotonic()
    steps = epochs * -(-(len(training) + len(abroad) // 2) // batch)
    done, share = 0, 0.0
    for epoch in range(epochs):
        losses = []
        groups = [
            (group, False)
            for group in batches(training, batch, rng, short_first=epoch == 0 and not start)
        ]
        some = rng.sample(list(abroad), len(abroad) // 2)
        groups += [(group, True) for group in batches(some, batch, rng, short_first=False)]
        rng.shuffle(groups)
        for group, other in groups:
            share = done / steps
            if seconds:
                share = max(share, (time.monotonic() - begun) / seconds)
            if share >= 1:
                break
            _set_rate(optimiser, share, 1e-3 if start else 2e-3)
            spoil = share > 0.08 or start is not None
            loss = _step(head, optimiser, group, spoil=spoil, foreign=other)
            if not other:
                losses.append(loss)
            done += 1
            say(f"training the head (loss {np.mean(losses[-20:] or [loss]):.2f})", share)
        errors = phone_errors(head, development)
        history.append({"epoch": epoch + 1, "loss": float(np.mean(losses or [0])), "per": errors})
        say(
            f"epoch {epoch + 1}: loss {history[-1]['loss']:.3f}, phoneme errors {errors:.3f}", share
        )
        if errors < best[0]:
            best = (errors, weights_of(head))
            keep(best[1])
        if share >= 1:
            break
    return best[1], history


def for_another_language(weights: Weights, outputs: int, seed: int = 1) -> Weights:
    """The same layers under a new last one: how people and lines sound is the same everywhere."""
    rng = np.random.default_rng(seed)
    names = 0.03 * rng.standard_normal((outputs, CHANNELS))
    new = {"name.weight": names.astype(np.float32), "name.bias": np.zeros(outputs, np.float32)}
    return weights | new


def _set_rate(optimiser: torch.optim.Optimizer, share: float, peak: float) -> None:
    """One cycle: a short warm-up, then a cosine down to nearly nothing."""
    rate = peak * min(1.0, share / 0.03 + 0.05) * (0.5 + 0.5 * float(np.cos(np.pi * share)) + 0.01)
    for group in optimiser.param_groups:
        group["lr"] = rate


def _step(
    head: torch.nn.ModuleDict,
    optimiser: torch.optim.Optimizer,
    group: Sequence[Example],
    *,
    spoil: bool,
    foreign: bool,
) -> float:
    features, lengths = stack(group)
    logs = forward(head, features, lengths, spoil=spoil, foreign=foreign)
    targets = torch.from_numpy(np.concatenate([e.labels for e in group]))
    sizes = torch.tensor([len(e.labels) for e in group])
    loss = torch.nn.functional.ctc_loss(
        logs.transpose(0, 1), targets, lengths, sizes, zero_infinity=True
    )
    optimiser.zero_grad()
    loss.backward()
    torch.nn.utils.clip_grad_norm_(head.parameters(), 3.0)
    optimiser.step()
    return float(loss.detach())


def phone_errors(head: torch.nn.ModuleDict, examples: Sequence[Example]) -> float:
    """Phoneme error rate of the greedy reading."""
    head.eval()
    wrong = total = 0
    with torch.no_grad():
        for i in range(0, len(examples), 16):
            group = examples[i : i + 16]
            features, lengths = stack(group)
            best = forward(head, features, lengths, spoil=False).argmax(-1).numpy()
            for row, example in enumerate(group):
                read = collapse(best[row, : len(example.features)])
                wrong += distance(read, example.labels.tolist())
                total += len(example.labels)
    head.train()
    return wrong / max(total, 1)


def collapse(best: npt.NDArray[Any]) -> list[int]:
    """The CTC reading of the best output of each frame."""
    return [int(k) for i, k in enumerate(best) if k != 0 and (i == 0 or best[i - 1] != k)]


def distance(one: list[int], other: list[int]) -> int:
    """Levenshtein's distance."""
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, start=1):
        diagonal, row[0] = row[0], i
        for j, b in enumerate(other, start=1):
            diagonal, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, diagonal + (a != b))
    return row[-1]


def weights_of(head: torch.nn.ModuleDict) -> Weights:
    """The weights that the ear needs, as numpy arrays of their own."""
    return {
        name: tensor.detach().numpy().astype(np.float32).copy()
        for name, tensor in head.state_dict().items()
        if not name.startswith("foreign")
    }
