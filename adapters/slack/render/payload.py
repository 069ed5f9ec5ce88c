"""The shapes in which Slack takes a reply: a message, with its text for whoever sees no blocks, and a modal."""

from __future__ import annotations

from typing import Any, assert_never

from adapters.conversations import texts
from adapters.slack import limits
from adapters.slack.markup import clip, escape, user
from adapters.slack.render.blocks import Block, context, plain_text, section
from adapters.slack.render.context import RenderContext
from adapters.slack.render.lists import further_ways
from adapters.slack.render.render import body
from bot import replies
from bot.replies import GuideQuestion, Recommendation, Reply, TopicLink

SHARE = "share-result"
"""Callback id of the modal that shares a result when it is submitted."""
NEXT = "guide-answer"
"""Callback id of the modal that answers a question of the guide when it is submitted."""
COMMENT = "comment"
"""Callback id of the modal that takes a line on what was missed in a reply; also its block and action id."""
MODAL = "advisor"
TARGET = "target"
"""Block and action id of the conversation that a result is shared to."""


def message(reply: Reply, around: RenderContext) -> dict[str, Any]:
    """Return the arguments of a message: `text` for whoever does not see blocks, `blocks`, and no previews of links."""
    blocks = body(reply, around, most=limits.BLOCKS_IN_MESSAGE, characters=limits.MESSAGE_JSON)
    return {"text": summary(reply), "blocks": blocks, "unfurl_links": False, "unfurl_media": False}


def modal(reply: Reply, around: RenderContext) -> dict[str, Any]:
    """Return a modal view. A result can be submitted to share it, a question of the guide to answer it."""
    blocks = body(reply, around, most=limits.BLOCKS_IN_VIEW - 1, characters=limits.VIEW_JSON // 10)
    view = _view(MODAL, blocks, around)
    if isinstance(reply, Recommendation):
        return _submitted(view | {"blocks": [*blocks, _target()]}, SHARE, "Share", reply.token)
    if isinstance(reply, GuideQuestion) and reply.choices:
        return _submitted(view, NEXT, "Next", f"{reply.token} {reply.question}")
    return view


def comment_modal(value: str, near: tuple[TopicLink, ...], around: RenderContext) -> dict[str, Any]:
    """Return the modal that asks what was missed in a reply, with what may have been meant.

    `value` says which reply it was and what had been asked, as the button under the reply does.
    """
    line: Block = {
        "type": "input",
        "block_id": COMMENT,
        "optional": True,
        "label": plain_text("What was missing? One line is enough.", limits.LABEL_TEXT),
        "hint": plain_text("It goes to whoever writes my knowledge, without your name.", limits.LABEL_TEXT),
        "element": {"type": "plain_text_input", "action_id": COMMENT, "max_length": limits.COMMENT_TEXT},
    }
    view = _view(COMMENT, [line, *further_ways(near, around)], around)
    return _submitted(view, COMMENT, "Send", value)


def question_for_people(question: str, asker: str) -> dict[str, Any]:
    """Return the message that hands a question to the people of a workspace."""
    asked = f"{user(asker)} asked me this and would like an answer from a person:"
    blocks = [context(asked), section(f"> {escape(question)}")]
    text = clip(f"A question for a person: {escape(question)}", limits.FALLBACK_TEXT)
    return {"text": text, "blocks": blocks, "unfurl_links": False, "unfurl_media": False}


def summary(reply: Reply) -> str:
    """Return what a reply says in one or two lines, escaped, never empty: for notifications and screen readers."""
    return clip(escape(_summary(reply)).strip(), limits.FALLBACK_TEXT) or "…"


def _summary(reply: Reply) -> str:
    match reply:
        case replies.Answer(lead=lead):
            return "\n".join(filter(None, [lead.text, *(f"{p.name}: {p.text}" for p in lead.passages)]))
        case replies.AnswerDetails(answer):
            return f"{answer.title}: {answer.short}"
        case replies.Answers(parts):
            return "\n".join(f"{part.title}: {part.lead.text}" for part in parts)
        case replies.Suggestions(candidates):
            return "Did you mean: " + ", ".join(c.title for c in candidates) + ", or none of these?"
        case replies.NotKnown(text=text) | replies.Help(text=text) | replies.Notice(text=text):
            return text
        case replies.Comparison(title=title, short=short):
            return f"{title}: {short}"
        case replies.TopicList(areas):
            return "You can ask me about: " + ", ".join(area.title for area in areas)
        case replies.GuideQuestion(ask=ask, number=number, about=about, choices=choices):
            return f"Question {number} of about {about}: {ask} ({', '.join(c.label for c in choices)})"
        case replies.GuideReview(given=given):
            return f"{texts.REVIEW} " + "; ".join(f"{g.ask} {g.label}" for g in given)
        case replies.Interrupted(said, still_open):
            return f"{_summary(said)}\n{_summary(still_open)}"
        case replies.Recommendation(headline=headline, flip_text=flip_text, code=code):
            return f"{headline} {flip_text} Result code: {code}"
        case replies.TeamCard():
            return f"{texts.TEAM_TITLE}. {texts.TEAM_HOW} {texts.team_count(reply)}"
        case replies.TeamVerdict(headline=headline):
            return headline
        case replies.DecisionRecord(filename=filename):
            return f"Your decision record, to copy into {filename}"
    assert_never(reply)


def _view(callback: str, blocks: list[Block], around: RenderContext) -> dict[str, Any]:
    return {
        "type": "modal",
        "callback_id": callback,
        "title": plain_text(around.name, limits.MODAL_TITLE),
        "close": plain_text("Close", limits.MODAL_BUTTON),
        "blocks": blocks,
    }


def _submitted(view: dict[str, Any], callback: str, label: str, metadata: str) -> dict[str, Any]:
    submit = plain_text(label, limits.MODAL_BUTTON)
    return view | {"callback_id": callback, "submit": submit, "private_metadata": metadata}


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
