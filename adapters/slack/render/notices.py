"""Short words to one person."""

from __future__ import annotations

from collections.abc import Iterator

from adapters.conversations.service import NOT_YOURS
from adapters.slack.markup import prose
from adapters.slack.render.blocks import Block, actions, button, confirmed, section
from bot.actions import ForgetMe, OpenGuide
from bot.replies import Notice, NoticeKind

EMPTY = "Done."


def notice(said: Notice) -> Iterator[Block]:
    """Yield a notice and what can be done about it."""
    yield section(prose(said.text) or EMPTY)
    if said.kind is NoticeKind.PRIVACY:
        forget = button("Forget me", ForgetMe(), "Remove what is stored about me", style="danger")
        yield from actions(
            [
                confirmed(
                    forget, "Forget you?", "I remove the memory of your conversations and your feedback.", "Forget me"
                )
            ]
        )
    if said.kind is NoticeKind.NOT_YOURS and said.text != NOT_YOURS:  # somebody's guide, not somebody's answer
        yield from actions([button("Start my own", OpenGuide(), "Start the guide for yourself")])
