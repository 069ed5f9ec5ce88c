"""New phrasings as a patch of the YAML files: the text of a topic, longer, and all else as it was."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import unified_diff
from pathlib import Path
from typing import NamedTuple

import yaml

from bot.knowledge import yaml_documents

_PLAIN = re.compile(r"[A-Za-z][\w ,.'?/+()-]*[\w?)]")
_PLAIN_IN_BRACKETS = re.compile(r"[A-Za-z][\w .'/+()-]*[\w)]")
"""Without `?`: before a comma, not every reader of YAML takes it for text."""
_RESERVED = {"yes", "no", "true", "false", "on", "off", "null", "y", "n"}
KEY = "phrasings"


class Root(NamedTuple):
    """What the paths in a patch begin at."""

    folder: Path
    is_here: bool
    """Whether that is where `git apply` looks when it is called from the current folder."""


def root_of(folder: Path) -> Root:
    """Return the folder that the paths of a patch are relative to: the repository's, else this one or the base's."""
    folder, here = folder.resolve(), Path.cwd()
    repository = next((each for each in (folder, *folder.parents) if (each / ".git").exists()), None)
    if repository:
        return Root(repository, is_here=here.is_relative_to(repository))
    return Root(here, is_here=True) if folder.is_relative_to(here) else Root(folder, is_here=False)


def unified(folder: Path, phrasings: Mapping[str, Sequence[str]]) -> str:
    """Return a unified diff that adds phrasings to topics of a knowledge base; paths begin at its `root_of`."""
    root = root_of(folder).folder
    return "".join(line for topic, more in phrasings.items() for line in _topic(folder, root, topic, more))


def _topic(folder: Path, root: Path, topic: str, more: Sequence[str]) -> Iterator[str]:
    path = folder / "topics" / f"{topic}.yaml"
    before = path.read_text(encoding="utf-8")
    name = path.resolve().relative_to(root).as_posix()
    after = extended(before, more)
    difference = unified_diff(
        before.splitlines(keepends=True), after.splitlines(keepends=True), f"a/{name}", f"b/{name}"
    )
    for line in difference:
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def extended(text: str, more: Sequence[str]) -> str:
    """Return the text of a topic's file with more phrasings, in the style that it has; all else stays as it is.

    Raises:
        ValueError: the file is written in a way that this cannot extend.
    """
    text = text if text.endswith("\n") else f"{text}\n"
    try:
        after = _inserted(text, more)
        wanted = yaml_documents.parsed(text)
        wanted[KEY] = [*(wanted.get(KEY) or ()), *more]
        as_wanted = yaml_documents.parsed(after) == wanted
    except yaml.MarkedYAMLError as error:
        line = f"line {error.problem_mark.line + 1}: " if error.problem_mark else ""
        problem = f"{line}{error.problem}; put text with a `?` in quotes, or add these by hand"
        raise ValueError(problem) from error
    if not as_wanted:
        raise ValueError(f"its `{KEY}` are written in a way that no patch can extend; add them by hand")
    return after


def _inserted(text: str, more: Sequence[str]) -> str:
    """Insert at the place that the parser names, so that it does not matter how the list is written."""
    found = _value(text)
    if found is None:
        return f"{text}{KEY}:\n" + "".join(f"  - {scalar(each)}\n" for each in more)
    if not isinstance(found, yaml.SequenceNode):  # the key with nothing behind it
        place = text.index("\n", found.start_mark.index) + 1
        return text[:place] + "".join(f"  - {scalar(each)}\n" for each in more) + text[place:]
    if found.flow_style:
        return _in_brackets(text, found, more)
    last = found.value[-1]
    place = text.index("\n", _end(text, last)) + 1
    indent = " " * found.start_mark.column
    return text[:place] + "".join(f"{indent}- {scalar(each)}\n" for each in more) + text[place:]


def _in_brackets(text: str, found: yaml.SequenceNode, more: Sequence[str]) -> str:
    place = _end(text, found.value[-1]) if found.value else found.start_mark.index + 1
    added = ", ".join(scalar(each, in_brackets=True) for each in more)
    return f"{text[:place]}{', ' if found.value else ''}{added}{text[place:]}"


def _end(text: str, node: yaml.Node) -> int:
    """Return where the text of a scalar ends; the parser counts the blank lines and comments behind some of them."""
    start, end = node.start_mark.index, node.end_mark.index
    return start + len(text[start:end].rstrip())


def _value(text: str) -> yaml.Node | None:
    document = yaml_documents.composed(text)
    pairs = document.value if isinstance(document, yaml.MappingNode) else ()
    return next((value for key, value in pairs if key.value == KEY), None)


def scalar(text: str, *, in_brackets: bool = False) -> str:
    """Return text as a YAML scalar: bare where that is safe, else in double quotes."""
    plain = _PLAIN_IN_BRACKETS if in_brackets else _PLAIN
    if plain.fullmatch(text) and text.casefold() not in _RESERVED and " #" not in text:
        return text
    return json.dumps(text, ensure_ascii=False)
