"""Asks the platforms whether they know the tokens."""

from __future__ import annotations

import asyncio

from aiohttp import ClientError, ClientSession, ClientTimeout
from pydantic import SecretStr

from adapters.service.platforms import PLATFORMS
from adapters.service.platforms.platform import Token, TokenCheck
from adapters.service.settings import Settings

SECONDS = 10.0


async def ask_all(settings: Settings) -> list[tuple[str, TokenCheck]]:
    """Ask about every token that is configured; return the answers by what they are about."""
    tokens = [(token, getattr(settings, token.setting)) for platform in PLATFORMS for token in platform.tokens]
    given: list[tuple[Token, SecretStr]] = [(token, value) for token, value in tokens if value]
    async with ClientSession(trust_env=True, timeout=ClientTimeout(total=SECONDS)) as session:
        answers = await asyncio.gather(*(_ask(session, token, settings, value) for token, value in given))
    return [(token.title, answer) for (token, _), answer in zip(given, answers, strict=True)]


async def _ask(session: ClientSession, token: Token, settings: Settings, value: SecretStr) -> TokenCheck:
    try:
        return await token.check(session, token.url(settings).rstrip("/"), value.get_secret_value())
    except (ClientError, TimeoutError, OSError, ValueError) as error:
        return TokenCheck(well=False, words=f"could not be checked: no answer ({type(error).__name__}).")
