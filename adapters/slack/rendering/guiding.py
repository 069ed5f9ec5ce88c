"""The guided choice: a question with its options, progress, and what was said so far."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from adapters.slack.blocks import Block, actions, button, context, header, section
from adapters.slack.frames import Frame, Surface
from adapters.slack.mrkdwn import bold, escape, prose
from adapters.slack.rendering.footers import manners
from bot.presses import GuideBack, GuideChange, GuideChoose, GuideFinish, GuideGo, GuideRestart
from bot.replies import Given, GuideQuestion, GuideReview

YOURS = "Only the person who started this can answer. `/recommend` starts your own, just for you."


def question(said: GuideQuestion, frame: Frame) -> Iterator[Block]:
    """Yield a question of the guide."""
    yield from noticed(said.notice)
    yield context(f"{progress(said.number, said.about)}  Question {said.number} of about {said.about}")
    yield header(said.ask)
    if said.help:
        yield section(prose(said.help))
    yield from actions(
        button(c.label, GuideChoose(said.token, said.question, c.option), f"Answer: {c.label}") for c in said.choices
    )
    yield from changeable(said.token, said.given)
    yield from actions([*_steps(said), *manners(frame)])
    yield from _whose(frame)


def review(said: GuideReview, frame: Frame) -> Iterator[Block]:
    """Yield what a description already says, to be confirmed or changed."""
    yield from noticed(said.notice)
    yield header("Is this right?")
    lines = (f"•  {escape(given.ask)} {bold(given.label)}" for given in said.given)
    yield section("From what you wrote, I understood:\n" + "\n".join(lines))
    confirm = button("Yes, go on", GuideGo(said.token), "This is right, go on", style="primary")
    again = button("Start with nothing", GuideRestart(said.token), "Forget this and ask me everything")
    yield from actions([confirm, again, *manners(frame)])
    yield from changeable(said.token, said.given)
    yield from _whose(frame)


def noticed(notice: str | None) -> Iterator[Block]:
    """Yield what has to be said first, if anything."""
    if notice:
        yield section(f"👉 {prose(notice)}")


def changeable(token: str, given: Iterable[Given]) -> Iterator[Block]:
    """Yield the answers so far as buttons that ask again."""
    made = [button(f"✎ {g.label}", GuideChange(token, g.question), f"Change {g.ask}: {g.label}") for g in given]
    if made:
        yield context("Your answers so far. Press one to change it:")
        yield from actions(made)


def progress(number: int, about: int) -> str:
    """Return a row of dots, as many full ones as there are questions behind and under way."""
    done = max(0, min(number, 10))
    return "●" * done + "○" * max(0, min(about, 10) - done)


def _steps(said: GuideQuestion) -> Iterator[Block]:
    if said.can_go_back:
        yield button("← Back", GuideBack(said.token), "Take the last answer back")
    if said.can_finish:
        yield button("Result now", GuideFinish(said.token), "Show the result with what is known")
    if said.given:
        yield button("Start again", GuideRestart(said.token), "Start again with nothing answered")


def _whose(frame: Frame) -> Iterator[Block]:
    if frame.surface is Surface.CHANNEL:
        yield context(YOURS)
