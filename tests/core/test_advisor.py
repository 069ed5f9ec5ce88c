"""The core through its facade: what it answers, remembers and offers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from adapters.conversations.texts import sharing
from bot import actions, replies
from bot.advisor import Advisor
from bot.context import Context, remembered
from bot.replies import NoticeKind, Unknown
from tests.trained import SHIPPED, TEA, trained_advisor

ROOT = Path(__file__).parents[2]


def shipped() -> Advisor:
    return trained_advisor(SHIPPED)


def tea() -> Advisor:
    return trained_advisor(TEA)


def answer(advisor: Advisor, text: str, context: Context | None = None) -> replies.Answer:
    reply = advisor.ask(text, context).reply
    assert isinstance(reply, replies.Answer), reply
    return reply


def test_an_answer_about_one_side_offers_the_other() -> None:
    said = answer(tea(), "how much caffeine is in tea")

    assert (said.topic, said.side) == ("caffeine", "tea")
    assert [p.text for p in said.passages] == ["About 40 mg a cup."]
    assert [p.name for p in said.other_sides] == ["Coffee"]


def test_an_answer_about_no_side_in_particular_shows_all() -> None:
    said = answer(tea(), "how much caffeine is in it")

    assert [p.name for p in said.passages] == ["Tea", "Coffee"]
    assert said.other_sides == ()


def test_an_answer_names_its_source_with_section_and_date() -> None:
    [source] = answer(tea(), "how much caffeine is in it").sources

    assert (source.title, source.section, source.url) == ("The big book of hot drinks", "What is in a cup", None)
    assert str(source.checked) == "2026-11-01"


def test_the_conversation_remembers_topic_and_side() -> None:
    turn = tea().ask("how much caffeine is in tea")

    assert turn.context == Context(topic="caffeine", side="tea", told=("short",))
    assert answer(tea(), "and coffee?", turn.context).passages[0].text == "About 90 mg a cup."


def test_the_context_survives_storage() -> None:
    context = Context(topic="caffeine", side="tea", suggested=("brewing",), guide="token")

    assert Context.from_dict(context.as_dict()) == context
    assert Context.from_dict({"topic": "x", "from": "another version"}) == Context(topic="x")
    assert [Context.from_dict(damaged) for damaged in ([], None, "orm", {"topic": 3})] == [Context()] * 4


@pytest.mark.parametrize("text", ["", "   ", "\u200b\u200b", "🙂", "???", "…"])
def test_a_message_with_nothing_to_read_gets_a_hint(text: str) -> None:
    reply = tea().ask(text).reply

    assert isinstance(reply, replies.NotKnown)
    assert "help" in reply.text


def test_an_out_of_scope_message_says_why_and_what_to_do() -> None:
    reply = tea().ask("the kettle is broken").reply

    assert isinstance(reply, replies.NotKnown)
    assert reply.reason is Unknown.OUT_OF_SCOPE
    assert reply.text == "I know drinks, not machines. The maker's hotline knows yours."


def test_help_lists_examples_and_offers_no_guide_where_there_is_none() -> None:
    reply = tea().ask("what can you do").reply

    assert reply == replies.Help(
        "I answer questions about tea and coffee.", ("How much caffeine is in it?",), offers_guide=False
    )


def test_the_guide_of_a_base_without_one_is_a_plain_notice() -> None:
    for reply in (tea().begin_guide(), tea().press(actions.OpenGuide()), tea().press(actions.GuideGo("x"))):
        assert isinstance(reply, replies.Notice)
        assert reply.kind is NoticeKind.NO_GUIDE


def test_the_overview_compares_every_topic_that_has_a_few_words_a_side() -> None:
    table = tea().compare()

    assert isinstance(table, replies.Comparison)
    assert table.sides == ("Tea", "Coffee")
    assert [(row.topic, row.cells) for row in table.rows] == [
        ("brewing", ("three minutes", "four minutes")),
        ("caffeine", ("40 mg a cup", "90 mg a cup")),
    ]


@pytest.mark.parametrize("text", ["caffeine", "*Caffeine*", "how much caffeine is in coffee?"])
def test_a_comparison_is_of_the_topic_that_is_named_or_asked_about(text: str) -> None:
    compared = tea().compare(text)

    assert isinstance(compared, replies.Answer)
    assert (compared.topic, compared.side) == ("caffeine", "both")


def test_topics_are_listed_by_area_without_greeting_and_help() -> None:
    [area] = tea().topics().areas

    assert area.title == "The drinks"
    assert [link.topic for link in area.topics] == ["brewing", "caffeine", "storage"]


@pytest.mark.parametrize("press", [actions.ShowTopic("gone"), actions.ShowSide("caffeine", "cocoa")])
def test_a_button_to_something_that_is_gone_is_explained(press: actions.Action) -> None:
    reply = tea().press(press)

    assert isinstance(reply, replies.Notice)
    assert reply.kind is NoticeKind.STALE


def test_a_question_that_asks_for_advice_offers_the_guide() -> None:
    said = answer(shipped(), "which of the two is better?")

    assert said.topic == "which-to-choose"
    assert said.offers_guide


def test_whoever_asks_which_to_use_is_led_by_the_guide() -> None:
    assert isinstance(shipped().ask("which one should I use?").reply, replies.GuideQuestion)


def test_a_description_of_a_project_begins_the_guide_with_what_it_says() -> None:
    reply = shipped().ask("we are building a small internal API on mongodb, three developers").reply

    assert isinstance(reply, replies.GuideReview)
    assert {"kind": "service", "data": "nosql"}.items() <= {g.question: g.option for g in reply.given}.items()


def test_typed_answers_go_on_with_an_open_guide() -> None:
    begun = shipped().begin_guide()
    context = remembered(begun, Context())
    reply = shipped().ask("an online shop", context).reply

    assert isinstance(begun, replies.GuideQuestion)
    assert isinstance(reply, replies.GuideQuestion)
    assert reply.given[0].option == "cms_shop"


def test_a_pasted_result_code_reopens_the_result() -> None:
    guide = shipped().guide
    assert guide
    result = guide.recommend({"kind": "cms_shop", "have": "fresh"})

    for text in (result.code, f"my code: {result.code}", f"`{result.code}`"):
        reply = shipped().ask(text).reply
        assert isinstance(reply, replies.Recommendation)
        assert reply.result == result.result


def test_advice_is_never_narrowed_to_the_side_of_the_question_before() -> None:
    before = shipped().ask("does django have an orm").context
    said = answer(shipped(), "which one should I use then?", before)

    assert before.side == "django"
    assert (said.topic, said.side) == ("which-to-choose", None)
    assert [p.side for p in said.passages] == ["flask", "django"]


def test_keeping_what_works_is_said_as_such_and_sends_nobody_to_a_tutorial() -> None:
    guide = shipped().guide
    assert guide
    result = guide.recommend({"kind": "web_app", "have": "flask_code", "pain": "works"})

    assert result.headline == "Stay with Flask. What you have does its job, and a rewrite can take weeks."
    assert result.first_step is None


def test_every_topic_can_be_opened_from_every_side_and_cites_something() -> None:
    advisor = shipped()
    for topic in advisor.knowledge.topics.values():
        for side in (None, "both", *advisor.knowledge.side_names):
            said = advisor.topic(topic.id, side)
            assert isinstance(said, replies.Answer)
            assert said.meta or said.sources


def test_answers_that_are_shared_are_those_that_were_given() -> None:
    advisor = shipped()
    migrations = advisor.topic("migrations", None, "at-deploy")
    django = advisor.topic("migrations", "django", "index-concurrently")
    general = advisor.topic("orm", "flask")
    assert isinstance(migrations, replies.Answer)
    assert isinstance(django, replies.Answer)
    assert isinstance(general, replies.Answer)
    shared = sharing([migrations, django])
    other = sharing([general, migrations])
    assert shared
    assert other

    assert shared.parts == "migrations..at-deploy~migrations.django.index-concurrently"
    assert other.parts == "orm.flask~migrations..at-deploy"
    reply, both = advisor.press(shared), advisor.press(other)
    assert isinstance(reply, replies.Answers)
    assert [part.lead for part in reply.parts] == [migrations.lead, django.lead]
    assert [part.title for part in reply.parts] == [
        "How do I run migrations during deployment?",
        "How do I create an index without locking the table?",
    ]
    assert isinstance(both, replies.Answers)
    assert both.parts == (general, migrations)


def test_a_shared_answer_that_is_gone_is_explained() -> None:
    reply = tea().press(actions.ShareAnswers("caffeine.~cocoa."))

    assert isinstance(reply, replies.Notice)
    assert reply.kind is replies.NoticeKind.STALE


def test_answers_that_no_button_can_hold_are_not_offered_to_be_shared() -> None:
    answer = tea().topic("caffeine")
    assert isinstance(answer, replies.Answer)

    assert sharing([replace(answer, topic="x" * 50), replace(answer, topic="y" * 50)]) is None


def test_a_button_to_the_other_side_never_says_the_same_again() -> None:
    advisor = shipped()
    names = advisor.knowledge.side_names
    asked = ((topic, one) for topic in advisor.knowledge.topics.values() if topic.sides for one in topic.questions)
    of_one_side = [
        (topic.id, one.id, next(side for side, name in names.items() if name not in one.answer))
        for topic, one in asked
        if not one.sides and sum(name in one.answer for name in names.values()) == 1
    ]
    same = [
        (topic, question)
        for topic, question, other in of_one_side
        if _lead(advisor.press(actions.ShowSide(topic, other, question=question)))
        == _lead(advisor.topic(topic, None, question))
    ]

    assert len(of_one_side) > 50
    assert same == []


def _lead(reply: replies.Reply) -> str:
    assert isinstance(reply, replies.Answer)
    return reply.lead.text
