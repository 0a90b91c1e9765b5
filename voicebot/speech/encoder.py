"""The encoder of smart-turn: one pass gives what was said and whether the turn is over.

The model is the encoder of Whisper tiny cut to 8 s, fine-tuned by Daily for end-of-turn on
human speech in 23 languages (BSD-2), found inside the installed pipecat package. Its hidden
layers carry what was said; they are read by declaring them outputs of the graph.
"""

from __future__ import annotations

import hashlib
import importlib.util
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime
import scipy.fft

from voicebot.errors import MissingPart, WrongModel
from voicebot.speech.ear import SAMPLE_RATE, Samples

WINDOW = 8 * SAMPLE_RATE
"""Samples of one pass."""
FRAMES = 400
"""Positions that the encoder gives for one window: one for 20 ms."""
FRAME = WINDOW // FRAMES
"""Samples of one position."""
LAYERS = ("add_268", "add_390", "layer_norm_8")
"""Hidden layers read: after the second and third layer, and the final one; 384 wide each."""
WIDTH = 384 * len(LAYERS)
ENCODER_SHA256 = "2bb026316b14a660486a75b1733cd3fbab8c2fd0314dc9af7be49f8cca967e4f"
_FILE = "audio/turn/smart_turn/data/smart-turn-v3.2-cpu.onnx"

Features = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Pass:
    """What the encoder makes of one window."""

    features: Features
    """float32 [frames, WIDTH], the silence put in front left out."""
    end_of_turn: float
    """Probability that the speaker has finished."""


def encoder_file() -> Path:
    """Where pipecat keeps the model. Does not import pipecat.

    Raises:
        MissingPart: pipecat is not installed, or has no such file.
    """
    spec = importlib.util.find_spec("pipecat")
    for folder in (spec.submodule_search_locations or []) if spec else []:
        if (path := Path(folder) / _FILE).is_file():
            return path
    raise MissingPart(
        "the ear's encoder is missing: install it with `pip install pipecat-ai==1.14.0`"
    )


def read_encoder(path: Path) -> bytes:
    """The encoder's bytes, checked.

    Raises:
        WrongModel: the file is not the one whose hidden layers this project knows.
    """
    data = path.read_bytes()
    found = hashlib.sha256(data).hexdigest()
    if found != ENCODER_SHA256:
        raise WrongModel(
            f"{path}: not the encoder the ear was trained on (sha256 {found[:12]}…, expected "
            f"{ENCODER_SHA256[:12]}…): install pipecat-ai==1.14.0"
        )
    return data


def with_outputs(model: bytes, names: tuple[str, ...]) -> bytes:
    """Declares hidden tensors as outputs of an ONNX model.

    Two serialised protobuf messages put end to end are their union, so it is enough to append
    a ModelProto that holds nothing but `graph { output { name } }` for each tensor.
    """

    def field(number: int, payload: bytes) -> bytes:
        assert len(payload) < 128, "one byte of length"
        return bytes([number << 3 | 2, len(payload)]) + payload

    tensor_of_floats = field(2, field(1, b"\x08\x01"))
    outputs = (field(12, field(1, name.encode()) + tensor_of_floats) for name in names)
    return model + b"".join(field(7, output) for output in outputs)


@lru_cache(maxsize=1)
def _mel_filters() -> npt.NDArray[np.float32]:
    """Slaney's mel filters, float32 [80, 201]: linear to 1 kHz, logarithmic above."""
    step = np.log(6.4) / 27
    top = 15 + np.log(8_000 / 1_000) / step
    mels = np.linspace(0, top, 82)
    hertz = np.where(mels < 15, mels * 200 / 3, 1_000 * np.exp(step * (mels - 15)))
    bins = np.linspace(0, 8_000, 201)
    rise = (bins - hertz[:-2, None]) / np.diff(hertz)[:-1, None]
    fall = (hertz[2:, None] - bins) / np.diff(hertz)[1:, None]
    filters = np.maximum(0, np.minimum(rise, fall)) * (2 / (hertz[2:] - hertz[:-2]))[:, None]
    return filters.astype(np.float32)


_HANN = np.hanning(401)[:-1].astype(np.float32)


def log_mel(window: Samples) -> npt.NDArray[np.float32]:
    """Whisper's log-mel of one window of WINDOW samples: float32 [80, 800]."""
    x = (window - window.mean()) / np.sqrt(window.var() + 1e-7)
    padded = np.pad(x.astype(np.float32), 200, mode="reflect")
    frames = np.lib.stride_tricks.sliding_window_view(padded, 400)[::160][:800]
    spectrum = scipy.fft.rfft(frames * _HANN, axis=-1)
    power = spectrum.real**2 + spectrum.imag**2
    logs = np.log10(np.maximum(_mel_filters() @ power.T, 1e-10))
    return np.asarray((np.maximum(logs, logs.max() - 8.0) + 4.0) / 4.0, np.float32)


def open_session(model: bytes | str, threads: int) -> onnxruntime.InferenceSession:
    """Loads a model for the CPU.

    Threads that wait do not spin: on two cores that carry calls too, spinning makes a pass
    half as long again.
    """
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


class Encoder:
    """The encoder, loaded. Thread-safe."""

    def __init__(self, path: Path | None = None, threads: int = 2) -> None:
        model = with_outputs(read_encoder(path or encoder_file()), LAYERS)
        self._session = open_session(model, threads)

    def encode(self, samples: Samples) -> Pass:
        """Encodes up to WINDOW samples, the last ones if there are more."""
        return self.encode_many([samples])[0]

    def encode_many(self, many: list[Samples]) -> list[Pass]:
        """Encodes several windows in one pass."""
        cut = [samples[-WINDOW:] for samples in many]
        # The model was trained with its silence in front.
        batch = np.stack([log_mel(np.pad(s, (WINDOW - len(s), 0))) for s in cut])
        ends, *layers = self._session.run(None, {"input_features": batch})
        features = np.concatenate(layers, axis=-1)
        return [
            Pass(features[i, FRAMES - frames_of(len(s)) :], float(np.ravel(ends[i])[0]))
            for i, s in enumerate(cut)
        ]


def frames_of(samples: int) -> int:
    """How many positions `samples` samples fill, at least one."""
    return min(FRAMES, max(1, -(-samples // FRAME)))
