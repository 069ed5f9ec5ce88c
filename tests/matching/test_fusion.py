"""Joining the scores of the words and of the meaning, on made-up messages whose truth is known."""

from __future__ import annotations

import numpy as np
import pytest

from bot.matching.arrays import Ints
from bot.matching.calibration import fit_fusion
from bot.matching.fusion import BOTH, WORDS, Candidates, Decision, FusionModel, Judgement, candidate_groups
from bot.matching.out_of_fold import fold_count, folds, out_of_fold

TOPICS, GROUPS = 4, 7
"""Groups 0 to 3 are topics, 4 to 6 are out of scope."""


def made_up(count: int, words: float, meaning: float, seed: int = 0) -> tuple[Candidates, Ints]:
    """Return messages of all groups; how far each score points to the right group is given."""
    drawn = np.random.default_rng(seed)
    labels = np.arange(count) % GROUPS
    right = np.eye(GROUPS)[labels]
    noise = [drawn.normal(size=(count, GROUPS)) for _ in range(4)]
    scores = [strength * right + each for strength, each in zip((words, meaning), noise, strict=False)]
    likeness = 0.4 + 0.2 * right * (meaning > 0) + 0.1 * noise[2]
    each = [array.astype(np.float32) for array in (*scores, likeness, 0.5 + 0.1 * noise[3])]
    groups = np.tile(np.arange(GROUPS), (count, 1))
    return Candidates(groups, *each, np.zeros(count, np.float32), np.zeros(count, bool)), labels


def one(words: list[float], meaning: list[float], likeness: list[float], *, elsewhere: bool = False) -> Candidates:
    """Return one message about topics 0 and 1 or the out-of-scope group 4."""
    rows = [np.array([each], np.float32) for each in (words, meaning, likeness, [0.5, 0.5, 0.5])]
    return Candidates(np.array([[0, 1, 4]]), *rows, np.zeros(1, np.float32), np.array([elsewhere]))


def first_right(model: FusionModel, candidates: Candidates, labels: Ints, *, vectors: bool) -> float:
    rows = [Candidates(*(array[row : row + 1] for array in candidates)) for row in range(len(labels))]
    inside = [(row, label) for row, label in zip(rows, labels, strict=True) if label < TOPICS]
    found = [model.judge(row, vectors=vectors).topics[0][0] == label for row, label in inside]
    return sum(found) / len(found)


def test_both_scores_together_find_more_than_the_words() -> None:
    model = fit_fusion(*made_up(700, words=2, meaning=3), TOPICS)
    fresh = made_up(700, words=2, meaning=3, seed=1)

    assert first_right(model, *fresh, vectors=True) > first_right(model, *fresh, vectors=False) + 0.1


def test_a_score_that_knows_nothing_counts_next_to_nothing() -> None:
    model = fit_fusion(*made_up(7000, words=3, meaning=0), TOPICS)

    words, meaning, _ = model.both.scores
    assert meaning < words / 10


def test_a_score_can_never_speak_against_a_group() -> None:
    model = fit_fusion(*made_up(7000, words=3, meaning=-3), TOPICS)

    assert model.both.scores[1] == 0


def test_few_phrasings_lean_towards_the_usual_weights() -> None:
    few = fit_fusion(*made_up(14, words=2, meaning=3), TOPICS)
    many = fit_fusion(*made_up(7000, words=2, meaning=3), TOPICS)

    def far(model: FusionModel) -> float:
        return abs(model.both.scores[1] - BOTH.scores[1])

    assert far(few) < 0.2
    assert far(many) > 0.5


def test_confidence_says_how_often_it_is_right() -> None:
    model = fit_fusion(*made_up(7000, words=2, meaning=2), TOPICS)
    candidates, labels = made_up(7000, words=2, meaning=2, seed=1)
    likely = model.both.likely(candidates, TOPICS)
    scores = np.where(candidates.groups < TOPICS, model.both.joined(candidates), -np.inf)
    best = scores.argmax(axis=1)
    told = likely[np.arange(len(labels)), best]
    sure = told > 0.8

    assert sure.sum() > 500
    assert (best == labels)[sure].mean() > 0.8


def test_the_best_topic_is_answered() -> None:
    judgement = FusionModel(TOPICS).judge(one([6, 0, 0], [6, 0, 0], [0.9, 0.3, 0.3]), vectors=True)

    assert judgement.topics[0][0] == 0
    assert judgement.confidence > 0.8
    assert judgement.outside is None
    assert FusionModel(TOPICS).decide(judgement.confidence, outside=False) is Decision.ANSWER


def test_two_topics_that_fit_alike_are_suggested() -> None:
    model = FusionModel(TOPICS)
    judgement = model.judge(one([3, 3, 0], [3, 3, 0], [0.6, 0.6, 0.3]), vectors=True)

    assert [topic for topic, _ in judgement.topics] == [0, 1]
    assert model.decide(judgement.confidence, outside=False) is Decision.SUGGEST


def test_what_is_out_of_scope_is_never_answered() -> None:
    model = FusionModel(TOPICS)
    judgement = model.judge(one([1, 0, 6], [1, 0, 6], [0.4, 0.3, 0.9]), vectors=True)

    assert judgement.outside == 4
    assert judgement.confidence < 0.1
    assert model.decide(judgement.confidence, outside=True) is Decision.UNKNOWN


def test_a_message_about_other_products_is_less_likely_meant() -> None:
    scores = ([4.0, 0.0, 0.0], [4.0, 0.0, 0.0], [0.7, 0.3, 0.3])
    ours, theirs = (FusionModel(TOPICS).judge(one(*scores, elsewhere=each), vectors=True) for each in (False, True))

    assert theirs.confidence < ours.confidence


def test_by_the_words_alone_the_vectors_are_not_read() -> None:
    silly = one([6, 0, 0], [np.nan, np.nan, np.nan], [np.nan, np.nan, np.nan])
    known = one([6, 0, 0], [0, 0, 0], [0, 0, 0])
    model = FusionModel(TOPICS)

    assert model.judge(silly, vectors=False) == model.judge(known, vectors=False)


def test_thresholds_stay_in_their_bounds() -> None:
    hard = fit_fusion(*made_up(7000, words=1, meaning=0), TOPICS)
    easy = fit_fusion(*made_up(7000, words=9, meaning=9), TOPICS)

    assert 0.5 < hard.answer_from <= 0.65
    assert 0.45 <= easy.answer_from < 0.5
    assert 0.08 <= hard.suggest_from <= easy.suggest_from <= 0.20


def test_few_phrasings_leave_the_threshold_near_the_usual_one() -> None:
    few, many = (fit_fusion(*made_up(count, words=9, meaning=9), TOPICS).answer_from for count in (21, 7000))

    assert few == 0.5
    assert many == 0.45


def test_without_vectors_the_thresholds_are_those_of_the_words() -> None:
    examples = made_up(700, words=1, meaning=9)
    by_words = fit_fusion(*examples, TOPICS, vectors=False)

    assert by_words.answer_from > fit_fusion(*examples, TOPICS).answer_from
    assert by_words.both == BOTH


def test_nothing_to_fit_on_gives_the_usual_weights() -> None:
    candidates, labels = made_up(7, words=1, meaning=1)
    none = Candidates(*(array[:0] for array in candidates))

    assert fit_fusion(none, labels[:0], TOPICS) == FusionModel(TOPICS)


def test_a_knowledge_base_without_out_of_scope_groups_can_be_fitted() -> None:
    candidates, labels = made_up(700, words=2, meaning=2)
    inside = labels < TOPICS
    per_group = [array[inside][:, :TOPICS] for array in candidates[:5]]
    model = fit_fusion(
        Candidates(*per_group, candidates.against[inside], candidates.elsewhere[inside]), labels[inside], TOPICS
    )

    assert np.isfinite([*model.both.scores, *model.both.terms, *model.words.terms]).all()


def test_a_model_survives_being_kept() -> None:
    model = fit_fusion(*made_up(70, words=2, meaning=2), TOPICS)

    assert FusionModel.of(model.arrays(), TOPICS) == model


@pytest.mark.parametrize("name", ["words_scores", "both_terms", "thresholds"])
def test_arrays_that_are_no_model_are_refused(name: str) -> None:
    arrays = FusionModel(TOPICS).arrays()

    with pytest.raises(ValueError, match="these are no"):
        FusionModel.of({**arrays, name: np.zeros(2)}, TOPICS)


def test_candidates_are_the_best_six_topics_and_the_best_four_others() -> None:
    words = np.arange(20, dtype=np.float32)[None]
    meaning = np.zeros_like(words)

    assert candidate_groups(words, None, topics=10).tolist() == [[9, 8, 7, 6, 5, 4, 19, 18, 17, 16]]
    assert candidate_groups(words, meaning, topics=10).tolist() == [[9, 8, 7, 6, 5, 4, 19, 18, 17, 16]]
    assert candidate_groups(words, -2 * words, topics=18).tolist() == [[0, 1, 2, 3, 4, 5, 18, 19]]


def test_the_usual_weights_of_the_words_alone_ask_for_no_vectors() -> None:
    assert WORDS.terms[2:4] == (0, 0)


def test_folds_divide_each_group_evenly() -> None:
    labels = np.array([0, 0, 0, 0, 1, 1, 2])

    assert folds(labels, 2).tolist() == [0, 1, 0, 1, 1, 0, 0]


def test_few_phrasings_are_divided_into_more_parts() -> None:
    assert [fold_count(phrasings) for phrasings in (100, 5_000, 20_000)] == [10, 5, 3]


def test_each_phrasing_is_scored_by_what_had_not_seen_it() -> None:
    labels = np.repeat([0, 1], 20)
    held_out = np.arange(40) != 5
    seen: list[int] = []

    def score(learned: Ints, tested: Ints) -> Candidates:
        assert 5 in learned
        assert not set(learned) & set(tested)
        seen.extend(tested.tolist())
        scores = np.stack([tested, tested], axis=1).astype(np.float32)
        groups = np.tile([0, 1], (len(tested), 1))
        return Candidates(groups, scores, scores, scores, scores, scores[:, 0], np.zeros(len(tested), bool))

    candidates, of = out_of_fold(labels, held_out, score)

    assert sorted(seen) == [row for row in range(40) if row != 5]
    assert candidates.against.tolist() == seen
    assert of.tolist() == labels[seen].tolist()


def test_a_judgement_without_topics_has_no_confidence() -> None:
    assert Judgement((), None).confidence == 0
