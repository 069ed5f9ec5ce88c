"""The end of the guide: the advice, why, what speaks against it, and what would change it."""

from __future__ import annotations

from collections.abc import Iterator

from adapters.conversations import texts
from adapters.slack import limits
from adapters.slack.markup import bold, escape, link, prose
from adapters.slack.render.answers import cited
from adapters.slack.render.blocks import (
    ACTION,
    Block,
    actions,
    button,
    collapsed,
    context,
    header,
    option,
    plain_text,
    preformatted,
    section,
)
from adapters.slack.render.buttons import message_actions
from adapters.slack.render.context import RenderContext, Surface
from adapters.slack.render.guide import noticed
from bot.actions import GuideAnswers, GuideRestart, OpenGuide, SaveRecord, ShareResult
from bot.replies import DecisionRecord, Flip, Reason, Recommendation

GUIDE = "guide"
CHIPS = "chips"
"""Begins the id of the block whose menu adds circumstances; the token and what is on already follow."""
WHAT_ELSE = "First step, and what would change it"


def recommendation(said: Recommendation, around: RenderContext) -> Iterator[Block]:
    """Yield a result: the advice and its reasons for everybody to read, the rest folded away."""
    yield from noticed(said.notice)
    first, rest = _parted(said.headline)
    yield header(first)
    yield context(bold(texts.STRENGTHS[said.strength]), prose(rest))
    yield from _grounds(said)
    others = list(_others(said))
    yield from others if around.in_view else collapsed(WHAT_ELSE, others)
    if around.surface is Surface.CHANNEL and around.shared_by:
        yield from actions([button(texts.FOR_MY_PROJECT, OpenGuide(), "Start the guide for yourself")])
    else:
        yield from _circumstances(said)
        yield from actions(_ways_on(said, around))
    yield from message_actions(around, GUIDE)


def decision_record(said: DecisionRecord) -> Iterator[Block]:
    """Yield a decision record to copy."""
    yield section(f"Your decision record. Copy it into `{escape(said.filename).replace('`', '')}`:")
    yield from preformatted(said.markdown)


def chips_id(said: Recommendation) -> str:
    """Return the id of the block whose menu adds circumstances to this result."""
    return f"{CHIPS} {said.token} {','.join(chip.chip for chip in said.chips if chip.on)}"


def _parted(headline: str) -> tuple[str, str]:
    """Return the first sentence of a headline, and the others."""
    first, stop, rest = headline.partition(". ")
    return first + stop.strip(), rest


def _grounds(said: Recommendation) -> Iterator[Block]:
    if said.names:
        yield section(f"{bold(texts.LOOK_AT)}\n{escape(', '.join(said.names))}")
    reasons = [f"•  {_reason(reason)}" for reason in said.reasons]
    against = [f"{bold(f'{texts.AGAINST}:')} {_reason(said.against)}"] if said.against else []
    if reasons or against:
        yield section("\n".join([*reasons, *against]))


def _others(said: Recommendation) -> Iterator[Block]:
    if said.first_step:
        more = f" {link(said.first_step.url, 'How to begin')}" if said.first_step.url else ""
        yield section(f"{bold(f'{texts.FIRST_STEP}:')} {prose(said.first_step.text)}{more}")
    flips = "\n".join(map(_flip, said.flips[: texts.MOST_FLIPS])) or prose(said.flip_text)
    yield section(f"{bold(texts.WHAT_WOULD_CHANGE)}\n{flips}")
    if said.open_points:
        yield section("\n".join(map(escape, texts.open_points(said.open_points))))
    if said.notes:
        yield context(*map(prose, said.notes))
    grounds = (*said.reasons, *((said.against,) if said.against else ()))
    yield from cited(tuple(line for reason in grounds for line in reason.sources[:1]))
    if said.code:
        yield context(f"Result code `{escape(said.code)}`: paste it to me to open this again.")


def _circumstances(said: Recommendation) -> Iterator[Block]:
    """Yield a menu in which several circumstances can be ticked at once."""
    options = {chip.chip: option(chip.label, chip.chip) for chip in said.chips[: limits.SELECT_OPTIONS]}
    block_id = chips_id(said)
    if not options or len(block_id) > limits.BLOCK_ID or max(map(len, options)) > limits.OPTION_VALUE:
        return
    on = [options[chip.chip] for chip in said.chips if chip.on and chip.chip in options]
    menu: Block = {
        "type": "multi_static_select",
        "placeholder": plain_text("Choose what holds", limits.PLACEHOLDER_TEXT),
        "options": list(options.values()),
        "action_id": ACTION,
    }
    yield section("Anything else to weigh in?", menu | ({"initial_options": on} if on else {})) | {"block_id": block_id}


def _ways_on(said: Recommendation, around: RenderContext) -> Iterator[Block]:
    if around.can_share:
        share = around.carrying(ShareResult(said.token))
        yield button("Share in channel", share, "Show this to everybody in the channel", style="primary")
    yield button(texts.DECISION_RECORD, SaveRecord(said.token), "Write this result as a decision record")
    if said.given:
        yield button(texts.CHANGE_AN_ANSWER, GuideAnswers(said.token), "See your answers, and change one")
    yield button(texts.START_AGAIN, GuideRestart(said.token), "Start again with nothing answered")


def _reason(reason: Reason) -> str:
    said = f" _({escape(reason.because)})_" if reason.because else ""
    return f"{prose(reason.text)}{said}"


def _flip(flip: Flip) -> str:
    return f"•  {escape(flip.ask)} {bold(flip.label)} → {escape(flip.result_name)}"
