"""How well the sides that a message names fit each topic, learned from the sides that its phrasings name.

Some topics belong to one side, though nothing says so but their phrasings; most do not care.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bot.matching.lexical.arrays import Floats, Ints
from bot.matching.sides import BETWEEN

WEIGHT = 0.6
"""What it counts that people ask about a topic naming the same sides, per unit of the log ratio."""
CONFLICT = 3.0
"""What it costs when a message names one side and the topic is asked about another."""
_PRIOR = 6.0
"""Phrasings' worth of doubt about which sides a topic is asked with."""
_LEAST, _MOST = -2.5, 0.8


def scores(labels: Ints, groups: int, signatures: Sequence[str]) -> dict[str, Floats]:
    """Return for each signature of sides what it adds to the score of each group."""
    kinds = {signature: i for i, signature in enumerate(dict.fromkeys(signatures))}
    seen = np.array([kinds[signature] for signature in signatures], np.int64)
    counts = np.bincount(seen * groups + labels, minlength=len(kinds) * groups).reshape(len(kinds), groups)
    overall = counts.sum(axis=1, keepdims=True) / max(1, len(labels))
    likelihood = (counts + _PRIOR * overall) / (counts.sum(axis=0) + _PRIOR)
    ratio = np.clip(np.log(likelihood / overall), _LEAST, _MOST)
    single = np.array([bool(signature) and BETWEEN not in signature for signature in kinds])
    ofone = counts[single].sum(axis=0)
    found = {}
    for signature, kind in kinds.items():
        conflict = _conflict(counts[kind], ofone - counts[kind]) if single[kind] else 0.0
        found[signature] = (WEIGHT * ratio[kind] - CONFLICT * conflict).astype(np.float32)
    return found


def _conflict(same: Ints, other: Ints) -> Floats:
    """Return how far each group is asked about other sides alone, 0 to 1."""
    share: Floats = np.clip((other - 3 * same) / (other + same + 4), 0, 1)
    return share
