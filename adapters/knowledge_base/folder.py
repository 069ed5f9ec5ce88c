"""Which knowledge base is used when nobody says."""

from __future__ import annotations

import os
from pathlib import Path

VARIABLE = "ADVISOR_KNOWLEDGE"


def default_folder() -> Path:
    """Return the folder that the environment names, else the knowledge base that comes with the program."""
    named = os.environ.get(VARIABLE)
    if named:
        return Path(named)
    shelf = Path(__file__).resolve().parents[2] / "knowledge"
    return next(found.parent for found in sorted(shelf.glob("*/knowledge.yaml")))
