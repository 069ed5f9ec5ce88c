"""The version of this program, and where its documentation is."""

from __future__ import annotations

import functools
import tomllib
from importlib.metadata import PackageNotFoundError, metadata
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


def documentation(page: str) -> str:
    """Return where a page of the documentation is: in the checkout, else at the address that the package names.

    `page` is a file of `docs/`. A package that names no address has only the page's name to give.
    """
    local = Path(__file__).parents[1] / "docs" / page
    if local.exists():
        return f"docs/{page}"
    try:
        addresses = dict(url.split(", ", 1) for url in metadata(NAME).get_all("Project-URL") or ())
    except PackageNotFoundError:
        addresses = {}
    base = addresses.get("Documentation")
    return f"{base.rstrip('/')}/{page}" if base else f"the page {page} of the documentation"
