"""The code that belongs to an answer: which task, which sides, and what is said where there is none."""

from __future__ import annotations

import pytest

from bot import actions, replies
from bot.action_codec import encode
from bot.advisor import Advisor
from bot.context import Context
from bot.evaluation import answered_topic
from bot.knowledge.checks import topic_file
from bot.replies import CodeComparison, Notice, NoticeKind


def shown(reply: replies.Reply) -> CodeComparison:
    assert isinstance(reply, CodeComparison)
    return reply


def test_an_answer_to_a_question_has_the_code_of_that_question_alone(shipped_advisor: Advisor) -> None:
    with_code = shipped_advisor.topic("background-jobs", question="how")
    without = shipped_advisor.topic("migrations", question="what-is-a-migration")
    assert isinstance(with_code, replies.Answer)
    assert isinstance(without, replies.Answer)

    assert with_code.code == "background-task"
    assert without.code is None


def test_an_answer_about_a_topic_has_the_first_task_whose_closest_topic_it_is(shipped_advisor: Advisor) -> None:
    codes = {topic: shipped_advisor.topic(topic) for topic in ("async", "security", "popularity")}

    assert {topic: answer.code for topic, answer in codes.items() if isinstance(answer, replies.Answer)} == {
        "async": "async-view",
        "security": None,  # `csrf-ajax` belongs to it, too, but is closer to another
        "popularity": None,
    }


def test_the_code_of_both_sides_is_shown_unless_one_was_asked_about(shipped_advisor: Advisor) -> None:
    both = shown(shipped_advisor.press(actions.ShowCode("background-jobs")))
    one = shown(shipped_advisor.press(actions.ShowCode("background-jobs", "django", "how")))

    assert [passage.name for passage in both.passages] == ["Flask", "Django"]
    assert both.other_sides == ()
    assert [(file.path, file.language) for file in one.passages[0].files] == [
        ("shop/celery.py", "python"),
        ("shop/views.py", "python"),
    ]
    assert one.passages[0].says.startswith("`celery --app shop worker` starts the worker.")
    assert one.passages[0].tested_with.startswith("Django ")
    assert [side.name for side in one.other_sides] == ["Flask"]
    assert (one.task, one.title, one.topic, one.question) == (
        "background-task", "A background task", "background-jobs", "how",
    )  # fmt: skip


@pytest.mark.parametrize(
    "press",
    [actions.ShowCode("gone"), actions.ShowCode("popularity"), actions.ShowCode("async", "rails")],
)
def test_code_that_is_not_there_any_more_is_said_to_be_gone(shipped_advisor: Advisor, press: actions.ShowCode) -> None:
    reply = shipped_advisor.press(press)

    assert isinstance(reply, Notice)
    assert reply.kind is NoticeKind.STALE


def test_every_task_is_behind_a_button_of_some_answer(shipped_advisor: Advisor) -> None:
    knowledge = shipped_advisor.knowledge
    questions = [(topic, question.id) for topic in knowledge.topics.values() for question in topic.questions]
    answers = [shipped_advisor.topic(topic) for topic in knowledge.topics]
    answers += [shipped_advisor.topic(topic.id, question=question) for topic, question in questions]

    assert {answer.code for answer in answers if isinstance(answer, replies.Answer)} - {None} == set(knowledge.code)


def test_a_button_for_code_fits_whatever_it_is_for(shipped_advisor: Advisor) -> None:
    for topic in shipped_advisor.knowledge.topics.values():
        for question in topic.questions:
            assert encode(actions.ShowCode(topic.id, "django", question.id)), topic_file(topic.id)


def test_the_conversation_goes_on_from_the_code(shipped_advisor: Advisor) -> None:
    context = shipped_advisor.ask("how do I run a background task in django").context
    code = shipped_advisor.ask("show me the code", context)
    turned = shipped_advisor.ask("and flask?", code.context)
    more = shipped_advisor.ask("tell me more", turned.context)

    assert (shown(code.reply).side, shown(turned.reply).side) == ("django", "flask")
    assert isinstance(more.reply, replies.Answer)
    assert (more.reply.topic, more.reply.side) == ("background-jobs", "flask")


@pytest.mark.parametrize("said", ["show me the code", "can you show me an example"])
def test_where_there_is_no_code_the_wish_means_what_it_did(shipped_advisor: Advisor, said: str) -> None:
    reply = shipped_advisor.ask(said, Context("popularity")).reply

    assert isinstance(reply, replies.Answer)
    assert reply.topic == "popularity"


def test_with_the_guide_open_the_code_is_shown_above_its_question(shipped_advisor: Advisor) -> None:
    begun = shipped_advisor.ask("recommend", Context("async"))
    reply = shipped_advisor.ask("show me the code", begun.context).reply

    assert isinstance(reply, replies.Interrupted)
    assert shown(reply.reply).task == "async-view"


def test_code_counts_as_the_answer_to_an_expected_question(shipped_advisor: Advisor) -> None:
    reply = shipped_advisor.press(actions.ShowCode("async"))

    assert answered_topic(reply, shipped_advisor) == "async"
