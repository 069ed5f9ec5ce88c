"""For those who manage a server: where the bot answers in public, and who answers what it does not know."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import Any

import discord
from discord import app_commands, ui

from adapters.conversations.identity import Person
from adapters.conversations.ports import WorkspaceSettings
from adapters.conversations.texts import WHAT_CAN_I_ASK
from adapters.discord import sending
from adapters.discord.dispatcher import Dispatcher
from adapters.discord.origins import PLATFORM, speaker
from adapters.discord.render import buttons
from adapters.discord.render.layout import PREFIX, button
from adapters.discord.render.render import plain
from bot import actions

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
    ways = [button(WHAT_CAN_I_ASK, actions.ShowHelp()), buttons.browsing()]
    await sending.post(channel, plain(hello, *ways))
    await dispatcher.conversations.answered(event, PLATFORM)


async def _leave(dispatcher: Dispatcher, guild: discord.Guild) -> None:
    await dispatcher.conversations.forget_workspace(Person(PLATFORM, str(guild.id), ""))
    log.info("Removed from a server; its settings are forgotten")
