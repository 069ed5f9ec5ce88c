"""What is done with a message: every threshold, what makes a topic likely, and how a message continues the last one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace

import numpy as np
import pytest

from bot.context import Context
from bot.matching import Decision, Matcher
from bot.matching.choice import FollowUpConfig
from bot.matching.config import DEFAULT, MatcherConfig, ScoringConfig
from bot.matching.continuation import GAIN, ITSELF, Continuation
from bot.matching.fusion import Candidates, FusionModel
from bot.matching.interpretation import Ranked
from tests.matching.conftest import drinks

USUAL = FusionModel(topics=4)
"""Groups 0 to 3 are topics."""


@pytest.mark.parametrize(
    ("confidence", "outside", "decision"),
    [
        (1.0, False, Decision.ANSWER),
        (0.50, False, Decision.ANSWER),
        (0.4999, False, Decision.SUGGEST),
        (0.10, False, Decision.SUGGEST),
        (0.0999, False, Decision.UNKNOWN),
        (0.0, False, Decision.UNKNOWN),
        (1.0, True, Decision.SUGGEST),
        (0.10, True, Decision.SUGGEST),
        (0.0999, True, Decision.UNKNOWN),
    ],
)
def test_the_best_confidence_decides_and_what_is_out_of_scope_is_never_answered(
    confidence: float, outside: bool, decision: Decision
) -> None:
    assert USUAL.decide(confidence, outside=outside) is decision


def test_the_thresholds_are_those_that_were_fitted() -> None:
    model = replace(USUAL, answer_from=0.62, suggest_from=0.14)
    decided = [model.decide(each, outside=False).value for each in (0.62, 0.61, 0.14, 0.13)]

    assert decided == ["answer", "suggest", "suggest", "unknown"]


def test_the_usual_thresholds() -> None:
    assert (USUAL.answer_from, USUAL.suggest_from, USUAL.sure_from) == (0.50, 0.10, 0.80)


def message(
    scores: Sequence[float],
    *,
    likeness: Sequence[float] = (0.8, 0.3, 0.3),
    explained: float = 0.5,
    against: float = 0.0,
    elsewhere: bool = False,
) -> Candidates:
    """Return a message that may be about topics 0 and 1 or the out-of-scope group 4, by its words and its vector."""
    rows = [np.array([each], np.float32) for each in (scores, scores, likeness, [explained, 0.5, 0.5])]
    return Candidates(np.array([[0, 1, 4]]), *rows, np.array([against], np.float32), np.array([elsewhere]))


JUDGED: dict[str, tuple[Candidates, float, float]] = {
    "far ahead of all others": (message([6, 0, 0]), 0.6891, 0.8961),
    "hardly ahead": (message([0.5, 0, 0]), 0.1538, 0.6121),
    "as likely as another topic": (message([0, 0, -9]), 0.1397, 0.7685),
    "far ahead of another topic only": (message([9, 3, -20]), 0.6891, 0.8961),
    "a lead beyond 8 counts no more": (message([90, 0, 0]), 0.694, 0.8961),
    "behind what is out of scope": (message([2, 0, 6]), 0.1363, 0.4068),
    "to be behind by more than 6 counts no more": (message([2, 0, 600]), 0.1204, 0.2107),
    "all words known": (message([6, 0, 0], explained=1.0), 0.8055, 0.9302),
    "no word known": (message([6, 0, 0], explained=0.0), 0.5427, 0.8481),
    "shaped like what cannot be answered": (message([6, 0, 0], against=3), 0.4149, 0.7567),
    "a shape counts up to 3 against": (message([6, 0, 0], against=30), 0.4149, 0.7567),
    "a shape counts up to 3 for": (message([6, 0, 0], against=-30), 0.8739, 0.9599),
    "about other products": (message([6, 0, 0], elsewhere=True), 0.4865, 0.7916),
    "less like any phrasing": (message([6, 0, 0], likeness=(0.6, 0.3, 0.3)), 0.6891, 0.8437),
    "as like what is out of scope": (message([6, 0, 0], likeness=(0.8, 0.3, 0.8)), 0.6891, 0.7908),
}


@pytest.mark.parametrize(("said", "by_words", "by_both"), JUDGED.values(), ids=JUDGED)
def test_how_likely_the_best_topic_is(said: Candidates, by_words: float, by_both: float) -> None:
    words, both = USUAL.judge(said, vectors=False), USUAL.judge(said, vectors=True)

    assert words.confidence == pytest.approx(by_words, abs=0.0002)
    assert both.confidence == pytest.approx(by_both, abs=0.0002)


@pytest.mark.parametrize(
    ("scores", "topics", "outside"),
    [
        ([6, 0, 0], [0, 1], None),
        ([0, 6, 0], [1, 0], None),
        ([3, 3, 0], [0, 1], None),
        ([1, 0, 6], [0, 1], 4),
    ],
)
def test_topics_come_likeliest_first_and_an_out_of_scope_group_only_where_it_is_ahead(
    scores: list[float], topics: list[int], outside: int | None
) -> None:
    judgement = USUAL.judge(message(scores, likeness=(0.3, 0.3, 0.3)), vectors=True)

    assert [topic for topic, _ in judgement.topics] == topics
    assert judgement.outside == outside


def test_how_likely_is_said_with_four_digits() -> None:
    likely = [confidence for _, confidence in USUAL.judge(message([6, 0, 0]), vectors=True).topics]

    assert [round(each, 4) for each in likely] == likely


class Asked:
    """A sentence encoder that remembers what it was asked for, and finds all texts alike."""

    name, size = "asked", 4

    def __init__(self) -> None:
        self.texts: list[str] = []

    def knows(self, word: str) -> bool:
        return word.isalpha()

    def encode(self, texts: Sequence[str]) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
        self.texts += texts
        return np.tile(np.array([[1.0, 0.0, 0.0, 0.0]], np.float32), (len(texts), 1))


def test_where_the_words_are_sure_or_repeat_a_phrasing_the_vectors_are_not_asked() -> None:
    encoder = Asked()
    matcher = Matcher(drinks(), encoder=encoder)
    encoder.texts.clear()
    matcher.read("can I freeze coffee")
    by_repeating = list(encoder.texts)
    matcher.read("the weather on the moon in winter")

    assert by_repeating == []
    assert encoder.texts == ["the weather on the moon in winter"]


def confidence(matcher: Matcher, text: str) -> float:
    return matcher.read(text).ranked[0].confidence


def test_a_message_that_repeats_a_phrasing_is_as_good_as_certain(matcher: Matcher) -> None:
    assert confidence(matcher, "can I freeze coffee") >= 0.95
    assert confidence(matcher, "coffee freeze I can") >= 0.95


def test_a_message_about_other_products_alone_is_never_answered(matcher: Matcher) -> None:
    about_cola, about_both = matcher.read("can I freeze cola"), matcher.read("can I freeze coffee in cola")

    assert about_cola.ranked[0].confidence <= 0.3
    assert about_cola.outcome is not Decision.ANSWER
    assert about_both.ranked[0].confidence > 0.5


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("We had cola at every party and nobody liked the stuff any more. Can I freeze coffee?", "storage"),
        ("my friends drink cola all day and like it a lot. how long should tea steep?", "brewing"),
    ],
)
def test_a_story_about_another_product_may_end_in_a_question_about_a_side(
    matcher: Matcher, text: str, topic: str
) -> None:
    reading = matcher.read(text)

    assert reading.outcome is Decision.ANSWER
    assert reading.ranked[0].topic == topic


@pytest.mark.parametrize(
    ("phrasing", "answered"), [("how much caffeine is in cola", True), ("can cola be kept cold", False)]
)
def test_what_a_phrasing_asks_about_another_product_is_answered(phrasing: str, answered: bool) -> None:
    base = drinks()
    caffeine = base.topics["caffeine"]
    wordy = caffeine.model_copy(update={"phrasings": (*caffeine.phrasings, phrasing)})
    reading = Matcher(replace(base, topics={**base.topics, "caffeine": wordy})).read("how much caffeine is in a cola")

    assert (reading.ranked[0].confidence > 0.3) is answered


def test_at_most_five_topics_are_named_best_first(matcher: Matcher) -> None:
    ranked = matcher.read("is it cheaper to brew or to store").ranked
    likely = [each.confidence for each in ranked]

    assert len(ranked) == 5
    assert likely == sorted(likely, reverse=True)


def test_the_numbers_of_what_is_added_are_those_that_were_measured() -> None:
    assert asdict(ScoringConfig()) == {
        "long_answer_from": 0.28,
        "long_from": 18,
        "long_lead": 0.14,
        "offered": 0.35,
        "side_alone": 0.3,
        "sharpness": 10.0,
        "repeated": 4.0,
        "repeated_confidence": 0.95,
        "other_products": 0.3,
        "alike": 85.0,
        "about_product": 40,
        "same_meaning": 0.6,
        "certain": 0.5,
        "beside": 0.1,
        "told": 0.4,
        "asked_outside": 0.3,
        "pooled": 0.01,
        "pooled_most": 0.1,
        "undoubted": 0.8,
        "despite_signs": 0.55,
        "despite_signs_short": 0.75,
    }


def test_the_numbers_of_follow_ups_are_those_that_were_measured() -> None:
    assert asdict(FollowUpConfig()) == {
        "related": 0.25,
        "longest": 14,
        "short": 5,
        "whole": 4,
        "sure": 0.85,
        "guessed": 0.6,
        "points": 0.8,
        "opens": 0.6,
        "elliptical": 0.5,
        "points_gain": 3.5,
        "opens_gain": 2.5,
        "elliptical_gain": 1.5,
        "shared": 0.25,
        "asked_from": 0.3,
        "unsure": 0.5,
        "same_from": 0.5,
        "topics": 4,
        "questions": 3,
        "weights": (
            *(0.48, 0.17, 1.69, 1.03, 0.16, 1.82, 2.72, -0.37, 0.09),
            *(-0.95, 2.63, 0.65, 3.38, 4.52, 0.14, 0.17, 0.07, 0.06),
        ),
        "pointing": (
            *(-0.11, 0.08, -1.10, 1.02, -0.80, -1.16, 1.20, 1.75, -2.74),
            *(-0.84, -1.70, 1.81, -2.52, -0.24, 0.10, 0.05, 0.02, 0),
        ),
        "excerpt_from": 0.28,
        "excerpt_shared": 0.08,
        "likely": 0.4,
    }


@pytest.mark.parametrize(
    ("how", "itself", "gain"),
    [(Continuation.POINTS, 0.8, 3.5), (Continuation.OPENS, 0.6, 2.5), (Continuation.SHORT, 0.5, 1.5)],
)
def test_the_looser_a_message_continues_the_sooner_it_stands_for_itself(
    how: Continuation, itself: float, gain: float
) -> None:
    assert (ITSELF[how], GAIN[how]) == (itself, gain)


@pytest.mark.parametrize(
    ("text", "conf"), [("and coffee?", 0.85), ("tell me more", 0.85), ("compare it with coffee", 0.85)]
)
def test_what_only_changes_the_side_or_asks_for_more_is_sure(matcher: Matcher, text: str, conf: float) -> None:
    reading = matcher.read(text, Context(topic="caffeine", side="tea"))

    expected = (Ranked("caffeine", conf),)
    assert (reading.outcome, reading.ranked, reading.continues) == (Decision.ANSWER, expected, True)


def test_two_questions_are_told_apart_only_where_each_is_certain() -> None:
    text = "How long does coffee stay fresh? And what does it cost?"
    both = Matcher(drinks()).read(text)
    strict = MatcherConfig(scoring=replace(DEFAULT.scoring, certain=1.1))

    assert [part.ranked[0].topic for part in both.parts] == ["storage", "price"]
    assert Matcher(drinks(), config=strict).read(text).parts == ()
