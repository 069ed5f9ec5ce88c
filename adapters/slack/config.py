"""What the Slack app has to be told."""

from __future__ import annotations

from dataclasses import dataclass, field

from adapters.slack.render.context import USUAL_COMMANDS, Commands

EVENTS_PATH = "/slack/events"
INSTALL_PATH = "/slack/install"
REDIRECT_PATH = "/slack/oauth_redirect"

SCOPES = ("app_mentions:read", "chat:write", "commands", "channels:read", "users:read")
"""What every surface but direct messages needs: `channels:read` for a hello when invited to a channel, `users:read` to
know who is an admin of the workspace and may change its settings."""
DIRECT_SCOPES = ("assistant:write", "im:history")
"""What direct messages and the agent view need besides. Slack sends no direct message to an app without im:history."""


@dataclass(frozen=True, slots=True)
class SlackConfig:
    """Credentials and addresses. One workspace needs `bot_token`; many need `client_id` and `client_secret`.

    HTTP needs `signing_secret`, Socket Mode needs `app_token`. Secrets do not show in `repr`.
    """

    signing_secret: str = field(default="", repr=False)
    bot_token: str = field(default="", repr=False)
    app_token: str = field(default="", repr=False)
    client_id: str = ""
    client_secret: str = field(default="", repr=False)
    public_url: str = ""
    """Where Slack and browsers reach the service, as in https://advisor.example.com."""
    scopes: tuple[str, ...] = SCOPES
    """What an installation asks for; `SCOPES + DIRECT_SCOPES` where the app takes direct messages."""
    api_url: str = "https://slack.com/api/"
    commands: Commands = USUAL_COMMANDS
    """What the slash commands are called, where another app has taken the usual names."""

    @property
    def multi_workspace(self) -> bool:
        """Whether workspaces install the app themselves, each with a token of its own."""
        return bool(self.client_id and self.client_secret)

    @property
    def redirect_url(self) -> str | None:
        """Where Slack sends somebody who has allowed an installation; None where the address is not known."""
        return self.public_url.rstrip("/") + REDIRECT_PATH if self.public_url else None
