"""The conversations in the README are as they take place; three dots stand for the rest of a reply."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from rich.console import Console

from adapters.terminal.chat import talk
from adapters.terminal.console import PROMPT
from tests.trained import SHIPPED, trained_advisor

PAGE = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
CONVERSATIONS = [block for block in re.findall(r"```\n(.*?)```", PAGE, re.DOTALL) if PROMPT in block]


def said(lines: list[str]) -> list[str]:
    """Return the replies to lines that are typed one after the other."""
    console = Console(file=io.StringIO(), width=80, color_system=None)
    talk(trained_advisor(SHIPPED), console, lines, greet=False)
    text: str = console.file.getvalue()  # type: ignore[attr-defined]  # the StringIO from above
    return text.strip().split("\n\n")


@pytest.mark.parametrize("shown", CONVERSATIONS, ids=["questions", "project"])
def test_the_replies_are_those_that_come(shown: str) -> None:
    turns = [turn.partition("\n") for turn in shown.split(PROMPT)[1:]]
    replies = said([typed for typed, _, _ in turns])

    assert len(replies) == len(turns)
    for (_, _, expected), reply in zip(turns, replies, strict=True):
        begins, *cut = re.split(r"\n *\.\.\.", expected.strip("\n"))
        assert (reply[: len(begins)] if cut else reply) == begins
