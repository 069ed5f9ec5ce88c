"""The guide: its questions, what was said so far, the result with what would change it, and a team's choice."""

from __future__ import annotations

from collections.abc import Iterator

from adapters.conversations import texts
from adapters.slack.markup import bold, escape, link, prose
from adapters.slack.render import layout
from adapters.slack.render.buttons import RenderContext, Surface, message_actions
from adapters.slack.render.layout import (
    ACTION,
    Block,
    actions,
    button,
    cited,
    collapsed,
    context,
    header,
    option,
    plain_text,
    preformatted,
    section,
    select,
)
from bot.actions import (
    GuideAnswers,
    GuideBack,
    GuideChoose,
    GuideFinish,
    GuideGo,
    GuideRestart,
    JoinTeam,
    OpenGuide,
    RevealTeam,
    SaveRecord,
    ShareResult,
)
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

CHANGE = "change"
"""Begins the id of the block whose menu asks a question again; the token of the guide follows."""
CHOICE = "choice"
"""Block and action id of the radio buttons in a modal."""
GUIDE = "guide"
CHIPS = "chips"
"""Begins the id of the block whose menu adds circumstances; the token and what is on already follow."""
WHAT_ELSE = "First step, and what would change it"


def question(said: GuideQuestion, around: RenderContext) -> Iterator[Block]:
    """Yield a question of the guide: buttons in a message, radio buttons in a modal that is submitted with Next."""
    yield from noticed(said.notice)
    yield context(f"{texts.progress(said.number, said.about)}  Question {said.number} of about {said.about}")
    if around.surface is Surface.MODAL and said.choices:
        yield _radio_buttons(said)
    else:
        yield header(said.ask)
        if said.help:
            yield context(prose(said.help))
        yield from actions(
            button(c.label, GuideChoose(said.token, said.question, c.option), f"Answer: {c.label}")
            for c in said.choices
        )
    yield from actions([*_steps(said), *_change(said.given)], change_id(said.token))
    yield from _whose(around)
    yield from message_actions(around)


def review(said: GuideReview, around: RenderContext) -> Iterator[Block]:
    """Yield what a description says, to be confirmed, or the answers that were pressed, to change one of them."""
    yield from noticed(said.notice)
    if said.lean:
        yield section(bold(said.lean))
    read = any(given.from_text for given in said.given)
    lines = (f"•  {escape(given.ask)} {bold(given.label)}" for given in said.given)
    yield section(f"{bold(texts.REVIEW if read else 'Your answers')}\n" + "\n".join(lines))
    go_on = button(
        texts.YES_GO_ON if read else "Leave them as they are", GuideGo(said.token), "Go on", "primary" if read else ""
    )
    again = button(texts.START_AGAIN, GuideRestart(said.token), "Forget this and ask me everything")
    yield from actions([go_on, *_change(said.given), again], change_id(said.token))
    yield from _whose(around)
    yield from message_actions(around)


def noticed(notice: str | None) -> Iterator[Block]:
    """Yield what has to be said first, if anything."""
    if notice:
        yield section(prose(notice))


def change_id(token: str) -> str:
    """Return the id of a block whose menu changes an answer of the guide with this token."""
    return f"{CHANGE} {token}"


def _radio_buttons(said: GuideQuestion) -> Block:
    shown = said.choices[: layout.RADIO_OPTIONS]
    made: Block = {
        "type": "input",
        "block_id": CHOICE,
        "label": plain_text(said.ask, layout.LABEL_TEXT),
        "element": {
            "type": "radio_buttons",
            "action_id": CHOICE,
            "options": [option(c.label, c.option) for c in shown],
        },
    }
    return made | ({"hint": plain_text(said.help, layout.LABEL_TEXT)} if said.help else {})


def _change(given: tuple[Given, ...]) -> Iterator[Block]:
    """Yield the menu that lists the answers so far and asks one of them again."""
    count = f"Your {len(given)} answers" if len(given) > 1 else "Your answer"
    yield from select(count, ((f"{each.ask} {each.label}", each.question) for each in given))


def _steps(said: GuideQuestion) -> Iterator[Block]:
    if said.can_go_back:
        yield button(texts.BACK, GuideBack(said.token), "Take the last answer back")
    if said.can_finish:
        yield button(texts.RESULT_NOW, GuideFinish(said.token), "Show the result with what is known")
    if said.given:
        yield button(texts.START_AGAIN, GuideRestart(said.token), "Start again with nothing answered")


def _whose(around: RenderContext) -> Iterator[Block]:
    if around.surface is Surface.CHANNEL:
        yield context(
            f"Only the person who started this can answer. `{around.commands.recommend}` starts your own, just for you."
        )


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
    options = {chip.chip: option(chip.label, chip.chip) for chip in said.chips[: layout.SELECT_OPTIONS]}
    block_id = chips_id(said)
    if not options or len(block_id) > layout.BLOCK_ID or max(map(len, options)) > layout.OPTION_VALUE:
        return
    on = [options[chip.chip] for chip in said.chips if chip.on and chip.chip in options]
    menu: Block = {
        "type": "multi_static_select",
        "placeholder": plain_text("Choose what holds", layout.PLACEHOLDER_TEXT),
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


def card(said: TeamCard, around: RenderContext) -> Iterator[Block]:
    """Yield the card on which members begin to answer, and whoever began it reveals the verdict."""
    yield from noticed(said.notice)
    yield header(texts.TEAM_TITLE)
    yield section(prose(texts.TEAM_HOW))
    yield context(texts.team_count(said))
    yield from _team_ways(said.team, texts.TEAM_ANSWER, texts.TEAM_REVEAL)
    yield from message_actions(around)


def verdict(said: TeamVerdict, around: RenderContext) -> Iterator[Block]:
    """Yield what a team decides, and the way to a second round."""
    yield header(said.headline)
    yield section("\n".join(f"{bold(f'{label}:')} {escape(text)}" for label, text in texts.team_lines(said)))
    yield context(f"{said.members} people answered. Nobody is shown who said what.")
    if said.team:
        yield from _team_ways(said.team, texts.TEAM_ANSWER_AGAIN, texts.TEAM_REVEAL_AGAIN)
    yield from message_actions(around)


def _team_ways(team: str, answer: str, reveal: str) -> Iterator[Block]:
    yield from actions([
        button(answer, JoinTeam(team), "Answer the questions; only you see them", style="primary"),
        button(reveal, RevealTeam(team), "Show the verdict; only for the person who began this"),
    ])  # fmt: skip
