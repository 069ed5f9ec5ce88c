"""Where an answer comes from, in small print."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from adapters.conversations.wording import MOST_SOURCES
from adapters.discord.markdown import line, link
from bot.replies import SourceLine

LONGEST = 300
"""Characters of one source, its address included."""


def sources(lines: Sequence[SourceLine], checked: date | None) -> list[str]:
    """Return the sources of an answer and when they were checked, in one line of small print."""
    if not lines:
        return []
    when = f" · checked {checked:%d %b %Y}" if checked else ""
    return [f"-# Sources: {' · '.join(map(cite, lines[:MOST_SOURCES]))}{when}"]


def cite(source: SourceLine) -> str:
    """Return one source as a link."""
    if source.from_article:
        section = f" — “{line(source.section, LONGEST // 2)}”" if source.section else ""
        return link("the article", source.url, LONGEST) + section
    title = f"{source.title}: {source.section}" if source.section else source.title
    return link(title, source.url, LONGEST)
