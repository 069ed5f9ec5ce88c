"""Answers: the point first, then the sides, what the article has wrong, where it all comes from, and what to press."""

from __future__ import annotations

from collections.abc import Iterator

from adapters.conversations import texts
from adapters.conversations.texts import MOST_SOURCES
from adapters.slack.markup import bold, escape, link, prose
from adapters.slack.render.blocks import Block, actions, button, context, divider, header, section
from adapters.slack.render.buttons import feedback, manners
from adapters.slack.render.context import RenderContext
from bot.actions import OpenGuide, ShareTopic, ShowSide, ShowTopic, sharing
from bot.replies import Answer, Answers, CorrectionLine, SidePassage, SourceLine


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


BOTH = "both"


def answer(said: Answer, frame: RenderContext) -> Iterator[Block]:
    """Yield an answer with everything that belongs to it."""
    if not said.meta:
        yield header(said.title)
    if texts.doubt(said):
        yield context(texts.doubt(said))
    yield section(prose(said.short))
    yield from (section(_passage(passage)) for passage in said.passages)
    if said.choice:
        yield section(f"{bold(texts.IF_CHOOSING)}\n{prose(said.choice)}")
    yield from (section(_correction(line)) for line in said.corrections)
    yield from cited(said.sources)
    yield from actions(_otherwise(said, frame))
    yield from actions(_ways_on(said, frame))
    if not said.meta:
        yield from actions([*feedback(said.topic, frame), *manners(frame, ShareTopic(said.topic, said.side or ""))])


def answers(said: Answers, frame: RenderContext) -> Iterator[Block]:
    """Yield the answers to the questions of one message, each with a button for the rest of it."""
    for number, part in enumerate(map(texts.brief, said.parts)):
        if number:
            yield divider()
        yield header(part.title)
        yield section(prose(part.short))
        yield from (section(_passage(passage)) for passage in part.passages)
        yield from (section(_correction(line)) for line in part.corrections)
        yield from cited(part.sources)
        more = button(f"More: {part.title}", ShowTopic(part.topic), f"Everything about {part.title}")
        yield from actions([more, *feedback(part.topic, frame)])
    yield from actions(manners(frame, sharing((part.topic, part.side) for part in said.parts)))


def _passage(passage: SidePassage) -> str:
    return f"{bold(passage.name)}\n{prose(passage.text)}"


def _correction(line: CorrectionLine) -> str:
    says = f"⚠️ {bold(f'{texts.ARTICLE_SAYS}:')} {prose(line.says)}"
    return f"{says}\n{bold(texts.verdict(line))} {prose(line.holds)} [{source(line.source)}]"


def _otherwise(said: Answer, frame: RenderContext) -> Iterator[Block]:
    for other in texts.alternatives(said):
        label = texts.meant(other.title)
        yield button(label, ShowTopic(other.topic, frame.ref), label)


def _ways_on(said: Answer, frame: RenderContext) -> Iterator[Block]:
    if said.offers_guide:
        yield button(texts.HELP_ME_CHOOSE, OpenGuide(), "Start the guided choice", style="primary")
    for side in said.other_sides:
        yield button(
            f"And {side.name}?", ShowSide(said.topic, side.side, frame.ref), f"Show what holds for {side.name}"
        )
    if said.other_sides:
        yield button(texts.SIDE_BY_SIDE, ShowSide(said.topic, BOTH, frame.ref), "Show all sides next to each other")
    for related in texts.related(said):
        yield button(related.title, ShowTopic(related.topic), f"Answer about {related.title}")
