"""Reads a message that asks several things, each by itself."""

from __future__ import annotations

from collections.abc import Callable

from bot.context import Context
from bot.knowledge import Knowledge
from bot.matching import continuation
from bot.matching.config import MatcherConfig
from bot.matching.fusion import Decision
from bot.matching.interpretation import Interpretation
from bot.matching.message import Message, divided, paired, sentences, words
from bot.matching.sides import BOTH, named


class PartReader:
    """Takes a message apart where it asks about different topics."""

    def __init__(
        self,
        knowledge: Knowledge,
        single: Callable[[Message, Context], Interpretation],
        sides_of: Callable[[str], str | None],
        config: MatcherConfig,
    ) -> None:
        """Make one.

        Args:
            knowledge: names the topics that are no part of a message: greeting, thanks, help.
            single: reads a message as one question.
            sides_of: says which side a text names.
            config: its numbers.
        """
        self._meta = knowledge.about.meta_topics
        self._single, self._sides_of, self._config = single, sides_of, config

    def read(self, message: Message, context: Context) -> Interpretation | None:
        """Return the reading of a message whose sentences ask about different topics; None for any other.

        Where a story is told around them, one of them must be what the message as a whole is about.
        """
        if not divided(message.text):
            return None
        told = sentences(message.text)
        asking = told.asking if 1 < len(told.asking) <= self._config.limits.questions else ()
        readings: list[Interpretation] = []
        for sentence in asking or self._paired(message):
            if not words(sentence):
                return None
            if readings and continuation.only_points(words(sentence)):
                continue
            reading = self._single(Message(sentence), Context() if readings else context)
            best = reading.ranked[0].confidence if reading.ranked else 0.0
            if reading.outcome is Decision.ANSWER and best >= self._config.scoring.certain:
                readings.append(reading)
            elif not told.story:
                return None
        topics = [reading.ranked[0].topic for reading in readings]
        if len(readings) < 2 or len(set(topics)) < len(topics) or not self._meta.isdisjoint(topics):  # noqa: PLR2004 - two parts
            return None
        if asking and told.story:
            readings = self._supported(readings, self._single(message, context))
            if len(readings) < 2:  # noqa: PLR2004 - two parts
                return None
        readings = readings[: self._config.limits.parts]
        sides = [reading.side for reading in readings if reading.side]
        return Interpretation(Decision.ANSWER, named(sides), readings[0].ranked, parts=tuple(readings), tells=True)

    def _supported(self, readings: list[Interpretation], whole: Interpretation) -> list[Interpretation]:
        """Return the questions of a story that the story as a whole speaks for; none if it is about something else."""
        answered = whole.ranked[0].topic if whole.outcome is Decision.ANSWER else None
        if answered not in {one.ranked[0].topic for one in readings}:
            return []
        near = {one.topic for one in whole.ranked if one.confidence >= self._config.scoring.beside}
        return [one for one in readings if one.ranked[0].topic in near]

    def _paired(self, message: Message) -> list[str]:
        """Return the two questions of "pros and cons of it"; of both sides together, that is one comparison."""
        pair = paired(message.text)
        return [] if pair and self._sides_of(message.text) == BOTH else pair
