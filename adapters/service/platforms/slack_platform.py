"""Slack, as the service knows it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from adapters.service.platforms.platform import Given, Platform, Token, TokenCheck
from adapters.service.platforms.settings import SlackSettings

if TYPE_CHECKING:
    from aiohttp import ClientSession

    from adapters.service.bootstrap import Service
    from adapters.service.serve import PlatformRunner

BOT, SIGNING, APP = "ADVISOR_SLACK_BOT_TOKEN", "ADVISOR_SLACK_SIGNING_SECRET", "ADVISOR_SLACK_APP_TOKEN"
CLIENT, CLIENT_SECRET = "ADVISOR_SLACK_CLIENT_ID", "ADVISOR_SLACK_CLIENT_SECRET"


def _describe(settings: SlackSettings) -> str:
    if settings.slack_oauth:
        return "over HTTP, for every workspace that installs it"
    if settings.has_slack:
        return "over Socket Mode, for one workspace" if settings.slack_socket_mode else "over HTTP, for one workspace"
    return f"not configured: set {BOT} and {SIGNING} (or {APP})"


def _problems(_settings: SlackSettings, given: Given) -> Iterator[str]:
    bot, app, signing = map(given, ("slack_bot_token", "slack_app_token", "slack_signing_secret"))
    client, client_secret = given("slack_client_id"), given("slack_client_secret")
    if client != client_secret:
        missing = CLIENT_SECRET if client else CLIENT
        yield f"{missing} is missing: installation by any workspace needs both the client id and its secret."
    if bot and client:
        yield (
            f"{BOT} and {CLIENT} are both set: keep the token for one workspace, or the client id and secret for many."
        )
    if app and not bot:
        yield f"{BOT} is missing: Socket Mode serves one workspace and needs its token."
    if (bot or client) and not (app or signing):
        yield f"{SIGNING} is missing (or {APP}, for Socket Mode)."
    if signing and not (bot or client or client_secret):
        yield f"{BOT} is missing (or a client id and secret, for many workspaces)."


def _findings(settings: SlackSettings) -> Iterator[tuple[str, bool, str]]:
    if settings.slack_oauth and not getattr(settings, "encryption_keys", ()):
        remedy = "set ADVISOR_ENCRYPTION_KEYS to what `advisor db new-key` prints"
        yield "encryption", True, f"stored Slack tokens are not encrypted: {remedy}."
    if settings.slack_oauth and not getattr(settings, "public_url", None):
        yield "address", False, "ADVISOR_PUBLIC_URL is not set; Slack is sent to its default page."


async def check_bot_token(session: ClientSession, url: str, token: str) -> TokenCheck:
    """Ask Slack whose token this is."""
    said = await _post(session, f"{url}/auth.test", token)
    if said.get("ok"):
        return TokenCheck(well=True, words=f"known to Slack, for the workspace {said.get('team')}.")
    return TokenCheck(well=False, words=f"Slack does not accept it ({said.get('error')}).")


async def check_app_token(session: ClientSession, url: str, token: str) -> TokenCheck:
    """Ask Slack for a Socket Mode connection, and open none."""
    said = await _post(session, f"{url}/apps.connections.open", token)
    if said.get("ok"):
        return TokenCheck(well=True, words="Slack opens a connection for it.")
    return TokenCheck(well=False, words=f"Slack does not accept it ({said.get('error')}).")


async def _post(session: ClientSession, url: str, token: str) -> dict[str, object]:
    async with session.post(url, headers={"Authorization": f"Bearer {token}"}) as response:
        said: dict[str, object] = await response.json(content_type=None)
        return said


def _api(settings: SlackSettings) -> str:
    return settings.slack_api_url


def _run(service: Service, _release: bool) -> PlatformRunner:
    from adapters.service.platforms.slack import SlackRunner

    return SlackRunner(service)


SLACK = Platform(
    name="slack",
    title="Slack",
    process="web",
    users_are_global=False,
    secret_shapes=(r"xox[a-z]-[\w-]{6,}", r"xoxe\.[\w.-]{6,}", r"xapp-[\w-]{6,}", r"(?<=hooks\.slack\.com/)\S+"),
    credentials=("slack_signing_secret", "slack_app_token"),
    is_configured=lambda settings: settings.has_slack,
    describe=_describe,
    problems=_problems,
    findings=_findings,
    tokens=(
        Token("Slack bot token", "slack_bot_token", _api, check_bot_token),
        Token("Slack app-level token", "slack_app_token", _api, check_app_token),
    ),
    run=_run,
)
