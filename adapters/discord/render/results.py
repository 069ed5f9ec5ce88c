"""The end of the guide: the recommendation, why, what speaks against it, and what would change it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from discord import ui

from adapters.conversations import texts
from adapters.discord import limits
from adapters.discord.markup import clip, line, link, prose
from adapters.discord.render import buttons
from adapters.discord.render.answers import cite
from adapters.discord.render.context import RenderContext
from adapters.discord.render.layout import (
    Accent,
    Attachment,
    Box,
    Line,
    Option,
    Payload,
    Rank,
    Row,
    button,
    menu,
    message,
    rows,
)
from bot import actions
from bot.replies import DecisionRecord, Flip, Reason, Recommendation

PARAGRAPH = 600
CELL = 150
MOST_FLIPS = 2
"""Ways to another result that are written out on a screen of a phone's width; the record has all of them."""
CIRCUMSTANCES = "chips"
"""The name of the menu of circumstances, of which any number may be chosen."""
ANYTHING_ELSE = "Anything else true?"


def recommendation(result: Recommendation, context: RenderContext) -> Payload:
    """Return a result with everything that explains it; where it is shared, only the verdict and the reasons."""
    if context.shared:
        sections = [list(_verdict(result)), list(_reasons(result)), list(_code(result))]
        ways = rows([buttons.choosing(texts.FOR_MY_PROJECT), *buttons.closing(context, "guide")])
        return message([Box(sections, Accent.RESULT)], ways, note=context.note)
    sections = [list(_verdict(result)), [*_reasons(result), *_against(result)], list(_changes(result))]
    sections += [[*_next(result), *_code(result)]]
    return message([Box(sections, Accent.RESULT)], _ways(result, context), note=context.note)


def _verdict(result: Recommendation) -> Iterator[Line]:
    if result.notice:
        yield Line(f"*{line(result.notice, PARAGRAPH)}*")
    yield Line(f"### {line(result.headline, 2 * PARAGRAPH)}")
    yield Line(f"-# {texts.STRENGTHS[result.strength]}")
    if result.names:
        yield Line(f"**{texts.LOOK_AT}** {line(', '.join(result.names), PARAGRAPH)}", Rank.SIDE)


def _reasons(result: Recommendation) -> Iterator[Line]:
    for reason in result.reasons:
        yield Line(f"✅ {_reason(reason)}", Rank.SIDE)


def _against(result: Recommendation) -> Iterator[Line]:
    if result.against:
        yield Line(f"⚖️ **{texts.AGAINST}**: {_reason(result.against)}", Rank.SIDE)


def _reason(reason: Reason) -> str:
    because = f" *You said: {line(reason.because, CELL)}.*" if reason.because else ""
    cited = f" ({cite(reason.sources[0])})" if reason.sources else ""
    return f"{line(reason.text, PARAGRAPH)}{because}{cited}"


def _changes(result: Recommendation) -> Iterator[Line]:
    if result.flips:
        yield Line(f"**{texts.WHAT_WOULD_CHANGE}**", Rank.SOURCE)
    elif result.flip_text:
        yield Line(f"-# {line(result.flip_text, PARAGRAPH)}", Rank.SOURCE)
    for flip in result.flips[:MOST_FLIPS]:
        yield Line(_flip(flip), Rank.CORRECTION)
    for points in texts.open_points(point for point in result.open_points if point.could_flip):
        yield Line(f"❔ {line(points, PARAGRAPH)}", Rank.EXTRA)


def _flip(flip: Flip) -> str:
    asked, label = line(flip.ask, CELL), line(flip.label, CELL)
    return f"↔️ {asked} **{label}** → {line(flip.result_name, CELL)}"


def _next(result: Recommendation) -> Iterator[Line]:
    if result.first_step:
        step = result.first_step
        where = f" {link('Open it', step.url, 400)}" if step.url else ""
        yield Line(f"**{texts.FIRST_STEP}**: {prose(step.text, PARAGRAPH)}{where}", Rank.SIDE)
    for note in result.notes:
        yield Line(f"📌 {line(note, PARAGRAPH)}", Rank.EXTRA)


def _code(result: Recommendation) -> Iterator[Line]:
    if result.code:
        yield Line(f"-# Result code `{result.code.replace('`', '')}`: paste it to me to open this again.")


def _ways(result: Recommendation, context: RenderContext) -> list[Row]:
    token = result.token
    circumstances = (Option(c.label, actions.GuideCircumstance(token, c.chip), chosen=c.on) for c in result.chips)
    share, *rating = buttons.closing(context, "guide", actions.ShareResult(token))
    ways = [
        button(texts.DECISION_RECORD, actions.SaveRecord(token), emoji="📄"),
        button(texts.START_AGAIN, actions.GuideRestart(token), emoji="🔄"),
    ]
    first, last = ([share, *ways], rating) if share.label else (ways, [share, *rating])
    return [
        *rows([*first, *last]),
        *menu(CIRCUMSTANCES, ANYTHING_ELSE, circumstances, several=True),
        *buttons.changing(token, result.given),
    ]


PLAIN = 3_500
"""Characters of a record that is written out where files are not allowed."""
LEAD = "Here is your decision record. It is Markdown: put it beside your code, or paste it into your wiki."


def record(said: DecisionRecord, context: RenderContext) -> Payload:
    """Return the record as an attachment."""
    attachment = attached(said)
    file: ui.File[ui.LayoutView] = ui.File(f"attachment://{attachment.name}")
    payload = message([Box([[Line(LEAD)]], Accent.RESULT)], [file, *rows(buttons.closing(context))], attachment)
    written = said.markdown.replace("```", "'''")
    boxes = [Box([[Line(LEAD)], [Line(f"```md\n{clip(written, PLAIN)}\n```")]], Accent.RESULT)]
    return replace(payload, plain=message(boxes, rows(buttons.closing(context))).items)


def attached(said: DecisionRecord) -> Attachment:
    """Return the file, under a name that Discord leaves as it is."""
    stem = re.sub(r"[^A-Za-z0-9_-]+", "-", said.filename.removesuffix(".md")).strip("-") or "decision"
    content = said.markdown.encode()[: limits.FILE_BYTES]
    return Attachment(f"{stem[: limits.FILE_NAME - 3]}.md", content)
