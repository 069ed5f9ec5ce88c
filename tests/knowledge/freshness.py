"""Which versions named in the knowledge are behind the package index.

    python tests/knowledge/freshness.py [PACKAGE ...]

asks pip for the newest version of each package that a source or the record of the code pairs names, or only of those
given, and prints the ones that are behind, with the lines that name the old version. Nothing fails: read and update.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import yaml

KNOWLEDGE = Path(__file__).parents[2] / "knowledge" / "flask-vs-django"
_NUMBER = re.compile(r"\d+(?:\.\d+)+")
_NEWEST = re.compile(r"^\S+ \((?P<version>[^)]+)\)", re.MULTILINE)


def named(folder: Path) -> dict[str, str]:
    """Return the version that the knowledge names for each package; sources come before code pairs."""
    record = folder / "code" / "versions.yaml"
    runs = yaml.safe_load(record.read_text(encoding="utf-8"))["runs"] if record.exists() else []
    found = {package.casefold(): version for run in runs[:1] for package, version in run["packages"].items()}
    for source in yaml.safe_load((folder / "sources.yaml").read_text(encoding="utf-8"))["sources"]:
        number = _NUMBER.search(str(source.get("version", "")))
        if "package" in source and number:
            found[source["package"].casefold()] = number[0]
    return dict(sorted(found.items()))


def behind(version: str, newest: str) -> bool:
    """Return whether `version`, which may leave out the last parts, is older than `newest`."""
    have, there = ([int(part) for part in _NUMBER.findall(text)[0].split(".")] for text in (version, newest))
    return have < there[: len(have)]


def lines(folder: Path, package: str, version: str) -> Iterator[str]:
    """Yield the places that name this version: the full number, or two parts of it in brackets after the name."""
    short = r"\.".join(version.split(".")[:2])
    name = re.escape(package).replace("\\-", "[- ]")
    pattern = re.compile(rf"\b{re.escape(version)}\b|{name}`? \({short}\b", re.IGNORECASE)
    for file in sorted(folder.glob("topics/*.yaml")):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            if pattern.search(line) and not line.lstrip().startswith("- "):
                yield f"  {file.relative_to(folder)}:{number}: {line.strip()}"


def newest_of(package: str) -> str | None:
    """Ask pip for the newest version; None where there is no answer."""
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "index", "versions", package]
    answer = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    found = _NEWEST.search(answer.stdout)
    return found["version"] if found else None


def report(folder: Path, newest: Mapping[str, str | None]) -> Iterator[str]:
    """Yield what is behind, and what could not be looked up."""
    known = named(folder)
    for package, version in newest.items():
        if version is None:
            yield f"{package}: no answer from the package index"
        elif behind(known[package], version):
            yield f"{package}: {known[package]} in the knowledge, {version} is the newest"
            yield from lines(folder, package, known[package])


def main(wanted: list[str]) -> None:
    """Print the report for the wanted packages, or for all."""
    known = named(KNOWLEDGE)
    packages = [package.casefold() for package in wanted] or list(known)
    if unknown := [package for package in packages if package not in known]:
        sys.exit(f"No version of {', '.join(unknown)} is named in the knowledge.")
    found = list(report(KNOWLEDGE, {package: newest_of(package) for package in packages}))
    print("\n".join(found) if found else f"All {len(packages)} versions are the newest.")


if __name__ == "__main__":
    main(sys.argv[1:])
