"""A task as code: each side below the other, as a chat has no room for them beside each other."""

from __future__ import annotations

from collections.abc import Iterator

from adapters.conversations import texts
from adapters.slack.markup import bold, prose
from adapters.slack.render.answers import quoted
from adapters.slack.render.buttons import message_actions
from adapters.slack.render.context import RenderContext
from adapters.slack.render.layout import Block, actions, button, context, header, preformatted, section
from bot.actions import ShowCode
from bot.replies import CodeComparison, CodePassage


def comparison(said: CodeComparison, around: RenderContext) -> Iterator[Block]:
    """Yield the code of a task, and a button for each side that is not shown."""
    yield from quoted(around)
    yield header(said.title)
    for passage in said.passages:
        yield from _passage(passage)
    yield from actions(_other_sides(said))
    yield from message_actions(around, said.topic)


def _passage(passage: CodePassage) -> Iterator[Block]:
    """Yield how one side does it. No markup is read in preformatted text, so no code can end it."""
    yield section(f"{bold(passage.name)}\n{prose(passage.says)}")
    for file in passage.files:
        if len(passage.files) > 1:
            yield context(prose(f"`{file.path}`"))
        yield from preformatted(file.text)
    if tested := texts.tested(passage):
        yield context(prose(tested))


def _other_sides(said: CodeComparison) -> Iterator[Block]:
    for other in said.other_sides:
        shown = ShowCode(said.topic, other.side, said.question or "")
        yield button(f"And {other.name}?", shown, f"Show the code for {other.name}")
