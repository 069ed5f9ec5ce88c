"""What can be done with a reply itself: say whether it helped, share it, ask a person, take it away."""

from __future__ import annotations

from collections.abc import Iterator

from adapters.conversations import texts
from adapters.slack.render import layout
from adapters.slack.render.context import RenderContext, written_value
from adapters.slack.render.layout import ACTION, ASK, Block, button, confirmed, plain, plain_text
from bot.actions import Action, AskPerson, Delete, Rate, ShowCode
from bot.replies import Answer

ASK_A_PERSON = "Ask a person"


def message_actions(context: RenderContext, about: str = "") -> Iterator[Block]:
    """Yield the row under a message: the thumbs for what it is about, if anything, and the asker's delete button.

    `about` is a topic, "not-known" or "guide". Modals and the App Home take no such row.
    """
    elements: list[Block] = []
    if about and not context.in_view:
        elements.append(_thumbs(about, context))
    if context.can_delete:
        elements.append(_delete(context))
    if elements:
        yield {"type": "context_actions", "elements": elements}


def share(context: RenderContext, action: Action | None) -> Iterator[Block]:
    """Yield the button that shows a private reply to everybody, where that can be done."""
    if action and context.can_share:
        where = "Share in thread" if context.share_to else "Share in channel"
        yield button(where, context.carrying(action), "Show this to everybody in the channel")


def show_code(said: Answer) -> Iterator[Block]:
    """Yield the button that shows as code what an answer is about, where there is some."""
    if said.code:
        shown = ShowCode(said.topic, said.side or "", said.question or "")
        yield button(texts.SHOW_CODE, shown, f"Show the code for {said.title}")


def ask_person(context: RenderContext) -> Iterator[Block]:
    """Yield the button that posts the question for people to answer, where the workspace has a channel for it."""
    if context.asks_people and context.question:
        yield button(ASK_A_PERSON, context.carrying(AskPerson(context.ref)), "Post this question for people to answer")


def ask(question: str) -> Block:
    """Return a button that asks a question."""
    return button(question, written_value(ASK, "", question), f"Ask: {question}")


def _thumbs(about: str, context: RenderContext) -> Block:
    return {
        "type": "feedback_buttons",
        "action_id": ACTION,
        "positive_button": _thumb("Helpful", "This was helpful", Rate(about, "yes", context.ref), context),
        "negative_button": _thumb("Not helpful", "This was not helpful", Rate(about, "no", context.ref), context),
    }


def _thumb(label: str, describe: str, action: Action, context: RenderContext) -> Block:
    return {
        "text": plain_text(label, layout.BUTTON_TEXT),
        "accessibility_label": plain(describe, layout.ACCESSIBILITY_LABEL),
        "value": context.carrying(action),
    }


def _delete(context: RenderContext) -> Block:
    made: Block = {
        "type": "icon_button",
        "icon": "trash",
        "text": plain_text("Delete", layout.BUTTON_TEXT),
        "accessibility_label": "Delete this answer; only for the person who asked",
        "value": button("", Delete(context.owner))["value"],
        "action_id": ACTION,
    }
    if context.user:
        made["visible_to_user_ids"] = [context.user]
    return confirmed(made, "Delete this answer?", "It disappears for everybody.", "Delete")
