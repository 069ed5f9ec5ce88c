"""The end of the guided choice: the advice, why, what speaks against it, and what would change it."""

from __future__ import annotations

from collections.abc import Iterator

from adapters.slack.blocks import Block, actions, button, context, header, preformatted, section
from adapters.slack.frames import Frame, Surface
from adapters.slack.mrkdwn import bold, escape, link, prose
from adapters.slack.rendering.citing import source
from adapters.slack.rendering.footers import feedback, manners
from adapters.slack.rendering.guiding import changeable, noticed
from bot.presses import GuideChip, GuideRestart, OpenGuide, SaveRecord, ShareResult
from bot.replies import DecisionRecord, Flip, OpenPoint, Reason, Recommendation, Strength

GUIDE = "guide"
STRENGTHS = {
    Strength.CLEAR: "A clear result",
    Strength.LEANING: "A leaning, not a certainty",
    Strength.TIE: "Too close to call",
}


def recommendation(said: Recommendation, frame: Frame) -> Iterator[Block]:
    """Yield a result with its reasons."""
    yield from noticed(said.notice)
    yield header(said.headline)
    yield context(f"{STRENGTHS[said.strength]}  ·  Result code `{escape(said.code)}`: paste it to me to reopen this.")
    yield from _grounds(said)
    yield from _outlook(said)
    if frame.surface is Surface.CHANNEL and frame.shared_by:
        yield from actions([button("Find out for my project", OpenGuide(), "Start your own guided choice")])
        yield from actions([*feedback(GUIDE, frame), *manners(frame)])
        return
    yield from _circumstances(said)
    yield from changeable(said.token, said.given)
    yield from actions(_ways_on(said, frame))
    yield from actions(feedback(GUIDE, frame))


def decision_record(said: DecisionRecord, _frame: Frame) -> Iterator[Block]:
    """Yield a decision record to copy."""
    yield section(f"Your decision record. Copy it into `{escape(said.filename).replace('`', '')}`:")
    yield from preformatted(said.markdown)


def _grounds(said: Recommendation) -> Iterator[Block]:
    if said.names:
        yield section(f"{bold('Look at')}\n{escape(', '.join(said.names))}")
    if said.reasons:
        yield section(bold("Why") + "\n" + "\n".join(map(_reason, said.reasons)))
    if said.against:
        yield section(f"{bold('What speaks against it')}\n{_reason(said.against)}")


def _outlook(said: Recommendation) -> Iterator[Block]:
    flips = "\n".join(map(_flip, said.flips[:4])) or prose(said.flip_text)
    yield section(f"{bold('What would change it')}\n{flips}")
    if said.open_points:
        yield section(bold("Still open") + "\n" + "\n".join(map(_open, said.open_points)))
    if said.first_step:
        step = prose(said.first_step.text)
        more = f" {link(said.first_step.url, 'How to begin')}" if said.first_step.url else ""
        yield section(f"{bold('First step')}\n{step}{more}")
    if said.notes:
        yield context(*map(prose, said.notes))


def _circumstances(said: Recommendation) -> Iterator[Block]:
    made = [_chip(said.token, chip.chip, chip.label, on=chip.on) for chip in said.chips]
    if made:
        yield context("Does one of these hold? Press it to weigh it in:")
        yield from actions(made)


def _chip(token: str, chip: str, label: str, *, on: bool) -> Block:
    mark, verb = ("✓ ", "Take back") if on else ("+ ", "Add")
    return button(mark + label, GuideChip(token, chip), f"{verb}: {label}")


def _ways_on(said: Recommendation, frame: Frame) -> Iterator[Block]:
    yield from manners(frame, ShareResult(said.token))
    yield button("Decision record", SaveRecord(said.token), "Write this result as a decision record")
    yield button("Start again", GuideRestart(said.token), "Start again with nothing answered")


def _reason(reason: Reason) -> str:
    said = f" You said: {escape(reason.because)}." if reason.because else ""
    sources = f" [{'; '.join(map(source, reason.sources))}]" if reason.sources else ""
    return f"•  {prose(reason.text)}{said}{sources}"


def _flip(flip: Flip) -> str:
    return f"•  {escape(flip.ask)} {bold(flip.label)} → {escape(flip.result_name)}"


def _open(point: OpenPoint) -> str:
    return f"•  {escape(point.ask)}" + (" This could change the result." if point.could_flip else "")
