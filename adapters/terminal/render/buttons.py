"""What can be chosen after a reply, as a numbered list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import assert_never

from adapters.conversations import texts
from bot import actions, replies
from bot.actions import Action
from bot.replies import Reply


@dataclass(frozen=True, slots=True)
class NumberedChoice:
    """A line that can be chosen by its number: what it says, and what choosing it does."""

    label: str
    press: Action


def options(reply: Reply) -> tuple[NumberedChoice, ...]:
    """Return what can be chosen after a reply, in the order of the numbers."""
    return tuple(_options(reply))


def _options(reply: Reply) -> Iterator[NumberedChoice]:
    match reply:
        case replies.Answer():
            yield from _after_answer(reply)
        case replies.AnswerDetails(answer):
            yield from _show_code(answer)
            yield from _related(answer)
        case replies.CodeComparison():
            yield from _other_code(reply)
        case replies.Suggestions(candidates):
            yield from (NumberedChoice(c.label, actions.ShowTopic(c.topic, question=c.question)) for c in candidates)
            yield NumberedChoice(texts.NONE_OF_THESE, actions.NoneOfThese(""))
        case replies.NotKnown(nearest=nearest):
            yield from (NumberedChoice(link.title, actions.ShowTopic(link.topic)) for link in nearest)
            yield NumberedChoice(texts.WHAT_CAN_I_ASK, actions.ShowHelp())
            yield NumberedChoice(texts.ALL_TOPICS, actions.ShowArea())
        case replies.Help(offers_guide=True) | replies.Comparison(offers_guide=True):
            yield NumberedChoice(texts.HELP_ME_CHOOSE, actions.OpenGuide())
            yield NumberedChoice(texts.ALL_TOPICS, actions.ShowArea())
        case replies.GuideQuestion():
            yield from _guide_question(reply)
        case replies.GuideReview(token=token, given=given):
            yield NumberedChoice(texts.YES_GO_ON, actions.GuideGo(token))
            yield from (NumberedChoice(f"Change: {g.ask}", actions.GuideChange(token, g.question)) for g in given)
        case replies.Interrupted(said, still_open):
            yield from options(still_open)  # first, as a number most likely answers the guide
            yield from options(said)
        case replies.Recommendation():
            yield from _after_result(reply)
        case replies.Help() | replies.Comparison():
            yield NumberedChoice(texts.ALL_TOPICS, actions.ShowArea())
        case replies.Answers() | replies.TopicList():
            return
        case replies.TeamCard() | replies.TeamVerdict():  # a terminal is one person's
            return
        case replies.DecisionRecord() | replies.Notice():
            return
        case _:
            assert_never(reply)


def _after_answer(reply: replies.Answer) -> Iterator[NumberedChoice]:
    for other in texts.alternatives(reply):
        yield NumberedChoice(texts.meant(other.label), actions.ShowTopic(other.topic, question=other.question))
    if not reply.meta:
        more = actions.ShowMore(reply.topic, reply.side or "", reply.question or "")
        yield NumberedChoice(texts.MORE, more)
    for passage in reply.other_sides:
        yield NumberedChoice(
            f"And {passage.name}?", actions.ShowSide(reply.topic, passage.side, question=reply.question or "")
        )
    yield from _show_code(reply)
    yield from _related(reply)


def _show_code(reply: replies.Answer) -> Iterator[NumberedChoice]:
    if reply.code:
        code = actions.ShowCode(reply.topic, reply.side or "", reply.question or "")
        yield NumberedChoice(texts.SHOW_CODE, code)


def _other_code(reply: replies.CodeComparison) -> Iterator[NumberedChoice]:
    for other in reply.other_sides:
        shown = actions.ShowCode(reply.topic, other.side, reply.question or "")
        yield NumberedChoice(f"And {other.name}?", shown)


def _related(reply: replies.Answer) -> Iterator[NumberedChoice]:
    yield from (NumberedChoice(link.title, actions.ShowTopic(link.topic)) for link in texts.related(reply))
    if reply.offers_guide:
        yield NumberedChoice(texts.HELP_ME_CHOOSE, actions.OpenGuide(reply.guide_token or ""))


def _guide_question(reply: replies.GuideQuestion) -> Iterator[NumberedChoice]:
    token = reply.token
    for choice in reply.choices:
        yield NumberedChoice(choice.label, actions.GuideChoose(token, reply.question, choice.option))
    if reply.can_go_back:
        yield NumberedChoice(texts.BACK, actions.GuideBack(token))
    if reply.can_finish:
        yield NumberedChoice(texts.RESULT_NOW, actions.GuideFinish(token))


def _after_result(reply: replies.Recommendation) -> Iterator[NumberedChoice]:
    token = reply.token
    for chip in reply.chips:
        yield NumberedChoice(
            f"{'Without' if chip.on else 'Add'}: {chip.label}", actions.GuideCircumstance(token, chip.chip)
        )
    yield from (NumberedChoice(f"Change: {g.ask}", actions.GuideChange(token, g.question)) for g in reply.given)
    yield NumberedChoice(texts.START_AGAIN, actions.GuideRestart(token))
    yield NumberedChoice(texts.DECISION_RECORD, actions.SaveRecord(token))
