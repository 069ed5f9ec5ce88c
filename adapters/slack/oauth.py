"""Installation by any workspace: Slack's OAuth flow, and what happens when the app is removed again."""

from __future__ import annotations

import logging
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization.async_authorize import AsyncInstallationStoreAuthorize
from slack_bolt.oauth.async_callback_options import AsyncCallbackOptions, AsyncFailureArgs, AsyncSuccessArgs
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import oauth_pages
from adapters.slack.background import BackgroundTasks
from adapters.slack.config import INSTALL_PATH, REDIRECT_PATH, SlackConfig

log = logging.getLogger(__name__)


class Flow(AsyncOAuthFlow):
    """Slack's flow with pages of our own."""

    async def build_install_page_html(self, url: str, request: AsyncBoltRequest) -> str:  # noqa: ARG002 Bolt's name
        """Return the page with the button that begins an installation."""
        return oauth_pages.install(url)

    async def handle_installation(self, request: AsyncBoltRequest) -> BoltResponse:
        """Answer a visit to the install page."""
        response = await super().handle_installation(request)
        return BoltResponse(
            status=response.status,
            body=response.body,
            headers=oauth_pages.HEADERS
            | {"Set-Cookie": [f"{each}; SameSite=Lax" for each in response.headers["set-cookie"]]},
        )


def flow(
    config: SlackConfig, client: AsyncWebClient, installations: AsyncInstallationStore, states: AsyncOAuthStateStore
) -> Flow:
    """Return the flow, wired to where installations and states are kept."""
    settings = AsyncOAuthSettings(
        client_id=config.client_id,
        client_secret=config.client_secret,
        scopes=config.scopes,
        user_scopes=(),
        redirect_uri=config.redirect_url,
        install_path=INSTALL_PATH,
        redirect_uri_path=REDIRECT_PATH,
        callback_options=AsyncCallbackOptions(success=_succeeded, failure=_failed),
        installation_store=installations,
        installation_store_bot_only=True,
        state_store=states,
    )
    _cache_tokens(settings)
    return Flow(client=client, settings=settings)


def register(app: AsyncApp, installations: AsyncInstallationStore, work: BackgroundTasks) -> None:
    """Attach the listeners that remove what was stored when a workspace removes the app."""

    @app.event("app_uninstalled")
    async def uninstalled(context: dict[str, Any]) -> None:
        await work.start(installations.async_delete_all(**_whose(context)))
        _forget_tokens(app)

    @app.event("tokens_revoked")
    async def revoked(event: dict[str, Any], context: dict[str, Any]) -> None:
        tokens = event.get("tokens") or {}
        for user in tokens.get("oauth") or ():
            await work.start(installations.async_delete_installation(user_id=user, **_whose(context)))
        if tokens.get("bot"):
            # The bot's token stands in every installation of the workspace: deleting only the bot would leave it there.
            await work.start(installations.async_delete_all(**_whose(context)))
        _forget_tokens(app)


def _whose(context: dict[str, Any]) -> dict[str, str | None]:
    return {"enterprise_id": context.get("enterprise_id"), "team_id": context.get("team_id")}


def _cache_tokens(settings: AsyncOAuthSettings) -> None:
    """Ask Slack once about each token: without the cache every single event costs a request to auth.test."""
    if isinstance(settings.authorize, AsyncInstallationStoreAuthorize):
        settings.authorize.cache_enabled = True


def _forget_tokens(app: AsyncApp) -> None:
    """Forget what Slack said about tokens; it is asked once more about those that are still good."""
    authorize = app.oauth_flow.settings.authorize if app.oauth_flow else None
    if isinstance(authorize, AsyncInstallationStoreAuthorize):
        authorize.authorize_result_cache.clear()


async def _succeeded(args: AsyncSuccessArgs) -> BoltResponse:
    team = args.installation.team_name or args.installation.enterprise_name or "your workspace"
    link = oauth_pages.open_slack(args.installation.app_id, args.installation.team_id)
    return _page(200, oauth_pages.success(team, link), args.settings)


async def _failed(args: AsyncFailureArgs) -> BoltResponse:
    reason = args.reason if args.reason in oauth_pages.REASONS else "another reason"  # it is a stranger's text
    log.warning("A Slack installation did not succeed: %s", reason, exc_info=args.error)
    return _page(args.suggested_status_code, oauth_pages.failure(args.reason), args.settings)


def _page(status: int, html: str, settings: AsyncOAuthSettings) -> BoltResponse:
    used = settings.state_utils.build_set_cookie_for_deletion()
    return BoltResponse(status=status, body=html, headers=oauth_pages.HEADERS | {"Set-Cookie": used})
