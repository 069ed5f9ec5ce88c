"""Asks Slack and Discord whether they know the tokens."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from aiohttp import ClientError, ClientSession, ClientTimeout

from adapters.service.settings_loader import Settings

SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class TokenCheck:
    """What a platform said about a token."""

    well: bool
    words: str


Question = Callable[[ClientSession, str, str], Awaitable[TokenCheck]]


async def ask_all(settings: Settings) -> list[tuple[str, TokenCheck]]:
    """Ask about every token that is configured; return the answers by what they are about."""
    discord_url = settings.discord_api_url or "https://discord.com/api/v10"
    wanted = [
        ("Slack bot token", _slack_bot, settings.slack_api_url, settings.slack_bot_token),
        ("Slack app-level token", _slack_app, settings.slack_api_url, settings.slack_app_token),
        ("Discord token", _discord, discord_url, settings.discord_token),
    ]
    async with ClientSession(trust_env=True, timeout=ClientTimeout(total=SECONDS)) as session:
        asked = [
            (about, _safely(question, session, url.rstrip("/"), token.get_secret_value()))
            for about, question, url, token in wanted
            if token
        ]
        answers = await asyncio.gather(*(answer for _, answer in asked))
    return [(about, answer) for (about, _), answer in zip(asked, answers, strict=True)]


async def _safely(question: Question, session: ClientSession, url: str, token: str) -> TokenCheck:
    try:
        return await question(session, url, token)
    except (ClientError, TimeoutError, OSError, ValueError) as error:
        return TokenCheck(well=False, words=f"could not be checked: no answer ({type(error).__name__}).")


async def _slack_bot(session: ClientSession, url: str, token: str) -> TokenCheck:
    said = await _post(session, f"{url}/auth.test", token)
    if said.get("ok"):
        return TokenCheck(well=True, words=f"known to Slack, for the workspace {said.get('team')}.")
    return TokenCheck(well=False, words=f"Slack does not accept it ({said.get('error')}).")


async def _slack_app(session: ClientSession, url: str, token: str) -> TokenCheck:
    said = await _post(session, f"{url}/apps.connections.open", token)
    if said.get("ok"):
        return TokenCheck(well=True, words="Slack opens a connection for it.")
    return TokenCheck(well=False, words=f"Slack does not accept it ({said.get('error')}).")


async def _post(session: ClientSession, url: str, token: str) -> dict[str, object]:
    async with session.post(url, headers={"Authorization": f"Bearer {token}"}) as response:
        said: dict[str, object] = await response.json(content_type=None)
        return said


async def _discord(session: ClientSession, url: str, token: str) -> TokenCheck:
    async with session.get(f"{url}/users/@me", headers={"Authorization": f"Bot {token}"}) as response:
        if response.status == 200:  # noqa: PLR2004  # the one status that means yes
            said = await response.json(content_type=None)
            return TokenCheck(well=True, words=f"known to Discord, as {said.get('username')}.")
        return TokenCheck(well=False, words=f"Discord does not accept it (status {response.status}).")
