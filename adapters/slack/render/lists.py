"""Replies that offer something to go on with: suggestions, "I don't know", help, the overview, the topics."""

from __future__ import annotations

from collections.abc import Iterator

from adapters.conversations import texts
from adapters.slack.markup import bold, escape, italic, prose
from adapters.slack.render.blocks import Block, actions, button, context, header, section
from adapters.slack.render.buttons import feedback, manners
from adapters.slack.render.context import RenderContext
from bot.actions import NoneOfThese, OpenGuide, ShowArea, ShowHelp, ShowPrivacy, ShowTopic
from bot.replies import AreaTopics, Comparison, Help, NotKnown, Suggestions, TopicList, Unknown

NOT_KNOWN = "not-known"
COMMANDS = (
    "Mention me in a channel, or use a command anywhere:",
    "`/advisor` and a question  ·  `/advisor recommend`  ·  `/advisor compare` and a topic",
    "`/advisor topics`  ·  `/advisor privacy`  ·  on somebody's message, *Answer this* in its menu",
    "Answers to commands are only for you, until you share them.",
)
ROWS_IN_SECTION = 8


def suggestions(said: Suggestions, frame: RenderContext) -> Iterator[Block]:
    """Yield "did you mean" with a button for each candidate and one for none of them."""
    yield section(bold(texts.did_you_mean(len(said.candidates))))
    chosen = (button(c.title, ShowTopic(c.topic, frame.ref), f"I meant {c.title}") for c in said.candidates[:3])
    none = button(texts.NONE_OF_THESE, NoneOfThese(frame.ref), "None of these is what I meant")
    yield from actions([*chosen, none])
    yield from actions(manners(frame))


def not_known(said: NotKnown, frame: RenderContext) -> Iterator[Block]:
    """Yield an honest "I don't know" and the nearest things that can be done."""
    yield section(prose(said.text))
    near = [button(n.title, ShowTopic(n.topic), f"Answer about {n.title}") for n in said.nearest[:4]]
    yield from [context("Perhaps near it:")] if near else []
    browse = button(texts.ALL_TOPICS, ShowArea(), "See everything that can be asked")
    yield from actions([*near, browse, button(texts.WHAT_CAN_I_ASK, ShowHelp(), "See what I can do")])
    rated = feedback(NOT_KNOWN, frame) if said.reason is not Unknown.EMPTY else ()
    yield from actions([*rated, *manners(frame)])


def help_(said: Help, frame: RenderContext) -> Iterator[Block]:
    """Yield what the advisor can do and how to reach it in Slack."""
    yield header("What I can do")
    yield section(prose(said.text))
    if said.examples:
        yield section(bold("For example") + "\n" + "\n".join(f"•  {italic(example)}" for example in said.examples))
    yield context(*COMMANDS)
    privacy = button("Privacy", ShowPrivacy(), "See what is stored")
    yield from actions([*_offers(offers_guide=said.offers_guide), privacy])
    yield from actions(manners(frame))


def comparison(said: Comparison, frame: RenderContext) -> Iterator[Block]:
    """Yield the overview: a few words for each side, topic by topic."""
    yield header(said.title)
    yield section(prose(said.short))
    lines = [f"{bold(row.title)}\n" + "  ·  ".join(map(_cell, said.sides, row.cells)) for row in said.rows]
    shown = lines[: texts.MOST_ROWS]
    for start in range(0, len(shown), ROWS_IN_SECTION):
        yield section("\n".join(shown[start : start + ROWS_IN_SECTION]))
    more = "There is more. " if len(shown) < len(lines) else ""
    yield context(f"{more}For one topic with its sources, type `/advisor compare` and the topic.")
    yield from actions(_offers(offers_guide=said.offers_guide))
    yield from actions(manners(frame))


def topics(said: TopicList, frame: RenderContext) -> Iterator[Block]:
    """Yield the areas, or one area with a button for each topic."""
    yield header("What you can ask me about")
    for area in said.areas:
        yield from _open(area) if said.only else [_closed(area)]
    if said.only:
        yield from actions([button(f"← {texts.ALL_TOPICS}", ShowArea(), "Back to all topics")])
    yield from actions(manners(frame))


def _cell(side: str, words: str) -> str:
    return f"{escape(side)}: {prose(words)}"


def _offers(*, offers_guide: bool) -> Iterator[Block]:
    if offers_guide:
        yield button(texts.HELP_ME_CHOOSE, OpenGuide(), "Start the guided choice", style="primary")
    yield button(texts.ALL_TOPICS, ShowArea(), "See everything that can be asked")


def _closed(area: AreaTopics) -> Block:
    titles = escape(", ".join(topic.title for topic in area.topics))
    opener = button("Open", ShowArea(area.area), f"Open the topics of {area.title}")
    return section(f"{bold(area.title)}  ({len(area.topics)})\n{titles}", opener)


def _open(area: AreaTopics) -> Iterator[Block]:
    yield section(bold(area.title))
    made = [button(t.title, ShowTopic(t.topic), f"Answer about {t.title}") for t in area.topics]
    for start in range(0, len(made), 10):
        yield from actions(made[start : start + 10])
