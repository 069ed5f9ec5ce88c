"""The end of the guided choice: the recommendation, why, what speaks against it, and what would change it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from adapters.conversations import texts
from adapters.discord import limits
from adapters.discord.markup import clip, line, link, prose
from adapters.discord.render import buttons
from adapters.discord.render.answers import cite
from adapters.discord.render.components import Component, Style, button, file, row, rows
from adapters.discord.render.context import RenderContext
from adapters.discord.render.layout import Accent, Attachment, Box, Line, Payload, Rank, message
from bot import actions
from bot.replies import Circumstance, DecisionRecord, Flip, Reason, Recommendation

PARAGRAPH = 600
CELL = 150
ADD, ON = "\N{HEAVY PLUS SIGN}", "\N{WHITE HEAVY CHECK MARK}"


def recommendation(result: Recommendation, frame: RenderContext) -> Payload:
    """Return a result with everything that explains it."""
    sections = [
        list(_verdict(result, frame)),
        list(_reasons(result)),
        list(_changes(result)),
        list(_next(result)),
    ]
    return message([Box(sections, Accent.RESULT)], _buttons(result, frame))


def _verdict(result: Recommendation, frame: RenderContext) -> Iterator[Line]:
    if frame.note:
        yield Line(f"-# {frame.note}")
    if result.notice:
        yield Line(f"*{line(result.notice, PARAGRAPH)}*")
    yield Line(f"### {line(result.headline, 2 * PARAGRAPH)}")
    yield Line(f"-# {texts.STRENGTHS[result.strength]}")
    if result.names:
        yield Line(f"**{texts.LOOK_AT}** {line(', '.join(result.names), PARAGRAPH)}", Rank.SIDE)


def _reasons(result: Recommendation) -> Iterator[Line]:
    if result.reasons:
        yield Line(f"**{texts.WHY}**", Rank.SIDE)
    for reason in result.reasons:
        yield Line(f"✅ {_reason(reason)}", Rank.SIDE)
    if result.against:
        yield Line(f"⚖️ **{texts.AGAINST}** — {_reason(result.against)}", Rank.SIDE)


def _reason(reason: Reason) -> str:
    because = f" *You said: {line(reason.because, CELL)}.*" if reason.because else ""
    cited = f" ({cite(reason.sources[0])})" if reason.sources else ""
    return f"{line(reason.text, PARAGRAPH)}{because}{cited}"


def _changes(result: Recommendation) -> Iterator[Line]:
    yield Line(f"**{texts.WHAT_WOULD_CHANGE}**", Rank.SOURCE)
    if not result.flips:
        yield Line(line(result.flip_text, PARAGRAPH), Rank.SOURCE)
    for flip in result.flips[: texts.MOST_FLIPS]:
        yield Line(_flip(flip), Rank.CORRECTION)
    for points in texts.open_points(result.open_points):
        yield Line(f"❔ {line(points, PARAGRAPH)}", Rank.EXTRA)


def _flip(flip: Flip) -> str:
    asked, label = line(flip.ask, CELL), line(flip.label, CELL)
    return f"↔️ {asked} **{label}** → {line(flip.result_name, CELL)}"


def _next(result: Recommendation) -> Iterator[Line]:
    if result.first_step:
        step = result.first_step
        where = f" {link('Open it', step.url, 400)}" if step.url else ""
        yield Line(f"**{texts.FIRST_STEP}** — {prose(step.text, PARAGRAPH)}{where}", Rank.SIDE)
    for note in result.notes:
        yield Line(f"📌 {line(note, PARAGRAPH)}", Rank.EXTRA)
    if result.code:
        yield Line(f"-# Result code `{result.code.replace('`', '')}`: paste it to me to open this again.")


def _buttons(result: Recommendation, frame: RenderContext) -> list[Component]:
    token = result.token
    if frame.note:
        return [row([buttons.choosing(texts.FOR_MY_PROJECT)]), *buttons.closing(frame, "guide")]
    chips = [_chip(token, each) for each in result.chips]
    ways = row(
        [
            button(texts.START_AGAIN, actions.GuideRestart(token), emoji="🔄"),
            button(texts.DECISION_RECORD, actions.SaveRecord(token), emoji="📄"),
        ]
    )
    share = actions.ShareResult(token)
    return [*rows(chips), *buttons.changing(token, result.given), ways, *buttons.closing(frame, "guide", share)]


def _chip(token: str, chip: Circumstance) -> Component:
    style, sign = (Style.SUCCESS, ON) if chip.on else (Style.SECONDARY, ADD)
    return button(chip.label, actions.GuideCircumstance(token, chip.chip), style, sign)


PLAIN = 3_500
"""Characters of a record that is written out where files are not allowed."""
LEAD = "Here is your decision record. It is Markdown: put it beside your code, or paste it into your wiki."


def record(said: DecisionRecord, frame: RenderContext) -> Payload:
    """Return the record as an attachment."""
    attachment = attached(said)
    rows = buttons.closing(frame)
    payload = message([Box([[Line(LEAD)]], Accent.RESULT)], [file(attachment.name), *rows], attachment)
    written = said.markdown.replace("```", "'''")
    plain = message([Box([[Line(LEAD)], [Line(f"```md\n{clip(written, PLAIN)}\n```")]], Accent.RESULT)], rows)
    return replace(payload, plain=plain.components)


def attached(said: DecisionRecord) -> Attachment:
    """Return the file, under a name that Discord leaves as it is."""
    stem = re.sub(r"[^A-Za-z0-9_-]+", "-", said.filename.removesuffix(".md")).strip("-") or "decision"
    content = said.markdown.encode()[: limits.FILE_BYTES]
    return Attachment(f"{stem[: limits.FILE_NAME - 3]}.md", content)
