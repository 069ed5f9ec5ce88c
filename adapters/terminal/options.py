"""What can be chosen after a reply, as a numbered list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import assert_never

from adapters.conversations import wording
from bot import presses, replies
from bot.presses import Press
from bot.replies import Reply


@dataclass(frozen=True, slots=True)
class Option:
    """A line that can be chosen by its number: what it says, and what choosing it does."""

    label: str
    press: Press


def options(reply: Reply) -> tuple[Option, ...]:
    """Return what can be chosen after a reply, in the order of the numbers."""
    return tuple(_options(reply))


def _options(reply: Reply) -> Iterator[Option]:
    match reply:
        case replies.Answer():
            yield from _after_answer(reply)
        case replies.Suggestions(candidates):
            yield from (Option(c.title, presses.ShowTopic(c.topic)) for c in candidates)
            yield Option(wording.NONE_OF_THESE, presses.NoneOfThese(""))
        case replies.NotKnown(nearest=nearest):
            yield from (Option(link.title, presses.ShowTopic(link.topic)) for link in nearest)
            yield Option(wording.WHAT_CAN_I_ASK, presses.ShowHelp())
            yield Option(wording.ALL_TOPICS, presses.ShowArea())
        case replies.Help(offers_guide=True) | replies.Comparison(offers_guide=True):
            yield Option(wording.HELP_ME_CHOOSE, presses.OpenGuide())
            yield Option(wording.ALL_TOPICS, presses.ShowArea())
        case replies.GuideQuestion():
            yield from _guide_question(reply)
        case replies.GuideReview(token=token, given=given):
            yield Option(wording.YES_GO_ON, presses.GuideGo(token))
            yield from (Option(f"Change: {g.ask}", presses.GuideChange(token, g.question)) for g in given)
        case replies.Recommendation():
            yield from _after_result(reply)
        case replies.Help() | replies.Comparison():
            yield Option(wording.ALL_TOPICS, presses.ShowArea())
        case replies.Answers() | replies.TopicList():
            return
        case replies.DecisionRecord() | replies.Notice():
            return
        case _:
            assert_never(reply)


def _after_answer(reply: replies.Answer) -> Iterator[Option]:
    for other in wording.alternatives(reply):
        yield Option(wording.meant(other.title), presses.ShowTopic(other.topic))
    for passage in reply.other_sides:
        yield Option(f"And {passage.name}?", presses.ShowSide(reply.topic, passage.side))
    yield from (Option(link.title, presses.ShowTopic(link.topic)) for link in wording.related(reply))
    if reply.offers_guide:
        yield Option(wording.HELP_ME_CHOOSE, presses.OpenGuide())


def _guide_question(reply: replies.GuideQuestion) -> Iterator[Option]:
    token = reply.token
    for choice in reply.choices:
        yield Option(choice.label, presses.GuideChoose(token, reply.question, choice.option))
    if reply.can_go_back:
        yield Option(wording.BACK, presses.GuideBack(token))
    if reply.can_finish:
        yield Option(wording.RESULT_NOW, presses.GuideFinish(token))


def _after_result(reply: replies.Recommendation) -> Iterator[Option]:
    token = reply.token
    for chip in reply.chips:
        yield Option(f"{'Without' if chip.on else 'Add'}: {chip.label}", presses.GuideChip(token, chip.chip))
    yield from (Option(f"Change: {g.ask}", presses.GuideChange(token, g.question)) for g in reply.given)
    yield Option(wording.START_AGAIN, presses.GuideRestart(token))
    yield Option(wording.DECISION_RECORD, presses.SaveRecord(token))
