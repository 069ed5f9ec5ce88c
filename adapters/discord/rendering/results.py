"""The end of the guided choice: the recommendation, why, what speaks against it, and what would change it."""

from __future__ import annotations

from collections.abc import Iterator

from adapters.conversations import wording
from adapters.discord.frames import Frame
from adapters.discord.markdown import line, link, prose
from adapters.discord.rendering import controls
from adapters.discord.rendering.components import Component, Style, button, row, rows
from adapters.discord.rendering.layout import Accent, Box, Line, Payload, Rank, message
from adapters.discord.rendering.sources import cite
from bot import presses
from bot.replies import Chip, Flip, Reason, Recommendation

PARAGRAPH = 600
CELL = 150
ADD, ON = "\N{HEAVY PLUS SIGN}", "\N{WHITE HEAVY CHECK MARK}"


def recommendation(result: Recommendation, frame: Frame) -> Payload:
    """Return a result with everything that explains it."""
    sections = [
        list(_verdict(result, frame)),
        list(_reasons(result)),
        list(_changes(result)),
        list(_next(result)),
    ]
    return message([Box(sections, Accent.RESULT)], _buttons(result, frame))


def _verdict(result: Recommendation, frame: Frame) -> Iterator[Line]:
    if frame.note:
        yield Line(f"-# {frame.note}")
    if result.notice:
        yield Line(f"*{line(result.notice, PARAGRAPH)}*")
    yield Line(f"### {line(result.headline, 2 * PARAGRAPH)}")
    yield Line(f"-# {wording.STRENGTHS[result.strength]}")
    if result.names:
        yield Line(f"**{wording.LOOK_AT}** {line(', '.join(result.names), PARAGRAPH)}", Rank.SIDE)


def _reasons(result: Recommendation) -> Iterator[Line]:
    if result.reasons:
        yield Line(f"**{wording.WHY}**", Rank.SIDE)
    for reason in result.reasons:
        yield Line(f"✅ {_reason(reason)}", Rank.SIDE)
    if result.against:
        yield Line(f"⚖️ **{wording.AGAINST}** — {_reason(result.against)}", Rank.SIDE)


def _reason(reason: Reason) -> str:
    because = f" *You said: {line(reason.because, CELL)}.*" if reason.because else ""
    cited = f" ({cite(reason.sources[0])})" if reason.sources else ""
    return f"{line(reason.text, PARAGRAPH)}{because}{cited}"


def _changes(result: Recommendation) -> Iterator[Line]:
    yield Line(f"**{wording.WHAT_WOULD_CHANGE}**", Rank.SOURCE)
    if not result.flips:
        yield Line(line(result.flip_text, PARAGRAPH), Rank.SOURCE)
    for flip in result.flips[: wording.MOST_FLIPS]:
        yield Line(_flip(flip), Rank.CORRECTION)
    for points in wording.open_points(result.open_points):
        yield Line(f"❔ {line(points, PARAGRAPH)}", Rank.EXTRA)


def _flip(flip: Flip) -> str:
    asked, label = line(flip.ask, CELL), line(flip.label, CELL)
    return f"↔️ {asked} **{label}** → {line(flip.result_name, CELL)}"


def _next(result: Recommendation) -> Iterator[Line]:
    if result.first_step:
        step = result.first_step
        where = f" {link('Open it', step.url, 400)}" if step.url else ""
        yield Line(f"**{wording.FIRST_STEP}** — {prose(step.text, PARAGRAPH)}{where}", Rank.SIDE)
    for note in result.notes:
        yield Line(f"📌 {line(note, PARAGRAPH)}", Rank.EXTRA)
    if result.code:
        yield Line(f"-# Result code `{result.code.replace('`', '')}`: paste it to me to open this again.")


def _buttons(result: Recommendation, frame: Frame) -> list[Component]:
    token = result.token
    if frame.note:
        return [row([controls.choosing(wording.FOR_MY_PROJECT)]), *controls.closing(frame, "guide")]
    chips = [_chip(token, each) for each in result.chips]
    ways = row(
        [
            button(wording.START_AGAIN, presses.GuideRestart(token), emoji="🔄"),
            button(wording.DECISION_RECORD, presses.SaveRecord(token), emoji="📄"),
        ]
    )
    share = presses.ShareResult(token)
    return [*rows(chips), *controls.changing(token, result.given), ways, *controls.closing(frame, "guide", share)]


def _chip(token: str, chip: Chip) -> Component:
    style, sign = (Style.SUCCESS, ON) if chip.on else (Style.SECONDARY, ADD)
    return button(chip.label, presses.GuideChip(token, chip.chip), style, sign)
