"""Answers: the point first, then the sides, what differs from the article, and the sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from adapters.conversations import texts
from adapters.conversations.texts import MOST_SOURCES
from adapters.discord.markup import line, link, prose
from adapters.discord.render import buttons
from adapters.discord.render.components import Component, button, row, rows
from adapters.discord.render.context import RenderContext
from adapters.discord.render.layout import Accent, Box, Line, Payload, Rank, message
from bot import actions
from bot.replies import Answer, Answers, CorrectionLine, SourceLine

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


PARAGRAPH = 900
"""Characters of one paragraph."""
TITLE = 200


def answer(said: Answer, frame: RenderContext) -> Payload:
    """Return one answer with everything that can be done next."""
    if said.meta:
        return _small_talk(said, frame)
    others = [button(texts.meant(c.title), actions.ShowTopic(c.topic, frame.ref)) for c in texts.alternatives(said)]
    views = [*_sides(said), *([buttons.choosing()] if said.offers_guide else [])]
    related = buttons.topics("related", "Read next", texts.related(said))
    share = actions.ShareTopic(said.topic, said.side or "", said.question or "")
    return message(
        [_box(said, frame.note)], [*rows(others), *rows(views), *related, *buttons.closing(frame, said.topic, share)]
    )


def answers(said: Answers, frame: RenderContext) -> Payload:
    """Return several answers in one message, a box and a row each."""
    boxes = [_box(part, "" if number else frame.note) for number, part in enumerate(said.parts)]
    rows = [row([_alone(part), *buttons.rating(frame, part.topic)]) for part in said.parts]
    share = actions.sharing((part.topic, part.side) for part in said.parts)
    return message(boxes, [*rows, *buttons.closing(frame, share=share)])


def _small_talk(said: Answer, frame: RenderContext) -> Payload:
    box = Box([[Line(prose(said.lead.text, PARAGRAPH))]], Accent.QUIET)
    guide = [row([buttons.choosing()])] if said.offers_guide else []
    related = rows([button(each.title, actions.ShowTopic(each.topic)) for each in said.related])
    return message([box], [*guide, *related, *buttons.closing(frame)])


def details(said: Answer) -> Payload:
    """Return everything that an answer says below its lead."""
    return message([Box([list(_whole(said)), list(_corrections(said)), list(_sources(said))])], [])


def _box(said: Answer, note: str) -> Box:
    return Box([list(_point(said, note))])


def _point(said: Answer, note: str) -> Iterator[Line]:
    if note:
        yield Line(f"-# {note}")
    yield Line(f"### {line(said.title, TITLE)}")
    if said.lead.text:
        yield Line(prose(said.lead.text, PARAGRAPH))
    for passage in said.lead.passages:
        yield Line(f"**{line(passage.name, TITLE)}**: {prose(passage.text, PARAGRAPH)}", Rank.SIDE)
    if said.lead.correction:
        yield Line(_correction(said.lead.correction), Rank.CORRECTION)
    if texts.doubt(said):
        yield Line(f"-# {texts.doubt(said)}")


def _whole(said: Answer) -> Iterator[Line]:
    yield Line(f"### {line(said.title, TITLE)}")
    yield Line(prose(said.short, PARAGRAPH))
    for passage in (*said.passages, *said.other_sides):
        yield Line(f"\n**{line(passage.name, TITLE)}**: {prose(passage.text, PARAGRAPH)}", Rank.SIDE)
    if said.choice:
        yield Line(f"\n**{texts.IF_CHOOSING}**: {prose(said.choice, PARAGRAPH)}", Rank.EXTRA)


def _corrections(said: Answer) -> Iterator[Line]:
    for correction in said.corrections:
        yield Line(_correction(correction), Rank.CORRECTION)


def _correction(differs: CorrectionLine) -> str:
    says = line(differs.says.rstrip("."), PARAGRAPH // 2)
    holds = line(differs.holds, PARAGRAPH // 2)
    verdict = line(texts.verdict(differs), TITLE)
    return f"⚠️ **{texts.ARTICLE_SAYS}:** {says}. **{verdict}** {holds} ({cite(differs.source)})"


def _sources(said: Answer) -> Iterator[Line]:
    for each in sources(said.sources, said.checked):
        yield Line(each, Rank.SOURCE)


def _sides(said: Answer) -> list[Component]:
    """Return what opens the rest, and the other sides."""
    question = said.question or ""
    others = [
        button(f"And {p.name}?", actions.ShowSide(said.topic, p.side, question=question)) for p in said.other_sides[:3]
    ]
    return [button(texts.MORE, _more(said)), *others]


def _alone(said: Answer) -> Component:
    return button(f"More: {said.title}", _more(said))


def _more(said: Answer) -> actions.ShowMore:
    return actions.ShowMore(said.topic, said.side or "", said.question or "")
