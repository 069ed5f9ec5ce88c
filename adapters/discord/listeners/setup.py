"""The settings of a server, which those who manage it change by `/setup`."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import discord
from discord import app_commands, ui

from adapters.conversations.ports import WorkspaceSettings
from adapters.discord import sending
from adapters.discord.dispatcher import Dispatcher
from adapters.discord.origins import speaker
from adapters.discord.render.layout import PREFIX

Interaction = discord.Interaction[Any]
CHANNELS, PEOPLE = f"{PREFIX}setup.channels", f"{PREFIX}setup.people"
"""custom_ids of the menus of channels."""
THREADS = "setup.threads."
"""Begins what the button for threads says; "on" or "off" follows."""
MOST_CHANNELS = 25
PUBLIC = (discord.ChannelType.text, discord.ChannelType.news, discord.ChannelType.forum)
HEAD = "### How I behave in this server\nOnly people who manage the server see and change this."
WHERE = "**Where I answer in public.** Choose nothing for everywhere. Private answers work in every channel."
WHO = "**Where “Ask a person” posts a question that I cannot answer.** Choose nothing to leave it off."
THREAD = "**Threads.** {now}"
IN_THREADS = "Who mentions me in a channel gets the answer in a thread under the question."
BESIDE = "Who mentions me in a channel gets the answer there, as a reply."
NOT_PERMITTED = (
    " Where I lack the permissions **Create Public Threads** and **Send Messages in Threads**, as here, I reply in the "
    "channel."
)
NOT_ALLOWED = "Only people who manage this server can change this."
NOT_KEPT = "My memory is out of reach just now, so nothing was changed. Please try again in a few minutes."


def register(tree: app_commands.CommandTree[discord.Client], dispatcher: Dispatcher) -> None:
    """Attach the command."""

    @tree.command(
        name=dispatcher.config.command("setup"),
        description="Choose where I answer in public, and who helps where I cannot",
    )
    @app_commands.default_permissions(manage_guild=True)
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
    async def setup(interaction: Interaction) -> None:
        await dispatcher.boundary.interaction(interaction, _show(dispatcher, interaction), "/setup")


def is_allowed(allowed: tuple[str, ...], channel: Any) -> bool:
    """Return whether the bot may answer in public here; a thread counts as its channel."""
    place = {str(channel.id), str(getattr(channel, "parent_id", None))}
    return not allowed or not place.isdisjoint(allowed)


def opens_thread(settings: WorkspaceSettings, message: discord.Message) -> bool:
    """Return whether a message gets a thread for its answer: it stands in a channel where we may open one."""
    channel = message.channel
    if not settings.threads or not isinstance(channel, discord.TextChannel):
        return False
    return _may_open(channel.permissions_for(channel.guild.me))


def _may_open(rights: discord.Permissions) -> bool:
    return rights.create_public_threads and rights.send_messages_in_threads


async def _show(dispatcher: Dispatcher, interaction: Interaction) -> None:
    settings = await dispatcher.settings(speaker(interaction))
    await interaction.response.send_message(view=_view(settings, interaction), ephemeral=True)


async def chosen(dispatcher: Dispatcher, interaction: Interaction, select: ui.ChannelSelect[Any]) -> None:
    """Keep the channels that somebody has chosen."""
    ids = tuple(str(channel.id) for channel in select.values)
    if select.custom_id == CHANNELS:
        await _change(dispatcher, interaction, channels=ids)
    else:
        await _change(dispatcher, interaction, help_channel=ids[0] if ids else "")


async def switched(dispatcher: Dispatcher, interaction: Interaction, text: str) -> None:
    """Keep whether answers go into threads, as the button says that somebody has pressed."""
    await _change(dispatcher, interaction, threads=text == f"{THREADS}on")


async def _change(dispatcher: Dispatcher, interaction: Interaction, **changes: Any) -> None:
    """Change the settings for somebody who manages the server, and show them as they are then."""
    if not interaction.permissions.manage_guild:
        await sending.say(interaction, NOT_ALLOWED)
        return
    who = speaker(interaction)
    settings = replace(await dispatcher.settings(who), **changes)
    if await dispatcher.conversations.change_workspace_settings(who, settings):
        await sending.replace(interaction, _view(settings, interaction))
    else:
        await sending.say(interaction, NOT_KEPT)


def _view(settings: WorkspaceSettings, interaction: Interaction) -> ui.LayoutView:
    help_channel = (settings.help_channel,) if settings.help_channel else ()
    threads = IN_THREADS if settings.threads else BESIDE
    if settings.threads and not _may_open(interaction.app_permissions):
        threads += NOT_PERMITTED
    label, other = ("Reply in the channel", "off") if settings.threads else ("Answer in threads", "on")
    view = ui.LayoutView(timeout=None)
    view.add_item(ui.Container(
        ui.TextDisplay(HEAD),
        ui.TextDisplay(WHERE),
        ui.ActionRow(_channels(CHANNELS, "Everywhere", settings.channels, MOST_CHANNELS)),
        ui.TextDisplay(THREAD.format(now=threads)),
        ui.ActionRow(ui.Button(label=label, custom_id=f"{PREFIX}{THREADS}{other}")),
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
