"""A task as code: a box for each side, one below the other."""

from __future__ import annotations

from collections.abc import Iterator

from adapters.conversations import texts
from adapters.discord.markup import code_block, line, prose
from adapters.discord.render import buttons
from adapters.discord.render.context import RenderContext
from adapters.discord.render.layout import Box, Line, Payload, button, message, rows
from bot import actions
from bot.replies import CodeComparison, CodePassage

TITLE = 200
SENTENCE = 400
CODE = 1_400
"""Characters of one code block: more than a side of the knowledge may show, so none of that is cut."""


def comparison(said: CodeComparison, context: RenderContext) -> Payload:
    """Return the code of a task. Where not all of it has room, the sides go from the last, each as a whole."""
    sides = [Line("\n".join(_written(passage)), place) for place, passage in enumerate(said.passages, start=1)]
    first = [Line(f"### {line(said.title, TITLE)}"), *sides[:1]]
    boxes = [Box([first]), *(Box([[side]]) for side in sides[1:])]
    others = [
        button(f"And {other.name}?", actions.ShowCode(said.topic, other.side, said.question or ""))
        for other in said.other_sides
    ]
    return message(boxes, rows([*others, *buttons.closing(context, said.topic)]), note=context.note)


def _written(passage: CodePassage) -> Iterator[str]:
    """Yield how one side does it, in Markdown."""
    yield f"**{line(passage.name, TITLE)}**: {prose(passage.says, SENTENCE)}"
    for file in passage.files:
        if len(passage.files) > 1:
            yield f"-# {line(file.path, TITLE)}"
        yield code_block(file.text, file.language, CODE)
    if tested := texts.tested(passage):
        yield f"-# {line(tested, TITLE)}"
