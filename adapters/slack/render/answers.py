"""Answers: the point first, then the sides, what the article has wrong, where it all comes from, and what to press."""

from __future__ import annotations

from collections.abc import Iterator

from adapters.conversations import texts
from adapters.conversations.texts import MOST_SOURCES
from adapters.slack.markup import bold, escape, link, prose
from adapters.slack.render.blocks import Block, actions, button, context, divider, header, section
from adapters.slack.render.buttons import feedback, manners
from adapters.slack.render.context import RenderContext
from bot.actions import OpenGuide, ShareTopic, ShowMore, ShowSide, ShowTopic, sharing
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


def answer(said: Answer, frame: RenderContext) -> Iterator[Block]:
    """Yield an answer with everything that belongs to it."""
    if not said.meta:
        yield header(said.title)
    yield from _lead(said)
    if texts.doubt(said):
        yield context(texts.doubt(said))
    yield from actions(_otherwise(said, frame))
    yield from actions(_ways_on(said, frame))
    if not said.meta:
        share = ShareTopic(said.topic, said.side or "", said.question or "")
        yield from actions([*feedback(said.topic, frame), *manners(frame, share)])


def details(said: Answer) -> Iterator[Block]:
    """Yield everything that an answer says below its lead."""
    yield header(said.title)
    yield section(prose(said.short))
    yield from (section(_passage(passage)) for passage in (*said.passages, *said.other_sides))
    if said.choice:
        yield section(f"{bold(texts.IF_CHOOSING)}\n{prose(said.choice)}")
    yield from (section(_correction(line)) for line in said.corrections)
    yield from cited(said.sources)


def _lead(said: Answer) -> Iterator[Block]:
    lines = [prose(said.lead.text)] if said.lead.text else []
    lines += [f"{bold(passage.name)}: {prose(passage.text)}" for passage in said.lead.passages]
    yield section("\n".join(lines))
    if said.lead.correction:
        yield section(_correction(said.lead.correction))


def answers(said: Answers, frame: RenderContext) -> Iterator[Block]:
    """Yield the answers to the questions of one message, each with a button for the rest of it."""
    for number, part in enumerate(map(texts.brief, said.parts)):
        if number:
            yield divider()
        yield header(part.title)
        yield from _lead(part)
        more = button(f"More: {part.title}", _more(part), f"Everything about {part.title}")
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
    if not said.meta:
        yield button(texts.MORE, _more(said), f"Everything about {said.title}")
    for side in said.other_sides:
        turn = ShowSide(said.topic, side.side, frame.ref, said.question or "")
        yield button(f"And {side.name}?", turn, f"Show what holds for {side.name}")
    for related in texts.related(said):
        yield button(related.title, ShowTopic(related.topic), f"Answer about {related.title}")


def _more(said: Answer) -> ShowMore:
    return ShowMore(said.topic, said.side or "", said.question or "")
