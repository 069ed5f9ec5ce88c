"""The network of all-MiniLM-L6-v2 as an ONNX graph, built from its weights and made small by 8-bit whole numbers.

A BERT encoder: embeddings, six layers of attention and a feed-forward net, then the mean over the pieces of the text,
of length 1. The names of the weights are those of the official file. It takes one text at a time: with several, the
scale of the whole numbers would be that of all of them, and the vector of a text would depend on its neighbours.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from math import sqrt
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from adapters.encoder.encoder import PIECES, SIZE, VECTOR

LAYERS, HEADS, HEAD_SIZE = 6, 12, 32
OPSET, IR_VERSION = 20, 9
Weights = dict[str, NDArray[np.float32]]
_LENGTH = 8
"""Bytes of the header's length."""


def read_weights(path: Path) -> Weights:
    """Return all 32-bit float arrays of a safetensors file by name; a file that was verified needs no more checks."""
    with path.open("rb") as file:
        length = int.from_bytes(file.read(_LENGTH), "little")
        header = json.loads(file.read(length))
    data = np.memmap(path, np.uint8, "r", offset=_LENGTH + length)
    return {
        name: data[slice(*tensor["data_offsets"])].view(np.float32).reshape(tensor["shape"])
        for name, tensor in header.items()
        if tensor.get("dtype") == "F32"
    }


class _Graph:
    """Nodes and constants as they are added. What a method returns names its value."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self.nodes: list[onnx.NodeProto] = []
        self.constants: dict[str, onnx.TensorProto] = {}

    def constant(self, name: str, value: NDArray[Any]) -> str:
        """Add a constant, once."""
        if name not in self.constants:
            self.constants[name] = numpy_helper.from_array(np.ascontiguousarray(value), name)
        return name

    def floats(self, name: str, value: float | NDArray[np.float32]) -> str:
        """Add a constant of floats."""
        return self.constant(name, np.asarray(value, np.float32))

    def integers(self, *values: int) -> str:
        """Add a constant of integers, such as axes or a shape."""
        return self.constant("integers_" + "_".join(map(str, values)), np.array(values, np.int64))

    def add(self, kind: str, *inputs: str, output: str | None = None, **attributes: Any) -> str:
        """Add a node."""
        output = output or f"{kind}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, inputs, [output], name=output, **attributes))
        return output

    def linear(self, value: str, weight: str) -> str:
        """Add a matrix product and a bias."""
        matrix = self.floats(f"{weight}.transposed", self._weights[f"{weight}.weight"].T)
        product = self.add("MatMul", value, matrix)
        return self.add("Add", product, self.floats(f"{weight}.bias", self._weights[f"{weight}.bias"]))

    def normalised(self, value: str, weight: str) -> str:
        """Add a layer normalisation."""
        scale, bias = (
            self.floats(f"{weight}.{part}", self._weights[f"{weight}.{part}"]) for part in ("weight", "bias")
        )
        return self.add("LayerNormalization", value, scale, bias, axis=-1, epsilon=1e-12)

    def embedded(self) -> str:
        """Add the look-up of pieces and of their places."""
        embeddings = self._weights["embeddings.word_embeddings.weight"]
        pieces = self.add("Gather", self.floats("embeddings.pieces", embeddings), PIECES)
        length = self.add("Gather", self.add("Shape", PIECES), self.integers(1))
        # all pieces belong to the first of two sentences that the model could tell apart
        sentence = self._weights["embeddings.token_type_embeddings.weight"][0]
        table = self.floats("embeddings.places", self._weights["embeddings.position_embeddings.weight"] + sentence)
        places = self.add("Slice", table, self.integers(0), length, self.integers(0))
        return self.normalised(self.add("Add", pieces, places), "embeddings.LayerNorm")

    def attended(self, value: str, layer: str) -> str:
        """Add multi-head self-attention."""
        query, key, values = (
            self._heads(self.linear(value, f"{layer}.attention.self.{name}"), order)
            for name, order in (("query", [0, 2, 1, 3]), ("key", [0, 2, 3, 1]), ("value", [0, 2, 1, 3]))
        )
        alike = self.add("Mul", self.add("MatMul", query, key), self.floats("attention.scale", 1 / sqrt(HEAD_SIZE)))
        shares = self.add("Softmax", alike, axis=-1)
        mixed = self.add("Transpose", self.add("MatMul", shares, values), perm=[0, 2, 1, 3])
        joined = self.add("Reshape", mixed, self.integers(0, 0, SIZE))
        return self.linear(joined, f"{layer}.attention.output.dense")

    def _heads(self, value: str, order: Sequence[int]) -> str:
        return self.add(
            "Transpose", self.add("Reshape", value, self.integers(0, 0, HEADS, HEAD_SIZE)), perm=list(order)
        )

    def layer(self, value: str, layer: str) -> str:
        """Add one layer."""
        attended = self.add("Add", value, self.attended(value, layer))
        value = self.normalised(attended, f"{layer}.attention.output.LayerNorm")
        wide = self.add("Gelu", self.linear(value, f"{layer}.intermediate.dense"))
        fed = self.add("Add", value, self.linear(wide, f"{layer}.output.dense"))
        return self.normalised(fed, f"{layer}.output.LayerNorm")

    def mean(self, value: str) -> None:
        """Add the mean over the pieces, at length 1: the output."""
        mean = self.add("ReduceMean", value, self.integers(1), keepdims=0)
        self.add("LpNormalization", mean, output=VECTOR, axis=-1, p=2)


def network(weights: Weights) -> onnx.ModelProto:
    """Return the graph with weights of 32 bits."""
    graph = _Graph(weights)
    value = graph.embedded()
    for number in range(LAYERS):
        value = graph.layer(value, f"encoder.layer.{number}")
    graph.mean(value)
    inputs = [helper.make_tensor_value_info(PIECES, TensorProto.INT64, [1, "length"])]
    outputs = [helper.make_tensor_value_info(VECTOR, TensorProto.FLOAT, [1, SIZE])]
    made = helper.make_graph(graph.nodes, "all-MiniLM-L6-v2", inputs, outputs, list(graph.constants.values()))
    return helper.make_model(made, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR_VERSION)


def write_quantised(weights: Weights, path: Path) -> None:
    """Write the graph with weights of 8 bits: a quarter of the size, twice the speed, vectors that differ by .007.

    Each output of a matrix has a scale of its own, and one of the 8 bits stays free: without it, sums overflow on
    processors that lack VNNI, and vectors would depend on the machine.
    """
    from onnxruntime.quantization import QuantType, quantize_dynamic

    with TemporaryDirectory() as folder, _quiet_root_logger():
        plain, quantised = Path(folder) / "plain.onnx", Path(folder) / "quantised.onnx"
        onnx.save(network(weights), plain)
        quantize_dynamic(
            plain,
            quantised,
            weight_type=QuantType.QInt8,
            op_types_to_quantize=["MatMul", "Gather"],
            per_channel=True,
            reduce_range=True,
        )
        _write_optimised(quantised, path)


def _write_optimised(graph: Path, path: Path) -> None:
    """Write a graph with its steps joined, as far as any processor can run them: it then loads six times as fast."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.log_severity_level = 4
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_EXTENDED
    options.optimized_model_filepath = str(path)
    onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])


@contextmanager
def _quiet_root_logger() -> Iterator[None]:
    """Keep back what quantisation says on the root logger: it recommends a step that changes nothing here."""
    root = logging.getLogger()
    level = root.level
    root.setLevel(logging.ERROR)
    try:
        yield
    finally:
        root.setLevel(level)
