"""Sources of the guide as a reader sees them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.knowledge import GuideSpec, Knowledge
from bot.replies import SourceLine


@dataclass(frozen=True)
class Sourcing:
    """Looks sources up in the guide and in its knowledge base."""

    spec: GuideSpec
    knowledge: Knowledge

    def lines(self, ids: Iterable[str]) -> tuple[SourceLine, ...]:
        """Return the sources with these ids, in order; unknown ones are left out."""
        own = {source.id: source for source in self.spec.sources}
        found = [own.get(key) or self.knowledge.sources.get(key) for key in ids]
        return tuple(
            SourceLine(source.title, source.kind, None, str(source.url) if source.url else None, source.checked)
            for source in found
            if source
        )

    def pair(self, ids: tuple[str, ...]) -> tuple[tuple[SourceLine, ...], bool]:
        """Return the sources, and whether the article is one of them."""
        return self.lines(ids), self.knowledge.about.article in ids
