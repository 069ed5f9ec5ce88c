"""From any reply to what Slack takes: a message, with its text for whoever sees no blocks, or a modal; both fit."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, assert_never

from adapters.conversations import texts
from adapters.conversations.service import NOT_YOURS
from adapters.slack.markup import clip, escape, prose, user
from adapters.slack.render import answers, guide, layout
from adapters.slack.render.answers import further_ways
from adapters.slack.render.buttons import RenderContext
from adapters.slack.render.layout import (
    Block,
    actions,
    button,
    confirmed,
    context,
    divider,
    numbered,
    plain_text,
    section,
)
from bot import replies
from bot.actions import ForgetMe, OpenGuide
from bot.replies import GuideQuestion, Notice, NoticeKind, Recommendation, Reply, TopicLink

SHARE = "share-result"
"""Callback id of the modal that shares a result when it is submitted."""
NEXT = "guide-answer"
"""Callback id of the modal that answers a question of the guide when it is submitted."""
COMMENT = "comment"
"""Callback id of the modal that takes a line on what was missed in a reply; also its block and action id."""
MODAL = "advisor"
TARGET = "target"
"""Block and action id of the conversation that a result is shared to."""
SHORTEST = 120
"""Texts are not cut below this when a body is too long."""
SHARED_BY = "shared-by-"
"""Begins the id of the block that says who had a reply shared; the person's Slack id follows."""
EMPTY = "Done."


def message(reply: Reply, around: RenderContext) -> dict[str, Any]:
    """Return the arguments of a message: `text` for whoever does not see blocks, `blocks`, and no previews of links."""
    blocks = body(reply, around, most=layout.BLOCKS_IN_MESSAGE, characters=layout.MESSAGE_JSON)
    return {"text": summary(reply), "blocks": blocks, "unfurl_links": False, "unfurl_media": False}


def modal(reply: Reply, around: RenderContext) -> dict[str, Any]:
    """Return a modal view. A result can be submitted to share it, a question of the guide to answer it."""
    blocks = body(reply, around, most=layout.BLOCKS_IN_VIEW - 1, characters=layout.VIEW_JSON // 10)
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
        "label": plain_text("What was missing? One line is enough.", layout.LABEL_TEXT),
        "hint": plain_text("It goes to whoever writes my knowledge, without your name.", layout.LABEL_TEXT),
        "element": {"type": "plain_text_input", "action_id": COMMENT, "max_length": layout.COMMENT_TEXT},
    }
    view = _view(COMMENT, [line, *further_ways(near, around)], around)
    return _submitted(view, COMMENT, "Send", value)


def question_for_people(question: str, asker: str) -> dict[str, Any]:
    """Return the message that hands a question to the people of a workspace."""
    asked = f"{user(asker)} asked me this and would like an answer from a person:"
    blocks = [context(asked), section(f"> {escape(question)}")]
    text = clip(f"A question for a person: {escape(question)}", layout.FALLBACK_TEXT)
    return {"text": text, "blocks": blocks, "unfurl_links": False, "unfurl_media": False}


def summary(reply: Reply) -> str:
    """Return what a reply says in one or two lines, escaped, never empty: for notifications and screen readers."""
    return clip(escape(_summary(reply)).strip(), layout.FALLBACK_TEXT) or "…"


def _summary(reply: Reply) -> str:
    match reply:
        case replies.Answer(lead=lead):
            return "\n".join(filter(None, [lead.text, *(f"{p.name}: {p.text}" for p in lead.passages)]))
        case replies.AnswerDetails(answer):
            return f"{answer.title}: {answer.short}"
        case replies.CodeComparison(title=title, passages=passages):
            return "\n".join([f"{title}, as code", *(f"{each.name}: {each.says}" for each in passages)])
        case replies.Answers(parts):
            return "\n".join(f"{part.title}: {part.lead.text}" for part in parts)
        case replies.Suggestions(candidates):
            return "Did you mean: " + ", ".join(c.label for c in candidates) + ", or none of these?"
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
        "title": plain_text(around.name, layout.MODAL_TITLE),
        "close": plain_text("Close", layout.MODAL_BUTTON),
        "blocks": blocks,
    }


def _submitted(view: dict[str, Any], callback: str, label: str, metadata: str) -> dict[str, Any]:
    submit = plain_text(label, layout.MODAL_BUTTON)
    return view | {"callback_id": callback, "submit": submit, "private_metadata": metadata}


def _target() -> Block:
    return {
        "type": "input",
        "block_id": TARGET,
        "label": plain_text("Share this result in", layout.LABEL_TEXT),
        "element": {
            "type": "conversations_select",
            "action_id": TARGET,
            "default_to_current_conversation": True,
            "response_url_enabled": True,
        },
    }


def body(reply: Reply, around: RenderContext, *, most: int, characters: int) -> list[Block]:
    """Return the blocks of a reply, at most `most` of them and `characters` long as JSON."""
    blocks = list(_drawn(reply, around))
    if around.shared_by:
        shared_by = context(f"{user(around.shared_by)} asked me to share this:")
        blocks.insert(0, shared_by | {"block_id": f"{SHARED_BY}{around.shared_by}"})
    if around.shared:
        blocks.append(context("✓ Shared in the channel."))
    return _fitting(numbered(_fewest(blocks, most)), characters)


def _drawn(reply: Reply, around: RenderContext) -> Iterator[Block]:
    match reply:
        case replies.Answer():
            return answers.answer(reply, around)
        case replies.AnswerDetails(said):
            return answers.details(said)
        case replies.CodeComparison():
            return answers.code(reply, around)
        case replies.Answers():
            return answers.answers(reply, around)
        case replies.Suggestions():
            return answers.suggestions(reply, around)
        case replies.NotKnown():
            return answers.not_known(reply, around)
        case replies.Help():
            return answers.help_(reply, around)
        case replies.Comparison():
            return answers.comparison(reply, around)
        case replies.TopicList():
            return answers.topics(reply, around)
        case replies.GuideQuestion():
            return guide.question(reply, around)
        case replies.GuideReview():
            return guide.review(reply, around)
        case replies.Interrupted(said, still_open):
            return iter([*_drawn(said, around), divider(), *_drawn(still_open, replace(around, owner=""))])
        case replies.Recommendation():
            return guide.recommendation(reply, around)
        case replies.TeamCard():
            return guide.card(reply, around)
        case replies.TeamVerdict():
            return guide.verdict(reply, around)
        case replies.DecisionRecord():
            return guide.decision_record(reply)
        case replies.Notice():
            return notice(reply)
    assert_never(reply)


def _fewest(blocks: list[Block], most: int) -> list[Block]:
    """Leave out texts from the middle, never the last rows of buttons."""
    return blocks if len(blocks) <= most else [*blocks[: most - 5], *blocks[-5:]]


def _fitting(blocks: list[Block], characters: int) -> list[Block]:
    """Shorten the longest text until the whole fits, then leave out blocks before the last rows."""
    while len(json.dumps(blocks)) > characters:
        written = [text for block in blocks for text in _texts(block)]
        longest = max(written, key=lambda text: len(text["text"]), default=None)
        if longest and len(longest["text"]) > SHORTEST:
            longest["text"] = clip(longest["text"], max(SHORTEST, len(longest["text"]) * 2 // 3))
        else:
            del blocks[max(0, len(blocks) - 4)]
    return blocks


def _texts(block: Block) -> Iterator[Block]:
    match block["type"]:
        case "section":
            yield block["text"]
        case "context":
            yield from block["elements"]
        case "rich_text":
            yield from block["elements"][0]["elements"]
        case "container":
            for child in block["child_blocks"]:
                yield from _texts(child)
        case "table":
            for row in block["rows"][1:]:
                yield from row[1:]


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
