"""The guide: a question with its options, progress, and what was said so far."""

from __future__ import annotations

from collections.abc import Iterator

from adapters.conversations import texts
from adapters.slack import limits
from adapters.slack.markup import bold, escape, prose
from adapters.slack.render.blocks import Block, actions, button, context, header, option, plain_text, section, select
from adapters.slack.render.buttons import message_actions
from adapters.slack.render.context import RenderContext, Surface
from bot.actions import GuideBack, GuideChoose, GuideFinish, GuideGo, GuideRestart
from bot.replies import Given, GuideQuestion, GuideReview

CHANGE = "change"
"""Begins the id of the block whose menu asks a question again; the token of the guide follows."""
CHOICE = "choice"
"""Block and action id of the radio buttons in a modal."""


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
    shown = said.choices[: limits.RADIO_OPTIONS]
    made: Block = {
        "type": "input",
        "block_id": CHOICE,
        "label": plain_text(said.ask, limits.LABEL_TEXT),
        "element": {
            "type": "radio_buttons",
            "action_id": CHOICE,
            "options": [option(c.label, c.option) for c in shown],
        },
    }
    return made | ({"hint": plain_text(said.help, limits.LABEL_TEXT)} if said.help else {})


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
