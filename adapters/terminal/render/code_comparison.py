"""A task as code: each side below the other, as it stands, so that it can be copied."""

from __future__ import annotations

from collections.abc import Iterator

from adapters.conversations import texts
from adapters.terminal.render.layout import Block, Role
from bot.replies import CodeComparison, CodePassage

BLANK = Block(Role.VERBATIM, "")


def comparison(said: CodeComparison) -> Iterator[Block]:
    """Yield a task as code: each side under its name, and with what it was tested."""
    yield Block(Role.TITLE, said.title)
    for place, passage in enumerate(said.passages):
        yield from [BLANK] if place else []
        yield from _passage(passage)


def _passage(passage: CodePassage) -> Iterator[Block]:
    yield Block(Role.SIDE, passage.says, label=passage.name)
    for file in passage.files:
        yield BLANK
        yield from [Block(Role.SOURCE, file.path)] if len(passage.files) > 1 else []
        yield Block(Role.VERBATIM, file.text)
    if tested := texts.tested(passage):
        yield BLANK
        yield Block(Role.SOURCE, tested)
