"""What running one of our modules in a process of its own takes."""

from __future__ import annotations

import os
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
"""Where these packages are, in a checkout or among the installed ones."""


def command(module: str, *arguments: str) -> list[str]:
    """Return the command that runs a module by its name."""
    return [sys.executable, "-P", "-m", module, *arguments]


def environment() -> dict[str, str]:
    """Return this process's environment, in which our packages are found from anywhere."""
    path = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
    return {**os.environ, "PYTHONPATH": path}
