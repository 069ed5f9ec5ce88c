"""How well the sides that a message names fit each topic, learned from the sides that its phrasings name.

Some topics belong to one side, though nothing says so but their phrasings; most do not care.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bot.matching.config import SidePriorConfig
from bot.matching.lexical.arrays import Floats, Ints
from bot.matching.sides import BETWEEN


def scores(labels: Ints, groups: int, signatures: Sequence[str], config: SidePriorConfig) -> dict[str, Floats]:
    """Return for each signature of sides what it adds to the score of each group."""
    kinds = {signature: i for i, signature in enumerate(dict.fromkeys(signatures))}
    seen = np.array([kinds[signature] for signature in signatures], np.int64)
    counts = np.bincount(seen * groups + labels, minlength=len(kinds) * groups).reshape(len(kinds), groups)
    overall = counts.sum(axis=1, keepdims=True) / max(1, len(labels))
    likelihood = (counts + config.doubt * overall) / (counts.sum(axis=0) + config.doubt)
    ratio = np.clip(np.log(likelihood / overall), config.least, config.most)
    single = np.array([bool(signature) and BETWEEN not in signature for signature in kinds])
    ofone = counts[single].sum(axis=0)
    found = {}
    for signature, kind in kinds.items():
        conflict = _conflict(counts[kind], ofone - counts[kind]) if single[kind] else 0.0
        found[signature] = (config.weight * ratio[kind] - config.conflict * conflict).astype(np.float32)
    return found


def _conflict(same: Ints, other: Ints) -> Floats:
    """Return how far each group is asked about other sides alone, 0 to 1."""
    share: Floats = np.clip((other - 3 * same) / (other + same + 4), 0, 1)
    return share
