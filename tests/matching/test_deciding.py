"""The thresholds, pinned to the scorer that they were fitted for: who changes one must fit the other again."""

from __future__ import annotations

import pytest

from bot.matching import Decision, decision
from bot.matching.decision import TopicEvidence, confidence

CLEAR = TopicEvidence(margin=6.0, in_scope=6.0, explained=1.0, against=-3.0)


def test_thresholds_and_weights_are_those_that_were_fitted_together() -> None:
    assert (decision.ANSWER_FROM, decision.SUGGEST_FROM, decision.REFUSED_BELOW) == (0.56, 0.06, 0.1)
    assert confidence(CLEAR) == pytest.approx(0.989, abs=0.002)


@pytest.mark.parametrize(
    ("changes"),
    [{"margin": 1.0}, {"in_scope": 1.0}, {"explained": 0.2}, {"against": 3.0}],
)
def test_each_doubt_lowers_the_confidence(changes: dict[str, float]) -> None:
    assert confidence(CLEAR._replace(**changes)) < confidence(CLEAR)


def test_other_products_without_a_side_are_never_answered() -> None:
    assert decision.outcome(confidence(CLEAR._replace(elsewhere=True))) is Decision.SUGGEST


@pytest.mark.parametrize(
    ("best", "outcome"),
    [
        (0.9, Decision.ANSWER),
        (0.56, Decision.ANSWER),
        (0.55, Decision.SUGGEST),
        (0.06, Decision.SUGGEST),
        (0.05, Decision.UNKNOWN),
    ],
)
def test_the_best_confidence_decides(best: float, outcome: Decision) -> None:
    assert decision.outcome(best) is outcome


@pytest.mark.parametrize(
    ("best", "outcome"), [(0.9, Decision.SUGGEST), (0.1, Decision.SUGGEST), (0.09, Decision.UNKNOWN)]
)
def test_where_an_out_of_scope_group_fits_better_nothing_is_answered(best: float, outcome: Decision) -> None:
    assert decision.outside(best) is outcome
