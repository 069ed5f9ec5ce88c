"""The vectors of texts that were encoded before, kept by text: a changed phrasing costs the encoding of one text."""

from __future__ import annotations

import logging
import os
import zipfile
from collections.abc import Callable, Sequence
from hashlib import blake2b
from pathlib import Path
from tempfile import NamedTemporaryFile

import numpy as np
from numpy.typing import NDArray

from bot.matching.arrays import Floats
from bot.matching.semantic import SentenceEncoder

log = logging.getLogger(__name__)

KEPT = 60_000
"""Vectors that stay, 784 bytes each; those of texts that were not asked for lately make room."""
CHUNK = 256
"""Texts between two words of progress."""
_DIGEST = 16
"""Bytes that stand for a text."""
_ALIKE = 0.98
"""Likeness of a kept vector to one made anew, below which the file is from elsewhere; another processor costs .01."""

Progress = Callable[[int, int], None]
"""Told how many texts are done, and of how many; not called where nothing has to be encoded."""
_Kept = dict[bytes, NDArray[np.float16]]


class KeptVectors:
    """An encoder that remembers, for texts that come again such as phrasings; questions go to the encoder itself."""

    def __init__(self, encoder: SentenceEncoder, cache: Path | None) -> None:
        """`cache`: the folder to keep vectors in; None keeps nothing."""
        self._encoder = encoder
        self._path = cache / f"vectors-{encoder.name}.npz" if cache else None
        self.name, self.size = encoder.name, encoder.size

    def knows(self, word: str) -> bool:
        """Return whether the encoder knows a word as a whole."""
        return self._encoder.knows(word)

    def encode(self, texts: Sequence[str], progress: Progress = lambda _done, _all: None) -> Floats:
        """Return a row for each text; new ones are encoded, and kept.

        Raises:
            EncoderError: the encoder cannot be used.
        """
        keys = [blake2b(text.encode(), digest_size=_DIGEST).digest() for text in texts]
        kept = self._trusted(self._recalled(), dict(zip(keys, texts, strict=True)))
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in kept}
        new = self._encoded(missing, progress)
        asked = {key: new[key] if key in new else kept[key] for key in keys}
        if new:
            self._keep(asked | kept)
        rows = np.array([asked[key] for key in keys], np.float32).reshape(len(keys), self.size)
        # at half precision lengths are off by some ten-thousandths
        rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), np.float32(1e-6))
        return rows

    def _encoded(self, missing: dict[bytes, str], progress: Progress) -> _Kept:
        found: _Kept = {}
        todo = sorted(missing.items(), key=lambda item: len(item[1]))
        for begin in range(0, len(todo), CHUNK):
            chunk = dict(todo[begin : begin + CHUNK])
            found.update(zip(chunk, self._encoder.encode([*chunk.values()]).astype(np.float16), strict=True))
            progress(len(found), len(todo))
        return found

    def _trusted(self, kept: _Kept, texts: dict[bytes, str]) -> _Kept:
        """Return the kept vectors, or none where one that is made anew shows that they are from elsewhere."""
        key = next((key for key in texts if key in kept), None)
        if key is None:
            return kept
        alike = float(self._encoder.encode([texts[key]])[0] @ kept[key].astype(np.float32))
        if alike >= _ALIKE:
            return kept
        log.warning("%s holds vectors of something else; they are made again.", self._path)
        return {}

    def _recalled(self) -> _Kept:
        if self._path is None:
            return {}
        try:
            with np.load(self._path, allow_pickle=False) as arrays:
                keys, rows = arrays["keys"], arrays["rows"]
            return self._read(keys, rows)
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
            log.info("%s is of no use (%s) and will be made again.", self._path, error)
            return {}

    def _read(self, keys: NDArray[np.uint8], rows: NDArray[np.float16]) -> _Kept:
        """Return what a file holds.

        Raises:
            ValueError: it is not what `_keep` writes.
        """
        if keys.dtype != np.uint8 or rows.dtype != np.float16 or keys.shape != (len(rows), _DIGEST):
            raise ValueError("other arrays than expected")
        if rows.shape[1:] != (self.size,) or not np.isfinite(rows).all():
            raise ValueError("no vectors of this encoder")
        return dict(zip(map(bytes, keys), rows, strict=True))

    def _keep(self, vectors: _Kept) -> None:
        """Write the vectors, those that were asked for first, if there is a place for them."""
        if self._path is None:
            return
        chosen = [*vectors.items()][:KEPT]
        keys = np.frombuffer(b"".join(key for key, _ in chosen), np.uint8).reshape(-1, _DIGEST)
        rows = np.array([row for _, row in chosen], np.float16)
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with NamedTemporaryFile(dir=self._path.parent, suffix=".new", delete=False) as file:
                np.savez(file, allow_pickle=False, keys=keys, rows=rows)
            os.replace(file.name, self._path)  # noqa: PTH105  # as atomic as the name says
        except OSError as error:
            log.info("No vectors could be kept in %s: %s", self._path.parent, error)
