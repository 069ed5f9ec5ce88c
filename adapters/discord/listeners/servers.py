"""What belongs to a server: joining and leaving it, and what people there share or ask of each other."""

from __future__ import annotations

import logging
import re
from typing import Any

import discord
from discord import ui

from adapters.conversations.identity import Person
from adapters.conversations.texts import WHAT_CAN_I_ASK
from adapters.discord import sending
from adapters.discord.dispatcher import Dispatcher, update
from adapters.discord.listeners.setup import is_allowed
from adapters.discord.origins import PLATFORM, conversation, everybody, is_direct, note_of, speaker
from adapters.discord.render import buttons
from adapters.discord.render.layout import Payload, button
from adapters.discord.render.render import plain, render
from bot import actions
from bot.action_codec import encode
from bot.actions import Action
from bot.replies import Notice

log = logging.getLogger(__name__)

Interaction = discord.Interaction[Any]
HELLO = (
    "Hi, I answer questions about {subject}. Mention me with one, as in `@{name} {example}`, "
    "or type `/{ask}` for an answer that only you see. People who manage this server find my settings under `/{setup}`."
)

KEPT_PRIVATE = (
    "This server keeps answers of apps that you brought along yourself private, so I cannot post here. "
    "Somebody who manages the server can add me, or allow external apps."
)
ELSEWHERE = "In this server I answer in public only in {channels}, so I cannot post this here."
SHARED_ALREADY = "You have shared this already."
MENTION_ME = "\n-# To go on from here, mention me."
ASKED = "Done: your question is in <#{channel}>."
ASKED_ALREADY = "This question has been handed on already."
CANNOT_ASK = "I may not write in <#{channel}>. Somebody who manages the server can change that."
NOT_SET = "This server has not chosen where such questions go."
_MESSAGE = re.compile(r"\[This message\]\(\S+/channels/\d+/(\d+)/(\d+)\)")


def register(client: discord.Client, dispatcher: Dispatcher) -> None:
    """Attach the listeners for joining and leaving a server."""

    async def on_guild_join(guild: discord.Guild) -> None:
        await dispatcher.boundary.message(_greet(dispatcher, guild), "joined")

    async def on_guild_remove(guild: discord.Guild) -> None:
        await dispatcher.boundary.message(_leave(dispatcher, guild), "removed")

    client.event(on_guild_join)
    client.event(on_guild_remove)


async def _greet(dispatcher: Dispatcher, guild: discord.Guild) -> None:
    """Say hello once, where the server has new members greeted, or in the first channel that we may write in."""
    event = f"discord/hello/{guild.id}"
    channels = [guild.system_channel, *guild.text_channels]
    channel = next((c for c in channels if c and guild.me and c.permissions_for(guild.me).send_messages), None)
    if channel is None or not await dispatcher.conversations.first(event, PLATFORM):
        return
    about = dispatcher.conversations.advisor().knowledge.about
    example = about.examples[0] if about.examples else "help"
    ask, setup = dispatcher.config.command("ask"), dispatcher.config.command("setup")
    hello = HELLO.format(subject=about.subject, name=guild.me.display_name, example=example, ask=ask, setup=setup)
    ways = [button(WHAT_CAN_I_ASK, actions.ShowHelp()), buttons.all_topics()]
    await sending.post(channel, plain(hello, *ways))
    await dispatcher.conversations.answered(event, PLATFORM)


async def _leave(dispatcher: Dispatcher, guild: discord.Guild) -> None:
    await dispatcher.conversations.forget_workspace(Person(PLATFORM, str(guild.id), ""))
    log.info("Removed from a server; its settings are forgotten")


async def share(dispatcher: Dispatcher, interaction: Interaction, action: Action) -> None:
    """Post a private answer where everybody reads it, once; as a reply, where it answers somebody's message."""
    who = speaker(interaction)
    refusal = await _refusal(dispatcher, interaction)
    if refusal:
        await sending.say(interaction, refusal)
        return
    event = f"discord/share/{interaction.message.id if interaction.message else interaction.id}/{encode(action)}"
    if not await dispatcher.conversations.first(event, PLATFORM):
        await sending.say(interaction, SHARED_ALREADY)
        return
    key = conversation(interaction.channel_id, dispatcher.pseudonym(who), direct=is_direct(interaction))
    delivery = await update(dispatcher, interaction, dispatcher.conversations.do(action, who, key))
    if isinstance(delivery.reply, Notice):
        await sending.show(interaction, delivery.reply)
        return
    note = _note(interaction)
    context = await dispatcher.context(delivery, who, everybody(interaction), note, shared=True)
    if not await _posted(interaction, render(delivery.reply, context)):
        context = await dispatcher.context(delivery, who, everybody(interaction), note + MENTION_ME, shared=True)
        await sending.add(interaction, render(delivery.reply, context), private=False)
    await dispatcher.conversations.answered(event, PLATFORM)


async def _refusal(dispatcher: Dispatcher, interaction: Interaction) -> str:
    """Return why nothing may be posted here; nothing where it may."""
    in_server = interaction.guild_id is not None
    if in_server and not interaction.is_guild_integration() and not interaction.permissions.use_external_apps:
        return KEPT_PRIVATE
    allowed = (await dispatcher.settings(speaker(interaction))).channels
    if interaction.channel and not is_allowed(allowed, interaction.channel):
        return ELSEWHERE.format(channels=", ".join(f"<#{channel}>" for channel in allowed))
    return ""


def _note(interaction: Interaction) -> str:
    asked = note_of(interaction.message).removeprefix("-# ")
    shared = f"-# Shared by <@{interaction.user.id}>"
    return f"{shared} · {asked}" if asked else shared


async def _posted(interaction: Interaction, payload: Payload) -> bool:
    """Post an ordinary message, which people can reply to, where we may write; return whether that was possible."""
    if not interaction.is_guild_integration() or interaction.channel_id is None:
        return False
    rights = interaction.app_permissions
    is_thread = isinstance(interaction.channel, discord.Thread)
    if not (rights.send_messages_in_threads if is_thread else rights.send_messages):
        return False
    channel = interaction.client.get_partial_messageable(interaction.channel_id, guild_id=interaction.guild_id)
    if not interaction.response.is_done():
        await interaction.response.edit_message(view=_marked(interaction))
    try:
        await sending.post(channel, payload, _answered(interaction), nonce=str(interaction.id))
    except (discord.Forbidden, discord.NotFound):
        return False
    return True


def _answered(interaction: Interaction) -> discord.MessageReference | None:
    """Return the message that the shared answer is for, where "Answer this" was used on one in this channel."""
    found = _MESSAGE.search(note_of(interaction.message))
    if found is None or int(found[1]) != interaction.channel_id:
        return None
    return discord.MessageReference(message_id=int(found[2]), channel_id=int(found[1]), fail_if_not_exists=False)


def _marked(interaction: Interaction) -> ui.LayoutView:
    """Return the private message with the button that was pressed at rest."""
    if interaction.message is None:
        raise ValueError("a press without its message")
    view = ui.LayoutView.from_message(interaction.message, timeout=None)
    pressed = str(dict(interaction.data or {}).get("custom_id"))
    for child in view.walk_children():
        if isinstance(child, ui.Button) and child.custom_id == pressed:
            child.label, child.disabled = "Shared", True
    view.stop()
    return view


async def ask_a_person(dispatcher: Dispatcher, interaction: Interaction) -> None:
    """Post a question that was not answered where the people of the server look after such questions, once."""
    who = speaker(interaction)
    channel = (await dispatcher.settings(who)).help_channel
    if not channel or interaction.message is None:
        await sending.say(interaction, NOT_SET)
        return
    event = f"discord/person/{interaction.message.id}"
    if not await dispatcher.conversations.first(event, PLATFORM):
        await sending.say(interaction, ASKED_ALREADY)
        return
    asked = note_of(interaction.message).removeprefix("-# ") or question_above(interaction.message)
    payload = plain(f"🙋 <@{interaction.user.id}> would like a person to answer: {asked}")
    target = interaction.client.get_partial_messageable(int(channel), guild_id=interaction.guild_id)
    try:
        await sending.post(target, payload, nonce=str(interaction.id))
    except (discord.Forbidden, discord.NotFound):
        await sending.say(interaction, CANNOT_ASK.format(channel=channel))
        return
    await dispatcher.conversations.answered(event, PLATFORM)
    await sending.say(interaction, ASKED.format(channel=channel))


def question_above(message: discord.Message | None) -> str:
    """Return a link to what a public answer replies to, or to the answer itself."""
    if message is None:
        return ""
    above = message.reference.jump_url if message.reference and message.reference.message_id else message.jump_url
    return f"[This message]({above})"
