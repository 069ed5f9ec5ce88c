"""Slash commands and the message command, with everything that Discord shows about them."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

import discord
from discord import app_commands

from adapters.conversations.service import Delivery
from adapters.discord import sending
from adapters.discord.dispatcher import Dispatcher, answer
from adapters.discord.listeners.messages import said
from adapters.discord.markup import clip, line, quoted
from adapters.discord.origins import is_direct, speaker
from adapters.discord.render.render import plain
from adapters.version import version
from bot import actions
from bot.action_codec import StaleActionError, decode, encode
from bot.actions import Action
from bot.replies import TopicLink

CHOICES = 25
CHOICE_TEXT = 100
"""Name and value of an autocomplete choice, each."""
QUESTION = 300
PROJECT = 1_000
"""What a person may type into an option. Discord would take 6,000; a question is shorter."""

Interaction = discord.Interaction[Any]
Question = app_commands.Range[str, 1, QUESTION]
Project = app_commands.Range[str, 1, PROJECT]
Choice = app_commands.Choice[str]
Completer = Callable[[Interaction, str], Coroutine[Any, Any, list[Choice]]]
Completing = Callable[[Dispatcher, str], list[Choice]]

NAME = 200
FEW = 3
"""Topics to suggest where none has a word that was typed in its title or keywords."""


def register(tree: app_commands.CommandTree[discord.Client], dispatcher: Dispatcher) -> None:
    """Attach every command to a tree."""
    _register_questions(tree, dispatcher)
    _register_guide(tree, dispatcher)
    _register_pages(tree, dispatcher)


def _register_questions(tree: app_commands.CommandTree[discord.Client], dispatcher: Dispatcher) -> None:
    named = dispatcher.config.command

    @tree.command(name=named("ask"), description="Ask a question in your own words; only you see the answer")
    @app_commands.describe(question="Your question, or a topic from the list")
    async def ask(interaction: Interaction, question: Question) -> None:
        topic = chosen_topic(question)
        if topic:
            await _answer(dispatcher, interaction, _do(dispatcher, interaction, topic), "/ask")
        else:
            await _answer(dispatcher, interaction, dispatcher.ask(interaction, question), "/ask", quoted(question))

    @tree.command(name=named("compare"), description="See both sides next to each other")
    @app_commands.describe(topic="What to compare; leave it out for an overview")
    async def compare(interaction: Interaction, topic: Question | None = None) -> None:
        making = dispatcher.conversations.compare(topic or "", speaker(interaction))
        await _answer(dispatcher, interaction, making, "/compare")

    @tree.context_menu(name="Answer this")
    async def answer_this(interaction: Interaction, message: discord.Message) -> None:
        text = said(message)
        note = f"-# [This message]({message.jump_url}): {quoted(text).removeprefix('-# ')}"
        await _answer(dispatcher, interaction, dispatcher.ask(interaction, text), "Answer this", note)

    ask.autocomplete("question")(_completer(dispatcher, question_choices))
    compare.autocomplete("topic")(_completer(dispatcher, topic_choices))


def _register_guide(tree: app_commands.CommandTree[discord.Client], dispatcher: Dispatcher) -> None:
    named = dispatcher.config.command

    @tree.command(name=named("recommend"), description="Which one should I use? About five questions, with reasons")
    @app_commands.describe(
        project="Tell me about your project, and I skip what you already said",
        code="The code of an earlier result, to open it again",
        team="Choose as a team: everybody answers in private, and a card counts",
    )
    async def recommend(
        interaction: Interaction, project: Project | None = None, code: Question | None = None, team: bool = False
    ) -> None:
        who, key = speaker(interaction), dispatcher.private_key(interaction)
        if team:
            card = answer(dispatcher, interaction, dispatcher.conversations.begin_team(who), public=True)
            await dispatcher.boundary.interaction(interaction, card, "/recommend")
            return
        if code:
            making = dispatcher.conversations.reopen(code, who, key)
        elif project:
            making = dispatcher.conversations.recommend(project, who, key)
        else:
            making = dispatcher.conversations.do(actions.OpenGuide(), who, key)
        await _answer(dispatcher, interaction, making, "/recommend")


def _register_pages(tree: app_commands.CommandTree[discord.Client], dispatcher: Dispatcher) -> None:
    named = dispatcher.config.command

    @tree.command(name=named("topics"), description="Everything you can ask me about")
    async def topics(interaction: Interaction) -> None:
        await _answer(dispatcher, interaction, _do(dispatcher, interaction, actions.ShowArea()), "/topics")

    @tree.command(name=named("help"), description="What I can do, and how to ask")
    async def help_(interaction: Interaction) -> None:
        await _answer(dispatcher, interaction, _do(dispatcher, interaction, actions.ShowHelp()), "/help")

    @tree.command(name=named("privacy"), description="What I keep about you, and how to make me forget it")
    async def privacy(interaction: Interaction) -> None:
        await _answer(dispatcher, interaction, _do(dispatcher, interaction, actions.ShowPrivacy()), "/privacy")

    @tree.command(name=named("about"), description="My version, the age of what I know, and where to get help")
    async def about(interaction: Interaction) -> None:
        telling = sending.add(interaction, plain(_about(dispatcher, interaction)), private=not is_direct(interaction))
        await dispatcher.boundary.interaction(interaction, telling, "/about")


def _about(dispatcher: Dispatcher, interaction: Interaction) -> str:
    knowledge = dispatcher.conversations.advisor().knowledge
    checked = max((topic.checked for topic in knowledge.topics.values() if topic.checked), default=None)
    support, servers = dispatcher.config.support_url, len(interaction.client.guilds)
    return "\n".join([
        f"**{line(knowledge.about.called, NAME)} {version()}**",
        f"I know {len(knowledge.topics)} topics about {line(knowledge.about.subject, NAME)}.",
        *([f"The newest of them was checked on {checked:%d %b %Y}."] if checked else []),
        f"I am in {servers} server{'' if servers == 1 else 's'}.",
        *([f"Help with me: <{support}>"] if support else []),
        "-# I answer from texts that people wrote and checked. No language model is involved.",
    ])  # fmt: skip


def _do(dispatcher: Dispatcher, interaction: Interaction, action: Action) -> Awaitable[Delivery | None]:
    return dispatcher.conversations.do(action, speaker(interaction), dispatcher.private_key(interaction))


async def _answer(
    dispatcher: Dispatcher,
    interaction: Interaction,
    making: Awaitable[Delivery | None],
    where: str,
    note: str = "",
) -> None:
    await dispatcher.boundary.interaction(interaction, answer(dispatcher, interaction, making, note), where)


# Suggestions while somebody types: from memory, in the time between two keystrokes.


def _completer(dispatcher: Dispatcher, complete: Completing) -> Completer:
    async def completer(_: Interaction, typed: str) -> list[Choice]:
        return dispatcher.boundary.suggestions(lambda: complete(dispatcher, typed), "autocomplete")

    return completer


def question_choices(dispatcher: Dispatcher, typed: str) -> list[Choice]:
    """Return what may be meant: the words as they are, then topics, whose value is the action that opens them."""
    text = " ".join(typed.split())
    examples = dispatcher.conversations.advisor().knowledge.about.examples if not text else (text,)
    own = [Choice(name=f"“{each}”", value=each) for each in examples[:FEW] if len(each) <= CHOICE_TEXT - 2]
    links = _narrowed(dispatcher, text)[: CHOICES - len(own)]
    return [*own, *(_choice(link.title, encode(actions.ShowTopic(link.topic))) for link in links)]


def topic_choices(dispatcher: Dispatcher, typed: str) -> list[Choice]:
    """Return topics to compare, each by its id."""
    return [_choice(link.title, link.topic) for link in _narrowed(dispatcher, typed)]


def _narrowed(dispatcher: Dispatcher, typed: str) -> list[TopicLink]:
    """Return the topics that have what was typed in their title or keywords; the nearest few where none has."""
    advisor = dispatcher.conversations.advisor()
    links = list(advisor.complete(typed, CHOICES))
    begun = [word for word in _words(typed) if len(word) >= FEW] or _words(typed)
    if not begun:
        return links
    near = []
    for link in links:
        known = _words(" ".join((link.title, *advisor.knowledge.topics[link.topic].keywords)))
        if any(word.startswith(begun[-1]) for word in known):
            near.append(link)
    return near or links[:FEW]


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _choice(title: str, value: str) -> Choice:
    return Choice(name=clip(title, CHOICE_TEXT), value=value)


def chosen_topic(question: str) -> actions.ShowTopic | None:
    """Return the topic that a suggestion stands for; None where somebody typed words of their own."""
    try:
        action = decode(question)
    except StaleActionError:
        return None
    return action if isinstance(action, actions.ShowTopic) else None
