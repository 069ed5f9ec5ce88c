"""The JSON that other programs rely on: one object for each kind of reply, with every key each time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from adapters.terminal.json_output import line, recommendation_line
from bot import actions, replies
from bot.replies import Candidate, Notice, NoticeKind, NotKnown, Recommendation, Reply, Suggestions, Unknown
from tests.conversations.recording import guided

KEYS = [
    "kind",
    "topic",
    "side",
    "confidence",
    "candidates",
    "text",
    "lead",
    "question",
    "understood",
    "code",
    "sources",
]
BREWING, STORAGE = Candidate("brewing", "Brewing", 0.41234), Candidate("storage", "Storage", 0.2)


CODE = replies.CodeComparison("first-cup", "A first cup", "brewing", "tea", (), question="tin")


def said(reply: Reply) -> dict[str, Any]:
    found = line(reply, guided())
    assert list(found) == KEYS
    return found


def facts(reply: Reply) -> tuple[Any, ...]:
    found = said(reply)
    return tuple(found[key] for key in ("kind", "topic", "side", "confidence"))


def asked(text: str) -> Reply:
    return guided().ask(text).reply


def topic(name: str, side: str | None = None) -> replies.Answer:
    answer = guided().topic(name, side)
    assert isinstance(answer, replies.Answer)
    return answer


def begun(text: str = "") -> replies.GuideQuestion | replies.GuideReview:
    shown = guided().begin_guide(text)
    assert isinstance(shown, replies.GuideQuestion | replies.GuideReview)
    return shown


def result(text: str = "") -> Recommendation:
    shown = guided().press(actions.GuideFinish(begun(text or "cannot sleep, lots of milk").token))
    assert isinstance(shown, Recommendation)
    return shown


def test_an_answer_has_its_topic_its_side_and_its_lead() -> None:
    found = said(asked("how much caffeine is in tea"))

    assert (found["kind"], found["topic"], found["side"], found["question"]) == ("answer", "caffeine", "tea", None)
    assert found["candidates"][0] == {"topic": "caffeine", "confidence": found["confidence"]}
    assert found["lead"].splitlines()[-1].startswith("Tea: ")
    assert found["text"].startswith("Caffeine\n")
    assert found["understood"] == {}


def test_confidence_has_three_digits() -> None:
    found = said(Suggestions((BREWING, STORAGE), "tea"))

    assert found["candidates"] == [{"topic": "brewing", "confidence": 0.412}, {"topic": "storage", "confidence": 0.2}]
    assert (found["confidence"], found["side"], found["topic"]) == (0.412, "tea", None)


def test_an_answer_to_a_question_of_its_topic_names_that_question() -> None:
    answer = replace(topic("brewing"), question="tin")
    several = replies.Answers((answer, topic("storage")))

    assert [said(each)["question"] for each in (answer, several, Suggestions(()))] == ["tin", "tin", None]


def test_several_answers_are_one_line_with_a_lead_each() -> None:
    first, second = (
        replace(topic("brewing"), candidates=(BREWING, STORAGE)),
        replace(topic("storage"), candidates=(STORAGE,)),
    )
    found = said(replies.Answers((first, second)))

    assert (found["kind"], found["topic"]) == ("answer", "brewing")
    assert [each["topic"] for each in found["candidates"]] == ["brewing", "storage"]
    assert found["lead"] == f"{said(first)['lead']}\n\n{said(second)['lead']}"


def test_an_answer_names_its_sources_the_best_first() -> None:
    answer, other = topic("brewing"), topic("storage")
    book = {"title": "The big book of hot drinks", "section": None, "url": None}
    found = said(answer)["sources"]

    assert found[0]["title"] == book["title"]
    assert all(list(each) == list(book) for each in found)
    assert said(replies.AnswerDetails(answer))["sources"] == found
    assert said(replies.Answers((answer, other, answer)))["sources"] == [*found, *said(other)["sources"]]
    assert said(result())["sources"][0]["title"]
    assert said(Suggestions(()))["sources"] == []


def test_an_answer_names_the_task_that_shows_it_as_code() -> None:
    answer = replace(topic("brewing"), code="first-cup")
    each = (answer, replies.AnswerDetails(answer), replies.Answers((answer, topic("storage"))), CODE)

    assert [said(reply)["code"] for reply in each] == ["first-cup"] * 4
    assert [said(reply)["code"] for reply in (topic("storage"), Suggestions(()))] == [None, None]
    assert said(CODE)["question"] == "tin"


OTHERS: dict[str, tuple[Callable[[], Reply], tuple[Any, ...]]] = {
    "details": (lambda: replies.AnswerDetails(topic("brewing", "tea")), ("answer", "brewing", "tea", 1.0)),
    "code": (lambda: CODE, ("answer", "brewing", "tea", 1.0)),
    "unknown": (lambda: NotKnown(Unknown.NOT_FOUND, "No idea.", candidates=(BREWING,)), ("unknown", None, None, 0.412)),
    "unknown without a candidate": (lambda: NotKnown(Unknown.EMPTY, "No idea."), ("unknown", None, None, 0.0)),
    "suggestions without a candidate": (lambda: Suggestions(()), ("suggestions", None, None, 1.0)),
    "help": (lambda: guided().help(), ("answer", "help", None, 1.0)),
    "comparison": (lambda: guided().compare(), ("answer", None, "both", 1.0)),
    "topics": (lambda: guided().topics(), ("answer", None, None, 1.0)),
    "notice": (lambda: Notice(NoticeKind.BUSY, "Wait."), ("answer", None, None, 1.0)),
    "question of the guide": (begun, ("guide", None, "both", 1.0)),
    "review of the guide": (lambda: begun("cannot sleep, lots of milk"), ("guide", None, "both", 1.0)),
    "result": (result, ("guide", None, "both", 1.0)),
    "team card": (lambda: replies.TeamCard("a1b2c3", 2, 3), ("answer", None, None, 1.0)),
    "record": (lambda: guided().press(actions.SaveRecord(begun().token)), ("answer", None, None, 1.0)),
}


@pytest.mark.parametrize(("made", "expected"), OTHERS.values(), ids=OTHERS)
def test_every_other_kind_says_what_it_is(made: Callable[[], Reply], expected: tuple[Any, ...]) -> None:
    reply = made()

    assert facts(reply) == expected
    assert said(reply)["lead"] == said(reply)["text"].strip()


def test_what_was_read_in_a_description_is_understood_and_what_was_tapped_is_not() -> None:
    review = begun("cannot sleep, lots of milk")
    read = {"hour": "night", "milk": "lots"}
    tapped = guided().press(actions.GuideChoose(review.token, "milk", "none"))

    assert said(review)["understood"] == read
    assert said(tapped)["understood"] == {"hour": "night"}
    assert said(guided().press(actions.GuideGo(review.token)))["understood"] == read
    assert said(result("cannot sleep"))["understood"] == {"hour": "night"}


def test_a_recommendation_has_its_reasons_what_speaks_against_it_and_what_would_change_it() -> None:
    shown = guided().press(actions.GuideChoose(begun().token, "hour", "morning"))
    assert isinstance(shown, Recommendation)
    found = recommendation_line(shown, {"hour": "morning"})

    assert (found["understood"], found["asked"]) == ({"hour": "morning"}, ["hour"])
    assert (found["recommendation"], found["strength"], found["score"]) == ("coffee", "leaning", 2)
    assert found["code"] == shown.code
    assert [(each["text"], each["side"]) for each in found["reasons"]] == [("Coffee wakes you up.", "coffee")]
    assert found["reasons"][0]["sources"] == [
        {"title": each.title, "url": each.url} for each in shown.reasons[0].sources
    ]
    assert found["against"]["text"] == "Coffee keeps you awake."
    assert ("hour", "evening", "tea") in [(f["question"], f["option"], f["result"]) for f in found["flips"]]
    assert recommendation_line(replace(shown, against=None), {})["against"] is None
