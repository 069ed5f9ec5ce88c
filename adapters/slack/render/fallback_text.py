"""What a reply says in one or two lines: for notifications, screen readers and clients without blocks."""

from __future__ import annotations

from typing import assert_never

from adapters.conversations import texts
from adapters.slack import limits
from adapters.slack.markup import clip, escape
from bot import replies
from bot.replies import Reply


def summary(reply: Reply) -> str:
    """Return the `text` of a message, escaped, never empty."""
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
        case replies.Recommendation(headline=headline, flip_text=flip_text, code=code):
            return f"{headline} {flip_text} Result code: {code}"
        case replies.DecisionRecord(filename=filename):
            return f"Your decision record, to copy into {filename}"
    assert_never(reply)
