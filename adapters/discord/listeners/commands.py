"""Slash commands and the message command, with everything that Discord shows about them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

import discord
from discord import app_commands
from discord.app_commands import locale_str as text

from adapters.conversations.identity import Message
from adapters.conversations.service import Delivery
from adapters.discord.dispatcher import Dispatcher, answer
from adapters.discord.limits import PROJECT, QUESTION
from adapters.discord.listeners import autocomplete
from adapters.discord.origins import conversation, person
from bot import actions
from bot.actions import Action

Interaction = discord.Interaction
Question = app_commands.Range[str, 1, QUESTION]
Project = app_commands.Range[str, 1, PROJECT]
Completer = Callable[[Interaction, str], Coroutine[Any, Any, list[autocomplete.Choice]]]
Completing = Callable[[Dispatcher, str], list[autocomplete.Choice]]


def register(tree: app_commands.CommandTree[discord.Client], dispatcher: Dispatcher) -> None:
    """Attach every command to a tree."""
    _asking(tree, dispatcher)
    _choosing(tree, dispatcher)
    _reading(tree, dispatcher)
    _answering(tree, dispatcher)


def _asking(tree: app_commands.CommandTree[discord.Client], dispatcher: Dispatcher) -> None:
    @tree.command(name=text("ask"), description=text("Ask a question in your own words; only you see the answer"))
    @app_commands.describe(question=text("Your question, or a topic from the list"))
    @app_commands.rename(question=text("question"))
    async def ask(interaction: Interaction, question: Question) -> None:
        topic = autocomplete.chosen(question)
        making = _do(dispatcher, interaction, topic) if topic else _ask(dispatcher, interaction, question)
        await _answer(dispatcher, interaction, making, "/ask")

    @tree.command(name=text("compare"), description=text("See both sides next to each other"))
    @app_commands.describe(topic=text("What to compare; leave it out for an overview"))
    @app_commands.rename(topic=text("topic"))
    async def compare(interaction: Interaction, topic: Question | None = None) -> None:
        who = person(interaction.user, interaction.guild_id)
        await _answer(dispatcher, interaction, dispatcher.conversations.compare(topic or "", who), "/compare")

    ask.autocomplete("question")(_completer(dispatcher, autocomplete.questions))
    compare.autocomplete("topic")(_completer(dispatcher, autocomplete.topics))


def _choosing(tree: app_commands.CommandTree[discord.Client], dispatcher: Dispatcher) -> None:
    @tree.command(name=text("recommend"), description=text("Which one should I use? Some five questions, with reasons"))
    @app_commands.describe(
        project=text("Tell me about your project, and I skip what you already said"),
        code=text("The code of an earlier result, to open it again"),
    )
    @app_commands.rename(project=text("project"), code=text("code"))
    async def recommend(interaction: Interaction, project: Project | None = None, code: Question | None = None) -> None:
        who = person(interaction.user, interaction.guild_id)
        if code:
            making = _ask(dispatcher, interaction, code)
        elif project:
            making = dispatcher.conversations.recommend(project, who, _key(dispatcher, interaction))
        else:
            making = _do(dispatcher, interaction, actions.OpenGuide())
        await _answer(dispatcher, interaction, making, "/recommend")


def _reading(tree: app_commands.CommandTree[discord.Client], dispatcher: Dispatcher) -> None:
    @tree.command(name=text("topics"), description=text("Everything you can ask me about"))
    async def topics(interaction: Interaction) -> None:
        await _answer(dispatcher, interaction, _do(dispatcher, interaction, actions.ShowArea()), "/topics")

    @tree.command(name=text("help"), description=text("What I can do, and how to ask"))
    async def help_(interaction: Interaction) -> None:
        await _answer(dispatcher, interaction, _do(dispatcher, interaction, actions.ShowHelp()), "/help")

    @tree.command(name=text("privacy"), description=text("What I keep about you, and how to make me forget it"))
    async def privacy(interaction: Interaction) -> None:
        await _answer(dispatcher, interaction, _do(dispatcher, interaction, actions.ShowPrivacy()), "/privacy")


def _answering(tree: app_commands.CommandTree[discord.Client], dispatcher: Dispatcher) -> None:
    @tree.context_menu(name=text("Answer this"))
    async def answer_this(interaction: Interaction, message: discord.Message) -> None:
        said = message.content or " ".join(embed.description or "" for embed in message.embeds)
        await _answer(dispatcher, interaction, _ask(dispatcher, interaction, said), "Answer this")


def _ask(dispatcher: Dispatcher, interaction: Interaction, text: str) -> Awaitable[Delivery | None]:
    who = person(interaction.user, interaction.guild_id)
    return dispatcher.conversations.ask(
        Message(who, _key(dispatcher, interaction), text, event=f"discord/interaction/{interaction.id}")
    )


def _do(dispatcher: Dispatcher, interaction: Interaction, press: Action) -> Awaitable[Delivery | None]:
    who = person(interaction.user, interaction.guild_id)
    return dispatcher.conversations.do(press, who, _key(dispatcher, interaction))


def _key(dispatcher: Dispatcher, interaction: Interaction) -> str:
    mark = dispatcher.conversations.marks.of(person(interaction.user, interaction.guild_id))
    return conversation(interaction.channel_id, interaction.guild_id, mark)


async def _answer(
    dispatcher: Dispatcher, interaction: Interaction, making: Awaitable[Delivery | None], where: str
) -> None:
    await dispatcher.boundary.interaction(interaction, answer(dispatcher, interaction, making), where)


def _completer(dispatcher: Dispatcher, complete: Completing) -> Completer:
    async def completer(_: Interaction, typed: str) -> list[autocomplete.Choice]:
        return dispatcher.boundary.suggestions(lambda: complete(dispatcher, typed), "autocomplete")

    return completer
