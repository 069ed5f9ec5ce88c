"""The three shapes in which Slack takes blocks: a message, a modal, the App Home."""

from __future__ import annotations

from typing import Any

from adapters.conversations.texts import HELP_ME_CHOOSE, WHAT_CAN_I_ASK
from adapters.slack import limits
from adapters.slack.markup import prose
from adapters.slack.render.blocks import Block, actions, button, context, divider, header, plain_text, section
from adapters.slack.render.context import RenderContext, Surface
from adapters.slack.render.fallback_text import summary
from adapters.slack.render.render import body
from bot.actions import OpenGuide, ShowHelp, ShowPrivacy
from bot.replies import Help, Recommendation, Reply, TopicList

SHARE = "share-result"
"""Callback id of the modal that can share a result when it is submitted."""
MODAL = "advisor"
TARGET = "target"
"""Block and action id of the conversation that a result is shared to."""


def message(reply: Reply, frame: RenderContext) -> dict[str, Any]:
    """Return the arguments of a message: `text` for whoever does not see blocks, `blocks`, and no previews of links."""
    blocks = body(reply, frame, most=limits.BLOCKS_IN_MESSAGE, characters=limits.MESSAGE_JSON)
    return {"text": summary(reply), "blocks": blocks, "unfurl_links": False, "unfurl_media": False}


def modal(reply: Reply, frame: RenderContext) -> dict[str, Any]:
    """Return a modal view. One with a result can be submitted to share it."""
    blocks = body(reply, frame, most=limits.BLOCKS_IN_VIEW - 1, characters=limits.VIEW_JSON // 10)
    view = {
        "type": "modal",
        "callback_id": MODAL,
        "title": plain_text("Framework Advisor", limits.MODAL_TITLE),
        "close": plain_text("Close", limits.MODAL_BUTTON),
        "blocks": blocks,
    }
    if isinstance(reply, Recommendation):
        shared = {"callback_id": SHARE, "private_metadata": reply.token, "blocks": [*blocks, _target()]}
        return view | shared | {"submit": plain_text("Share", limits.MODAL_BUTTON)}
    return view


def home(welcome: Help, topics: TopicList) -> dict[str, Any]:
    """Return the App Home: how to begin, the guide, and the topics by area."""
    frame = RenderContext(Surface.HOME)
    blocks = [
        header("Welcome"),
        section(prose(welcome.text)),
        *actions(_beginnings(offers_guide=welcome.offers_guide)),
        context("Mention me in a channel, or type `/advisor` and a question anywhere. Only you see that answer."),
        divider(),
        *body(topics, frame, most=limits.BLOCKS_IN_VIEW - 5, characters=limits.VIEW_JSON // 10),
    ]
    return {"type": "home", "blocks": blocks}


def _beginnings(*, offers_guide: bool) -> list[Block]:
    guide = [button(HELP_ME_CHOOSE, OpenGuide(), "Start the guided choice", style="primary")] if offers_guide else []
    made = [
        *guide,
        button(WHAT_CAN_I_ASK, ShowHelp(), "See what I can do"),
        button("Privacy", ShowPrivacy(), "What is stored"),
    ]
    return [one | {"action_id": f"{one['action_id']}begin-{number}"} for number, one in enumerate(made)]


def _target() -> Block:
    return {
        "type": "input",
        "block_id": TARGET,
        "label": plain_text("Share this result in", limits.LABEL_TEXT),
        "element": {
            "type": "conversations_select",
            "action_id": TARGET,
            "default_to_current_conversation": True,
            "response_url_enabled": True,
        },
    }
