"""Sparse matrices as three numpy arrays, row by row (CSR): all that is needed of them here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Sparse:
    """Row r has the values `values[starts[r]:starts[r + 1]]` in the columns at the same places."""

    starts: Ints
    columns: NDArray[np.int32]
    values: Floats

    def places(self, rows: NDArray[Any]) -> tuple[Ints, Ints]:
        """Return the places of these rows' entries one after another, and how many each row has."""
        begins = self.starts[rows]
        lengths = self.starts[rows + 1] - begins
        ends = np.cumsum(lengths)
        total = int(ends[-1]) if len(ends) else 0
        return np.arange(total) + np.repeat(begins - ends + lengths, lengths), lengths

    def row_of_each(self) -> Ints:
        """Return the row of every entry."""
        return np.repeat(np.arange(len(self.starts) - 1), np.diff(self.starts))


def summed(rows: NDArray[Any], columns: NDArray[Any], values: NDArray[Any], shape: tuple[int, int]) -> Sparse:
    """Return the matrix of this shape in which entries at the same place are added up."""
    keys, inverse = np.unique(rows.astype(np.int64) * shape[1] + columns, return_inverse=True)
    added = np.bincount(inverse, weights=values, minlength=len(keys))
    return from_keys(keys, added.astype(np.float32), shape)


def from_keys(keys: Ints, values: Floats, shape: tuple[int, int]) -> Sparse:
    """Return the matrix whose entries have these sorted keys (row x columns + column)."""
    rows, columns = np.divmod(keys, shape[1])
    starts = np.zeros(shape[0] + 1, np.int64)
    np.cumsum(np.bincount(rows, minlength=shape[0]), out=starts[1:])
    return Sparse(starts, columns.astype(np.int32), values)
