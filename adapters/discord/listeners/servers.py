"""What belongs to a server: where its managers let the bot answer, and what people there share or ask of each other."""

from __future__ import annotations

import logging
import re
from dataclasses import replace
from typing import Any

import discord
from discord import app_commands, ui

from adapters.conversations.identity import Person
from adapters.conversations.ports import WorkspaceSettings
from adapters.conversations.texts import WHAT_CAN_I_ASK
from adapters.discord import sending
from adapters.discord.dispatcher import Dispatcher, update
from adapters.discord.origins import PLATFORM, conversation, everybody, is_direct, note_of, speaker
from adapters.discord.render import buttons
from adapters.discord.render.layout import PREFIX, Payload, button
from adapters.discord.render.render import plain, render
from bot import actions
from bot.actions import Action, encode
from bot.replies import Notice

log = logging.getLogger(__name__)

Interaction = discord.Interaction[Any]
CHANNELS, PEOPLE = f"{PREFIX}setup.channels", f"{PREFIX}setup.people"
"""custom_ids of the menus of channels."""
MOST_CHANNELS = 25
PUBLIC = (discord.ChannelType.text, discord.ChannelType.news, discord.ChannelType.forum)
HEAD = "### How I behave in this server\nOnly people who manage the server see and change this."
WHERE = "**Where I answer in public.** Choose nothing for everywhere. Private answers work in every channel."
WHO = "**Where “Ask a person” posts a question that I cannot answer.** Choose nothing to leave it off."
NOT_ALLOWED = "Only people who manage this server can change this."
NOT_KEPT = "My memory is out of reach just now, so nothing was changed. Please try again in a few minutes."
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


def register(client: discord.Client, tree: app_commands.CommandTree[discord.Client], dispatcher: Dispatcher) -> None:
    """Attach the command and the listeners for joining and leaving a server."""

    @tree.command(
        name=dispatcher.config.command("setup"),
        description="Choose where I answer in public, and who helps where I cannot",
    )
    @app_commands.default_permissions(manage_guild=True)
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
    async def setup(interaction: Interaction) -> None:
        await dispatcher.boundary.interaction(interaction, _show(dispatcher, interaction), "/setup")

    async def on_guild_join(guild: discord.Guild) -> None:
        await dispatcher.boundary.message(_greet(dispatcher, guild), "joined")

    async def on_guild_remove(guild: discord.Guild) -> None:
        await dispatcher.boundary.message(_leave(dispatcher, guild), "removed")

    client.event(on_guild_join)
    client.event(on_guild_remove)


async def allowed_channels(dispatcher: Dispatcher, who: Person) -> tuple[str, ...]:
    """Return the ids of the channels where the bot may answer in public; nothing where that is everywhere."""
    if not who.workspace:
        return ()
    return (await dispatcher.conversations.workspace_settings(who)).channels


def is_allowed(allowed: tuple[str, ...], channel: Any) -> bool:
    """Return whether the bot may answer in public here; a thread counts as its channel."""
    place = {str(channel.id), str(getattr(channel, "parent_id", None))}
    return not allowed or not place.isdisjoint(allowed)


async def _show(dispatcher: Dispatcher, interaction: Interaction) -> None:
    settings = await dispatcher.conversations.workspace_settings(speaker(interaction))
    await interaction.response.send_message(view=_view(settings), ephemeral=True)


async def chosen(dispatcher: Dispatcher, interaction: Interaction, select: ui.ChannelSelect[Any]) -> None:
    """Keep what somebody who manages the server has chosen."""
    if not interaction.permissions.manage_guild:
        await sending.say(interaction, NOT_ALLOWED)
        return
    who, ids = speaker(interaction), tuple(str(channel.id) for channel in select.values)
    before = await dispatcher.conversations.workspace_settings(who)
    if select.custom_id == CHANNELS:
        settings = replace(before, channels=ids)
    else:
        settings = replace(before, help_channel=ids[0] if ids else "")
    if await dispatcher.conversations.change_workspace_settings(who, settings):
        await sending.replace(interaction, _view(settings))
    else:
        await sending.say(interaction, NOT_KEPT)


def _view(settings: WorkspaceSettings) -> ui.LayoutView:
    help_channel = (settings.help_channel,) if settings.help_channel else ()
    view = ui.LayoutView(timeout=None)
    view.add_item(ui.Container(
        ui.TextDisplay(HEAD),
        ui.TextDisplay(WHERE),
        ui.ActionRow(_channels(CHANNELS, "Everywhere", settings.channels, MOST_CHANNELS)),
        ui.TextDisplay(WHO),
        ui.ActionRow(_channels(PEOPLE, "Off", help_channel, 1)),
    ))  # fmt: skip
    view.stop()
    return view


def _channels(custom_id: str, placeholder: str, chosen: tuple[str, ...], most: int) -> ui.ChannelSelect[Any]:
    kind = discord.SelectDefaultValueType.channel
    return ui.ChannelSelect(
        custom_id=custom_id,
        placeholder=placeholder,
        channel_types=list(PUBLIC if most > 1 else PUBLIC[:1]),
        min_values=0,
        max_values=most,
        default_values=[discord.SelectDefaultValue(id=int(each), type=kind) for each in chosen[:most]],
    )


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
    allowed = await allowed_channels(dispatcher, speaker(interaction))
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
    channel = (await dispatcher.conversations.workspace_settings(who)).help_channel if who.workspace else ""
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
