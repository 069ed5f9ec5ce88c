"""Answers: what everybody sees first, and the rest for whoever asks for more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from adapters.conversations import texts
from adapters.discord.markup import line, link, prose
from adapters.discord.render import buttons
from adapters.discord.render.context import RenderContext
from adapters.discord.render.layout import Accent, Box, Button, Line, Payload, Rank, button, message, rows
from bot import actions
from bot.replies import Answer, Answers, CorrectionLine, SourceLine

LONGEST = 300
"""Characters of one source, its address included."""
PARAGRAPH = 900
"""Characters of one paragraph."""
TITLE = 200


def answer(said: Answer, context: RenderContext) -> Payload:
    """Return the lead of an answer, and one row of buttons."""
    if said.meta:
        return _small_talk(said, context)
    others = [button(texts.meant(c.title), actions.ShowTopic(c.topic, context.ref)) for c in texts.alternatives(said)]
    guide = [buttons.choosing()] if said.offers_guide else []
    closing = buttons.closing(context, said.topic, _sharing(said))
    views = [button(texts.MORE, _more(said)), *_sides(said), *guide, *closing]
    return message([Box([list(_lead(said))])], [*rows(others), *rows(views)], note=context.note)


def details(said: Answer, context: RenderContext) -> Payload:
    """Return everything that an answer says below its lead, for one reader."""
    box = Box([list(_whole(said)), list(_corrections(said)), list(_all_sources(said.sources, said.checked))])
    guide = [buttons.choosing()] if said.offers_guide else []
    share = _sharing(said) if context.note else None  # what stands in public already is not shared once more
    views = [*_sides(said), *guide, *buttons.closing(context, said.topic, share)]
    related = buttons.topics("related", "Read next", texts.related(said))
    return message([box], [*rows(views), *related], note=context.note)


def answers(said: Answers, context: RenderContext) -> Payload:
    """Return several answers in one message, a box and a row each."""
    boxes = [Box([list(_lead(part))]) for part in said.parts]
    each = [row for part in said.parts for row in rows([_alone(part), *buttons.rating(context, part.topic)])]
    share = actions.sharing((part.topic, part.side) for part in said.parts)
    return message(boxes, [*each, *rows(buttons.closing(context, share=share))], note=context.note)


def _small_talk(said: Answer, context: RenderContext) -> Payload:
    box = Box([[Line(prose(said.lead.text, PARAGRAPH))]], Accent.QUIET)
    guide = [buttons.choosing()] if said.offers_guide else []
    related = [button(each.title, actions.ShowTopic(each.topic)) for each in said.related]
    return message([box], rows([*guide, *related, *buttons.closing(context)]), note=context.note)


def _lead(said: Answer) -> Iterator[Line]:
    yield Line(f"-# {line(said.title, TITLE)}")
    if said.lead.text:
        yield Line(prose(said.lead.text, PARAGRAPH))
    for passage in said.lead.passages:
        yield Line(f"**{line(passage.name, TITLE)}**: {prose(passage.text, PARAGRAPH)}", Rank.SIDE)
    if said.lead.correction:
        yield Line(_correction(said.lead.correction), Rank.CORRECTION)
    if said.sources:
        yield Line(_first_source(said.sources, said.checked), Rank.SOURCE)
    if texts.doubt(said):
        yield Line(f"-# {texts.doubt(said)}")


def _whole(said: Answer) -> Iterator[Line]:
    yield Line(f"### {line(said.title, TITLE)}")
    if said.question and said.lead.text:
        yield Line(f"{prose(said.lead.text, PARAGRAPH)}\n")
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


def cite(source: SourceLine) -> str:
    """Return one source as a link."""
    title = f"{source.name}: {source.section}" if source.section else source.name
    return link(title, source.url, LONGEST)


def _first_source(lines: Sequence[SourceLine], checked: date | None) -> str:
    """Return one source, how many there are besides, and when they were checked, as small print.

    The docs of the subject say more to a reader than the article, of which all else is a check.
    """
    first = next((source for source in lines if not source.from_article), lines[0])
    more = f" and {len(lines) - 1} more" if len(lines) > 1 else ""
    return f"-# {cite(first)}{more}{_when(checked)}"


def _all_sources(lines: Sequence[SourceLine], checked: date | None) -> Iterator[Line]:
    if lines:
        cited = " · ".join(map(cite, lines[: texts.MOST_SOURCES]))
        yield Line(f"-# Sources: {cited}{_when(checked)}", Rank.SOURCE)


def _when(checked: date | None) -> str:
    return f" · checked {checked:%d %b %Y}" if checked else ""


def _sides(said: Answer) -> list[Button]:
    question = said.question or ""
    return [
        button(f"And {p.name}?", actions.ShowSide(said.topic, p.side, question=question)) for p in said.other_sides[:3]
    ]


def _alone(said: Answer) -> Button:
    return button(f"{texts.MORE}: {said.title}", _more(said))


def _more(said: Answer) -> actions.ShowMore:
    return actions.ShowMore(said.topic, said.side or "", said.question or "")


def _sharing(said: Answer) -> actions.ShareTopic:
    return actions.ShareTopic(said.topic, said.side or "", said.question or "")
