"""The links that bring the bot into a server or to a person, with no more than it needs."""

from __future__ import annotations

import base64

import discord

PERMISSIONS = discord.Permissions(
    view_channel=True,
    send_messages=True,
    send_messages_in_threads=True,
    read_message_history=True,
)
"""Seeing the channel, answering in it and in its threads, and replying to a message. No others."""


def server_invite(application_id: int) -> str:
    """Return the link that adds the bot to a server."""
    return (
        discord.utils.oauth_url(application_id, permissions=PERMISSIONS, scopes=("bot", "applications.commands"))
        + "&integration_type=0"
    )


def user_invite(application_id: int) -> str:
    """Return the link that adds the commands to one person, wherever they are."""
    return discord.utils.oauth_url(application_id, scopes=("applications.commands",)) + "&integration_type=1"


def application_of(token: str) -> int | None:
    """Return the application's id, which is the first part of its bot token; None where the token does not tell."""
    first = token.partition(".")[0]
    try:
        number = base64.urlsafe_b64decode(first + "=" * (-len(first) % 4)).decode()
    except ValueError:
        return None
    return int(number) if number.isascii() and number.isdecimal() else None
