"""Replies that offer something to go on with: suggestions, "I don't know", help, the overview, the topics."""

from __future__ import annotations

from collections.abc import Iterator

from adapters.conversations import texts
from adapters.slack.markup import bold, escape, prose
from adapters.slack.render.answers import quoted
from adapters.slack.render.blocks import Block, actions, button, context, header, numbered, section, select, table
from adapters.slack.render.buttons import ask, ask_person, message_actions
from adapters.slack.render.context import Commands, RenderContext
from bot.actions import NoneOfThese, OpenGuide, ShowArea, ShowHelp, ShowPrivacy, ShowTopic, encode
from bot.replies import AreaTopics, Comparison, Help, NotKnown, Suggestions, TopicLink, TopicList, Unknown

NOT_KNOWN = "not-known"
EXAMPLES = 3


def suggestions(said: Suggestions, around: RenderContext) -> Iterator[Block]:
    """Yield "did you mean" with a button for each candidate and one for none of them."""
    yield from quoted(around)
    yield section(bold(texts.did_you_mean(len(said.candidates))))
    chosen = (
        button(c.title, around.carrying(ShowTopic(c.topic, around.ref)), f"I meant {c.title}")
        for c in said.candidates[:3]
    )
    none = button(texts.NONE_OF_THESE, around.carrying(NoneOfThese(around.ref)), "None of these is what I meant")
    yield from actions([*chosen, none])
    yield from message_actions(around)


def not_known(said: NotKnown, around: RenderContext) -> Iterator[Block]:
    """Yield an honest "I don't know" and the nearest things that can be done."""
    yield from quoted(around)
    yield section(prose(said.text))
    near = [button(n.title, ShowTopic(n.topic), f"Answer about {n.title}") for n in said.nearest[:3]]
    browse = button(texts.ALL_TOPICS, ShowArea(), "See everything that can be asked")
    person = ask_person(around) if said.reason is not Unknown.EMPTY else ()
    helped = () if near else (button(texts.WHAT_CAN_I_ASK, ShowHelp(), "See what I can do"),)
    yield from actions([*near, *person, browse, *helped])
    yield from message_actions(around, "" if said.reason is Unknown.EMPTY else NOT_KNOWN)


def further_ways(near: tuple[TopicLink, ...], around: RenderContext) -> Iterator[Block]:
    """Yield what somebody can try whom a reply did not help: the nearest topics, and a person."""
    made = [button(n.title, ShowTopic(n.topic), f"Answer about {n.title}") for n in near[:3]]
    yield from [context("Or did you mean:")] if made else []
    yield from numbered(list(actions([*made, *ask_person(around)])))


def help_(said: Help, around: RenderContext) -> Iterator[Block]:
    """Yield what the advisor can do and how to reach it in Slack, with examples that can be pressed."""
    yield header("What I can do")
    yield section(prose(said.text))
    yield from actions(ask(example) for example in said.examples[:EXAMPLES])
    yield context("\n".join(_ways_to_ask(around.commands)))
    privacy = button("Privacy", ShowPrivacy(), "See what is stored")
    yield from actions([*_offers(offers_guide=said.offers_guide), privacy])
    yield from message_actions(around)


def comparison(said: Comparison, around: RenderContext) -> Iterator[Block]:
    """Yield the overview: a few words for each side, topic by topic."""
    yield header(said.title)
    shown = said.rows[: texts.MOST_ROWS]
    if shown and not around.in_view:
        yield table(
            [("Topic", *said.sides), *((row.title, *(cell.replace("`", "") for cell in row.cells)) for row in shown)]
        )
    elif shown:
        cells = ("  ·  ".join(map(_cell, said.sides, row.cells)) for row in shown)
        yield section("\n".join(f"{bold(row.title)}\n{cell}" for row, cell in zip(shown, cells, strict=True)))
    more = "There is more. " if len(shown) < len(said.rows) else ""
    yield context(f"{more}For one topic with its sources, type `{around.commands.ask} compare` and the topic.")
    yield from actions(_offers(offers_guide=said.offers_guide))
    yield from message_actions(around)


def topics(said: TopicList, around: RenderContext) -> Iterator[Block]:
    """Yield the areas as short rows, or one area with a button for each topic."""
    yield header("What you can ask me about")
    if said.only:
        for area in said.areas:
            yield section(bold(area.title))
            yield from _topic_buttons(area)
        yield from actions([button(f"← {texts.ALL_TOPICS}", ShowArea(), "Back to all topics")])
    else:
        yield from map(area_row, said.areas)
    yield from message_actions(around)


def area_row(area: AreaTopics) -> Block:
    """Return an area as one short row: its title, and a menu of its topics."""
    menu = next(select(f"{len(area.topics)} topics", map(_topic_option, area.topics)), None)
    return section(bold(area.title), menu)


def _topic_option(topic: TopicLink) -> tuple[str, str]:
    return topic.title, encode(ShowTopic(topic.topic))


def _ways_to_ask(commands: Commands) -> Iterator[str]:
    yield f"Mention me in a channel, and everybody there reads the answer; `{commands.ask}` and a question: only you."
    yield f"Also `{commands.ask} compare` with or without a topic, and *Answer this* in the menu of somebody's message."


def _cell(side: str, words: str) -> str:
    return f"{escape(side)}: {prose(words)}"


def _offers(*, offers_guide: bool) -> Iterator[Block]:
    if offers_guide:
        yield button(texts.HELP_ME_CHOOSE, OpenGuide(), "Start the guide", style="primary")
    yield button(texts.ALL_TOPICS, ShowArea(), "See everything that can be asked")


def _topic_buttons(area: AreaTopics) -> Iterator[Block]:
    made = [button(t.title, ShowTopic(t.topic), f"Answer about {t.title}") for t in area.topics]
    for start in range(0, len(made), 10):
        yield from actions(made[start : start + 10])
