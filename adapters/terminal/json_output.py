"""Replies as JSON, in the format that other programs rely on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, assert_never

from adapters.terminal.console import plain
from adapters.terminal.render.render import render
from bot import replies
from bot.advisor import Advisor
from bot.replies import Candidate, Flip, Reason, Recommendation, Reply, SourceLine


def line(reply: Reply, advisor: Advisor) -> dict[str, Any]:
    """Return a reply as one JSON object, in the format that other programs rely on."""
    kind, topic, side, candidates = _facts(reply, advisor)
    return {
        "kind": kind,
        "topic": topic,
        "side": side,
        "confidence": round(candidates[0].confidence, 3) if candidates else (1.0 if kind != "unknown" else 0.0),
        "candidates": [{"topic": topic, "confidence": round(sure, 3)} for topic, sure in _by_topic(candidates).items()],
        "text": plain(render(reply)),
        "lead": _lead(reply),
        "question": _question(reply),
        "understood": {given.question: given.option for given in _given(reply)},
        "code": _code(reply),
        "sources": [{"title": source.title, "section": source.section, "url": source.url} for source in cited(reply)],
    }


def cited(reply: Reply) -> tuple[SourceLine, ...]:
    """Return the sources of what a reply says, the best first, each once."""
    match reply:
        case replies.Answer(sources=sources) | replies.AnswerDetails(replies.Answer(sources=sources)):
            return sources
        case replies.Answers(parts):
            return tuple(dict.fromkeys(source for part in parts for source in part.sources))
        case replies.Recommendation(reasons=reasons):
            return tuple(dict.fromkeys(source for reason in reasons for source in reason.sources))
        case replies.Interrupted(said):
            return cited(said)
        case _:
            return ()


def _lead(reply: Reply) -> str:
    """Return what is shown first of a reply, without its title."""
    match reply:
        case replies.Answer(lead=lead):
            return _lines(lead)
        case replies.Answers(parts):
            return "\n\n".join(_lines(part.lead) for part in parts)
        case replies.Interrupted(said):
            return _lead(said)
        case _:
            return plain(render(reply)).strip()


def _lines(lead: replies.Lead) -> str:
    """Return a lead as plain text, a line for each side below it."""
    return "\n".join(filter(None, [lead.text, *(f"{line.name}: {line.text}" for line in lead.passages)]))


def _question(reply: Reply) -> str | None:
    match reply:
        case replies.Answer(question=question):
            return question
        case replies.Answers(parts):
            return parts[0].question
        case replies.CodeComparison(question=question):
            return question
        case replies.Interrupted(said):
            return _question(said)
        case _:
            return None


def _code(reply: Reply) -> str | None:
    """Return the id of the task that shows as code what is answered, or that is shown."""
    match reply:
        case replies.Answer(code=code) | replies.AnswerDetails(replies.Answer(code=code)):
            return code
        case replies.Answers(parts):
            return parts[0].code
        case replies.CodeComparison(task=task):
            return task
        case replies.Interrupted(said):
            return _code(said)
        case _:
            return None


def _given(reply: Reply) -> tuple[replies.Given, ...]:
    """Return what was read in a described project."""
    match reply:
        case (
            replies.GuideQuestion(given=given) | replies.GuideReview(given=given) | replies.Recommendation(given=given)
        ):
            return tuple(each for each in given if each.from_text)
        case _:
            return ()


def _by_topic(candidates: Sequence[Candidate]) -> dict[str, float]:
    """Return the confidence of each topic, best first; several questions of one topic may be offered."""
    return {each.topic: each.confidence for each in candidates}


def _facts(reply: Reply, advisor: Advisor) -> tuple[str, str | None, str | None, tuple[Candidate, ...]]:
    about = advisor.knowledge.about
    match reply:
        case replies.Answer(topic=topic, side=side, candidates=candidates):
            return "answer", topic, side, candidates
        case replies.Interrupted(said):
            return _facts(said, advisor)
        case replies.AnswerDetails(answer):
            return "answer", answer.topic, answer.side, answer.candidates
        case replies.CodeComparison(topic=topic, side=side):
            return "answer", topic, side, ()
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
        case replies.GuideQuestion() | replies.GuideReview() | replies.Recommendation() | replies.TeamVerdict():
            return "guide", about.choosing, "both", ()
        case replies.TeamCard() | replies.TopicList() | replies.DecisionRecord() | replies.Notice():
            return "answer", None, None, ()
    assert_never(reply)


def recommendation_line(result: Recommendation, understood: Mapping[str, str]) -> dict[str, Any]:
    """Return a recommendation as one JSON object; `understood` is what was read in the description."""
    return {
        "understood": dict(understood),
        "recommendation": result.result,
        "strength": result.strength.value,
        "score": result.score,
        "headline": result.headline,
        "asked": list(result.asked),
        "reasons": [_reason(reason) for reason in result.reasons],
        "against": _reason(result.against) if result.against else None,
        "flips": [_flip(flip) for flip in result.flips],
        "flip_text": result.flip_text,
        "open": [point.question for point in result.open_points],
        "notes": list(result.notes),
        "names": list(result.names),
        "code": result.code,
    }


def _reason(reason: Reason) -> dict[str, Any]:
    return {
        "text": reason.text,
        "side": reason.side,
        "weight": reason.weight,
        "because": reason.because,
        "from_article": reason.from_article,
        "sources": [{"title": source.title, "url": source.url} for source in reason.sources],
    }


def _flip(flip: Flip) -> dict[str, Any]:
    return {"question": flip.question, "option": flip.option, "result": flip.result, "change": flip.change}
