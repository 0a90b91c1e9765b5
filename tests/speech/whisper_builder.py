"""Builds a small Whisper that writes a known text, in the files that faster-whisper loads.

Its layers are all zero, so what it writes depends on the position alone: position n of the
decoder points at the token that must follow; or, so that no prompt moves it, each token points
at its successor. Everything else is real: the vocabulary's size
(that of large-v3), the special tokens, the tokenizer, the encoder's shapes.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import tokenizers
from ctranslate2.specs import common_spec, model_spec, whisper_spec
from faster_whisper.tokenizer import _LANGUAGE_CODES
from tokenizers import AddedToken, decoders, models, pre_tokenizers

TEXT_TOKENS = 50_257
WIDTH = 64
PROMPT = 4
"""startoftranscript, language, task, notimestamps."""


def _vocabulary(words: list[str]) -> tuple[dict[str, int], list[str]]:
    """Byte tokens, the words, fillers; then Whisper's special tokens."""
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    text = alphabet + [word for word in dict.fromkeys(words) if word not in alphabet]
    text += [f"filler{n}" for n in range(TEXT_TOKENS - 1 - len(text))]
    text.append("")  # by this token CTranslate2 knows a multilingual Whisper
    languages = [f"<|{code}|>" for code in _LANGUAGE_CODES]
    special = [
        "<|endoftext|>", "<|startoftranscript|>", *languages, "<|translate|>", "<|transcribe|>",
        "<|startoflm|>", "<|startofprev|>", "<|nospeech|>", "<|notimestamps|>",
    ]  # fmt: skip
    special += [f"<|{n * 0.02:.2f}|>" for n in range(1501)]
    return {token: n for n, token in enumerate(text + special)}, special


def _fill(spec: model_spec.LayerSpec, sizes: dict[str, tuple[int, ...]]) -> None:
    """Gives every linear layer zeros and every norm the identity."""

    def visit(layer: object, name: str) -> None:
        if isinstance(layer, common_spec.LayerNormSpec):
            layer.gamma, layer.beta = np.ones(WIDTH, np.float32), np.zeros(WIDTH, np.float32)
        elif isinstance(layer, common_spec.LinearSpec):
            kind = next(kind for kind in sizes if name.endswith(kind))
            layer.weight = np.zeros(sizes[kind], np.float32)
            layer.bias = np.zeros(sizes[kind][0], np.float32)

    def walk(layer: object, name: str) -> None:
        visit(layer, name)
        for key, value in vars(layer).items() if hasattr(layer, "__dict__") else ():
            if isinstance(value, list):
                for n, item in enumerate(value):
                    walk(item, f"{name}.{key}.{n}")
            elif isinstance(value, model_spec.LayerSpec):
                walk(value, f"{name}.{key}")

    walk(spec, "")


def build_whisper(
    folder: Path,
    words: list[str],
    *,
    no_speech: bool = False,
    sure: float = 20.0,
    by_token: bool = False,
) -> Path:
    """Writes a model that says `words` (byte-level tokens: "ĠBonjour") and stops.

    Args:
        folder: where; made.
        words: one token each, at most 48.
        no_speech: whether it also claims that nobody spoke.
        sure: the logit of each token it writes; 20 is sure, 9 is not among 51,866 tokens.
        by_token: each token points at the next, whatever the prompt; no token may come twice.
    """
    vocabulary, special = _vocabulary(words)
    size, first = len(vocabulary), PROMPT - 1
    script = [vocabulary[word] for word in words] + [vocabulary["<|endoftext|>"]] * 4
    positions = np.zeros((448, WIDTH), np.float32)
    embeddings = np.zeros((size, WIDTH), np.float32)
    projection = np.zeros((size, WIDTH), np.float32)
    before = [vocabulary["<|notimestamps|>"], *script]
    for n, token in enumerate(dict.fromkeys([*script, vocabulary["<|nospeech|>"]])):
        logit = 20.0 if token == vocabulary["<|nospeech|>"] else sure
        projection[token, n] = logit / np.sqrt(WIDTH)
        for position, wanted in enumerate(script, first):
            if by_token:
                embeddings[before[position - first], n] += wanted == token
            else:
                positions[position, n] = wanted == token
    if no_speech:
        start = embeddings[vocabulary["<|startoftranscript|>"]] if by_token else positions[0]
        start[:] = projection[vocabulary["<|nospeech|>"]]
    spec = whisper_spec.WhisperSpec(1, 2, 1, 2)
    _fill(
        spec,
        {
            "self_attention.linear.0": (3 * WIDTH, WIDTH),
            "attention.linear.0": (WIDTH, WIDTH),
            "self_attention.linear.1": (WIDTH, WIDTH),
            "attention.linear.1": (2 * WIDTH, WIDTH),
            "attention.linear.2": (WIDTH, WIDTH),
            "linear_0": (WIDTH, WIDTH),
            "linear_1": (WIDTH, WIDTH),
            "projection": (size, WIDTH),
        },
    )
    rng = np.random.default_rng(0)
    spec.encoder.conv1.weight = rng.normal(0, 0.1, (WIDTH, 80, 3)).astype(np.float32)
    spec.encoder.conv2.weight = rng.normal(0, 0.1, (WIDTH, WIDTH, 3)).astype(np.float32)
    spec.encoder.conv1.bias = spec.encoder.conv2.bias = np.zeros(WIDTH, np.float32)
    spec.encoder.position_encodings.encodings = np.zeros((1500, WIDTH), np.float32)
    spec.decoder.embeddings.weight = embeddings
    spec.decoder.position_encodings.encodings = positions
    spec.decoder.projection.weight = projection
    spec.decoder.projection.bias = np.zeros(size, np.float32)
    spec.config.lang_ids = [vocabulary[token] for token in special[2:102]]
    spec.register_vocabulary(list(vocabulary))
    spec.validate()
    folder.mkdir(parents=True, exist_ok=True)
    spec.save(str(folder))
    tokenizer = tokenizers.Tokenizer(models.BPE(vocab=vocabulary, merges=[]))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_special_tokens([AddedToken(token, special=True) for token in special])
    tokenizer.save(str(folder / "tokenizer.json"))
    (folder / "preprocessor_config.json").write_text(json.dumps({"feature_size": 80}))
    return folder
