"""The last row under a reply: was it helpful, share it, take it away."""

from __future__ import annotations

from collections.abc import Iterator

from adapters.slack.render.blocks import Block, button
from adapters.slack.render.context import RenderContext, Surface
from bot.actions import Action, Delete, Rate


def feedback(about: str, frame: RenderContext) -> Iterator[Block]:
    """Yield the two buttons that rate a reply. `about` is a topic, "not-known" or "guide"."""
    if frame.surface is not Surface.HOME:
        yield button("👍 Helpful", Rate(about, "yes", frame.ref), "This was helpful")
        yield button("👎 Not helpful", Rate(about, "no", frame.ref), "This was not helpful")


def manners(frame: RenderContext, share: Action | None = None) -> Iterator[Block]:
    """Yield what can be done with the message itself, as far as it can be done here."""
    if share and frame.can_share:
        yield button("Share in channel", share, "Show this to everybody in the channel")
    if frame.can_delete:
        yield button("Delete", Delete(frame.owner), "Delete this answer; only for the person who asked")
