"""The guided choice: a question with its options, progress, and what was said so far."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from adapters.conversations import texts
from adapters.slack.markup import bold, escape, prose
from adapters.slack.render.blocks import Block, actions, button, context, header, section
from adapters.slack.render.buttons import manners
from adapters.slack.render.context import RenderContext, Surface
from bot.actions import GuideBack, GuideChange, GuideChoose, GuideFinish, GuideGo, GuideRestart
from bot.replies import Given, GuideQuestion, GuideReview

YOURS = "Only the person who started this can answer. `/recommend` starts your own, just for you."


def question(said: GuideQuestion, frame: RenderContext) -> Iterator[Block]:
    """Yield a question of the guide."""
    yield from noticed(said.notice)
    yield context(f"{texts.progress(said.number, said.about)}  Question {said.number} of about {said.about}")
    yield header(said.ask)
    if said.help:
        yield section(prose(said.help))
    yield from actions(
        button(c.label, GuideChoose(said.token, said.question, c.option), f"Answer: {c.label}") for c in said.choices
    )
    yield from changeable(said.token, said.given)
    yield from actions([*_steps(said), *manners(frame)])
    yield from _whose(frame)


def review(said: GuideReview, frame: RenderContext) -> Iterator[Block]:
    """Yield what a description already says, to be confirmed or changed."""
    yield from noticed(said.notice)
    lines = (f"•  {escape(given.ask)} {bold(given.label)}" for given in said.given)
    yield section(f"{bold(texts.REVIEW)}\n" + "\n".join(lines))
    confirm = button(texts.YES_GO_ON, GuideGo(said.token), "This is right, go on", style="primary")
    again = button(texts.START_AGAIN, GuideRestart(said.token), "Forget this and ask me everything")
    yield from actions([confirm, again, *manners(frame)])
    yield from changeable(said.token, said.given)
    yield from _whose(frame)


def noticed(notice: str | None) -> Iterator[Block]:
    """Yield what has to be said first, if anything."""
    if notice:
        yield section(f"👉 {prose(notice)}")


def changeable(token: str, given: Iterable[Given]) -> Iterator[Block]:
    """Yield the answers so far as buttons that ask again."""
    made = [button(_answered(g), GuideChange(token, g.question), f"Change {g.ask}: {g.label}") for g in given]
    if made:
        yield context("Your answers so far. Press one to change it:")
        yield from actions(made)


def _answered(given: Given) -> str:
    """Name an answer; of one that says nothing, its question."""
    return f"✎ {given.ask if given.unsure else given.label}"


def _steps(said: GuideQuestion) -> Iterator[Block]:
    if said.can_go_back:
        yield button(f"← {texts.BACK}", GuideBack(said.token), "Take the last answer back")
    if said.can_finish:
        yield button(texts.RESULT_NOW, GuideFinish(said.token), "Show the result with what is known")
    if said.given:
        yield button(texts.START_AGAIN, GuideRestart(said.token), "Start again with nothing answered")


def _whose(frame: RenderContext) -> Iterator[Block]:
    if frame.surface is Surface.CHANNEL:
        yield context(YOURS)
