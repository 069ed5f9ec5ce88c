"""How a question is chosen among candidates, and what is offered or answered with it."""

from __future__ import annotations

import pytest

from bot import replies
from bot.advisor import Advisor
from bot.context import Context
from bot.matching.choice import Candidate, choices, log_odds


@pytest.mark.parametrize(
    ("first", "second", "chosen", "probability"),
    [((0.0, 0.0), (1.0, 0.0), "b", 0.881), ((1.0, 1.0), (1.0, 0.0), "a", 0.731), ((0.0, 2.0), (1.0, 0.0), "a", 0.5)],
)
def test_the_highest_weighed_sum_is_chosen_and_a_tie_goes_to_the_first(
    first: tuple[float, float], second: tuple[float, float], chosen: str, probability: float
) -> None:
    choice, _ = choices([Candidate("a", None, first), Candidate("b", None, second)], (2.0, 1.0))

    assert (choice.topic, round(choice.probability, 3)) == (chosen, probability)


def test_without_candidates_nothing_is_chosen() -> None:
    assert choices([], (1.0,)) == []


@pytest.mark.parametrize(("confidence", "odds"), [(0.5, 0.0), (0.0, -5.293), (1.0, 5.293), (0.9, 2.197)])
def test_log_odds_stay_finite(confidence: float, odds: float) -> None:
    assert round(log_odds(confidence), 3) == odds


def test_what_is_offered_are_questions_and_a_number_picks_one(shipped_advisor: Advisor) -> None:
    asked = shipped_advisor.ask("uploads")
    assert isinstance(asked.reply, replies.Suggestions)
    first = asked.reply.candidates[0]

    picked = shipped_advisor.ask("1", asked.context).reply

    assert (first.topic, first.question, first.label) == (
        "form-validation",
        "file-uploads",
        "How do I handle file uploads in a form?",
    )
    assert isinstance(picked, replies.Answer)
    assert (picked.topic, picked.question) == ("form-validation", "file-uploads")


def test_a_menu_of_one_topic_has_several_of_its_questions_and_itself(shipped_advisor: Advisor) -> None:
    reading = shipped_advisor.ask("what is the state of tokens").reply
    offered = [one for one in reading.candidates if isinstance(reading, replies.Suggestions)]
    assert len({one.label for one in offered}) == len(offered)


def test_what_was_only_offered_is_what_the_next_message_hangs_on(shipped_advisor: Advisor) -> None:
    context = Context(suggested=("cookies-sessions/what-is-a-session", "orm"))

    reply = shipped_advisor.ask("where is it stored?", context).reply

    assert isinstance(reply, replies.Suggestions)  # by words alone; with vectors it is answered
    assert (reply.candidates[0].topic, reply.candidates[0].question) == ("cookies-sessions", "where-stored")


def test_after_an_answer_the_same_is_not_said_twice(shipped_advisor: Advisor) -> None:
    first = shipped_advisor.ask("how do I store money amounts")
    second = shipped_advisor.ask("and in the response?", first.context).reply

    assert isinstance(first.reply, replies.Answer)
    assert isinstance(second, replies.Suggestions)
    assert first.reply.question not in {candidate.question for candidate in second.candidates}
    assert all(candidate.question for candidate in second.candidates)


@pytest.mark.parametrize("thanks", ["cheers", "thanks", "thx a lot"])
def test_thanks_after_an_answer_are_thanks(shipped_advisor: Advisor, thanks: str) -> None:
    answered = shipped_advisor.ask("what is csrf")

    reply = shipped_advisor.ask(thanks, answered.context).reply

    assert isinstance(reply, replies.Answer)
    assert reply.topic == "thanks"


def test_a_whole_question_after_thanks_stands_for_itself(shipped_advisor: Advisor) -> None:
    context = Context("static-files", question="uploads")

    reply = shipped_advisor.ask("thanks! how do I write a unit test for a view", context).reply

    assert isinstance(reply, replies.Answer)
    assert reply.topic == "testing"


@pytest.mark.parametrize(
    "text",
    [
        "flask POST to /api/things answers 308, curl only prints html",
        "my boss wants to know if Django is free for commercial use, same for flask",
        "the change page of the admin takes forever, 120k customers in one dropdown",
    ],
)
def test_trouble_is_no_project(shipped_advisor: Advisor, text: str) -> None:
    reply = shipped_advisor.ask(text).reply

    assert not isinstance(reply, replies.GuideReview | replies.GuideQuestion | replies.Recommendation)
