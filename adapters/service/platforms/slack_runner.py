"""Slack as part of the service."""

from __future__ import annotations

import asyncio
import time
from typing import Any

from aiohttp import ClientSession, ClientTimeout, web
from slack_sdk.web.async_client import AsyncWebClient

from adapters.service.bootstrap import Service
from adapters.service.platforms.slack import slack_config
from adapters.slack.app import SlackApp, build_app
from adapters.slack.config import EVENTS_PATH
from adapters.slack.connection import SocketMode, checked, web_routes
from adapters.slack.dispatcher import PATIENCE
from adapters.slack.sending import retries
from adapters.storage.encryption import TokenEncryption
from adapters.storage.installations import InstallationStore, StateStore


class SlackRunner:
    """The Slack app, over HTTP or Socket Mode."""

    name = "slack"

    def __init__(self, service: Service) -> None:
        self._settings = service.settings
        self._config = slack_config(service.settings)
        self._session = ClientSession(timeout=ClientTimeout(total=30))  # Slack's client looks for a proxy by itself
        client = AsyncWebClient(base_url=self._config.api_url, retry_handlers=retries(), session=self._session)
        self.app: SlackApp = build_app(service.conversations, self._config, client=client, **_stores(service))
        self._socket = SocketMode(self.app, self._config) if service.settings.slack_socket_mode else None

    def routes(self) -> list[web.RouteDef]:
        """Return what the web server has to serve."""
        return [] if self._socket else [self._guarded(route) for route in web_routes(self.app, PATIENCE)]

    def _guarded(self, route: web.RouteDef) -> web.RouteDef:
        if route.path != EVENTS_PATH:
            return route
        return checked(route, self._config.signing_secret, time.time)

    async def run(self, stop: asyncio.Event) -> None:
        """Serve until `stop`, and send the answers on their way."""
        if self._socket:
            await self._socket.run(stop)
        else:
            await stop.wait()

    async def close(self) -> None:
        """Send the answers on their way, then close the connections to Slack."""
        await self.app.drain(self._settings.grace_seconds)
        await self._session.close()


def _stores(service: Service) -> dict[str, Any]:
    settings = service.settings
    if not settings.slack_oauth:
        return {}
    vault = TokenEncryption([key.get_secret_value() for key in settings.encryption_keys])
    installations = InstallationStore(settings.slack_client_id or "", service.database, vault, time.time)
    secret = settings.slack_client_secret.get_secret_value() if settings.slack_client_secret else ""
    return {"installation_store": installations, "state_store": StateStore(secret, time.time)}
