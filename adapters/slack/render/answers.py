"""Answers: the lead for everybody to read, the rest folded away, and what to press."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from adapters.conversations import texts
from adapters.conversations.texts import MOST_SOURCES
from adapters.slack.markup import bold, escape, italic, link, prose, quote_line
from adapters.slack.render.blocks import Block, actions, button, collapsed, context, divider, header, section, select
from adapters.slack.render.buttons import message_actions, share
from adapters.slack.render.context import RenderContext
from bot.actions import GuideGo, OpenGuide, ShareTopic, ShowMore, ShowSide, ShowTopic, encode, sharing
from bot.replies import Answer, Answers, CorrectionLine, SidePassage, SourceLine

RELATED = "Related topics"


def answer(said: Answer, around: RenderContext) -> Iterator[Block]:
    """Yield an answer with everything that belongs to it."""
    yield from quoted(around)
    yield from _lead(said)
    if texts.doubt(said):
        yield context(texts.doubt(said))
    if said.meta:
        yield from actions(_ways_on(said, around))
        return
    if not around.in_view:
        yield from collapsed(_more_title(said), _below(said))
    shared = ShareTopic(said.topic, said.side or "", said.question or "")
    yield from actions([*_alternatives(said, around), *_ways_on(said, around), *share(around, shared)])
    yield from message_actions(around, said.topic)


def answers(said: Answers, around: RenderContext) -> Iterator[Block]:
    """Yield the answers to the questions of one message, each with the rest of it folded away."""
    yield from quoted(around)
    for number, part in enumerate(said.parts):
        if number:
            yield divider()
        yield section(bold(part.title))
        yield from _lead(part)
        if around.in_view:
            yield from actions([_more(part)])
        else:
            yield from collapsed(_more_title(part, titled=True), _below(texts.brief(part)))
    shared = sharing((part.topic, part.side) for part in said.parts)
    yield from actions(share(around, shared))
    yield from message_actions(around, said.parts[0].topic)


def details(said: Answer) -> Iterator[Block]:
    """Yield everything that an answer says below its lead, with a heading of its own."""
    yield header(said.title)
    yield from _below(said)


def quoted(around: RenderContext) -> Iterator[Block]:
    """Yield the question above a reply whose readers cannot see it otherwise."""
    if around.quotes:
        yield context(quote_line(around.quotes))


def source(line: SourceLine) -> str:
    """Return one source: what it is, and where in it."""
    return _joined(line.name, line.url, [line.section or ""])


def cited(sources: Iterable[SourceLine]) -> Iterator[Block]:
    """Yield the sources, each once with all its sections, and when they were last checked."""
    sections: dict[tuple[str, str | None], list[str]] = {}
    checked = [line.checked for line in sources if line.checked]
    for line in sources:
        sections.setdefault((line.name, line.url), []).append(line.section or "")
    if sections:
        shown = [_joined(title, url, named) for (title, url), named in list(sections.items())[:MOST_SOURCES]]
        yield context(
            f"Sources: {'  ·  '.join(shown)}", f"Checked {min(checked):%d %B %Y}".replace(" 0", " ") if checked else ""
        )


def _lead(said: Answer) -> Iterator[Block]:
    lines = [prose(said.lead.text)] if said.lead.text else []
    lines += [f"•  {bold(passage.name)}: {prose(passage.text)}" for passage in said.lead.passages]
    yield section("\n".join(lines))
    if said.lead.correction:
        yield context(_correction(said.lead.correction))


def _below(said: Answer) -> Iterator[Block]:
    """Yield at most seven blocks: a container takes ten."""
    if said.short and said.short != said.lead.text:
        yield section(prose(said.short))
    passages = (*said.passages, *said.other_sides)
    yield from (section(_passage(passage)) for passage in passages[:3])
    if said.choice:
        yield section(f"{bold(texts.IF_CHOOSING)}\n{prose(said.choice)}")
    if said.corrections:
        yield section("\n".join(map(_correction, said.corrections)))
    yield from cited(said.sources)


def _more_title(said: Answer, *, titled: bool = False) -> str:
    """Return the title of what is folded away, with what a reader finds in it; `titled`: the topic stands above."""
    count = len({(line.title, line.url) for line in said.sources})
    sources = f", {count} source{'s' if count > 1 else ''}" if count else ""
    return texts.MORE + ("" if titled else f" on {said.title}") + sources


def _joined(title: str, url: str | None, sections: list[str]) -> str:
    named = ", ".join(filter(None, sections))
    return link(url, title) + (f" ({escape(named)})" if named else "")


def _passage(passage: SidePassage) -> str:
    return f"{bold(passage.name)}\n{prose(passage.text)}"


def _correction(line: CorrectionLine) -> str:
    says = f"{bold(f'{texts.ARTICLE_SAYS}:')} {prose(line.says)}"
    return f"{says} {italic(texts.verdict(line))} {prose(line.holds)} ({source(line.source)})"


def _alternatives(said: Answer, around: RenderContext) -> Iterator[Block]:
    for other in texts.alternatives(said):
        label = texts.meant(other.title)
        yield button(label, around.carrying(ShowTopic(other.topic, around.ref)), label)


def _ways_on(said: Answer, around: RenderContext) -> Iterator[Block]:
    if said.offers_guide:
        begin = GuideGo(said.guide_token) if said.guide_token else OpenGuide()
        yield button(texts.HELP_ME_CHOOSE, begin, "Start the guide", style="primary")
    if not said.meta and around.in_view:
        yield _more(said)
    for side in said.other_sides:
        turn = ShowSide(said.topic, side.side, around.ref, said.question or "")
        yield button(f"And {side.name}?", around.carrying(turn), f"Show what holds for {side.name}")
    related = texts.related(said)
    yield from select(RELATED, ((topic.title, encode(ShowTopic(topic.topic))) for topic in related))


def _more(said: Answer) -> Block:
    everything = ShowMore(said.topic, said.side or "", said.question or "")
    return button(texts.MORE, everything, f"Everything about {said.title}")
