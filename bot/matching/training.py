"""Learn everything that the matcher needs from a knowledge base's own texts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from bot.knowledge import Knowledge
from bot.matching import corpus
from bot.matching.lexical import classifier, exact_match, function_words, side_prior, vectorizer
from bot.matching.lexical.arrays import Ints, Sparse, Texts, from_keys
from bot.matching.lexical.classifier import Trained
from bot.matching.lexical.vectorizer import FittedFeatures
from bot.matching.lexicon import Lexicon, Token
from bot.matching.model import TrainedModel
from bot.matching.sides import mentioned, signature


def learn(knowledge: Knowledge) -> TrainedModel:
    """Return what the texts of a knowledge base teach."""
    lexicon, source = Lexicon(knowledge), corpus.gather(knowledge)
    read = lexicon.learn(source.texts)
    labels, questions = source.labels[read.lengths > 0], source.questions[read.lengths > 0]
    texts = read.without_empty()
    stops = lexicon.stop_stems(knowledge.vocabulary.stop_words)
    fitted = vectorizer.fit(texts, labels, source.topics, stops)
    words = lexicon.known()
    asks = np.flatnonzero(questions > corpus.NO_PHRASING)
    phrasings = fitted.rows.taken(asks)
    trained, centroids = _trained(fitted, labels)
    sides = side_prior.scores(labels, fitted.groups, _signatures(texts, tuple(knowledge.side_names)))
    asked = exact_match.learn(texts, labels)
    shapes = function_words.learn(texts, labels >= source.topics, fitted.spread(), fitted.groups)
    return TrainedModel(
        words=tuple(words),
        word_stems=tuple(word.stem for word in words.values()),
        word_sides=tuple(word.side or "" for word in words.values()),
        stems=fitted.stems,
        pairs=fitted.pairs,
        trigrams=fitted.trigrams,
        rarity=fitted.rarity,
        weights=trained.weights,
        bias=trained.bias,
        centroid_starts=centroids.starts,
        centroid_columns=centroids.columns,
        centroid_values=centroids.values,
        having=fitted.having(),
        signatures=tuple(sides),
        side_scores=np.array([*sides.values()], np.float32),
        phrasing_starts=phrasings.starts,
        phrasing_columns=phrasings.columns,
        phrasing_values=phrasings.values,
        phrasing_topics=labels[asks],
        phrasing_questions=questions[asks],
        asked=asked.keys,
        asked_groups=asked.groups,
        common=shapes.common,
        runs=shapes.runs,
        runs_against=shapes.against,
    )


def _trained(fitted: FittedFeatures, labels: Ints) -> tuple[Trained, Sparse]:
    """Return trained weights, or the groups' centroids where there are too many for that; the other one is empty."""
    if fitted.size * fitted.groups <= classifier.LARGEST:
        trained = classifier.train(fitted.rows, labels, fitted.size, fitted.groups)
        return trained, Sparse.empty()
    nothing = np.zeros((0, fitted.groups), np.float32)
    return Trained(nothing, np.zeros(fitted.groups, np.float32)), _centroids(fitted)


def _centroids(fitted: FittedFeatures) -> Sparse:
    of_cell = fitted.cells % fitted.groups
    cells = np.bincount(fitted.cell_of_entry, weights=fitted.rows.values, minlength=len(fitted.cells))
    norms = np.sqrt(np.bincount(of_cell, weights=cells**2, minlength=fitted.groups))
    values = (cells / np.maximum(norms, 1e-9)[of_cell]).astype(np.float32)
    return from_keys(fitted.cells, values, (fitted.size, fitted.groups))


def _signatures(texts: Texts[Token], sides: Sequence[str]) -> list[str]:
    """Return which sides each text names."""
    places = np.flatnonzero(np.array([word.side is not None for word in texts.words], bool)[texts.numbers])
    naming: dict[int, list[str | None]] = defaultdict(list)
    for row, number in zip(texts.rows[places].tolist(), texts.numbers[places].tolist(), strict=True):
        naming[row].append(texts.words[number].side)
    return [signature(mentioned(naming.get(row, ()), sides)) for row in range(len(texts.starts) - 1)]
