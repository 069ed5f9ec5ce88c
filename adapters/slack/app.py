"""The Slack app: Bolt with every listener, for one workspace or for many."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore
from slack_sdk.web.async_client import AsyncWebClient

from adapters.conversations.service import Conversations
from adapters.slack import oauth
from adapters.slack.config import INSTALL_PATH, SlackConfig
from adapters.slack.dispatcher import Dispatcher
from adapters.slack.listeners import register
from adapters.slack.sending import retries

DRAIN_SECONDS = 20.0
UNINSTALLED = (
    "I cannot find my installation in this workspace. Try again in a minute; if it stays so, whoever looks after me "
    "has to add me again{where}."
)


class SlackApp(AsyncApp):
    """Bolt, and the answers in flight."""

    def __init__(self, dispatcher: Dispatcher, **settings: Any) -> None:
        super().__init__(
            name="framework-advisor",
            raise_error_for_unhandled_request=True,
            attaching_function_token_enabled=False,
            **settings,
        )
        self.dispatcher = dispatcher

    async def drain(self, seconds: float = DRAIN_SECONDS) -> int:
        """Wait until every answer in flight is sent, for at most so many seconds; return how many were given up."""
        return await self.dispatcher.work.drain(seconds)


def build_app(
    conversations: Conversations,
    config: SlackConfig,
    *,
    client: AsyncWebClient | None = None,
    installation_store: AsyncInstallationStore | None = None,
    state_store: AsyncOAuthStateStore | None = None,
) -> SlackApp:
    """Return the app; nothing is started and nothing is sent.

    With a client id and secret it serves every workspace that has installed it, and needs both stores; otherwise it
    serves the one workspace that `bot_token` belongs to.

    Raises:
        ValueError: many workspaces without both stores, or one without a token.
    """
    dispatcher = Dispatcher(conversations, config.commands)
    own = client or AsyncWebClient(base_url=config.api_url, retry_handlers=retries())
    with _no_settings_from_environment():
        if config.multi_workspace:
            app = SlackApp(dispatcher, **_many(config, own, installation_store, state_store, dispatcher))
        else:
            app = SlackApp(dispatcher, **_one(config, own))
    register(app, dispatcher)
    if installation_store and config.multi_workspace:
        oauth.register(app, installation_store, dispatcher)
    return app


def _one(config: SlackConfig, client: AsyncWebClient) -> dict[str, Any]:
    client.token = client.token or config.bot_token
    if not client.token:
        raise ValueError("Slack needs a bot token, or a client id and secret")
    return {
        "signing_secret": config.signing_secret,
        "client": client,
        "user_facing_authorize_error_message": UNINSTALLED.format(where=""),
    }


def _many(
    config: SlackConfig,
    client: AsyncWebClient,
    installations: AsyncInstallationStore | None,
    states: AsyncOAuthStateStore | None,
    dispatcher: Dispatcher,
) -> dict[str, Any]:
    if installations is None or states is None:
        raise ValueError("Slack for many workspaces needs an installation store and a state store")
    advisor = dispatcher.conversations.advisor
    flow = oauth.flow(config, client, installations, states, lambda: advisor().knowledge.about)
    where = f": {config.public_url.rstrip('/')}{INSTALL_PATH}" if config.public_url else ""
    return {
        "signing_secret": config.signing_secret,
        "client": client,
        "oauth_flow": flow,
        "before_authorize": oauth.held_back_while_unknown(installations),
        "user_facing_authorize_error_message": UNINSTALLED.format(where=where),
    }


@contextmanager
def _no_settings_from_environment() -> Iterator[None]:
    """Hide Slack's variables: Bolt would silently turn OAuth on and drop the token where it finds some of them."""
    hidden = {name: os.environ.pop(name) for name in list(os.environ) if name.startswith("SLACK_")}
    try:
        yield
    finally:
        os.environ.update(hidden)
