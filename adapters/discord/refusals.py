"""What Discord refuses for good: trying again would not help, so it is said and the program ends."""

from __future__ import annotations

import discord

EXIT_CODE = 78
"""The exit code of a program that is configured wrongly (EX_CONFIG); hosts do not restart it in a loop."""

NOT_ACCEPTED = (
    "Discord does not accept the bot token. Open https://discord.com/developers/applications, choose the application, "
    "then Bot, Reset Token, and put the new token into the settings."
)
REASONS = {
    4004: NOT_ACCEPTED,
    4010: "Discord refused the shard: the shard ids do not fit the shard count. Every process needs the same count.",
    4011: "Discord wants this bot sharded: it is in too many servers for one connection. Switch sharding on.",
    4012: "Discord no longer speaks this version of the gateway. Update discord.py.",
    4013: "Discord does not know the intents that were asked for. Update discord.py.",
    4014: (
        "Discord refused the intents. This program asks for no privileged intent, so the portal may have blocked the "
        "application: look for a notice at https://discord.com/developers/applications, on the page Bot."
    ),
}


class RefusedError(Exception):
    """Discord will not have this bot as it is configured; `str` says why and what to do."""

    exit_code = EXIT_CODE

    def __init__(self, reason: str, code: int) -> None:
        super().__init__(reason)
        self.code = code
        """The HTTP status or the close code of the gateway."""


def refusal(error: Exception) -> RefusedError | None:
    """Return why an error is final; None where another try may help."""
    match error:
        case discord.LoginFailure():
            return RefusedError(NOT_ACCEPTED, 401)
        case discord.PrivilegedIntentsRequired():
            return RefusedError(REASONS[4014], 4014)
        case discord.ConnectionClosed(code=code) if code in REASONS:
            return RefusedError(REASONS[code], code)
        case _:
            return None
