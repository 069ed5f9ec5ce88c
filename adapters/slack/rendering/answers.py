"""Answers: the point first, then the sides, what the article has wrong, where it all comes from, and what to press."""

from __future__ import annotations

from collections.abc import Iterator

from adapters.slack.blocks import Block, actions, button, context, divider, header, section
from adapters.slack.frames import Frame
from adapters.slack.mrkdwn import bold, escape, prose
from adapters.slack.rendering.citing import cited, source
from adapters.slack.rendering.footers import feedback, manners
from bot.presses import OpenGuide, ShareTopic, ShowSide, ShowTopic
from bot.replies import Answer, Answers, Certainty, CorrectionLine, SidePassage

VERDICTS = {"wrong": "That is not so", "outdated": "That has changed", "misleading": "That is only half of it"}
BOTH = "both"
POSSIBLE = 0.15
"""From this confidence on, a topic is worth a button beside an answer that may be about something else."""


def answer(said: Answer, frame: Frame) -> Iterator[Block]:
    """Yield an answer with everything that belongs to it."""
    yield header(said.title)
    if said.certainty is not Certainty.SURE:
        yield from _otherwise(said, frame)
    yield section(prose(said.short))
    yield from (section(_passage(passage)) for passage in said.passages)
    if said.choice:
        yield section(f"{bold('For your choice')}\n{prose(said.choice)}")
    yield from (section(_correction(line)) for line in said.corrections)
    yield from cited(said.sources)
    yield from actions(_ways_on(said, frame))
    if not said.meta:
        yield from actions([*feedback(said.topic, frame), *manners(frame, ShareTopic(said.topic, said.side or ""))])


def answers(said: Answers, frame: Frame) -> Iterator[Block]:
    """Yield the answers to the questions of one message, each with a button for the rest of it."""
    for number, part in enumerate(said.parts):
        if number:
            yield divider()
        yield header(part.title)
        yield section(prose(part.short))
        yield from (section(_passage(passage)) for passage in part.passages)
        yield from (section(_correction(line)) for line in part.corrections)
        yield from cited(part.sources[:2])
        more = button(f"More: {part.title}", ShowTopic(part.topic), f"Everything about {part.title}")
        yield from actions([more, *feedback(part.topic, frame)])
    yield from actions(manners(frame))


def _passage(passage: SidePassage) -> str:
    return f"{bold(passage.name)}\n{prose(passage.text)}"


def _correction(line: CorrectionLine) -> str:
    since = f" (since {escape(line.since)})" if line.since else ""
    verdict = VERDICTS.get(line.verdict, "That needs a correction")
    says = f"⚠️ {bold('The article differs.')} It says: {prose(line.says)}"
    return f"{says}\n{verdict}{since}: {prose(line.holds)} [{source(line.source)}]"


def _otherwise(said: Answer, frame: Frame) -> Iterator[Block]:
    likely = [c for c in said.candidates if c.topic != said.topic and c.confidence >= POSSIBLE][:2]
    instead = "If you meant something else:" if likely else "If not, say it in other words."
    yield context(f"I take this to be about {escape(said.title)}. {instead}")
    yield from actions(button(c.title, ShowTopic(c.topic, frame.ref), f"I meant {c.title}") for c in likely)


def _ways_on(said: Answer, frame: Frame) -> Iterator[Block]:
    if said.offers_guide:
        yield button("Help me choose", OpenGuide(), "Start the guided choice", style="primary")
    for side in said.other_sides:
        yield button(
            f"And {side.name}?", ShowSide(said.topic, side.side, frame.ref), f"Show what holds for {side.name}"
        )
    if said.other_sides:
        yield button("Side by side", ShowSide(said.topic, BOTH, frame.ref), "Show all sides next to each other")
    for related in said.related[:4]:
        yield button(related.title, ShowTopic(related.topic), f"Answer about {related.title}")
