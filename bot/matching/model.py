"""Everything that is learned from a knowledge base's texts, as plain data: it can be kept instead of learned again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.matching.arrays import Floats, Ints
from bot.matching.fusion import FusionModel
from bot.matching.semantic import SemanticClassifier

Strings = tuple[str, ...]
_SEMANTIC = "semantic_"
_FUSION = "fusion_"
"""Begin the names of the arrays that the vectors, and the joining of scores, taught."""
_TOPICS = "topics"


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

    question_weights: Floats
    """What likeness to each phrasing is worth for each question of its topic, by words, one topic after another, ..."""
    fused_question_weights: Floats
    """... and by words and vectors; empty where there was no sentence encoder."""

    index_stems: Strings
    """What is written about all questions, as `question_index.IndexedQuestions` has it: stems, ..."""
    index_terms: Ints
    """... terms made of them, ..."""
    index_starts: Ints
    """... where the questions of each begin, ..."""
    index_questions: Ints
    """... these, ..."""
    index_weights: Floats
    """... and what the term adds for each."""

    semantic: SemanticClassifier | None
    """What the vectors of the phrasings teach; None where there was no sentence encoder."""

    fusion: FusionModel
    """How the scores of words and of vectors are joined, and from which confidence something is answered."""

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return all of it as arrays of numbers by name."""
        values = {name: getattr(self, name) for name in _own_fields(self)}
        own = {name: _encoded(value) if isinstance(value, tuple) else value for name, value in values.items()}
        parts = {_SEMANTIC: self.semantic.arrays() if self.semantic else {}, _FUSION: self.fusion.arrays()}
        own[_TOPICS] = np.array(self.fusion.topics)
        return own | {f"{part}{name}": value for part, arrays in parts.items() for name, value in arrays.items()}

    @classmethod
    def of(cls, arrays: Mapping[str, NDArray[Any]]) -> TrainedModel:
        """Return what these arrays hold.

        Raises:
            ValueError: something is missing, or not what it should be.
        """
        names = _own_fields(cls)
        if missing := [name for name in names if name not in arrays]:
            raise ValueError(f"these are missing: {', '.join(missing)}")
        strings = {field.name for field in fields(cls) if field.type == "Strings"}
        found: dict[str, Any] = {name: _decoded(arrays[name]) if name in strings else arrays[name] for name in names}
        vectors, joining = _part(arrays, _SEMANTIC), _part(arrays, _FUSION)
        semantic = SemanticClassifier.of(vectors) if vectors else None
        return cls(**found, semantic=semantic, fusion=FusionModel.of(joining, int(arrays[_TOPICS])))


def _part(arrays: Mapping[str, NDArray[Any]], prefix: str) -> dict[str, NDArray[Any]]:
    return {name.removeprefix(prefix): arrays[name] for name in arrays if name.startswith(prefix)}


def _own_fields(model: TrainedModel | type[TrainedModel]) -> list[str]:
    return [field.name for field in fields(model) if field.name not in ("semantic", "fusion")]


def _encoded(strings: Strings) -> NDArray[np.uint8]:
    return np.frombuffer("".join(f"{string}\n" for string in strings).encode(), np.uint8)


def _decoded(encoded: NDArray[np.uint8]) -> Strings:
    return tuple(encoded.tobytes().decode().split("\n")[:-1])
