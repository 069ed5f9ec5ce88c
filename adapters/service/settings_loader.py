"""Reads the settings, with all mistakes at once, in words that whoever runs the service can act on."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from adapters.service.settings import Settings

NAMES = {"database_url": "DATABASE_URL", "port": "PORT", "ADVISOR_DATABASE_URL": "DATABASE_URL", "ADVISOR_PORT": "PORT"}
NOT_READ = (
    "SLACK_BOT_TOKEN",
    "SLACK_SIGNING_SECRET",
    "SLACK_APP_TOKEN",
    "SLACK_CLIENT_ID",
    "SLACK_CLIENT_SECRET",
    "DISCORD_TOKEN",
)
"""Names that people try first; ours have ADVISOR_ in front, as Slack's library reads some of these by itself."""
__all__ = ["Settings", "SettingsError", "load_settings", "name_of", "not_read"]


class SettingsError(Exception):
    """Settings that cannot be used; says all that is wrong, and no secret."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__("The settings need mending:\n" + "\n".join(f"- {problem}" for problem in problems))


def load_settings(env_file: Path | None = Path(".env")) -> Settings:
    """Read the environment and `env_file`.

    Raises:
        SettingsError: with everything that is wrong.
    """
    try:
        settings = Settings(_env_file=env_file)
    except ValidationError as error:
        wrong = {str(detail["loc"][0]) for detail in error.errors() if detail["loc"]}
        rest = Settings.model_construct(**_sound(error, env_file))
        raise SettingsError([*map(_in_words, error.errors()), *_together(rest, wrong)]) from None
    problems = list(_together(settings, set()))
    if problems:
        raise SettingsError(problems)
    return settings


def not_read(environment: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """Return names in the environment that look like settings of ours and are not."""
    environment = os.environ if environment is None else environment
    return tuple(name for name in NOT_READ if name in environment and f"ADVISOR_{name}" not in environment)


def name_of(field: str) -> str:
    """Return what a setting is called in the environment."""
    return NAMES.get(field) or (field if field.startswith("ADVISOR_") else f"ADVISOR_{field.upper()}")


def _in_words(detail: ErrorDetails) -> str:
    name = name_of(str(detail["loc"][0]) if detail["loc"] else "settings")
    message = detail["msg"].removeprefix("Value error, ")
    return f"{name}: {message[:1].lower()}{message[1:]}."


def _sound(error: ValidationError, env_file: Path | None) -> dict[str, Any]:
    """Return the given values of the fields that are not at fault, unchecked: to see whether they fit together."""
    wrong = {name_of(str(detail["loc"][0])) for detail in error.errors() if detail["loc"]}
    given = {**_file(env_file), **os.environ}
    return {
        field: given[name_of(field)]
        for field in Settings.model_fields
        if given.get(name_of(field)) and name_of(field) not in wrong
    }


def _file(env_file: Path | None) -> dict[str, str]:
    from dotenv import dotenv_values

    values = dotenv_values(env_file) if env_file else {}
    return {name: value for name, value in values.items() if value}


def _together(settings: Settings, wrong: set[str]) -> Iterator[str]:
    """Yield what is wrong with settings that are each in order; those in `wrong` count as given."""

    def given(field: str) -> bool:
        return bool(getattr(settings, field)) or field in wrong

    bot, app, signing = map(given, ("slack_bot_token", "slack_app_token", "slack_signing_secret"))
    client, client_secret = given("slack_client_id"), given("slack_client_secret")
    if client != client_secret:
        missing = "slack_client_secret" if client else "slack_client_id"
        yield f"{name_of(missing)} is missing: installation by any workspace needs both the client id and its secret."
    if bot and client:
        yield (
            f"{name_of('slack_bot_token')} and {name_of('slack_client_id')} are both set: keep the token for one "
            "workspace, or the client id and secret for many."
        )
    if app and not bot:
        yield f"{name_of('slack_bot_token')} is missing: Socket Mode serves one workspace and needs its token."
    if (bot or client) and not (app or signing):
        yield f"{name_of('slack_signing_secret')} is missing (or {name_of('slack_app_token')}, for Socket Mode)."
    if signing and not (bot or client or client_secret):
        yield f"{name_of('slack_bot_token')} is missing (or a client id and secret, for many workspaces)."
    yield from _shards(settings, wrong)


def _shards(settings: Settings, wrong: set[str]) -> Iterator[str]:
    if not settings.discord_shard_ids or wrong & {"discord_shard_ids", "discord_shard_count"}:
        return
    count = settings.discord_shard_count
    if not count:
        yield f"{name_of('discord_shard_count')} is missing: shard ids need it, the same in every process."
    elif not all(0 <= int(shard) < int(count) for shard in settings.discord_shard_ids):
        yield f"{name_of('discord_shard_ids')}: the ids run from 0 to {int(count) - 1}."
