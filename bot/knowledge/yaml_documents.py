"""YAML files as data that remembers where each value stood."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One mistake: where it is, what is wrong, and how to mend it."""

    file: Path
    line: int
    """Counted from 1; 0 where the whole file is meant."""
    what: str
    mend: str

    def __str__(self) -> str:
        """Return the problem as compilers print theirs, so that editors can jump to it."""
        place = f"{self.file}:{self.line}" if self.line else str(self.file)
        return f"{place}: {self.what}\n    {self.mend}"


class KnowledgeError(ValueError):
    """A knowledge base that cannot be used, with every reason at once."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        count = len(self.problems)
        title = f"The knowledge base has {count} {'mistake' if count == 1 else 'mistakes'}:"
        super().__init__("\n".join([title, *map(str, self.problems)]))


_TEXT = "tag:yaml.org,2002:str"
_Loader: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml where the wheel has it: ten times faster


class _StrictLoader(_Loader):  # type: ignore[misc]  # chosen at run time, see above
    """A safe loader that refuses to let one key silently replace another, and takes the short way for lists of text."""

    def resolve(self, kind: type[yaml.Node], value: str | None, implicit: tuple[bool, bool]) -> str:
        """Return the tag of a node: several words that begin with a letter are text, no number, date or truth value."""
        if kind is yaml.ScalarNode and value and " " in value and value[0].isalpha():
            return _TEXT
        tag: str = super().resolve(kind, value, implicit)
        return tag

    def construct_sequence(self, node: yaml.SequenceNode, deep: bool = False) -> list[Any]:
        """Build a list."""
        if isinstance(node, yaml.SequenceNode) and all(map(_is_text, node.value)):
            return [child.value for child in node.value]
        items: list[Any] = super().construct_sequence(node, deep=deep)
        return items

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        """Build a mapping, or fail on the second of two equal keys."""
        seen = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise yaml.constructor.ConstructorError(None, None, "a key is not a text", key.start_mark)
            if key.value in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key {key.value!r} is there twice", key.start_mark
                )
            seen.add(key.value)
        mapping: dict[Hashable, Any] = super().construct_mapping(node, deep=deep)
        return mapping


def _is_text(node: yaml.Node) -> bool:
    return node.tag == _TEXT and isinstance(node, yaml.ScalarNode)


@dataclass(frozen=True)
class Document:
    """A YAML file that was read. `data` is what it says; `line` finds where."""

    path: Path
    text: str
    data: Any

    @cached_property
    def _tree(self) -> yaml.Node | None:
        return composed(self.text)  # only when a mistake has to be placed

    def line(self, location: Sequence[object]) -> int:
        """Return the line (from 1) of the deepest part of `location` that the file has."""
        node, line = self._tree, 1
        for step in location:
            found = _child(node, step)
            if found is None:
                break
            line, node = found
        return line

    def written(self, location: Sequence[object]) -> str | None:
        """Return a value as it stands in the file, such as `on` for what YAML reads as true; None for lists."""
        node: yaml.Node | None = self._tree
        for step in location:
            found = _child(node, step)
            if found is None:
                return None
            _, node = found
        return str(node.value) if isinstance(node, yaml.ScalarNode) else None

    def problem(self, location: Sequence[object], what: str, mend: str) -> Problem:
        """Return a mistake at a place in this file."""
        return Problem(self.path, self.line(location), what, mend)


def _child(node: yaml.Node | None, step: object) -> tuple[int, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == str(step):
                return key.start_mark.line + 1, value
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        item = node.value[step]
        return item.start_mark.line + 1, item
    return None


def composed(text: str) -> yaml.Node | None:
    """Return the tree of a YAML text, whose nodes know their places, by the reader that knowledge is read with.

    Raises:
        YAMLError: it is none.
    """
    return yaml.compose(text, Loader=_Loader)


def parsed(text: str) -> Any:
    """Return what a YAML text says.

    Raises:
        YAMLError: it is none, or has a key twice.
    """
    return yaml.load(text, Loader=_StrictLoader)  # noqa: S506  # a safe loader, see above


def read(path: Path) -> Document | Problem:
    """Read a YAML file; a file that cannot be read becomes the problem to report."""
    try:
        text = path.read_text(encoding="utf-8")
        data = parsed(text)
        _check_size(data)
        return Document(path, text, data)
    except OSError as error:
        return Problem(path, 0, f"this file cannot be read: {error.strerror}", "Check that it exists and is readable.")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        return Problem(path, line, "this is not UTF-8 text", "Save the file with the encoding UTF-8.")
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        return Problem(
            path, mark.line + 1 if mark else 0, f"{error.problem or error.context}", _mend(str(error.problem))
        )
    except RecursionError:
        return Problem(
            path, 0, "lists or mappings are nested too deeply", "Nest them less, and let no alias hold itself."
        )
    except _TooLargeError:
        return Problem(path, 0, "aliases repeat too much", "Write out what is meant, without `*` on lists of aliases.")
    except ValueError as error:  # a tag such as !!int on something that is no number
        return Problem(path, 0, f"a value is not what its tag says: {error}", "Remove the tag, or mend the value.")
    except yaml.YAMLError as error:
        return Problem(
            path, 0, f"this is not YAML: {' '.join(str(error).split())}", "Remove the unreadable characters."
        )


MOST_VALUES = 500_000
"""Values of one file, each alias counted as all that it stands for: many times what the largest knowledge base has."""


class _TooLargeError(Exception):
    """Aliases make a few lines stand for more than can be read in any time."""


def _check_size(data: object) -> None:
    """Refuse what would take for ever to go through; looks at each list and mapping once, however often it is used.

    Raises:
        _TooLargeError: it stands for too many values.
        RecursionError: it holds itself.
    """
    sizes: dict[int, int] = {}

    def size(value: object) -> int:
        if not isinstance(value, list | dict):
            return 1
        if id(value) not in sizes:
            sizes[id(value)] = 0
            inside = value.values() if isinstance(value, dict) else value
            sizes[id(value)] = 1 + sum(map(size, inside))
        found = sizes[id(value)]
        if found == 0:
            raise RecursionError
        if found > MOST_VALUES:
            raise _TooLargeError
        return found

    size(data)


def _mend(problem: str) -> str:
    if "cannot start any token" in problem:
        return "Put the text in quotes: a value must not begin with ` or @, nor a line with a tab."
    if "twice" in problem:
        return "Remove one of the two, or merge them."
    if "key" in problem:
        return "Write the key as a word, and remove a `?`, a list or a mapping in its place."
    return "Check indentation, and put text that holds ': ' or starts with a special character in quotes."
