"""Makes a PNG of a page small: a page has few colours, so each pixel can be a byte that names one of 256."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

SIGNATURE = b"\x89PNG\r\n\x1a\n"
COLOURS = 256
CHANNELS = {2: 3, 6: 4}
"""Bytes of a pixel by the type of colour: red, green and blue, and perhaps how opaque it is."""
Pixels = NDArray[np.uint8]


def smaller(png: bytes) -> bytes:
    """Return the same picture with 256 colours: the most frequent ones, and for each other the nearest of them."""
    pixels = _pixels(png)[:, :, :3]
    height, width, _ = pixels.shape
    packed = (pixels.astype(np.uint32) << np.array([16, 8, 0], np.uint32)).sum(axis=2, dtype=np.uint32)
    colours, inverse, counts = np.unique(packed, return_inverse=True, return_counts=True)
    chosen = colours[np.argsort(-counts, kind="stable")[:COLOURS]]
    index = _nearest(colours, chosen)[inverse].reshape(height, width)
    rows = np.hstack([np.zeros((height, 1), np.uint8), index])  # each row begins with its filter: none
    header = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    parts = [(b"IHDR", header), (b"PLTE", _channels(chosen).astype(np.uint8).tobytes())]
    parts += [(b"IDAT", zlib.compress(rows.tobytes(), 9)), (b"IEND", b"")]
    return SIGNATURE + b"".join(_chunk(name, data) for name, data in parts)


def _nearest(colours: NDArray[np.uint32], chosen: NDArray[np.uint32]) -> Pixels:
    """Return the place of the nearest chosen colour for each colour."""
    wanted = _channels(chosen).astype(np.int32)
    near = [int(((wanted - colour) ** 2).sum(axis=1).argmin()) for colour in _channels(colours).astype(np.int32)]
    return np.array(near, np.uint8)


def _channels(packed: NDArray[np.uint32]) -> NDArray[np.uint32]:
    return np.stack([packed >> 16 & 255, packed >> 8 & 255, packed & 255], axis=-1)


def _pixels(png: bytes) -> Pixels:
    """Return the pixels of a PNG as rows, columns and channels, which are bytes."""
    chunks = list(_chunks(png))
    width, height, depth, colour, _, _, interlaced = struct.unpack(">IIBBBBB", dict(chunks)[b"IHDR"])
    assert (depth, interlaced) == (8, 0), "a browser makes no other PNG"
    channels = CHANNELS[colour]
    raw = zlib.decompress(b"".join(data for name, data in chunks if name == b"IDAT"))
    lines = np.frombuffer(raw, np.uint8).reshape(height, 1 + width * channels)
    pixels = np.zeros((height, width, channels), np.uint8)
    above = np.zeros((width, channels), np.uint8)
    for number, line in enumerate(lines):
        above = pixels[number] = _unfiltered(int(line[0]), line[1:].reshape(width, channels), above)
    return pixels


def _unfiltered(kind: int, line: Pixels, above: Pixels) -> Pixels:
    """Return a row of pixels: as it is, as differences from the left, from above, or from both."""
    match kind:
        case 0:
            return line
        case 1:
            return np.cumsum(line, axis=0, dtype=np.uint8)
        case 2:
            return line + above
    made = np.zeros_like(line, np.int32)
    left, corner = np.zeros(line.shape[1], np.int32), np.zeros(line.shape[1], np.int32)
    for place, (given, up) in enumerate(zip(line.astype(np.int32), above.astype(np.int32), strict=True)):
        made[place] = left = (given + _predicted(kind, left, up, corner)) % 256
        corner = up
    return made.astype(np.uint8)


def _predicted(
    kind: int, left: NDArray[np.int32], up: NDArray[np.int32], corner: NDArray[np.int32]
) -> NDArray[np.int32]:
    if kind == 3:  # their mean
        return (left + up) // 2
    guess = left + up - corner  # Paeth's: whichever of the three is nearest to this
    far = np.abs(np.stack([guess - left, guess - up, guess - corner])).argmin(axis=0)
    return np.choose(far, [left, up, corner])


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = len(SIGNATURE)
    while place < len(png):
        length = int.from_bytes(png[place : place + 4], "big")
        yield png[place + 4 : place + 8], png[place + 8 : place + 8 + length]
        place += 12 + length


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
