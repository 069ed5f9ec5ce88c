"""Installation by any workspace: Slack's OAuth flow and its pages, and what happens when the app is removed again.

The pages are plain HTML: no scripts, nothing from elsewhere.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from html import escape
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization.async_authorize import AsyncInstallationStoreAuthorize
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.oauth.async_callback_options import AsyncCallbackOptions, AsyncFailureArgs, AsyncSuccessArgs
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore
from slack_sdk.web.async_client import AsyncWebClient

from adapters.conversations.ports import StoreUnavailableError
from adapters.slack.config import INSTALL_PATH, REDIRECT_PATH, SlackConfig
from adapters.slack.dispatcher import Dispatcher
from adapters.slack.origins import ACKNOWLEDGEMENT, person
from bot.knowledge.models import About

CLOCKS = 1.0
"""Seconds by which an event, whose time is whole seconds, may seem older than it is."""
SEND_AGAIN = 503
log = logging.getLogger(__name__)

PAGE_HEADERS: dict[str, str | Sequence[str]] = {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Strict-Transport-Security": "max-age=31536000",
}

REASONS = {
    "access_denied": "Nothing was installed, because the request was declined in Slack.",
    "invalid_browser": "Please begin and finish the installation in the same browser, with cookies allowed.",
    "invalid_state": "This took more than ten minutes, or the page was opened twice. Please begin again.",
}
OTHERWISE = (
    "Slack did not confirm the installation. Please begin again; if it happens once more, tell whoever runs this."
)

PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
body {{ font: 17px/1.5 system-ui, sans-serif; max-width: 36rem; margin: 4rem auto; padding: 0 1rem; color: #1d1c1d; }}
a.button {{ display: inline-block; padding: .7rem 1.2rem; border-radius: .4rem; background: #4a154b; color: #fff; }}
code {{ background: #f2f2f2; padding: .1rem .3rem; border-radius: .2rem; }}
</style>
</head>
<body>
<main>
<h1>{title}</h1>
{body}
</main>
</body>
</html>
"""


class Flow(AsyncOAuthFlow):
    """Slack's flow with pages of our own."""

    about: Callable[[], About]
    """What the advisor is about at the moment: its name and its subject stand on the pages."""

    async def build_install_page_html(self, url: str, request: AsyncBoltRequest) -> str:  # noqa: ARG002 Bolt's name
        """Return the page with the button that begins an installation."""
        return install_page(url, self.about())

    async def handle_installation(self, request: AsyncBoltRequest) -> BoltResponse:
        """Answer a visit to the install page."""
        response = await super().handle_installation(request)
        return BoltResponse(
            status=response.status,
            body=response.body,
            headers=PAGE_HEADERS | {"Set-Cookie": [f"{each}; SameSite=Lax" for each in response.headers["set-cookie"]]},
        )


def flow(
    config: SlackConfig,
    client: AsyncWebClient,
    installations: AsyncInstallationStore,
    states: AsyncOAuthStateStore,
    about: Callable[[], About],
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
        callback_options=AsyncCallbackOptions(success=_success(about), failure=_failed),
        installation_store=installations,
        installation_store_bot_only=True,
        state_store=states,
    )
    _cache_tokens(settings)
    made = Flow(client=client, settings=settings)
    made.about = about
    return made


def register(app: AsyncApp, installations: AsyncInstallationStore, dispatcher: Dispatcher) -> None:
    """Attach the listeners that remove what was stored when a workspace removes the app."""
    work = dispatcher.work

    @app.event("app_uninstalled")
    async def uninstalled(body: dict[str, Any], context: dict[str, Any]) -> None:
        await work.start(forgotten(body, context), context.get(ACKNOWLEDGEMENT))

    async def forgotten(body: dict[str, Any], context: dict[str, Any]) -> None:
        if await _is_older(body, context, installations):
            log.info("Slack told late of an uninstallation; the workspace has installed the app again since")
            return
        await installations.async_delete_all(**_whose(context))
        await dispatcher.conversations.forget_workspace(person(context))
        _forget_tokens(app)

    @app.event("tokens_revoked")
    async def revoked(event: dict[str, Any], context: dict[str, Any]) -> None:
        tokens, acknowledgement = event.get("tokens") or {}, context.get(ACKNOWLEDGEMENT)
        for user in tokens.get("oauth") or ():
            removing = installations.async_delete_installation(user_id=user, **_whose(context))
            await work.start(removing, acknowledgement)
        if tokens.get("bot"):
            # The bot's token stands in every installation of the workspace: deleting only the bot would leave it there.
            await work.start(installations.async_delete_all(**_whose(context)), acknowledgement)
        _forget_tokens(app)


def held_back_while_unknown(
    installations: AsyncInstallationStore,
) -> Callable[..., Coroutine[Any, Any, BoltResponse]]:
    """Return what Bolt does before it looks up the token of an event's workspace.

    While the store is away and the token is not at hand, Slack is asked to send the event again: Bolt would take the
    workspace for one that has not installed the app, and acknowledge.
    """

    async def look_up(
        body: dict[str, Any], context: AsyncBoltContext, next_: Callable[[], Awaitable[BoltResponse]]
    ) -> BoltResponse:
        if body.get("type") == "event_callback":
            try:
                await installations.async_find_bot(
                    enterprise_id=context.enterprise_id,
                    team_id=context.team_id,
                    is_enterprise_install=context.is_enterprise_install,
                )
            except StoreUnavailableError:
                return BoltResponse(status=SEND_AGAIN)
        return await next_()

    return look_up


async def _is_older(body: dict[str, Any], context: dict[str, Any], installations: AsyncInstallationStore) -> bool:
    """Return whether an event is older than the installation that is there now."""
    whose = _whose(context)
    bot = await installations.async_find_bot(enterprise_id=whose["enterprise_id"], team_id=whose["team_id"])
    return bot is not None and "event_time" in body and body["event_time"] + CLOCKS < bot.installed_at


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


def _success(about: Callable[[], About]) -> Callable[[AsyncSuccessArgs], Awaitable[BoltResponse]]:
    async def succeeded(args: AsyncSuccessArgs) -> BoltResponse:
        team = args.installation.team_name or args.installation.enterprise_name or "your workspace"
        link = _app_link(args.installation.app_id, args.installation.team_id)
        return _page(200, success_page(team, link, about()), args.settings)

    return succeeded


async def _failed(args: AsyncFailureArgs) -> BoltResponse:
    reason = args.reason if args.reason in REASONS else "another reason"  # it is a stranger's text
    log.warning("A Slack installation did not succeed: %s", reason, exc_info=args.error)
    return _page(args.suggested_status_code, _failure_page(args.reason), args.settings)


def _page(status: int, html: str, settings: AsyncOAuthSettings) -> BoltResponse:
    used = settings.state_utils.build_set_cookie_for_deletion()
    return BoltResponse(status=status, body=html, headers=PAGE_HEADERS | {"Set-Cookie": used})


def install_page(url: str, about: About) -> str:
    """Return the page that begins an installation at `url`."""
    return _html(
        f"Add {about.called} to Slack",
        f"""<p>It answers questions in your channels about {escape(about.subject)}.</p>
<p><a class="button" href="{escape(url)}">Add to Slack</a></p>
<p>It reads only what is said to it, keeps no names and no text of answered questions.
After the installation, <code>/advisor privacy</code> says exactly what is kept.</p>""",
    )


def success_page(team: str, link: str, about: About) -> str:
    """Return the page after an installation in `team`; `link` opens the app in Slack."""
    name = escape(about.called)
    return _html(
        "You are ready to go",
        f"""<p>{name} is installed in <strong>{escape(team)}</strong>. This is how to begin:</p>
<ul>
<li>Type <code>/advisor which should I use?</code> anywhere. Only you see the answer, until you share it.</li>
<li>Invite it to a channel with <code>/invite @{name}</code>, then mention it with a question.</li>
<li>Type <code>/recommend</code> for the guide: about five questions, then an answer with its reasons.</li>
</ul>
<p><a class="button" href="{escape(link)}">Open it in Slack</a></p>""",
    )


def _failure_page(reason: str) -> str:
    """Return the page after an installation that did not succeed. The reason chooses the words and is not shown."""
    return _html(
        "That did not work",
        f"""<p>{escape(REASONS.get(reason, OTHERWISE))}</p>
<p><a class="button" href="/slack/install">Begin again</a></p>""",
    )


def _app_link(app: str | None, team: str | None) -> str:
    """Return the address that opens the app in Slack; Slack itself where the app is not known."""
    if not app:
        return "https://slack.com/app_redirect"
    return f"https://slack.com/app_redirect?app={app}" + (f"&team={team}" if team else "")


def _html(title: str, body: str) -> str:
    return PAGE.format(title=escape(title), body=body)
