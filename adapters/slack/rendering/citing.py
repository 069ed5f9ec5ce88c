"""Where something comes from, as small print."""

from __future__ import annotations

from collections.abc import Iterator

from adapters.conversations.wording import MOST_SOURCES
from adapters.slack.blocks import Block, context
from adapters.slack.mrkdwn import escape, link
from bot.replies import SourceLine


def cited(sources: tuple[SourceLine, ...]) -> Iterator[Block]:
    """Yield the sources of an answer, each once with all its sections, and when they were last checked."""
    sections: dict[tuple[str, str | None], list[str]] = {}
    for line in sources:
        sections.setdefault((_title(line), line.url), []).append(line.section or "")
    if sections:
        shown = "  ·  ".join(
            _joined(title, url, named) for (title, url), named in list(sections.items())[:MOST_SOURCES]
        )
        yield context(f"Sources: {shown}", _checked(sources))


def source(line: SourceLine) -> str:
    """Return one source: what it is, and where in it."""
    return _joined(_title(line), line.url, [line.section or ""])


def _title(line: SourceLine) -> str:
    return f"the article “{line.title}”" if line.from_article else line.title


def _joined(title: str, url: str | None, sections: list[str]) -> str:
    named = ", ".join(filter(None, sections))
    return link(url, title) + (f" ({escape(named)})" if named else "")


def _checked(sources: tuple[SourceLine, ...]) -> str:
    dates = [line.checked for line in sources if line.checked]
    return f"Checked {min(dates):%Y-%m-%d}" if dates else ""
