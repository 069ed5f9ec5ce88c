"""A whole knowledge base, loaded and checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from bot.knowledge.code_pairs import CodePair
from bot.knowledge.guide_models import GuideSpec
from bot.knowledge.guide_phrases import Package
from bot.knowledge.models import About, OutOfScope, Side, Source, Topic, TopicQuestion, Vocabulary


@dataclass(frozen=True)
class Knowledge:
    """Everything that one knowledge base says. Made by `bot.knowledge.load`; nothing in it changes afterwards."""

    about: About
    sources: Mapping[str, Source]
    topics: Mapping[str, Topic]
    vocabulary: Vocabulary
    out_of_scope: tuple[OutOfScope, ...]
    guide: GuideSpec | None
    fingerprint: str
    """A short hash of all its files: two knowledge bases that differ in a byte differ here."""
    code: Mapping[str, CodePair] = field(default_factory=dict)
    """The tasks that can be shown as code, by id."""
    inherited: frozenset[str] = frozenset()
    """The out-of-scope groups that are shared among knowledge bases, by id."""
    packages: tuple[Package, ...] = ()
    """Packages that say something about a project that depends on them."""

    @cached_property
    def side_names(self) -> Mapping[str, str]:
        """The sides' display names by id, in the order of the comparison."""
        return {side.id: side.name for side in self.about.sides}

    @cached_property
    def broad_topics(self) -> frozenset[str]:
        """The topics about the sides as such, as the overview is, and not about a subject: those of its area."""
        overview = self.topics.get(self.about.overview or "")
        return frozenset(topic.id for topic in self.topics.values() if overview and topic.area == overview.area)

    def code_of(self, topic: str) -> tuple[CodePair, ...]:
        """Return the tasks that belong to this topic, those it is the first topic of before the others."""
        pairs = [pair for pair in self.code.values() if topic in pair.topics]
        return tuple(sorted(pairs, key=lambda pair: pair.topics.index(topic)))

    def shown_by(self, topic: str, question: TopicQuestion | None = None) -> CodePair | None:
        """Return the task that shows a question of a topic; without a question, the first closest to the topic."""
        if question:
            return self.code.get(question.code or "")
        return next((pair for pair in self.code_of(topic) if pair.topics[0] == topic), None)

    def code_after(self, topic: str, question: str) -> CodePair | None:
        """Return the task to show to somebody who was told of this topic, in answer to this question if it is given."""
        known = self.topics.get(topic)
        asked = known.question(question) if known else None
        return self.shown_by(topic, asked) or self.shown_by(topic)

    def side(self, side_id: str) -> Side | None:
        """Return the side with this id."""
        return next((side for side in self.about.sides if side.id == side_id), None)
