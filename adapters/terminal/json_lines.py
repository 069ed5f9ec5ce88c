"""Replies as JSON, in the format that other programs rely on."""

from __future__ import annotations

from typing import Any, assert_never

from adapters.terminal.printing import plain
from adapters.terminal.rendering import render
from bot import replies
from bot.advisor import Advisor
from bot.replies import Candidate, Reply


def line(reply: Reply, advisor: Advisor) -> dict[str, Any]:
    """Return a reply as one JSON object: kind, topic, side, confidence, candidates, text."""
    kind, topic, side, candidates = _facts(reply, advisor)
    return {
        "kind": kind,
        "topic": topic,
        "side": side,
        "confidence": round(candidates[0].confidence, 3) if candidates else (1.0 if kind != "unknown" else 0.0),
        "candidates": [{"topic": c.topic, "confidence": round(c.confidence, 3)} for c in candidates],
        "text": plain(render(reply)),
    }


def _facts(reply: Reply, advisor: Advisor) -> tuple[str, str | None, str | None, tuple[Candidate, ...]]:
    about = advisor.knowledge.about
    match reply:
        case replies.Answer(topic=topic, side=side, candidates=candidates):
            return "answer", topic, side, candidates
        case replies.Answers(parts):
            others = tuple(c for part in parts for c in part.candidates[:1])
            return "answer", parts[0].topic, parts[0].side, others
        case replies.Suggestions(candidates, side):
            return "suggestions", None, side, candidates
        case replies.NotKnown(candidates=candidates):
            return "unknown", None, None, candidates
        case replies.Help():
            return "answer", about.help, None, ()
        case replies.Comparison():
            return "answer", about.overview, "both", ()
        case replies.GuideQuestion() | replies.GuideReview() | replies.Recommendation():
            return "guide", about.choosing, "both", ()
        case replies.TopicList() | replies.DecisionRecord() | replies.Notice():
            return "answer", None, None, ()
    assert_never(reply)
