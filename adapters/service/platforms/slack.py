"""Slack, as the service knows it: its settings, what is wrong with them, and whether its tokens are known."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

from pydantic import AfterValidator, Field, SecretStr
from pydantic_settings import BaseSettings

from adapters.service.platforms.platform import Given, Platform, PlatformRunner, Token, TokenCheck, WebUrl, secret_text

if TYPE_CHECKING:
    from aiohttp import ClientSession

    from adapters.service.bootstrap import Service
    from adapters.service.settings_loader import Settings
    from adapters.slack.config import SlackConfig

BOT, SIGNING, APP = "ADVISOR_SLACK_BOT_TOKEN", "ADVISOR_SLACK_SIGNING_SECRET", "ADVISOR_SLACK_APP_TOKEN"
CLIENT, CLIENT_SECRET = "ADVISOR_SLACK_CLIENT_ID", "ADVISOR_SLACK_CLIENT_SECRET"


def _begins(prefix: str, what: str) -> AfterValidator:
    def check(value: SecretStr) -> SecretStr:
        if not value.get_secret_value().startswith(prefix):
            raise ValueError(f"{what} begins with {prefix}")
        return value

    return AfterValidator(check)


BotToken = Annotated[SecretStr, _begins("xoxb-", "a bot token")]
AppToken = Annotated[SecretStr, _begins("xapp-", "an app-level token")]
SlashCommand = Annotated[str, Field(pattern=r"^/[a-z0-9_-]{1,31}$")]


class SlackSettings(BaseSettings):
    """What Slack needs."""

    slack_bot_token: BotToken | None = None
    """The token of the one workspace that the app is in; begins with xoxb-."""
    slack_signing_secret: SecretStr | None = None
    """For Slack over HTTP."""
    slack_app_token: AppToken | None = None
    """For Slack without a public address (Socket Mode); begins with xapp-."""
    slack_client_id: str | None = None
    """With the client secret: any workspace may install the app."""
    slack_client_secret: SecretStr | None = None
    slack_direct_messages: bool = False
    """Whether the app takes direct messages, for which Slack demands the scope im:history."""
    slack_command: SlashCommand = "/advisor"
    slack_recommend_command: SlashCommand = "/recommend"
    """What the slash commands are called, for a workspace where another app has these names."""
    slack_api_url: WebUrl = "https://slack.com/api/"

    @property
    def has_slack(self) -> bool:
        """Whether enough is given for Slack."""
        return bool(
            self.slack_socket_mode or (self.slack_signing_secret and (self.slack_bot_token or self.slack_oauth))
        )

    @property
    def slack_oauth(self) -> bool:
        """Whether any workspace may install the app."""
        return bool(self.slack_client_id and self.slack_client_secret)

    @property
    def slack_socket_mode(self) -> bool:
        """Whether Slack comes over a connection that we open."""
        return bool(self.slack_app_token and self.slack_bot_token)


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


def slack_config(settings: Settings) -> SlackConfig:
    """Return what the Slack app needs."""
    from adapters.slack.config import DIRECT_SCOPES, SCOPES, SlackConfig
    from adapters.slack.render.buttons import Commands

    return SlackConfig(
        signing_secret=secret_text(settings.slack_signing_secret),
        bot_token=secret_text(settings.slack_bot_token),
        app_token=secret_text(settings.slack_app_token),
        client_id=settings.slack_client_id or "",
        client_secret=secret_text(settings.slack_client_secret),
        public_url=settings.public_url or "",
        scopes=SCOPES + (DIRECT_SCOPES if settings.slack_direct_messages else ()),
        api_url=settings.slack_api_url,
        commands=Commands(settings.slack_command, settings.slack_recommend_command),
    )


def _run(service: Service, _release: bool) -> PlatformRunner:
    from adapters.service.platforms.slack_runner import SlackRunner

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
