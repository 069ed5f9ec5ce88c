"""Answers: the point first, then the sides, what differs from the article, and the sources."""

from __future__ import annotations

from collections.abc import Iterator

from adapters.discord.frames import Frame
from adapters.discord.markdown import line, prose
from adapters.discord.rendering import controls
from adapters.discord.rendering.components import Component, button, row, rows
from adapters.discord.rendering.layout import Accent, Box, Line, Payload, Rank, message
from adapters.discord.rendering.sources import cite, sources
from bot import presses
from bot.replies import Answer, Answers, Certainty, CorrectionLine

PARAGRAPH = 900
"""Characters of one paragraph."""
TITLE = 200
UNSURE = "I take this to be about {title}. If it is not, ask again in other words."
NUDGE = {
    "wrong": "That is not so.",
    "outdated": "That has changed since.",
    "misleading": "That is only half of it.",
}


def answer(said: Answer, frame: Frame) -> Payload:
    """Return one answer with everything that can be done next."""
    if said.meta:
        return _small_talk(said, frame)
    buttons = [*_sides(said), *([controls.choosing()] if said.offers_guide else [])]
    related = controls.topics("related", "Read next", said.related)
    share = presses.ShareTopic(said.topic, said.side or "")
    return message([_box(said, frame.note)], [*rows(buttons), *related, *controls.closing(frame, said.topic, share)])


def answers(said: Answers, frame: Frame) -> Payload:
    """Return several answers in one message, a box and a row each."""
    boxes = [_box(part, frame.note if part is said.parts[0] else "") for part in said.parts]
    rows = [row([*_sides(part), _alone(part)]) for part in said.parts]
    return message(boxes, [*rows, *controls.closing(frame, said.parts[0].topic)])


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
    if said.certainty is not Certainty.SURE:
        yield Line(f"-# {line(UNSURE.format(title=said.title), 2 * TITLE)}")
    yield Line(prose(said.short, PARAGRAPH))
    for passage in said.passages:
        yield Line(f"\n**{line(passage.name, TITLE)}** — {prose(passage.text, PARAGRAPH)}", Rank.SIDE)
    if said.choice:
        yield Line(f"\n**If you are choosing** — {prose(said.choice, PARAGRAPH)}", Rank.EXTRA)


def _corrections(said: Answer) -> Iterator[Line]:
    for correction in said.corrections:
        yield Line(_correction(correction), Rank.CORRECTION)


def _correction(differs: CorrectionLine) -> str:
    since = f" (since {line(differs.since, 60)})" if differs.since else ""
    says = line(differs.says.rstrip("."), PARAGRAPH // 2)
    holds = line(differs.holds, PARAGRAPH // 2)
    nudge = NUDGE.get(differs.verdict, "That differs.")
    return f"⚠️ **The article says:** {says}. **{nudge}** {holds}{since} ({cite(differs.source)})"


def _sources(said: Answer) -> Iterator[Line]:
    for each in sources(said.sources, said.checked):
        yield Line(each, Rank.SOURCE)


def _sides(said: Answer) -> list[Component]:
    """Return what opens the other sides in place."""
    others = [button(f"And {p.name}?", presses.ShowSide(said.topic, p.side)) for p in said.other_sides[:3]]
    both = [button("Side by side", presses.ShowSide(said.topic, "both"))] if others and said.passages else []
    return [*others, *both]


def _alone(said: Answer) -> Component:
    return button(f"More: {said.title}", presses.ShowTopic(said.topic))
