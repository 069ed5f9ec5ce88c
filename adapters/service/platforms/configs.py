"""What each platform's adapter is told, from the settings."""

from __future__ import annotations

from pydantic import SecretStr

from adapters.discord.connection import DiscordConfig
from adapters.service.settings_loader import Settings
from adapters.slack.config import DIRECT_SCOPES, SCOPES, SlackConfig
from adapters.slack.render.context import Commands


def slack_config(settings: Settings) -> SlackConfig:
    """Return what the Slack app needs."""
    return SlackConfig(
        signing_secret=_text(settings.slack_signing_secret),
        bot_token=_text(settings.slack_bot_token),
        app_token=_text(settings.slack_app_token),
        client_id=settings.slack_client_id or "",
        client_secret=_text(settings.slack_client_secret),
        public_url=settings.public_url or "",
        scopes=SCOPES + (DIRECT_SCOPES if settings.slack_direct_messages else ()),
        api_url=settings.slack_api_url,
        commands=Commands(settings.slack_command, settings.slack_recommend_command),
    )


def discord_config(settings: Settings) -> DiscordConfig:
    """Return what the Discord client needs."""
    return DiscordConfig(
        token=_text(settings.discord_token),
        application_id=settings.discord_application_id,
        sharded=settings.discord_sharded or bool(settings.discord_shard_ids),
        shard_ids=settings.discord_shard_ids,
        shard_count=settings.discord_shard_count,
        grace=settings.grace_seconds,
        api_base=settings.discord_api_url,
        gateway=settings.discord_gateway_url,
        support_url=settings.support_url,
        command_names=settings.discord_command_names,
    )


def _text(secret: SecretStr | None) -> str:
    return secret.get_secret_value() if secret else ""
