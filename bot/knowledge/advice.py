"""What could be better in a knowledge base that is not wrong."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from bot.knowledge.knowledge_base import Knowledge
from bot.knowledge.models import Topic

FEWEST_PHRASINGS = 10
"""With fewer, people who use other words are not understood."""
STALE_AFTER = timedelta(days=400)

_CODE = re.compile(r"`[^`]*`")
_MARKUP = re.compile(r"\*\*|__|</?[a-z]+>|\]\(|^#", re.MULTILINE)


def advice(knowledge: Knowledge, today: date) -> list[str]:
    """Return a sentence for everything that is worth a second look, in the order of the topics."""
    found = [f"{topic.id}: {said}" for topic in knowledge.topics.values() for said in _topic(topic, today)]
    return found + list(_shared_keywords(knowledge)) + list(_uncited(knowledge)) + list(_old_sources(knowledge, today))


def _topic(topic: Topic, today: date) -> Iterator[str]:
    if len(topic.all_phrasings) < FEWEST_PHRASINGS:
        yield f"only {len(topic.all_phrasings)} phrasings; give at least {FEWEST_PHRASINGS}."
    if topic.checked and today - topic.checked > STALE_AFTER:
        yield f"last checked on {topic.checked}; compare it with its sources again."
    if topic.sides and not topic.checked:
        yield "has no `checked` date."
    plain = [" ".join(re.findall(r"\w+", phrasing.casefold())) for phrasing in topic.all_phrasings]
    twice = sorted({p for p in plain if plain.count(p) > 1}) if len(set(plain)) < len(plain) else []
    if twice:
        yield f"these phrasings are there twice: {', '.join(twice)}."
    for prose in (topic.short, topic.choice or "", *topic.sides.values()):
        if _MARKUP.search(_CODE.sub("", prose)):
            yield f"“{prose[:40]}...” holds markup that people would see; only `code` is understood."
        if prose.count("`") % 2:
            yield f"“{prose[:40]}...” has a ` without its partner."


def _shared_keywords(knowledge: Knowledge) -> Iterator[str]:
    owners: dict[str, list[str]] = defaultdict(list)
    for topic in knowledge.topics.values():
        for keyword in topic.keywords:
            owners[keyword.casefold()].append(topic.id)
    for keyword, topics in owners.items():
        if len(topics) > 1:
            yield f"the keyword `{keyword}` points to {' and '.join(topics)}; keep it where it points to one."


def _uncited(knowledge: Knowledge) -> Iterator[str]:
    cited = {c.source for t in knowledge.topics.values() for c in t.sources}
    cited |= {c.source.source for t in knowledge.topics.values() for c in t.corrections}
    if knowledge.guide is not None:
        cited |= set(_grounds(knowledge.guide.model_dump()))
    for source in knowledge.sources:
        if source not in cited:
            yield f"the source `{source}` is cited nowhere."


def _grounds(part: object) -> Iterator[str]:
    """Yield the ids of sources that stand anywhere in a guide."""
    for key, value in part.items() if isinstance(part, dict) else ():
        if key in ("sources", "against"):
            yield from (ground for ground in value if isinstance(ground, str))
        else:
            yield from _grounds(value)
    for item in part if isinstance(part, list | tuple) else ():
        yield from _grounds(item)


def _old_sources(knowledge: Knowledge, today: date) -> Iterator[str]:
    for source in knowledge.sources.values():
        if today - source.checked > STALE_AFTER:
            yield f"the source `{source.id}` was last checked on {source.checked}."
