"""The sentence encoder all-MiniLM-L6-v2 as it was built on this machine, run by ONNX Runtime on one thread."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from adapters.encoder.wordpiece import WordPiece
from bot.matching.arrays import Floats
from bot.matching.semantic import EncoderError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

NAME = "all-MiniLM-L6-v2-int8-1"
"""Names the vectors; its last number grows when the graph or the tokenizer changes so that they do."""
SIZE = 384
"""Numbers in a vector."""
PIECES, VECTOR = "pieces", "vector"
"""The graph's input, numbers of pieces (1 x length), and its output (1 x SIZE)."""
GRAPH, WORDS, MANIFEST = "graph.onnx", "pieces.txt", "manifest.json"
"""The files of a built encoder; the manifest has the SHA-256 of the other two, and is written last."""
ALIKE = 0.97
"""What the product of a sentence's vector with the official one must reach; 8 bits reach .98 to .995."""
_REFERENCE = Path(__file__).with_name("reference.json")
REPAIR = "Run `advisor model install` to build it again."


class _Loaded(NamedTuple):
    session: InferenceSession
    words: WordPiece


class MiniLmEncoder:
    """Turns texts into vectors of length 1: the more two texts say the same, the nearer to 1 is their product.

    Making one costs nothing: its files are read and checked when the first text comes, or by `load`.
    """

    name = NAME
    size = SIZE

    def __init__(self, folder: Path) -> None:
        """`folder`: where `installation.install` has put the files."""
        self._folder = folder

    def load(self) -> None:
        """Read the files now, which takes about a quarter of a second.

        Raises:
            EncoderError: they are missing or damaged.
        """
        _ = self._loaded

    def knows(self, word: str) -> bool:
        """Return whether a word, in lower case, is one piece: what it has in pieces may be a typing error.

        Raises:
            EncoderError: the files are missing or damaged.
        """
        return self._loaded.words.knows(word)

    def encode(self, texts: Sequence[str]) -> Floats:
        """Return a row of 384 numbers for each text; what is beyond its first 128 pieces (about 100 words) is not read.

        Raises:
            EncoderError: the files are missing or damaged.
        """
        return _encoded(self._loaded, texts)

    @cached_property
    def _loaded(self) -> _Loaded:
        graph, pieces = self._verified(GRAPH), self._verified(WORDS)
        session = _session(graph)
        try:
            loaded = _Loaded(session, WordPiece(pieces.read_text(encoding="utf-8").split("\n")))
            _check(loaded)
        except EncoderError:
            raise
        except Exception as error:  # files of another program, whatever that leads to
            raise EncoderError(f"The files in {self._folder} are no sentence encoder ({error}). {REPAIR}") from error
        return loaded

    @cached_property
    def _manifest(self) -> dict[str, str]:
        try:
            manifest = json.loads((self._folder / MANIFEST).read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise EncoderError("The sentence encoder is not installed. Run `advisor model install`.") from None
        except (OSError, ValueError) as error:
            raise EncoderError(f"{self._folder / MANIFEST} cannot be read ({error}). {REPAIR}") from error
        return manifest if isinstance(manifest, dict) else {}

    def _verified(self, name: str) -> Path:
        path, wanted = self._folder / name, self._manifest.get(name)
        try:
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            raise EncoderError(f"{path} cannot be read ({error.strerror}). {REPAIR}") from error
        if digest != wanted:
            raise EncoderError(f"{path} is damaged. {REPAIR}")
        return path


def _session(graph: Path) -> InferenceSession:
    try:
        import onnxruntime
    except ImportError as error:
        raise EncoderError(f"ONNX Runtime cannot be imported: {error}.") from error
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False  # it would hold what the longest text has ever needed
    options.log_severity_level = 4  # fatal; everything else is raised as well
    # the graph was optimised when it was built
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    try:
        return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # its exceptions share no base but this one
        raise EncoderError(
            f"ONNX Runtime {onnxruntime.__version__} cannot run the encoder: {error}. {REPAIR}"
        ) from error


def _check(loaded: _Loaded) -> None:
    """Raise an error unless sentences get the vectors that the official model gives them."""
    wanted = _reference()
    alike = (_encoded(loaded, tuple(wanted)) * np.stack(list(wanted.values()))).sum(axis=1)
    if not alike.min() >= ALIKE:
        raise EncoderError(f"The sentence encoder gives wrong vectors ({alike.min():.2f} alike). {REPAIR}")


def _encoded(loaded: _Loaded, texts: Sequence[str]) -> Floats:
    found = np.zeros((len(texts), SIZE), np.float32)
    for row, text in enumerate(texts):
        pieces = np.array([loaded.words.encode(text)], np.int64)
        found[row] = loaded.session.run([VECTOR], {PIECES: pieces})[0]
    return found


def _reference() -> dict[str, NDArray[np.float32]]:
    """Return sentences and the vectors that the official model gives them."""
    encoded: dict[str, str] = json.loads(_REFERENCE.read_text(encoding="utf-8"))
    return {text: np.frombuffer(base64.b64decode(vector), "<f2").astype(np.float32) for text, vector in encoded.items()}
