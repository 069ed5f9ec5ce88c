"""Everything that is learned from a knowledge base's texts, as plain data: it can be kept instead of learned again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.matching.lexical.arrays import Floats, Ints

Strings = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TrainedModel:
    """What the parts of the matcher have learned. All places are those of other fields in the same block."""

    words: Strings
    """Every word of the texts, ..."""
    word_stems: Strings
    """... what it stands for, ..."""
    word_sides: Strings
    """... and the side that it names; empty for most."""

    stems: Strings
    """The features: stems, ..."""
    pairs: Ints
    """... pairs of them (first x stems + second), ..."""
    trigrams: Strings
    """... and letter trigrams."""
    rarity: Floats
    """What each feature weighs."""

    weights: Floats
    """Features x groups; no rows where the knowledge base was too large to be trained on."""
    bias: Floats
    centroid_starts: Ints
    """The groups' mean texts, features x groups, as a sparse matrix; empty where there are weights."""
    centroid_columns: NDArray[np.int32]
    centroid_values: Floats

    having: NDArray[np.bool_]
    """Which groups (columns) have texts with each stem (rows)."""
    signatures: Strings
    """Sides as a message may name them, ..."""
    side_scores: Floats
    """... and what each adds to the score of each group."""

    phrasing_starts: Ints
    """The phrasings of all topics as features, texts x features, as a sparse matrix, ..."""
    phrasing_columns: NDArray[np.int32]
    phrasing_values: Floats
    phrasing_topics: Ints
    """... the topic of each, ascending, ..."""
    phrasing_questions: Ints
    """... and the number of the topic's question that it asks; -1 for the general subject."""

    asked: Ints
    """Texts as numbers, ..."""
    asked_groups: Ints
    """... and the group that each belongs to."""

    common: Strings
    """Stems that do not tell a topic; the shape of a message is made of them."""
    runs: Ints
    """Runs of them, ..."""
    runs_against: Floats
    """... and how far each speaks against an answer."""

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return all of it as arrays of numbers by name."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: _encoded(value) if isinstance(value, tuple) else value for name, value in values.items()}

    @classmethod
    def of(cls, arrays: Mapping[str, NDArray[Any]]) -> TrainedModel:
        """Return what these arrays hold.

        Raises:
            ValueError: something is missing, or not what it should be.
        """
        if missing := [field.name for field in fields(cls) if field.name not in arrays]:
            raise ValueError(f"these are missing: {', '.join(missing)}")
        found: dict[str, Any] = {field.name: arrays[field.name] for field in fields(cls)}
        found |= {field.name: _decoded(found[field.name]) for field in fields(cls) if field.type == "Strings"}
        return cls(**found)


def _encoded(strings: Strings) -> NDArray[np.uint8]:
    return np.frombuffer("".join(f"{string}\n" for string in strings).encode(), np.uint8)


def _decoded(encoded: NDArray[np.uint8]) -> Strings:
    return tuple(encoded.tobytes().decode().split("\n")[:-1])
