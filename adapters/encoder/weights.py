"""Reading a safetensors file: a length, a JSON header that says what is where, and then the numbers."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

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
