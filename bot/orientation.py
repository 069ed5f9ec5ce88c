"""What is said where no question is answered: what can be asked, what may have been meant, that it is not known."""

from __future__ import annotations

from bot.answers import candidates, links
from bot.knowledge.knowledge_base import Knowledge
from bot.matching.config import DEFAULT
from bot.matching.interpretation import Interpretation, Remark
from bot.replies import AreaTopics, Help, NotKnown, Suggestions, TopicLink, TopicList, Unknown

_CONFIG = DEFAULT.replies
NOTHING_TO_READ = "I could not find a question in that. Ask me something, or say `help` to see what I can do."
NOT_FOUND = "I don't know that one. I know about {subject}."
FOREIGN = "I read English only, sorry. Ask me about {title} in English, and I'll do my best."
LOST = "Sorry, that was unclear. Ask me about {title} in other words, or say `help` to see what I can do."
UNDECIDED = "That's fine. Say `help` and I'll show you what you can ask."
UNDECIDED_GUIDED = "That's fine. Say `recommend` and I'll ask you a few questions, or `topics` for what I know."
READY = "All right. Ask me whenever the next question comes up."
NONE_OF_THESE = "Then I don't know, and I have noted it so that it can be added. Other words may help."


class Orientation:
    """Helps people to a question that one knowledge base answers."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge

    def remark(self, reading: Interpretation) -> NotKnown | TopicList:
        """Return the reply to somebody who asked nothing."""
        title = self._knowledge.about.title
        match reading.remark:
            case Remark.TOPICS:
                return self.topics()
            case Remark.NONE_OF_THESE:
                return self.none_of_these()
            case Remark.FOREIGN:
                return NotKnown(Unknown.EMPTY, FOREIGN.format(title=title))
            case Remark.LOST:
                return NotKnown(Unknown.EMPTY, LOST.format(title=title))
            case Remark.UNDECIDED:
                return NotKnown(Unknown.EMPTY, UNDECIDED_GUIDED if self._knowledge.guide else UNDECIDED)
            case Remark.STOP | Remark.NOTED | Remark.PLEASED:
                return NotKnown(Unknown.EMPTY, READY)
            case _:
                return NotKnown(Unknown.EMPTY, NOTHING_TO_READ)

    def suggestions(self, reading: Interpretation) -> Suggestions | NotKnown:
        """Return the three best candidates of a reading; nobody who has to be asked back meant a greeting."""
        about = self._knowledge.about
        small_talk = (about.greeting, about.thanks)
        meant = tuple(r for r in reading.ranked if r.topic not in small_talk and r.confidence >= _CONFIG.near)
        if not meant:
            return self.unknown(reading)
        return Suggestions(candidates(self._knowledge, meant[: _CONFIG.offered]), reading.side)

    def unknown(self, reading: Interpretation) -> NotKnown:
        """Return an honest "I don't know" for a reading that no topic answers."""
        group = next((g for g in self._knowledge.out_of_scope if g.id == reading.out_of_scope), None)
        near = links(self._knowledge, tuple(r.topic for r in reading.ranked[:2] if r.confidence >= _CONFIG.near))
        reason = Unknown.OUT_OF_SCOPE if group else Unknown.NOT_FOUND
        text = group.reply if group else NOT_FOUND.format(subject=self._knowledge.about.subject)
        return NotKnown(reason, text, nearest=near, candidates=candidates(self._knowledge, reading.ranked))

    def none_of_these(self) -> NotKnown:
        """Return the reply to somebody who turned the suggestions down."""
        return NotKnown(Unknown.NONE_OF_THESE, NONE_OF_THESE)

    def help(self) -> Help:
        """Return what the knowledge base says of itself."""
        about = self._knowledge.about
        topic = self._knowledge.topics.get(about.help or "")
        text = topic.short if topic else f"Ask me about {about.subject}."
        return Help(text, about.examples, offers_guide=self._knowledge.guide is not None)

    def topics(self, only: str | None = None) -> TopicList:
        """Return the topics by area; `only` opens one area."""
        opened = (area for area in self._knowledge.about.areas if only in (None, area.id))
        areas = (AreaTopics(area.id, area.title, self._topics_of(area.id)) for area in opened)
        return TopicList(tuple(area for area in areas if area.topics), only)

    def _topics_of(self, area: str) -> tuple[TopicLink, ...]:
        hidden = self._knowledge.about.meta_topics
        topics = (topic for topic in self._knowledge.topics.values() if topic.area == area)
        return links(self._knowledge, (topic.id for topic in topics if topic.id not in hidden))
