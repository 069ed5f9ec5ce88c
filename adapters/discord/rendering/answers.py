"""Answers: the point first, then the sides, what differs from the article, and the sources."""

from __future__ import annotations

from collections.abc import Iterator

from adapters.conversations import wording
from adapters.discord.frames import Frame
from adapters.discord.markdown import line, prose
from adapters.discord.rendering import controls
from adapters.discord.rendering.components import Component, button, row, rows
from adapters.discord.rendering.layout import Accent, Box, Line, Payload, Rank, message
from adapters.discord.rendering.sources import cite, sources
from bot import presses
from bot.replies import Answer, Answers, CorrectionLine

PARAGRAPH = 900
"""Characters of one paragraph."""
TITLE = 200


def answer(said: Answer, frame: Frame) -> Payload:
    """Return one answer with everything that can be done next."""
    if said.meta:
        return _small_talk(said, frame)
    others = [button(wording.meant(c.title), presses.ShowTopic(c.topic, frame.ref)) for c in wording.alternatives(said)]
    buttons = [*_sides(said), *([controls.choosing()] if said.offers_guide else [])]
    related = controls.topics("related", "Read next", wording.related(said))
    share = presses.ShareTopic(said.topic, said.side or "")
    return message(
        [_box(said, frame.note)], [*rows(others), *rows(buttons), *related, *controls.closing(frame, said.topic, share)]
    )


def answers(said: Answers, frame: Frame) -> Payload:
    """Return several answers in one message, a box and a row each."""
    boxes = [_box(wording.brief(part), "" if number else frame.note) for number, part in enumerate(said.parts)]
    rows = [row([_alone(part), *controls.rating(frame, part.topic)]) for part in said.parts]
    share = presses.sharing((part.topic, part.side) for part in said.parts)
    return message(boxes, [*rows, *controls.closing(frame, share=share)])


def _small_talk(said: Answer, frame: Frame) -> Payload:
    box = Box([[Line(prose(said.short, PARAGRAPH))]], Accent.QUIET)
    guide = [row([controls.choosing()])] if said.offers_guide else []
    related = rows([button(each.title, presses.ShowTopic(each.topic)) for each in said.related])
    return message([box], [*guide, *related, *controls.closing(frame)])


def _box(said: Answer, note: str) -> Box:
    return Box([list(_point(said, note)), list(_corrections(said)), list(_sources(said))])


def _point(said: Answer, note: str) -> Iterator[Line]:
    if note:
        yield Line(f"-# {note}")
    yield Line(f"### {line(said.title, TITLE)}")
    if wording.doubt(said):
        yield Line(f"-# {wording.doubt(said)}")
    yield Line(prose(said.short, PARAGRAPH))
    for passage in said.passages:
        yield Line(f"\n**{line(passage.name, TITLE)}** — {prose(passage.text, PARAGRAPH)}", Rank.SIDE)
    if said.choice:
        yield Line(f"\n**{wording.IF_CHOOSING}** — {prose(said.choice, PARAGRAPH)}", Rank.EXTRA)


def _corrections(said: Answer) -> Iterator[Line]:
    for correction in said.corrections:
        yield Line(_correction(correction), Rank.CORRECTION)


def _correction(differs: CorrectionLine) -> str:
    says = line(differs.says.rstrip("."), PARAGRAPH // 2)
    holds = line(differs.holds, PARAGRAPH // 2)
    verdict = line(wording.verdict(differs), TITLE)
    return f"⚠️ **{wording.ARTICLE_SAYS}:** {says}. **{verdict}** {holds} ({cite(differs.source)})"


def _sources(said: Answer) -> Iterator[Line]:
    for each in sources(said.sources, said.checked):
        yield Line(each, Rank.SOURCE)


def _sides(said: Answer) -> list[Component]:
    """Return what opens the other sides in place."""
    others = [button(f"And {p.name}?", presses.ShowSide(said.topic, p.side)) for p in said.other_sides[:3]]
    both = [button(wording.SIDE_BY_SIDE, presses.ShowSide(said.topic, "both"))] if others and said.passages else []
    return [*others, *both]


def _alone(said: Answer) -> Component:
    return button(f"More: {said.title}", presses.ShowTopic(said.topic))
