"""The trained head as an ONNX file, its weights in half precision."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from voicebot.errors import MissingPart
from voicebot.models.head import BLOCKS, CHANNELS, REACH, Weights
from voicebot.speech.encoder import WIDTH


def export_head(weights: Weights, path: Path) -> None:
    """Writes the head: features [frames, WIDTH] in, log-probabilities [frames, outputs] out."""
    try:
        import onnx
        from onnx import TensorProto, helper, numpy_helper
    except ImportError as error:
        raise MissingPart("exporting needs onnx: install it with `pip install onnx`") from error
    nodes, constants = [], []

    def constant(name: str, value: npt.NDArray[np.generic]) -> str:
        """A constant; big ones are kept in 16 bits and widened when the model is loaded."""
        if value.size < 1_000 or value.dtype != np.float32:
            constants.append(numpy_helper.from_array(value, name))
            return name
        constants.append(numpy_helper.from_array(value.astype(np.float16), f"{name}_16"))
        nodes.append(helper.make_node("Cast", [f"{name}_16"], [name], to=TensorProto.FLOAT))
        return name

    def node(kind: str, inputs: list[str], output: str, **settings: Any) -> str:
        nodes.append(helper.make_node(kind, inputs, [output], **settings))
        return output

    zero = constant("axis", np.array([0], np.int64))
    mean = node("ReduceMean", ["features", zero], "mean", keepdims=1)
    centred = node("Sub", ["features", mean], "centred")
    square = node("Mul", [centred, centred], "square")
    deviation = node("Sqrt", [node("ReduceMean", [square, zero], "var", keepdims=1)], "deviation")
    floor = constant("floor", np.array(0.1, np.float32))
    x = node("Div", [centred, node("Add", [deviation, floor], "scale")], "normal")

    def linear(name: str, source: str) -> str:
        matrix = constant(f"{name}_w", weights[f"{name}.weight"].T.copy())
        product = node("MatMul", [source, matrix], f"{name}_x")
        return node("Add", [product, constant(f"{name}_b", weights[f"{name}.bias"])], f"{name}_y")

    def norm(name: str, source: str) -> str:
        scale = constant(f"{name}_s", weights[f"{name}.weight"])
        shift = constant(f"{name}_b", weights[f"{name}.bias"])
        return node("LayerNormalization", [source, scale, shift], f"{name}_y", axis=-1)

    x = linear("narrow", x)
    first = constant("first", np.array([0], np.int64))
    for i in range(BLOCKS):
        y = linear(f"gate{i}", norm(f"norm{i}", x))
        nodes.append(helper.make_node("Split", [y], [f"a{i}", f"g{i}"], axis=-1, num_outputs=2))
        y = node("Mul", [f"a{i}", node("Sigmoid", [f"g{i}"], f"open{i}")], f"glu{i}")
        y = node("Transpose", [node("Unsqueeze", [y, first], f"u{i}")], f"t{i}", perm=[0, 2, 1])
        kernel = constant(f"time{i}_w", weights[f"time{i}.weight"])
        shift = constant(f"time{i}_b", weights[f"time{i}.bias"])
        half = REACH // 2
        y = node("Conv", [y, kernel, shift], f"c{i}", group=CHANNELS, pads=[half, half])
        y = node("Squeeze", [node("Transpose", [y], f"v{i}", perm=[0, 2, 1]), first], f"q{i}")
        y = node("Mul", [y, node("Sigmoid", [y], f"s{i}")], f"silu{i}")
        x = node("Add", [x, linear(f"back{i}", y)], f"x{i}")
    x = linear("name", norm("last", x))
    node("LogSoftmax", [x], "logs", axis=-1)
    outputs = len(weights["name.bias"])
    graph = helper.make_graph(
        nodes,
        "phoneme head",
        [helper.make_tensor_value_info("features", TensorProto.FLOAT, ["frames", WIDTH])],
        [helper.make_tensor_value_info("logs", TensorProto.FLOAT, ["frames", outputs])],
        constants,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=10)
    onnx.checker.check_model(model)
    path.write_bytes(model.SerializeToString())


def read_head(path: Path) -> Weights:
    """The weights of a head that `export_head` wrote, to go on from."""
    try:
        import onnx
        from onnx import numpy_helper
    except ImportError as error:
        raise MissingPart("reading a head needs onnx: `pip install onnx`") from error
    graph = onnx.load(path).graph
    stored = {i.name: numpy_helper.to_array(i).astype(np.float32) for i in graph.initializer}
    weights: Weights = {}
    for name, value in stored.items():
        part, _, kind = name.removesuffix("_16").rpartition("_")
        if kind in ("w", "s"):
            # A linear layer multiplies from the other side in ONNX; kernels and scales do not.
            weights[f"{part}.weight"] = value.T.copy() if value.ndim == 2 else value
        elif kind == "b":
            weights[f"{part}.bias"] = value
    return weights
