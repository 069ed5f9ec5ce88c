"""The guide, in one message that changes in place: questions, a result and what would change it, a team's choice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import discord
from discord import ui

from adapters.conversations import texts
from adapters.discord.markup import clip, line, link, prose
from adapters.discord.render import buttons
from adapters.discord.render.answers import cite
from adapters.discord.render.buttons import Audience, RenderContext
from adapters.discord.render.layout import (
    BUTTON_LABEL,
    Accent,
    Attachment,
    Box,
    Button,
    Line,
    Option,
    Payload,
    Rank,
    Row,
    button,
    menu,
    message,
    rows,
    stacked,
    together,
)
from bot import actions
from bot.replies import (
    DecisionRecord,
    Flip,
    Given,
    GuideQuestion,
    GuideReview,
    Reason,
    Recommendation,
    TeamCard,
    TeamVerdict,
)

PARAGRAPH = 700
CELL = 150
MOST_BUTTONS = 12
"""Choices that are buttons below each other; more go into rows of five."""
RESULT_TEXT = 600
MOST_FLIPS = 2
"""Ways to another result that are written out on a screen of a phone's width; the record has all of them."""
CIRCUMSTANCES = "chips"
"""The name of the menu of circumstances, of which any number may be chosen."""
ANYTHING_ELSE = "Anything else true?"
FILE_BYTES = 10 * 1024 * 1024
"""As much as Discord takes."""
FILE_NAME = 100
"""Our own limit; Discord names none."""
PLAIN = 3_500
"""Characters of a record that is written out where files are not allowed."""
LEAD = "Here is your decision record. It is Markdown: put it beside your code, or paste it into your wiki."
TEAM_TEXT = 400


def question(asked: GuideQuestion, context: RenderContext) -> Payload:
    """Return a question with its choices, how far one is, and the ways back and on."""
    choices = [button(c.label, actions.GuideChoose(asked.token, asked.question, c.option)) for c in asked.choices]
    changing = buttons.change_answer(asked.token, asked.given, restart=True)
    ways = rows([*_ways(asked), *buttons.message_actions(context)])
    box = Box([list(_question(asked))], Accent.GUIDE)
    return message([box], [*_choices(choices), *ways, *changing], note=context.note)


def _question(asked: GuideQuestion) -> Iterator[Line]:
    if asked.notice:
        yield Line(f"*{line(asked.notice, PARAGRAPH)}*")
    yield Line(f"-# Question {asked.number} of about {asked.about}  {texts.progress(asked.number, asked.about)}")
    yield Line(f"### {line(asked.ask, CELL)}")
    if asked.help:
        yield Line(prose(asked.help, PARAGRAPH), Rank.EXTRA)


def _choices(buttons: list[Button]) -> list[Row]:
    return stacked(buttons) if len(buttons) <= MOST_BUTTONS else rows(buttons)


def _ways(asked: GuideQuestion) -> list[Button]:
    back = button(texts.BACK, actions.GuideBack(asked.token), emoji="⬅️")
    finish = button(texts.RESULT_NOW, actions.GuideFinish(asked.token), discord.ButtonStyle.primary)
    return [*([back] if asked.can_go_back else []), *([finish] if asked.can_finish else [])]


def review(shown: GuideReview, context: RenderContext) -> Payload:
    """Return what a description already says, to be confirmed or changed."""
    head = [Line(f"*{line(shown.notice, PARAGRAPH)}*")] if shown.notice else []
    head += [Line(f"**{line(shown.lean, PARAGRAPH)}**")] if shown.lean else []
    lines = [*head, Line(f"**{texts.REVIEW}**"), *map(given, shown.given)]
    go_on = button(texts.YES_GO_ON, actions.GuideGo(shown.token), discord.ButtonStyle.success)
    changing = buttons.change_answer(shown.token, shown.given, restart=True)
    ways = rows([go_on, *buttons.message_actions(context)])
    return message([Box([lines], Accent.GUIDE)], [*ways, *changing], note=context.note)


def interrupted(said: Payload, still_open: GuideQuestion | GuideReview, context: RenderContext) -> Payload:
    """Return a reply with the open question below it; without the reply's buttons where both have no room."""
    below = replace(context, note="", audience=Audience.ASKER)  # one button to delete the message is enough
    shown = question(still_open, below) if isinstance(still_open, GuideQuestion) else review(still_open, below)
    return together(said, shown)


def given(one: Given) -> Line:
    """Return an answer that was given or understood."""
    return Line(f"• {line(one.ask, CELL)} **{line(one.label, BUTTON_LABEL * 2)}**", Rank.SIDE)


def recommendation(result: Recommendation, context: RenderContext) -> Payload:
    """Return a result with everything that explains it; where it is shared, only the verdict and the reasons."""
    if context.shared:
        sections = [list(_verdict(result)), list(_reasons(result)), list(_code(result))]
        ways = rows([buttons.open_guide(texts.FOR_MY_PROJECT), *buttons.message_actions(context, "guide")])
        return message([Box(sections, Accent.RESULT)], ways, note=context.note)
    sections = [list(_verdict(result)), [*_reasons(result), *_against(result)], list(_changes(result))]
    sections += [[*_next(result), *_code(result)]]
    return message([Box(sections, Accent.RESULT)], _result_ways(result, context), note=context.note)


def _verdict(result: Recommendation) -> Iterator[Line]:
    if result.notice:
        yield Line(f"*{line(result.notice, RESULT_TEXT)}*")
    yield Line(f"### {line(result.headline, 2 * RESULT_TEXT)}")
    yield Line(f"-# {texts.STRENGTHS[result.strength]}")
    if result.names:
        yield Line(f"**{texts.LOOK_AT}** {line(', '.join(result.names), RESULT_TEXT)}", Rank.SIDE)


def _reasons(result: Recommendation) -> Iterator[Line]:
    for reason in result.reasons:
        yield Line(f"✅ {_reason(reason)}", Rank.SIDE)


def _against(result: Recommendation) -> Iterator[Line]:
    if result.against:
        yield Line(f"⚖️ **{texts.AGAINST}**: {_reason(result.against)}", Rank.SIDE)


def _reason(reason: Reason) -> str:
    because = f" *You said: {line(reason.because, CELL)}.*" if reason.because else ""
    cited = f" ({cite(reason.sources[0])})" if reason.sources else ""
    return f"{line(reason.text, RESULT_TEXT)}{because}{cited}"


def _changes(result: Recommendation) -> Iterator[Line]:
    if result.flips:
        yield Line(f"**{texts.WHAT_WOULD_CHANGE}**", Rank.SOURCE)
    elif result.flip_text:
        yield Line(f"-# {line(result.flip_text, RESULT_TEXT)}", Rank.SOURCE)
    for flip in result.flips[:MOST_FLIPS]:
        yield Line(_flip(flip), Rank.CORRECTION)
    for points in texts.open_points(point for point in result.open_points if point.could_flip):
        yield Line(f"❔ {line(points, RESULT_TEXT)}", Rank.EXTRA)


def _flip(flip: Flip) -> str:
    asked, label = line(flip.ask, CELL), line(flip.label, CELL)
    return f"↔️ {asked} **{label}** → {line(flip.result_name, CELL)}"


def _next(result: Recommendation) -> Iterator[Line]:
    if result.first_step:
        step = result.first_step
        where = f" {link('Open it', step.url, 400)}" if step.url else ""
        yield Line(f"**{texts.FIRST_STEP}**: {prose(step.text, RESULT_TEXT)}{where}", Rank.SIDE)
    for note in result.notes:
        yield Line(f"📌 {line(note, RESULT_TEXT)}", Rank.EXTRA)


def _code(result: Recommendation) -> Iterator[Line]:
    if result.code:
        yield Line(f"-# Result code `{result.code.replace('`', '')}`: paste it to me to open this again.")


def _result_ways(result: Recommendation, context: RenderContext) -> list[Row]:
    token = result.token
    circumstances = (Option(c.label, actions.GuideCircumstance(token, c.chip), chosen=c.on) for c in result.chips)
    share, *rating = buttons.message_actions(context, "guide", actions.ShareResult(token))
    ways = [
        button(texts.DECISION_RECORD, actions.SaveRecord(token), emoji="📄"),
        button(texts.START_AGAIN, actions.GuideRestart(token), emoji="🔄"),
    ]
    first, last = ([share, *ways], rating) if share.label else (ways, [share, *rating])
    return [
        *rows([*first, *last]),
        *menu(CIRCUMSTANCES, ANYTHING_ELSE, circumstances, several=True),
        *buttons.change_answer(token, result.given),
    ]


def record(said: DecisionRecord, context: RenderContext) -> Payload:
    """Return the record as an attachment."""
    attachment = attached(said)
    file: ui.File[ui.LayoutView] = ui.File(f"attachment://{attachment.name}")
    payload = message([Box([[Line(LEAD)]], Accent.RESULT)], [file, *rows(buttons.message_actions(context))], attachment)
    written = said.markdown.replace("```", "'''")
    boxes = [Box([[Line(LEAD)], [Line(f"```md\n{clip(written, PLAIN)}\n```")]], Accent.RESULT)]
    return replace(payload, plain=message(boxes, rows(buttons.message_actions(context))).items)


def attached(said: DecisionRecord) -> Attachment:
    """Return the file, under a name that Discord leaves as it is."""
    stem = re.sub(r"[^A-Za-z0-9_-]+", "-", said.filename.removesuffix(".md")).strip("-") or "decision"
    content = said.markdown.encode()[:FILE_BYTES]
    return Attachment(f"{stem[: FILE_NAME - 3]}.md", content)


def card(said: TeamCard, context: RenderContext) -> Payload:
    """Return the card on which members begin to answer, and whoever began it reveals the verdict."""
    lines = [Line(f"### {texts.TEAM_TITLE}"), Line(texts.TEAM_HOW), Line(f"-# {texts.team_count(said)}")]
    ways = _team_ways(said.team, texts.TEAM_ANSWER, texts.TEAM_REVEAL, context)
    return message([Box([lines], Accent.GUIDE)], ways, note=context.note)


def verdict(said: TeamVerdict, context: RenderContext) -> Payload:
    """Return what a team decides, and the way to a second round."""
    lines = [Line(f"### {line(said.headline, TEAM_TEXT)}")]
    told = [Line(f"**{label}**: {line(text, TEAM_TEXT)}", Rank.SIDE) for label, text in texts.team_lines(said)]
    small = Line(f"-# {said.members} people answered. Nobody is shown who said what.")
    ways = _team_ways(said.team, texts.TEAM_ANSWER_AGAIN, texts.TEAM_REVEAL_AGAIN, context) if said.team else []
    return message([Box([lines, told, [small]], Accent.RESULT)], ways, note=context.note)


def _team_ways(team: str, answer: str, reveal: str, context: RenderContext) -> list[Row]:
    join = button(answer, actions.JoinTeam(team), discord.ButtonStyle.primary)
    return rows([join, button(reveal, actions.RevealTeam(team)), *buttons.message_actions(context)])
