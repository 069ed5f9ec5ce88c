"""Reads what a project depends on: requirements.txt, pyproject.toml, imports, or what `pip freeze` prints.

Known packages become answers with their evidence; unknown ones are passed over. Nothing is executed, installed or
looked up. Where two packages say different things, the question stays open.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.knowledge.guide_phrases import Package

LONGEST = 64 * 1024
"""Bytes of a list of dependencies at most."""
SHOWN = 8
"""Packages that are named at most."""

_REQUIREMENT = re.compile(r"([A-Za-z0-9][\w.-]*+)\s*+(?:\[[\w\s,.-]*\])?\s*+(?:(?:[<>=!~]=?=?|@)\s*\S.*|;.*)")
_LISTED = re.compile(r"([A-Za-z0-9][\w.-]*)\s+v?\d++(?:\.\w++)++\S*")
"""A line of `pip list`: a name and a version."""
_BARE = re.compile(r"[A-Za-z0-9][\w.-]*(?:\[[\w\s,.-]*\])?(?:\s*,\s*[A-Za-z0-9][\w.-]*)*,?")
_IMPORT = re.compile(r"\s*import\s+([\w.]+(?:\s+as\s+\w+)?(?:\s*,\s*[\w.]+(?:\s+as\s+\w+)?)*)\s*(?:#.*)?")
_FROM = re.compile(r"\s*from\s+(\w[\w.]*)\s+import\s+.+")
_OPTION = re.compile(r"\s*(?:-[a-zA-Z]|--[\w-]+)\b.*|\s*\\|[\s\]\[)(,\"']*")
_TOML = re.compile(r"^[^\S\n]*\[(?:project|tool|build-system|dependency-groups|dependencies)\b[^\]]*\]", re.MULTILINE)


class NoDependenciesError(ValueError):
    """A text that is no list of dependencies, or too long for one."""


class NoPackagesError(LookupError):
    """The knowledge base says of no package what it means."""


@dataclass(frozen=True, slots=True)
class PackageEvidence:
    """A known package, and what it says."""

    package: str
    words: str
    """What it stands for, such as "accounts"."""
    answers: Mapping[str, str]
    """Options by question."""


@dataclass(frozen=True, slots=True)
class Dependencies:
    """What a list of dependencies says."""

    answers: Mapping[str, str]
    """Options by question, without those on which packages differ."""
    evidence: tuple[PackageEvidence, ...]
    """Every known package, in the order of the list."""
    contradicted: tuple[str, ...] = ()
    """Questions that stay open because packages differ."""
    unknown: int = 0
    """How many packages it does not know."""

    @property
    def found(self) -> str:
        """Which known packages it has, and what they stand for, in a sentence."""
        named = [f"{one.package} ({one.words})" for one in self.evidence]
        more = f" and {len(named) - SHOWN} more" if len(named) > SHOWN else ""
        return f"Found: {', '.join(named[:SHOWN])}{more}." if named else "None of these packages says anything to me."


def read_dependencies(text: str, packages: Sequence[Package]) -> Dependencies:
    """Return what a list of dependencies says.

    Raises:
        NoDependenciesError: the text is something else, or longer than `LONGEST`.
        NoPackagesError: there are no packages.
    """
    if not packages:
        raise NoPackagesError("This knowledge base knows no packages yet.")
    if len(text.encode("utf-8", errors="replace")) > LONGEST:
        raise NoDependenciesError(f"This is longer than {LONGEST // 1024} kB, too long for a list of dependencies.")
    known = {_plain(name): package for package in packages for name in (package.name, *package.imports)}
    names = list(dict.fromkeys(_plain(name) for name in _names(text, known)))
    found = {known[name].name: known[name] for name in names if name in known}
    said: dict[str, set[str]] = defaultdict(set)
    for package in found.values():
        for question, option in package.answers.items():
            said[question].add(option)
    return Dependencies(
        answers={question: next(iter(options)) for question, options in said.items() if len(options) == 1},
        evidence=tuple(PackageEvidence(one.name, one.evidence, dict(one.answers)) for one in found.values()),
        contradicted=tuple(question for question, options in said.items() if len(options) > 1),
        unknown=sum(name not in known for name in names),
    )


def _names(text: str, known: Mapping[str, Package]) -> list[str]:
    """Return the names of a list of dependencies, whatever its kind."""
    names = _from_toml(text) or _imported(text) or _listed(text, known)
    if not names:
        raise NoDependenciesError(
            "This is no list of dependencies. Give a requirements.txt, a pyproject.toml, imports, or `pip freeze`."
        )
    return names


def _from_toml(text: str) -> list[str]:
    if not _TOML.search(text):
        return []
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return []
    project = _table(data, "project")
    groups = [
        project.get("dependencies"),
        *_table(project, "optional-dependencies").values(),
        *_table(data, "dependency-groups").values(),
        list(_table(data, "tool", "poetry", "dependencies")),
        *(list(_table(group, "dependencies")) for group in _table(data, "tool", "poetry", "group").values()),
    ]
    lines = [line for group in groups if isinstance(group, list) for line in group if isinstance(line, str)]
    return [match[0] for line in lines if (match := re.match(r"[A-Za-z0-9][\w.-]*", line)) and match[0] != "python"]


def _table(data: object, *path: str) -> dict[str, object]:
    for key in path:
        data = data.get(key) if isinstance(data, dict) else None
    return data if isinstance(data, dict) else {}


def _imported(text: str) -> list[str]:
    """Return the modules that code imports, whatever else stands around it."""
    names: list[str] = []
    for line in text.splitlines():
        if match := _FROM.fullmatch(line):
            names.append(match[1].split(".")[0])
        elif match := _IMPORT.fullmatch(line):
            names += [part.split()[0].split(".")[0] for part in match[1].split(",")]
    return names


def _listed(text: str, known: Mapping[str, Package]) -> list[str]:
    """Return the packages of a list with one or more in a line; nothing where most lines are something else."""
    certain: list[str] = []
    bare: list[str] = []
    other = 0
    for line in _lines(text):
        if match := _REQUIREMENT.fullmatch(line) or _LISTED.fullmatch(line):
            certain.append(match[1])
        elif _BARE.fullmatch(line):
            bare += [part.partition("[")[0].strip() for part in line.split(",") if part.strip()]
        elif not _OPTION.fullmatch(line):
            other += 1
    names = [*certain, *bare]
    if not certain and not any(_plain(name) in known for name in bare):
        return []
    return names if other <= len(names) else []


def _lines(text: str) -> Iterator[str]:
    for line in text.splitlines():
        bare = re.sub(r"(?:^|\s)#.*", "", line).strip().removesuffix("\\").strip().removeprefix("- ").strip("`\"', \t")
        if bare:
            yield bare


def _plain(name: str) -> str:
    """Return a name as packages are compared: case, and `-`, `_` or `.`, make no difference."""
    return re.sub(r"[-_.]+", "-", name).lower()
