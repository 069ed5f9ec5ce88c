"""How phrasings score that the classifiers have not seen: what confidences and thresholds are fitted to.

The phrasings are dealt into folds. Those of one fold are scored by classifiers that were learned from all the others
(cross-validation): so a knowledge base says by itself how sure its scores are.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from bot.matching import classifier
from bot.matching.arrays import Bools, Floats, Ints, Sparse, Texts
from bot.matching.config import DEFAULT, MatcherConfig
from bot.matching.fusion import Candidates, candidate_groups
from bot.matching.lexicon import Token
from bot.matching.out_of_scope import FunctionWordScorer, learn_function_words
from bot.matching.semantic import classes_of, fit_weights, pooled
from bot.matching.sides import learn_side_scores
from bot.matching.vectorizer import FittedFeatures

_CHUNK, _FOLDS = DEFAULT.limits.ranked_in_fold, DEFAULT.calibration.folds


@dataclass(frozen=True, slots=True)
class Examples:
    """All texts of a knowledge base, as far as they are learned from."""

    topics: int
    texts: Texts[Token]
    labels: Ints
    """The group of each, ascending."""
    real: Bools
    """Which of them somebody could have sent: titles, keywords and made-up comparisons are only learned from."""
    signatures: list[str]
    """The sides that each names."""
    elsewhere: Bools
    """Which of them are about other products alone."""
    fitted: FittedFeatures
    vectors: Floats | None
    """Their vectors; None where there is no sentence encoder."""
    questions: Ints
    """The number of its group's question that each asks; below zero for none."""
    written: tuple[str, ...]
    """The texts as they were written."""


def held_out(examples: Examples, config: MatcherConfig, enough: int | None = None) -> tuple[Candidates, Ints]:
    """Return real phrasings as candidates, scored by what was learned without them, and the group of each.

    Args:
        examples: all texts.
        config: the matcher's numbers.
        enough: how many do; of all parts without it.
    """

    def score(known: Ints, chosen: Ints) -> Candidates:
        return _scored(examples, chosen, known, config)

    return out_of_fold(examples.labels, examples.real, score, enough)


def folds(labels: Ints, count: int) -> Ints:
    """Return to which of `count` parts each phrasing belongs, each part having its share of each group.

    Args:
        labels: the group of each phrasing, ascending.
        count: in how many parts they are divided; each part is scored by what was learned from the others.
    """
    places = np.arange(len(labels)) - np.searchsorted(labels, labels)
    parts: Ints = (places + labels) % count
    return parts


def fold_count(phrasings: int) -> int:
    """Return in how many parts so many phrasings are best divided: few of them cannot spare many, many need no care."""
    return next(count for most, count in _FOLDS if phrasings <= most)


def out_of_fold(
    labels: Ints, held_out: Bools, score: Callable[[Ints, Ints], Candidates], enough: int | None = None
) -> tuple[Candidates, Ints]:
    """Return texts as scored by what had not seen them, with the group of each.

    Args:
        labels: the group of each text, ascending.
        held_out: which of them are held out in turn: phrasings; titles and the like are always learned from.
        score: learns from the texts at the first places and scores those at the second.
        enough: no further part is held out once so many texts are scored.
    """
    parts = dealt(labels, held_out)
    before = np.cumsum([0, *map(len, parts)])
    tested = [part for part, scored in zip(parts, before, strict=False) if enough is None or scored < enough]
    scored = [score(np.setdiff1d(np.arange(len(labels)), each), each) for each in tested]
    if not scored:
        raise ValueError("there is nothing to hold out")
    together = Candidates(*(np.concatenate(arrays) for arrays in zip(*scored, strict=True)))
    return together, labels[np.concatenate(tested)]


def dealt(labels: Ints, held_out: Bools) -> list[Ints]:
    """Return the texts that are held out together, part by part. Arguments as in `out_of_fold`."""
    held = np.flatnonzero(held_out)
    count = fold_count(len(held))
    part = np.full(len(labels), -1)
    part[held] = folds(labels[held], count)
    tested = [np.flatnonzero(part == number) for number in range(count)]
    return [each for each in tested if len(each)]


def _scored(examples: Examples, chosen: Ints, known: Ints, config: MatcherConfig) -> Candidates:
    words = _by_words(examples, chosen, known, config)
    meaning, likeness = _by_vectors(examples, chosen, known, config)
    groups = candidate_groups(words, meaning, examples.topics)
    rows = np.arange(len(chosen))[:, None]
    nothing = np.zeros(groups.shape, np.float32)
    return Candidates(
        groups=groups,
        words=words[rows, groups],
        meaning=nothing if meaning is None else meaning[rows, groups],
        likeness=nothing if likeness is None else likeness[rows, groups],
        explained=_explained(examples, chosen, known, groups),
        against=_against(examples, chosen, known, config),
        elsewhere=examples.elsewhere[chosen],
    )


def _by_words(examples: Examples, chosen: Ints, known: Ints, config: MatcherConfig) -> Floats:
    fitted, labels = examples.fitted, examples.labels
    once = replace(config.classifier, runs=1)
    trained = classifier.train(fitted.rows.taken(known), labels[known], fitted.size, fitted.groups, once)
    signatures = [examples.signatures[row] for row in known]
    sides = learn_side_scores(labels[known], fitted.groups, signatures, config.side_prior)
    undecided = np.zeros(fitted.groups, np.float32)
    found = np.array([sides.get(examples.signatures[row], undecided) for row in chosen], np.float32) + trained.bias
    for begin in range(0, len(chosen), _CHUNK):
        part = slice(begin, begin + _CHUNK)
        found[part] += _product(fitted.rows.taken(chosen[part]), trained.weights)
    return found


def _product(rows: Sparse, weights: Floats) -> Floats:
    columns, places = np.unique(rows.columns, return_inverse=True)
    dense = np.zeros((len(rows.starts) - 1, len(columns)), np.float32)
    np.add.at(dense, (np.repeat(np.arange(len(dense)), np.diff(rows.starts)), places), rows.values)
    product: Floats = dense @ weights[columns]
    return product


def _by_vectors(
    examples: Examples, chosen: Ints, known: Ints, config: MatcherConfig
) -> tuple[Floats | None, Floats | None]:
    """Return the log-odds of each group, and the best cosine to one of its phrasings."""
    if examples.vectors is None:
        return None, None
    vectors, groups = examples.vectors[chosen], examples.fitted.groups
    kinds, classes = classes_of(examples.labels[known], examples.questions[known])
    weights, bias = fit_weights(examples.vectors[known], classes, len(kinds), config.semantic)
    meaning = np.zeros((len(chosen), groups), np.float32)
    likeness = np.full((len(chosen), groups), -1, np.float32)
    phrasings = known[examples.real[known]]
    learned = examples.vectors[phrasings]
    present, starts = np.unique(examples.labels[phrasings], return_index=True)
    for begin in range(0, len(chosen), _CHUNK):
        part = slice(begin, begin + _CHUNK)
        meaning[part] = pooled(vectors[part] @ weights + bias, kinds[:, 0], groups)
        likeness[part, present] = np.maximum.reduceat(vectors[part] @ learned.T, starts, axis=1)
    return meaning, likeness


def _explained(examples: Examples, chosen: Ints, known: Ints, groups: Ints) -> Floats:
    """Return the share of each text that the known texts of each group have words for."""
    fitted, stems = examples.fitted, len(examples.fitted.stems)
    learned = fitted.rows.taken(known)
    of_group = np.repeat(examples.labels[known], np.diff(learned.starts))
    is_word = learned.columns < stems
    having = np.zeros((stems, fitted.groups), bool)
    having[learned.columns[is_word], of_group[is_word]] = True
    rows = fitted.rows.taken(chosen)
    found = np.zeros(groups.shape, np.float32)
    for row, (begin, end) in enumerate(zip(rows.starts[:-1], rows.starts[1:], strict=True)):
        words = rows.columns[begin:end]
        words = words[words < stems]
        share = fitted.rarity[words] ** 2
        found[row] = share @ having[words][:, groups[row]] / max(float(share.sum()), 1e-6)
    return found


def _against(examples: Examples, chosen: Ints, known: Ints, config: MatcherConfig) -> Floats:
    fitted = examples.fitted
    texts = examples.texts.taken(known)
    outside = examples.labels[known] >= examples.topics
    learned = learn_function_words(texts, outside, fitted.spread(), fitted.groups, config.function_words)
    scorer = FunctionWordScorer(fitted.stems, learned)
    return np.array([scorer.against(examples.texts[row]) for row in chosen], np.float32)
