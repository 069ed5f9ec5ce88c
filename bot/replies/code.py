"""A task as code, side by side."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SideLink:
    """A side to go to."""

    side: str
    name: str


@dataclass(frozen=True, slots=True)
class CodeFile:
    """A file, or what is shown of it. The text is code: nothing in it is markup, nor a `code` span."""

    path: str
    text: str
    language: str
    """As code blocks name it: `python`, `html`, `sh`, ..."""


@dataclass(frozen=True, slots=True)
class CodePassage:
    """How one side does a task."""

    side: str
    name: str
    says: str
    """One sentence: what to look at, or what to know before using it."""
    files: tuple[CodeFile, ...]
    """In the order of reading."""
    tested_with: str = ""
    """The versions that passed: `Flask 3.1.3 on Python 3.13`; empty where nobody recorded a run."""


@dataclass(frozen=True, slots=True)
class CodeComparison:
    """A task as code that runs: on every side, or on the one that was asked about."""

    task: str
    title: str
    topic: str
    """The topic that was talked of when the code was asked for."""
    side: str | None
    """The side that was asked about: a side's id, "both", or None where nobody named one."""
    passages: tuple[CodePassage, ...]
    other_sides: tuple[SideLink, ...] = ()
    """The sides whose code can be opened."""
    question: str | None = None
    """Id of the topic's question that was answered before, where it was one."""
