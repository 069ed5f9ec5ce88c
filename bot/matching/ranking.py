"""From the words of a message to the topics that it may be about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from rapidfuzz import fuzz

from bot.knowledge import Knowledge
from bot.matching.arrays import Floats
from bot.matching.classifier import ExactMatch, Scorer
from bot.matching.config import DEFAULT, MatcherConfig
from bot.matching.fusion import Candidates, Decision, Judgement, candidate_groups
from bot.matching.interpretation import NearPhrasing, Ranked
from bot.matching.lexicon import MARK, MARK_BOTH, Lexicon, Token
from bot.matching.message import plain
from bot.matching.model import TrainedModel
from bot.matching.out_of_scope import FunctionWordScorer, FunctionWordWeights, OutOfScopeSigns
from bot.matching.semantic import SemanticReader
from bot.matching.sides import mentioned, signature
from bot.matching.vectorizer import Query


class Ranking(NamedTuple):
    """The topics that a message may be about, best first, and the out-of-scope group that fits it better, if any."""

    ranked: tuple[Ranked, ...]
    outside: str | None = None
    explained: float = 0.0
    """Share of the message that the best topic's own texts have words for."""
    vector: Floats | None = None
    """The message as a sentence vector, where the words were not sure."""
    linked: frozenset[str] | None = None
    """Those of the topics that share a word of the subject with the message, or have a phrasing of the same meaning:
    no other is offered. None where all may be."""
    harder: float = 0.0
    """What is added to the confidence from which it is answered."""

    @property
    def offered(self) -> tuple[Ranked, ...]:
        """The topics that may be offered."""
        return self.ranked if self.linked is None else tuple(one for one in self.ranked if one.topic in self.linked)

    @property
    def best(self) -> float:
        """Confidence of the best topic."""
        return self.ranked[0].confidence if self.ranked else 0.0


class _Scored(NamedTuple):
    """A message with what its words say."""

    query: Query
    linear: Floats
    """The log-odds of each group."""
    against: float
    elsewhere: bool


class Ranker:
    """A trained scorer with the words that go with it."""

    def __init__(
        self,
        knowledge: Knowledge,
        lexicon: Lexicon,
        model: TrainedModel,
        semantic: SemanticReader | None,
        config: MatcherConfig = DEFAULT,
    ) -> None:
        self.config = config
        self._knowledge, self._lexicon = knowledge, lexicon
        self._ids = (*knowledge.topics, *(group.id for group in knowledge.out_of_scope))
        self._topics = len(knowledge.topics)
        self._groups = {topic: group for group, topic in enumerate(knowledge.topics)}
        self._sides = tuple(knowledge.side_names)
        self._meta = knowledge.about.meta_topics
        self.scope = OutOfScopeSigns(knowledge)
        self._stops = lexicon.stop_stems(knowledge.vocabulary.stop_words)
        self._scorer = Scorer(model, config)
        self._semantic, self._fusion = semantic, model.fusion
        self._verbatim = ExactMatch(model.asked, model.asked_groups)
        self._of_side = self._asked_by_side(model)
        self._shape = FunctionWordScorer(model.stems, FunctionWordWeights(model.common, model.runs, model.runs_against))

    def query(self, words: Sequence[Token]) -> Query:
        """Return a message as features."""
        return self._scorer.space.query(words, self._stops)

    def text(self, found: Sequence[str]) -> str:
        """Return the words of a message as the sentence encoder reads them, mended; empty where there is none."""
        return self._lexicon.mended(found, self._semantic.knows) if self._semantic else ""

    def vector(self, found: Sequence[str], after: str = "") -> Floats | None:
        """Return the vector of the words of a message, read after a question if one is given."""
        text = self.text(found)
        return self._semantic.vector(f"{after}? {text}" if after else text) if self._semantic else None

    def mentions(self, words: Sequence[Token]) -> list[str]:
        """Return the sides that these words name, in order."""
        return mentioned((word.side for word in words), self._sides)

    def repeated(self, words: Sequence[Token]) -> str | None:
        """Return the topic or group that has a message word for word among its phrasings."""
        group = self._verbatim.group(words)
        return None if group is None else self._ids[group]

    def rank(
        self,
        words: Sequence[Token],
        text: str = "",
        *,
        side: str | None = None,
        favoured: Mapping[str, float] | None = None,
        products: frozenset[str] = frozenset(),
    ) -> Ranking:
        """Return the topics that a message may be about.

        Args:
            words: the message as the lexicon read it.
            text: the same with its typing errors mended, for the sentence encoder; empty where words have to do.
            side: the side that the conversation is about, for a message that names none.
            favoured: topics that the conversation makes likelier, with what that counts in log-odds.
            products: other products that it names.
        """
        mentions, query = self.mentions(words), self.query(words)
        extra = {self._groups[topic]: value for topic, value in (favoured or {}).items() if topic in self._groups}
        repeated, alone = self._verbatim.group(words), not favoured
        if repeated is not None:
            extra[repeated] = extra.get(repeated, 0.0) + self.config.scoring.repeated
            alone = False
        elsewhere = bool(products) and not mentions and side is None
        linear = self._scorer.scores(query, signature(mentions) or side or "", extra)
        message = _Scored(query, linear, self._shape.against(words), elsewhere)
        judgement, vector = self._sure(message, text, repeated)
        ranked = [Ranked(self._ids[topic], confidence) for topic, confidence in judgement.topics]
        if elsewhere and ranked and not self._is_asked(words, ranked[0].topic, products):
            ranked = [Ranked(one.topic, min(one.confidence, self.config.scoring.other_products)) for one in ranked]
        ranked = (self._without_subject(ranked, words, vector) if alone else ranked)[: self.config.limits.ranked]
        best = np.array([self._groups[one.topic] for one in ranked[:1]], np.int64)
        explained = float(self._scorer.explained(query, best)[0]) if ranked else 0.0
        outside = judgement.outside if any(word.known for word in words) or vector is not None else None
        answers = bool(ranked) and ranked[0].confidence >= self._fusion.answer_from and outside is None
        linked = None if answers else self._linked(words, [self._groups[one.topic] for one in ranked], vector)
        return Ranking(tuple(ranked), None if outside is None else self._ids[outside], explained, vector, linked)

    def _linked(self, words: Sequence[Token], groups: Sequence[int], vector: Floats | None) -> frozenset[str]:
        """Return those of these topics that have to do with the subject of a message."""
        shared = self._scorer.sharing(self._subject(words), groups)
        return frozenset(
            self._ids[group]
            for group, shares in zip(groups, shared, strict=True)
            if shares or self._likeness(vector, self._ids[group]) >= self.config.scoring.offered
        )

    def _sure(self, message: _Scored, text: str, repeated: int | None) -> tuple[Judgement, Floats | None]:
        """Return what a message is about, and its vector where the words alone were not sure."""
        judgement = self._judged(message)
        if repeated is not None:
            return self._repeating(judgement, repeated), None
        unsure = judgement.confidence < self._fusion.sure_from or judgement.outside is not None
        vector = self._semantic.vector(text) if text and self._semantic and unsure else None
        return (judgement if vector is None else self._judged(message, vector)), vector

    def _subject(self, words: Sequence[Token], *, sides: bool = True) -> list[str]:
        """Return the known words of a message that say what it is about."""
        known = (word for word in words if word.known and (sides or not word.side))
        return [word.stem for word in known if word.stem not in self._stops]

    def _of_side_alone(self, ranked: Sequence[Ranked]) -> list[Ranked]:
        """Return the topics of a message that says nothing but a side, unsure where nobody asks for them like that."""
        most = self.config.scoring.side_alone
        capped = [
            one if self._groups[one.topic] in self._of_side else Ranked(one.topic, min(one.confidence, most))
            for one in ranked
        ]
        return sorted(capped, key=lambda one: -one.confidence)

    def _without_subject(self, ranked: list[Ranked], words: Sequence[Token], vector: Floats | None) -> list[Ranked]:
        """Return the topics of a message, unsure where it says nothing of a subject, as "is it tasty?" does.

        They stay where a phrasing means nearly the same; greetings and thanks have no subject either.
        """
        if vector is None and self.mentions(words) and not self._subject(words, sides=False):
            return self._of_side_alone(ranked)
        if self._subject(words, sides=vector is None):
            return ranked
        most = [self._most_without_subject(one.topic, vector) for one in ranked]
        return [Ranked(one.topic, min(one.confidence, cap)) for one, cap in zip(ranked, most, strict=True)]

    def _most_without_subject(self, topic: str, vector: Floats | None) -> float:
        known = topic in self._meta or self._likeness(vector, topic) >= self.config.scoring.same_meaning
        return 1.0 if known else self.config.scoring.side_alone

    def _likeness(self, vector: Floats | None, topic: str) -> float:
        """Return how near a message is in meaning to a phrasing of a topic, 0 to 1."""
        if self._semantic is None or vector is None:
            return 0.0
        return self._semantic.classifier.likeness(vector, self._groups[topic]).cosine

    def _asked_by_side(self, model: TrainedModel) -> frozenset[int]:
        """Return the topics with a phrasing that says nothing but a side."""
        silent = np.array([stem in self._stops or stem in (MARK, MARK_BOTH) for stem in model.stems], bool)
        is_word = model.phrasing_columns < len(model.stems)
        speaks = np.zeros(len(model.phrasing_columns), bool)
        speaks[is_word] = ~silent[model.phrasing_columns[is_word]]
        row = np.repeat(np.arange(len(model.phrasing_topics)), np.diff(model.phrasing_starts))
        said = np.bincount(row, weights=speaks, minlength=len(model.phrasing_topics))
        return frozenset(model.phrasing_topics[said == 0].tolist())

    def _repeating(self, judgement: Judgement, group: int) -> Judgement:
        """Return the judgement of a message that repeats a text of this group: there is nothing to guess."""
        sure, likely = self.config.scoring.repeated_confidence, dict(judgement.topics)
        if group >= self._topics:
            return Judgement(tuple((topic, min(value, 1 - sure)) for topic, value in likely.items()), group)
        first = (group, max(likely.pop(group, 0.0), sure))
        return Judgement((first, *likely.items()), None)

    def nearest(self, words: Sequence[Token], text: str, ranked: Sequence[Ranked]) -> tuple[NearPhrasing, ...]:
        """Return the phrasing most like a message of each of these topics, and of the best out-of-scope groups.

        Args:
            words: the message as the lexicon read it.
            text: the same as the sentence encoder reads it.
            ranked: topics with their confidence.
        """
        scores = self._scorer.scores(self.query(words), signature(self.mentions(words)))
        vector = self._semantic.vector(text) if self._semantic and text else None
        classifier = self._semantic.classifier if self._semantic else None
        meaning = classifier.scores(vector) if classifier and vector is not None else None
        total = scores if meaning is None else scores + meaning
        beyond = sorted(range(self._topics, len(self._ids)), key=lambda group: -total[group])[:1]
        topics = {one.topic: one.confidence for one in ranked}  # one of which two questions are offered stands twice
        near = [*((self._groups[topic], sure) for topic, sure in topics.items()), *((group, None) for group in beyond)]
        stems = {word.stem for word in words}

        def phrased(group: int, confidence: float | None) -> NearPhrasing:
            phrasing, likeness = self._nearest_phrasing(self._ids[group], stems)
            meant = None if meaning is None else round(float(meaning[group]), 2)
            by_words = round(float(scores[group]), 2)
            return NearPhrasing(self._ids[group], phrasing, round(likeness, 3), by_words, meant, confidence)

        return tuple(phrased(*each) for each in near)

    def _nearest_phrasing(self, group: str, stems: set[str]) -> tuple[str, float]:
        """Return the phrasing of a group that shares most of its words with a message, and which share that is."""
        topic = self._knowledge.topics.get(group)
        beyond = next((one.phrasings for one in self._knowledge.out_of_scope if one.id == group), ())
        known = [(each, set(self._lexicon.stems(each))) for each in (topic.all_phrasings if topic else beyond)]
        likeness = [(each, len(own & stems) / max(1, len(own | stems))) for each, own in known]
        return max(likeness, key=lambda pair: pair[1], default=("", 0.0))

    @property
    def thresholds(self) -> tuple[float, float]:
        """The confidences from which topics are answered, and offered."""
        return self._fusion.answer_from, self._fusion.suggest_from

    def decide(self, ranking: Ranking, length: int = 0) -> Decision:
        """Return what to do with a message that was ranked, and has so many words."""
        config, model = self.config.scoring, self._fusion
        second = ranking.ranked[1].confidence if len(ranking.ranked) > 1 else 0.0
        if ranking.harder:
            model = replace(model, answer_from=model.answer_from + ranking.harder)
        elif length >= config.long_from and ranking.best - second >= config.long_lead:
            model = replace(model, answer_from=config.long_answer_from)
        decision = model.decide(ranking.best, outside=ranking.outside is not None)
        return Decision.UNKNOWN if decision is Decision.SUGGEST and not ranking.offered else decision

    def _judged(self, message: _Scored, vector: Floats | None = None) -> Judgement:
        words = message.linear[None]
        semantic = self._semantic.classifier if self._semantic and vector is not None else None
        meaning = semantic.scores(vector)[None] if semantic and vector is not None else None
        groups = candidate_groups(words, meaning, self._topics)
        nothing = np.zeros(groups.shape, np.float32)
        likeness = nothing
        if semantic and vector is not None:
            likeness = np.array([[semantic.likeness(vector, group).cosine for group in groups[0]]], np.float32)
        candidates = Candidates(
            groups=groups,
            words=words[:, groups[0]],
            meaning=nothing if meaning is None else meaning[:, groups[0]],
            likeness=likeness,
            explained=self._scorer.explained(message.query, groups[0])[None],
            against=np.array([message.against], np.float32),
            elsewhere=np.array([message.elsewhere]),
        )
        return self._fusion.judge(candidates, vectors=meaning is not None)

    def _is_asked(self, words: Sequence[Token], topic: str, products: frozenset[str]) -> bool:
        """Return whether a topic is about these products, too, or a phrasing that names one is nearly the message."""
        message, said = " ".join(sorted(word.stem for word in words)), self._knowledge.topics[topic].all_phrasings
        naming = [each for each in said if products & self.scope.products(plain(each))]
        asked = (" ".join(sorted(self._lexicon.stems(each))) for each in naming)
        alike = self.config.scoring.alike
        about = len(naming) >= self.config.scoring.about_product
        return about or any(fuzz.ratio(message, each, score_cutoff=alike) for each in asked)
