"""The sentence encoder all-MiniLM-L6-v2 as it was built on this machine, run by ONNX Runtime."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import string
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

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


MOST_THREADS = 4
"""Texts that are encoded at the same time, each on a thread of its own, if there are so many processors."""
LONGEST_WORD = 100
"""Characters from which a word is unknown without looking."""
LONGEST_TEXT = 128
"""Pieces of a text that are read, the two marks around it included."""
START, END, UNKNOWN = "[CLS]", "[SEP]", "[UNK]"
_IDEOGRAPHS = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002ceaf\U0002f800-\U0002fa1f]")


def read_pieces(tokenizer: Path) -> list[str]:
    """Return all pieces of a `tokenizer.json`, in the order of their numbers."""
    numbers: dict[str, int] = json.loads(tokenizer.read_text(encoding="utf-8"))["model"]["vocab"]
    return sorted(numbers, key=numbers.__getitem__)


class WordPiece:
    """Cuts texts into the pieces of words that the model knows, by number: the rules of BERT's uncased tokenizer.

    They are few enough to stand here, and the usual library for them would bring an HTTP client along.
    """

    def __init__(self, pieces: Iterable[str]) -> None:
        self._numbers = {piece: number for number, piece in enumerate(pieces)}
        self._start, self._end, self._unknown = (self._numbers[mark] for mark in (START, END, UNKNOWN))
        self._cut = lru_cache(maxsize=20_000)(self._cut_anew)

    def knows(self, word: str) -> bool:
        """Return whether a word, in lower case, is one piece."""
        return word in self._numbers

    def encode(self, text: str) -> list[int]:
        """Return the numbers of a text's pieces between the marks for its start and end; what is too long is cut."""
        found = [self._start]
        for word in _words(text):
            found += self._cut(word)
            if len(found) >= LONGEST_TEXT:
                break
        return [*found[: LONGEST_TEXT - 1], self._end]

    def _cut_anew(self, word: str) -> tuple[int, ...]:
        """Return the longest pieces that make up a word, from the left."""
        if len(word) > LONGEST_WORD:
            return (self._unknown,)
        found: list[int] = []
        begin = 0
        while begin < len(word):
            mark = "##" if begin else ""
            ends = range(len(word), begin, -1)
            end = next((end for end in ends if mark + word[begin:end] in self._numbers), None)
            if end is None:
                return (self._unknown,)
            found.append(self._numbers[mark + word[begin:end]])
            begin = end
        return tuple(found)


def _words(text: str) -> Iterator[str]:
    """Yield words and single punctuation marks, in lower case and without accents."""
    spaced = _IDEOGRAPHS.sub(r" \g<0> ", "".join(map(_cleaned, text)))
    bare = "".join(char for char in unicodedata.normalize("NFD", spaced) if unicodedata.category(char) != "Mn")
    for word in bare.lower().split():
        begin = 0
        for place, char in enumerate(word):
            if _is_punctuation(char):
                if begin < place:
                    yield word[begin:place]
                yield char
                begin = place + 1
        if begin < len(word):
            yield word[begin:]


def _cleaned(char: str) -> str:
    if char in "\t\n\r":
        return " "
    return "" if char in "\0\ufffd" or unicodedata.category(char)[0] == "C" else char


def _is_punctuation(char: str) -> bool:
    return char in string.punctuation or unicodedata.category(char)[0] == "P"


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
    onnxruntime.disable_telemetry_events()  # on Windows; elsewhere the package's variable has done so
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
    def encoded(text: str) -> Floats:
        pieces = np.array([loaded.words.encode(text)], np.int64)
        vector: Floats = loaded.session.run([VECTOR], {PIECES: pieces})[0][0]
        return vector

    if len(texts) == 1:
        return encoded(texts[0])[None]
    with ThreadPoolExecutor(min(os.cpu_count() or 1, MOST_THREADS)) as threads:
        return np.array([*threads.map(encoded, texts)], np.float32).reshape(len(texts), SIZE)


def _reference() -> dict[str, NDArray[np.float32]]:
    """Return sentences and the vectors that the official model gives them."""
    encoded: dict[str, str] = json.loads(_REFERENCE.read_text(encoding="utf-8"))
    return {text: np.frombuffer(base64.b64decode(vector), "<f2").astype(np.float32) for text, vector in encoded.items()}
