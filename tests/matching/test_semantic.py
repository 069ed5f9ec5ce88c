"""Groups told apart by vectors."""

from __future__ import annotations

import numpy as np
import pytest

from bot.matching.arrays import Floats
from bot.matching.semantic import SemanticClassifier

NORTH, EAST, NORTH_EAST = (np.array(place, np.float32) for place in ([1.0, 0.0], [0.0, 1.0], [0.8, 0.6]))


@pytest.fixture
def fitted() -> SemanticClassifier:
    return SemanticClassifier.fit(np.array([NORTH, NORTH_EAST, EAST]), np.array([0, 0, 2]), groups=3)


@pytest.mark.parametrize(("vector", "group"), [(NORTH, 0), (NORTH_EAST, 0), (EAST, 2)])
def test_what_was_learned_is_recognised(fitted: SemanticClassifier, vector: Floats, group: int) -> None:
    assert fitted.scores(vector).argmax() == group


def test_scores_are_log_odds(fitted: SemanticClassifier) -> None:
    scores = fitted.scores(NORTH)

    assert scores[0] - scores[2] > 2
    assert scores[0] - scores[1] > 2


def test_the_phrasing_that_is_most_alike_is_named(fitted: SemanticClassifier) -> None:
    cosine, phrasing = fitted.likeness(np.array([0.6, 0.8], np.float32), 0)

    assert cosine == pytest.approx(0.96, abs=0.01)
    assert phrasing == 1


def test_a_group_without_phrasings_is_like_nothing(fitted: SemanticClassifier) -> None:
    assert fitted.likeness(NORTH, 1) == (-1.0, 2)


def test_fitting_twice_gives_the_same(fitted: SemanticClassifier) -> None:
    again = SemanticClassifier.fit(np.array([NORTH, NORTH_EAST, EAST]), np.array([0, 0, 2]), groups=3)

    assert all(np.array_equal(array, again.arrays()[name]) for name, array in fitted.arrays().items())


def test_it_survives_being_kept(fitted: SemanticClassifier) -> None:
    recalled = SemanticClassifier.of(fitted.arrays())

    assert np.array_equal(recalled.scores(NORTH_EAST), fitted.scores(NORTH_EAST))


def test_arrays_that_do_not_fit_together_are_refused(fitted: SemanticClassifier) -> None:
    with pytest.raises(ValueError, match="do not fit together"):
        SemanticClassifier.of({**fitted.arrays(), "bias": np.zeros(7, np.float32)})
    with pytest.raises(ValueError, match="missing: rows"):
        SemanticClassifier.of({name: array for name, array in fitted.arrays().items() if name != "rows"})


def test_nothing_to_learn_from_is_no_crash() -> None:
    empty = SemanticClassifier.fit(np.zeros((0, 2), np.float32), np.zeros(0, np.int64), groups=2)

    assert empty.scores(NORTH).tolist() == [0.0, 0.0]
    assert empty.likeness(NORTH, 1).cosine == -1.0


def test_messages_are_like_phrasings_only() -> None:
    vectors, labels = np.array([NORTH, NORTH_EAST, EAST]), np.array([0, 0, 1])
    fitted = SemanticClassifier.fit(vectors, labels, groups=2, phrasings=np.array([True, False, True]))

    assert fitted.scores(NORTH_EAST).argmax() == 0
    assert fitted.likeness(NORTH_EAST, 0).cosine == pytest.approx(0.8, abs=0.01)


def test_a_group_is_as_likely_as_its_questions_together() -> None:
    south, west = -NORTH, -EAST  # no plane parts north and south from east and west
    vectors, labels = np.array([NORTH, south, EAST, west]), np.array([0, 0, 1, 1])
    fitted = SemanticClassifier.fit(vectors, labels, groups=2, questions=np.array([0, 1, 0, 1]))

    assert [int(fitted.scores(each).argmax()) for each in (NORTH, south, EAST, west)] == [0, 0, 1, 1]
