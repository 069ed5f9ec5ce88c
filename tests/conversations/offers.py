"""What a reply offers to press, with labels that no platform has dressed up."""

from __future__ import annotations

from collections.abc import Iterator

from bot import actions, replies
from bot.actions import Action
from bot.replies import Reply

Offer = tuple[str, Action]


def offers(reply: Reply, ref: str) -> list[Offer]:
    """Return the presses that belong to the meaning of a reply; sharing and deleting depend on the place."""
    return list(_offers(reply, ref))


def _offers(reply: Reply, ref: str) -> Iterator[Offer]:
    match reply:
        case replies.Answer():
            yield from _of_answer(reply, ref)
        case replies.CodeComparison():
            asked = reply.question or ""
            yield from ((side.name, actions.ShowCode(reply.topic, side.side, asked)) for side in reply.other_sides)
            yield from _rating(reply.topic, ref)
        case replies.Suggestions(candidates):
            yield from ((c.label, actions.ShowTopic(c.topic, ref, c.question)) for c in candidates)
            yield "None of these", actions.NoneOfThese(ref)
        case replies.NotKnown(nearest=nearest, reason=reason):
            yield from ((near.title, actions.ShowTopic(near.topic)) for near in nearest)
            if reason is not replies.Unknown.EMPTY:
                yield from _rating("not-known", ref)
        case replies.GuideQuestion(token=token):
            yield from ((c.label, actions.GuideChoose(token, reply.question, c.option)) for c in reply.choices)
            yield from _changes(token, reply.given)
            yield from [("Back", actions.GuideBack(token))] if reply.can_go_back else []
            yield from [("Result now", actions.GuideFinish(token))] if reply.can_finish else []
        case replies.GuideReview(token, given):
            yield "Yes", actions.GuideGo(token)
            yield from _changes(token, given)
        case replies.Recommendation(token=token, given=given):
            yield from _changes(token, given)
            yield from ((c.label, actions.GuideCircumstance(token, c.chip)) for c in reply.chips)
            yield "Decision record", actions.SaveRecord(token)
            yield "Start again", actions.GuideRestart(token)
            yield from _rating("guide", ref)
        case _:
            return


def _of_answer(answer: replies.Answer, ref: str) -> Iterator[Offer]:
    if answer.offers_guide:
        yield "Help me choose", actions.OpenGuide()
    asked = answer.question or ""
    if answer.code:
        yield "Show code", actions.ShowCode(answer.topic, answer.side or "", asked)
    yield from ((side.name, actions.ShowSide(answer.topic, side.side, ref, asked)) for side in answer.other_sides)
    yield from ((near.title, actions.ShowTopic(near.topic)) for near in answer.related[:4])
    if not answer.meta:
        yield from _rating(answer.topic, ref)


def _changes(token: str, given: tuple[replies.Given, ...]) -> Iterator[Offer]:
    return ((g.label, actions.GuideChange(token, g.question)) for g in given)


def _rating(about: str, ref: str) -> Iterator[Offer]:
    yield "Helpful", actions.Rate(about, "yes", ref)
    yield "Not helpful", actions.Rate(about, "no", ref)
