"""Learn everything that the matcher needs from a knowledge base's own texts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from bot.knowledge import Knowledge
from bot.knowledge.models import OutOfScope, Topic
from bot.matching import classifier, vectorizer
from bot.matching.arrays import Floats, Ints, Sparse, Texts, from_keys
from bot.matching.calibration import fit_fusion
from bot.matching.classifier import Trained, learn_texts
from bot.matching.config import DEFAULT, MatcherConfig
from bot.matching.fusion import FusionModel
from bot.matching.learning_config import ClassifierConfig, CorpusConfig
from bot.matching.lexicon import Lexicon, Token
from bot.matching.message import plain
from bot.matching.model import TrainedModel
from bot.matching.out_of_fold import Examples, held_out
from bot.matching.out_of_scope import FunctionWordWeights, OutOfScopeSigns, learn_function_words
from bot.matching.question_index import index_questions
from bot.matching.questions import fit_questions
from bot.matching.semantic import SemanticClassifier, SentenceEncoder
from bot.matching.sides import learn_side_scores, mentioned, signature
from bot.matching.vectorizer import FittedFeatures

GENERAL, NO_PHRASING = -1, -2


@dataclass(frozen=True, slots=True)
class Corpus:
    """Texts in groups: every topic is one, and after them every out-of-scope group."""

    topics: int
    """How many of the groups are topics."""
    texts: tuple[str, ...]
    labels: Ints
    """The group of each text, ascending."""
    questions: Ints
    """The number of the topic's question that each text asks, `GENERAL` for the topic's own phrasings, `NO_PHRASING`
    for titles, keywords and whatever nobody has written as a question."""


def gather(knowledge: Knowledge, config: CorpusConfig = DEFAULT.corpus) -> Corpus:
    """Return the phrasings, titles and keywords of a knowledge base with what they stand for."""
    groups = [[*_of_topic(topic, config), *_comparisons(topic, knowledge)] for topic in knowledge.topics.values()]
    phrasings = sum(len(topic.all_phrasings) for topic in knowledge.topics.values())
    beyond = _beyond(knowledge, max(phrasings * config.beyond, config.beyond_least))
    groups += [[(text, NO_PHRASING) for text in texts] for texts in beyond]
    labels = np.repeat(np.arange(len(groups)), [len(group) for group in groups])
    texts, questions = zip(*(entry for group in groups for entry in group), strict=True)
    return Corpus(len(knowledge.topics), texts, labels, np.array(questions, np.int64))


def _beyond(knowledge: Knowledge, most: float) -> list[tuple[str, ...]]:
    """Return the examples of each out-of-scope group, thinned out to `most`; inherited ones make room for its own."""
    sizes = {group.id: len(group.phrasings) or 1 for group in knowledge.out_of_scope}
    shared = sum(size for group, size in sizes.items() if group in knowledge.inherited)
    own = sum(sizes.values()) - shared
    shares = {True: (most - own) / max(1, shared), False: most / max(1, own)}
    return [_sampled(group, shares[group.id in knowledge.inherited]) for group in knowledge.out_of_scope]


def _sampled(group: OutOfScope, share: float) -> tuple[str, ...]:
    """Return so large a share of the examples of a group, evenly taken; one at least."""
    texts = group.phrasings or (group.title,)
    if share >= 1:
        return texts
    kept = max(1, round(len(texts) * share))
    return tuple(texts[place * len(texts) // kept] for place in range(kept))


def _of_topic(topic: Topic, config: CorpusConfig) -> Iterator[tuple[str, int]]:
    yield from ((phrasing, GENERAL) for phrasing in topic.phrasings)
    for number, question in enumerate(topic.questions):
        yield from ((ask, number) for ask in question.ask)
    yield topic.title, NO_PHRASING
    if len(topic.all_phrasings) < config.introduced:
        yield f"{topic.title}. {topic.short}", NO_PHRASING
    yield from ((keyword, NO_PHRASING) for keyword in _long_keywords(topic))


def _long_keywords(topic: Topic) -> Iterator[str]:
    yield from (keyword for keyword in topic.keywords if len(keyword) > 1)


def _comparisons(topic: Topic, knowledge: Knowledge) -> Iterator[tuple[str, int]]:
    """Yield comparisons of the sides in respect of a topic, by its names.

    Topics that speak of the sides as a whole have none.
    """
    if not topic.sides or topic.id in knowledge.broad_topics:
        return
    sides = {name.casefold() for side in knowledge.about.sides for name in (side.name, *side.aliases)}
    names = dict.fromkeys((topic.id.replace("-", " "), *topic.keywords))
    subjects = [name for name in names if not any(side in name.casefold() for side in sides)]
    for subject in subjects[: DEFAULT.limits.framed]:
        yield from ((frame.replace("{}", subject), NO_PHRASING) for frame in knowledge.vocabulary.frames)


def learn(
    knowledge: Knowledge, encoder: SentenceEncoder | None = None, config: MatcherConfig = DEFAULT
) -> TrainedModel:
    """Return what the texts of a knowledge base teach.

    Args:
        knowledge: the knowledge base.
        encoder: makes the vectors of its phrasings; without one, messages are read by their words alone.
        config: the matcher's numbers.

    Raises:
        EncoderError: the encoder cannot be used.
    """
    # more threads take several times the processor time for the same small products
    with threadpool_limits(limits=1, user_api="blas"):
        return _learned(knowledge, encoder, config)


def _learned(knowledge: Knowledge, encoder: SentenceEncoder | None, config: MatcherConfig) -> TrainedModel:
    lexicon = Lexicon(knowledge, config.spelling)
    examples = read_examples(knowledge, lexicon, encoder, config)
    fitted, words = examples.fitted, lexicon.known()
    wordings = _wordings(examples, config)
    trained, centroids = _trained(fitted, examples.labels, config.classifier)
    sides = learn_side_scores(examples.labels, fitted.groups, examples.signatures, config.side_prior)
    asked, shapes = learn_texts(examples.texts, examples.labels), _shapes(examples, config)
    index = index_questions(knowledge, lexicon, config.question_index)
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
        phrasing_starts=wordings.rows.starts,
        phrasing_columns=wordings.rows.columns,
        phrasing_values=wordings.rows.values,
        phrasing_topics=wordings.topics,
        phrasing_questions=wordings.questions,
        question_weights=wordings.weights,
        fused_question_weights=wordings.fused_weights,
        index_stems=index.stems,
        index_terms=index.terms,
        index_starts=index.starts,
        index_questions=index.questions,
        index_weights=index.weights,
        semantic=wordings.semantic,
        fusion=_fusion(examples, config),
        asked=asked.keys,
        asked_groups=asked.groups,
        common=shapes.common,
        runs=shapes.runs,
        runs_against=shapes.against,
    )


def read_examples(
    knowledge: Knowledge, lexicon: Lexicon, encoder: SentenceEncoder | None, config: MatcherConfig
) -> Examples:
    """Return all texts with what is known of each before anything is fitted."""
    source = gather(knowledge, config.corpus)
    read = lexicon.learn(source.texts)
    kept = read.lengths > 0
    labels, questions = source.labels[kept], source.questions[kept]
    written = [text for text, keep in zip(source.texts, kept, strict=True) if keep]
    texts, stops = read.without_empty(), lexicon.stop_stems(knowledge.vocabulary.stop_words)
    signatures = _signatures(texts, tuple(knowledge.side_names))
    return Examples(
        topics=source.topics,
        texts=texts,
        labels=labels,
        real=(questions > NO_PHRASING) | (labels >= source.topics),
        signatures=signatures,
        elsewhere=_elsewhere(knowledge, written, signatures),
        fitted=vectorizer.fit(texts, labels, source.topics, stops, config.features),
        vectors=encoder.encode(written) if encoder else None,
        questions=questions,
        written=tuple(written),
    )


class _Wordings(NamedTuple):
    """The phrasings of all topics, and what tells their questions apart."""

    rows: Sparse
    topics: Ints
    questions: Ints
    weights: Floats
    fused_weights: Floats
    semantic: SemanticClassifier | None


def _wordings(examples: Examples, config: MatcherConfig) -> _Wordings:
    fitted, labels, questions = examples.fitted, examples.labels, examples.questions
    asks = np.flatnonzero(questions > NO_PHRASING)
    rows = fitted.rows.taken(asks)
    semantic = None
    if examples.vectors is not None:
        semantic = SemanticClassifier.fit(
            examples.vectors,
            labels,
            fitted.groups,
            questions=questions,
            phrasings=examples.real,
            config=config.semantic,
        )
    weights, fused = fit_questions(rows, labels[asks], questions[asks], semantic, config.questions)
    return _Wordings(rows, labels[asks], questions[asks], weights, fused, semantic)


def _shapes(examples: Examples, config: MatcherConfig) -> FunctionWordWeights:
    """Return what the form of a message says for or against an answer."""
    outside = examples.labels >= examples.topics
    spread, groups = examples.fitted.spread(), examples.fitted.groups
    return learn_function_words(examples.texts, outside, spread, groups, config.function_words)


def _fusion(examples: Examples, config: MatcherConfig) -> FusionModel:
    """Return how scores are joined; as usual where the knowledge base is too large to be learned several times."""
    fitted = examples.fitted
    if not examples.real.any() or fitted.size * fitted.groups > config.classifier.largest:
        return FusionModel(examples.topics)
    candidates, labels = held_out(examples, config, config.calibration.scored)
    return fit_fusion(candidates, labels, examples.topics, vectors=examples.vectors is not None)


def _elsewhere(knowledge: Knowledge, texts: Sequence[str], signatures: Sequence[str]) -> NDArray[np.bool_]:
    """Return which texts name other products and no side."""
    signs = OutOfScopeSigns(knowledge)
    named = [bool(signs.products(plain(text))) for text in texts]
    return np.array([other and not sides for other, sides in zip(named, signatures, strict=True)], bool)


def _trained(fitted: FittedFeatures, labels: Ints, config: ClassifierConfig) -> tuple[Trained, Sparse]:
    """Return trained weights, or the groups' centroids where there are too many for that; the other one is empty."""
    if fitted.size * fitted.groups <= config.largest:
        trained = classifier.train(fitted.rows, labels, fitted.size, fitted.groups, config)
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
