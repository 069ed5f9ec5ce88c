"""The end of the guided choice: the advice, why, what speaks against it, and what would change it."""

from __future__ import annotations

from collections.abc import Iterator

from adapters.conversations import texts
from adapters.slack.markup import bold, escape, link, prose
from adapters.slack.render.answers import source
from adapters.slack.render.blocks import Block, actions, button, context, header, preformatted, section
from adapters.slack.render.buttons import feedback, manners
from adapters.slack.render.context import RenderContext, Surface
from adapters.slack.render.guide import noticed
from bot.actions import GuideAnswers, GuideCircumstance, GuideRestart, OpenGuide, SaveRecord, ShareResult
from bot.replies import DecisionRecord, Flip, Reason, Recommendation

GUIDE = "guide"


def recommendation(said: Recommendation, frame: RenderContext) -> Iterator[Block]:
    """Yield a result with its reasons."""
    yield from noticed(said.notice)
    yield header(said.headline)
    yield context(texts.STRENGTHS[said.strength])
    yield from _grounds(said)
    yield from _outlook(said)
    if frame.surface is Surface.CHANNEL and frame.shared_by:
        yield from actions([button(texts.FOR_MY_PROJECT, OpenGuide(), "Start your own guided choice")])
        yield from actions([*feedback(GUIDE, frame), *manners(frame)])
        return
    yield from _circumstances(said)
    yield from actions(_ways_on(said, frame))
    yield from actions(feedback(GUIDE, frame))


def decision_record(said: DecisionRecord, _frame: RenderContext) -> Iterator[Block]:
    """Yield a decision record to copy."""
    yield section(f"Your decision record. Copy it into `{escape(said.filename).replace('`', '')}`:")
    yield from preformatted(said.markdown)


def _grounds(said: Recommendation) -> Iterator[Block]:
    if said.names:
        yield section(f"{bold(texts.LOOK_AT)}\n{escape(', '.join(said.names))}")
    if said.reasons:
        yield section(bold(texts.WHY) + "\n" + "\n".join(map(_reason, said.reasons)))
    if said.against:
        yield section(f"{bold(texts.AGAINST)}\n{_reason(said.against)}")


def _outlook(said: Recommendation) -> Iterator[Block]:
    flips = "\n".join(map(_flip, said.flips[: texts.MOST_FLIPS])) or prose(said.flip_text)
    yield section(f"{bold(texts.WHAT_WOULD_CHANGE)}\n{flips}")
    if said.open_points:
        yield section("\n".join(map(escape, texts.open_points(said.open_points))))
    if said.first_step:
        step = prose(said.first_step.text)
        more = f" {link(said.first_step.url, 'How to begin')}" if said.first_step.url else ""
        yield section(f"{bold(texts.FIRST_STEP)}\n{step}{more}")
    if said.notes:
        yield context(*map(prose, said.notes))
    if said.code:
        yield context(f"Result code `{escape(said.code)}`: paste it to me to open this again.")


def _circumstances(said: Recommendation) -> Iterator[Block]:
    made = [_chip(said.token, chip.chip, chip.label, on=chip.on) for chip in said.chips]
    if made:
        yield context("Does one of these hold? Press it to weigh it in:")
        yield from actions(made)


def _chip(token: str, chip: str, label: str, *, on: bool) -> Block:
    mark, verb = ("✓ ", "Take back") if on else ("+ ", "Add")
    return button(mark + label, GuideCircumstance(token, chip), f"{verb}: {label}")


def _ways_on(said: Recommendation, frame: RenderContext) -> Iterator[Block]:
    yield button(texts.DECISION_RECORD, SaveRecord(said.token), "Write this result as a decision record")
    if said.given:
        yield button(texts.CHANGE_AN_ANSWER, GuideAnswers(said.token), "See your answers, and change one")
    yield button(texts.START_AGAIN, GuideRestart(said.token), "Start again with nothing answered")
    yield from manners(frame, ShareResult(said.token))


def _reason(reason: Reason) -> str:
    said = f" You said: {escape(reason.because)}." if reason.because else ""
    sources = f" [{source(reason.sources[0])}]" if reason.sources else ""
    return f"•  {prose(reason.text)}{said}{sources}"


def _flip(flip: Flip) -> str:
    return f"•  {escape(flip.ask)} {bold(flip.label)} → {escape(flip.result_name)}"
