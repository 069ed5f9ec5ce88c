"""The version of this program."""

from __future__ import annotations

import functools
import tomllib
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed
from pathlib import Path

NAME = "framework-advisor"


@functools.cache
def version() -> str:
    """Return the version: of the installed package, else of the checkout that this file is in."""
    try:
        return installed(NAME)
    except PackageNotFoundError:
        project = Path(__file__).parents[1] / "pyproject.toml"
        found: str = tomllib.loads(project.read_text(encoding="utf-8"))["project"]["version"]
        return found
