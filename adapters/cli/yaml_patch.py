"""New phrasings as a patch of the YAML files, for a person to review and `git apply`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import unified_diff
from pathlib import Path

_PLAIN = re.compile(r"[A-Za-z][\w ,.'?/+()-]*[\w?)]")
_RESERVED = {"yes", "no", "true", "false", "on", "off", "null", "y", "n"}


def unified(folder: Path, phrasings: Mapping[str, Sequence[str]]) -> str:
    """Return a unified diff that adds phrasings to the topics of a knowledge base.

    Args:
        folder: the knowledge base; paths in the diff are relative to the current directory where that is possible.
        phrasings: new phrasings by topic.
    """
    return "".join(line for topic, more in phrasings.items() for line in _topic(folder, topic, more))


def _topic(folder: Path, topic: str, more: Sequence[str]) -> Iterator[str]:
    path = folder / "topics" / f"{topic}.yaml"
    before = path.read_text(encoding="utf-8").splitlines(keepends=True)
    place = _end_of_phrasings(before)
    after = [*before[:place], *(f"  - {scalar(text)}\n" for text in more), *before[place:]]
    name = _shown(path)
    yield from unified_diff(before, after, f"a/{name}", f"b/{name}")


def _end_of_phrasings(lines: Sequence[str]) -> int:
    """Return the place behind the last line of the list of phrasings, which is written one item a line."""
    start = next(place for place, line in enumerate(lines) if line.startswith("phrasings:"))
    following = (
        p for p in range(start + 1, len(lines)) if lines[p].strip() and not lines[p].startswith((" ", "-", "#"))
    )
    end = next(following, len(lines))
    while not lines[end - 1].strip():
        end -= 1
    return end


def scalar(text: str) -> str:
    """Return text as a YAML scalar: bare where that is safe, else in double quotes."""
    if _PLAIN.fullmatch(text) and text.casefold() not in _RESERVED and " #" not in text:
        return text
    return json.dumps(text, ensure_ascii=False)


def _shown(path: Path) -> str:
    here = Path.cwd()
    resolved = path.resolve()
    return (resolved.relative_to(here) if resolved.is_relative_to(here) else path).as_posix()
