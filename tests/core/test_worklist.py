"""Missed questions become phrasings that somebody can review, and nothing that was right before gets worse."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from bot.advisor import Advisor
from bot.evaluation import Labelled
from bot.knowledge import Knowledge, load
from bot.missed_questions import MissedQuestion, extended, group, patch
from bot.replies import Answer

TEA = Path(__file__).parents[1] / "bases" / "tea-and-coffee"


@cache
def tea() -> Knowledge:
    return load(TEA)


def test_questions_that_ask_the_same_are_one_group_largest_first() -> None:
    groups = group(
        [
            MissedQuestion("is it vegan"),
            MissedQuestion("does decaf exist", chosen="caffeine"),
            MissedQuestion("decaf does exist?", chosen="caffeine"),
        ]
    )

    assert [(g.text, len(g.questions), g.topic, g.certain) for g in groups] == [
        ("does decaf exist", 2, "caffeine", True),
        ("is it vegan", 1, None, False),
    ]


def test_where_nobody_chose_the_nearest_topic_is_proposed_and_not_certain() -> None:
    [alone] = group([MissedQuestion("a sieve for the leaves", nearest=("brewing", "storage"))])

    assert (alone.topic, alone.certain) == ("brewing", False)


def test_what_people_turned_down_is_not_proposed_again() -> None:
    [alone] = group([MissedQuestion("is it vegan", nearest=("storage",), turned_down=True)])

    assert alone.topic is None


def test_a_patch_makes_the_missed_question_answerable() -> None:
    before = Advisor(tea()).ask("jittery hands").reply
    groups = group([MissedQuestion("jittery hands", chosen="caffeine")])
    made = patch(tea(), groups, expected=[Labelled("how long does it keep", ("storage",), "question")])
    after = Advisor(extended(tea(), made.phrasings)).ask("jittery hands").reply

    assert not isinstance(before, Answer)
    assert made.phrasings == {"caffeine": ("jittery hands",)}
    assert (made.changes, made.refused) == ((), ())
    assert isinstance(after, Answer)
    assert after.topic == "caffeine"


def test_a_phrasing_that_would_spoil_an_expected_answer_is_refused_and_says_which() -> None:
    expected = [Labelled("how long does the packet keep", ("storage",), "question")]
    groups = group([MissedQuestion("how long does the packet keep", chosen="caffeine")])
    made = patch(tea(), groups, expected)

    assert made.phrasings == {}
    [(refused, [change])] = made.refused
    assert refused.topic == "caffeine"
    assert change.question == "how long does the packet keep"
    assert change.before == "storage"
    assert change.worse


def test_what_is_a_phrasing_already_is_left_out() -> None:
    groups = group([MissedQuestion("Caffeine content", chosen="caffeine")])

    assert patch(tea(), groups, expected=[]).phrasings == {}


def test_a_wording_is_learned_or_measures_and_never_both() -> None:
    asked = ("jittery hands", "jittery shaking hands", "hands, jittery")
    made = patch(tea(), group([MissedQuestion(text, chosen="caffeine") for text in asked]), expected=[])

    assert made.phrasings == {"caffeine": ("jittery hands",)}
    assert made.expected == (Labelled("jittery shaking hands", ("caffeine",), "question"),)


def test_what_was_worded_once_is_learned_and_measures_nothing() -> None:
    made = patch(tea(), group([MissedQuestion("jittery hands", chosen="caffeine")]), expected=[])

    assert (made.phrasings, made.expected) == ({"caffeine": ("jittery hands",)}, ())


def test_what_is_measured_already_is_not_proposed_to_be() -> None:
    questions = [MissedQuestion(text, chosen="caffeine") for text in ("jittery hands", "jittery shaking hands")]
    known = Labelled("jittery shaking hands", ("caffeine",), "question")

    assert patch(tea(), group(questions), expected=[known]).expected == ()
