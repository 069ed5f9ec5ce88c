"""Many workspaces: installing, being installed, and being removed."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.installation_store.sqlalchemy import AsyncSQLAlchemyInstallationStore
from slack_sdk.oauth.state_store.sqlalchemy import AsyncSQLAlchemyOAuthStateStore
from sqlalchemy.ext.asyncio import create_async_engine

from adapters.conversations.service import Conversations
from adapters.slack.app import SlackApp, build_app
from adapters.slack.config import SlackConfig
from adapters.slack.connection import web_routes
from tests.slack.people import SECRET, Workspace
from tests.slack.reading import words
from tests.slack.stand_in import SlackStandIn

QUESTION = "does flask have an orm?"
Browser = TestClient[Any, Any]


@pytest.fixture
async def stores(
    tmp_path: Path,
) -> AsyncIterator[tuple[AsyncSQLAlchemyInstallationStore, AsyncSQLAlchemyOAuthStateStore]]:
    engine = create_async_engine(f"sqlite+aiosqlite:///{tmp_path}/slack.db")
    installations = AsyncSQLAlchemyInstallationStore(client_id="1.2", engine=engine)
    states = AsyncSQLAlchemyOAuthStateStore(expiration_seconds=600, engine=engine)
    async with engine.begin() as connection:
        await connection.run_sync(installations.metadata.create_all)
        await connection.run_sync(states.metadata.create_all)
    yield installations, states
    await engine.dispose()


@pytest.fixture
def installations(stores: tuple[AsyncInstallationStore, Any]) -> AsyncInstallationStore:
    return stores[0]


@pytest.fixture
def app(conversations: Conversations, slack: SlackStandIn, stores: tuple[Any, Any]) -> SlackApp:
    config = SlackConfig(
        signing_secret=SECRET,
        client_id="1.2",
        client_secret="hush",
        public_url="https://advisor.example",
        api_url=f"{slack.url}api/",
    )
    return build_app(conversations, config, installation_store=stores[0], state_store=stores[1])


@pytest.fixture
async def browser(app: SlackApp) -> AsyncIterator[Browser]:
    served = web.Application()
    served.add_routes(web_routes(app))
    async with TestClient(TestServer(served)) as client:
        yield client


async def state_of(browser: Browser) -> str:
    """Visit the install page as a browser does; return the state that Slack hands back."""
    async with browser.get("/slack/install") as page:
        return page.cookies["slack-app-oauth-state"].value


async def install(browser: Browser, team: str) -> tuple[int, str]:
    """Install the app in a team; return the status and text of the last page."""
    state = await state_of(browser)
    cookies = {"Cookie": f"slack-app-oauth-state={state}"}
    async with browser.get("/slack/oauth_redirect", params={"code": team, "state": state}, headers=cookies) as page:
        return page.status, await page.text()


async def test_the_install_page_leads_to_slack(browser: Browser) -> None:
    async with browser.get("/slack/install") as page:
        text, headers, cookie = await page.text(), page.headers, page.cookies["slack-app-oauth-state"]

    assert "https://slack.com/oauth/v2/authorize?" in text
    assert "client_id=1.2" in text
    assert "scope=app_mentions:read,chat:write,commands,channels:read,users:read&amp;" in text
    assert "redirect_uri=https://advisor.example/slack/oauth_redirect" in text
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert (headers["X-Frame-Options"], headers["Cache-Control"]) == ("DENY", "no-store")
    assert cookie["httponly"]
    assert cookie["secure"]


async def test_a_finished_installation_says_how_to_begin(
    browser: Browser, installations: AsyncInstallationStore
) -> None:
    status, text = await install(browser, "T7")
    bot = await installations.async_find_bot(enterprise_id=None, team_id="T7")

    assert status == 200
    assert "/advisor which should I use?" in text
    assert "<strong>Team &amp; Co</strong>" in text
    assert "https://slack.com/app_redirect?app=A1&amp;team=T7" in text
    assert bot
    assert bot.bot_token == "xoxb-T7"


async def test_a_state_works_once_and_only_in_its_browser(browser: Browser) -> None:
    state = await state_of(browser)
    query = {"code": "T7", "state": state}
    cookies = {"Cookie": f"slack-app-oauth-state={state}"}
    browser.session.cookie_jar.clear()
    async with browser.get("/slack/oauth_redirect", params=query) as foreign:
        assert foreign.status == 400
    async with browser.get("/slack/oauth_redirect", params=query, headers=cookies) as first:
        assert first.status == 200
    async with browser.get("/slack/oauth_redirect", params=query, headers=cookies) as again:
        assert again.status == 401
        assert "Begin again" in await again.text()


async def test_a_declined_installation_is_explained(browser: Browser) -> None:
    async with browser.get("/slack/oauth_redirect", params={"error": "access_denied"}) as page:
        assert "declined" in await page.text()
    async with browser.get("/slack/oauth_redirect", params={"error": "<script>alert(1)</script>"}) as page:
        assert "<script>" not in await page.text()


async def test_every_team_is_answered_with_its_own_token(
    browser: Browser, workspace: Workspace, slack: SlackStandIn
) -> None:
    await install(browser, "T7")
    await install(browser, "T8")
    for team in ("T7", "T8"):
        workspace.team = team
        await workspace.mention(QUESTION)
    first, second = await slack.wait_for(2)

    assert {first.token, second.token} == {"xoxb-T7", "xoxb-T8"}


async def test_slack_is_asked_once_about_a_token(browser: Browser, workspace: Workspace, slack: SlackStandIn) -> None:
    await install(browser, "T7")
    workspace.team = "T7"
    before = slack.asked["auth.test"]
    for _ in range(10):
        await workspace.command("/advisor", QUESTION)

    assert slack.asked["auth.test"] - before == 1


async def test_a_new_installation_replaces_the_token_at_once(
    browser: Browser, workspace: Workspace, slack: SlackStandIn, installations: AsyncInstallationStore
) -> None:
    await install(browser, "T7")
    workspace.team = "T7"
    await workspace.mention(QUESTION)
    await slack.wait_for(1)
    bot = await installations.async_find_bot(enterprise_id=None, team_id="T7")
    assert bot
    bot.bot_token = "xoxb-new"
    await installations.async_save_bot(bot)
    await workspace.mention(QUESTION)
    _, second = await slack.wait_for(2)

    assert second.token == "xoxb-new"


async def test_an_organisation_installs_for_all_its_workspaces(
    browser: Browser, workspace: Workspace, slack: SlackStandIn
) -> None:
    await install(browser, "org-E1")
    workspace.team, workspace.enterprise = "T99", "E1"
    sent = await workspace.command("/advisor", QUESTION, is_enterprise_install="true")

    assert "SQLAlchemy" in words(sent.json)
    assert slack.calls == []


@pytest.mark.parametrize(
    "event",
    [{"type": "app_uninstalled"}, {"type": "tokens_revoked", "tokens": {"bot": ["UBOT"], "oauth": []}}],
    ids=["uninstalled", "revoked"],
)
async def test_nothing_is_kept_of_a_team_that_removes_the_app(
    browser: Browser, workspace: Workspace, installations: AsyncInstallationStore, event: dict[str, Any], app: SlackApp
) -> None:
    await install(browser, "T7")
    workspace.team = "T7"
    sent = await workspace.event(event)
    await app.drain(5)

    assert sent.status == 200
    assert await installations.async_find_bot(enterprise_id=None, team_id="T7") is None
    assert await installations.async_find_installation(enterprise_id=None, team_id="T7") is None


async def test_a_late_word_of_an_uninstallation_removes_no_newer_installation(
    browser: Browser, workspace: Workspace, installations: AsyncInstallationStore, app: SlackApp
) -> None:
    await install(browser, "T7")
    workspace.team = "T7"
    await workspace.event({"type": "app_uninstalled"}, at=time.time() - 60)
    await app.drain(5)

    assert await installations.async_find_bot(enterprise_id=None, team_id="T7") is not None


async def test_a_team_that_removed_the_app_is_told_so(workspace: Workspace, slack: SlackStandIn) -> None:
    command = await workspace.command("/advisor", QUESTION)
    event = await workspace.mention(QUESTION)

    assert (command.status, event.status) == (200, 200)
    assert len(slack.calls) == 1
    assert slack.calls[0].body["text"].startswith("I cannot find my installation in this workspace.")


async def test_many_workspaces_need_their_stores(conversations: Conversations) -> None:
    with pytest.raises(ValueError, match="installation store"):
        build_app(conversations, SlackConfig(client_id="1", client_secret="2"))
    with pytest.raises(ValueError, match="bot token"):
        build_app(conversations, SlackConfig())


async def test_slacks_own_variables_do_not_turn_installation_on(
    conversations: Conversations, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SLACK_CLIENT_ID", "1")
    monkeypatch.setenv("SLACK_CLIENT_SECRET", "2")
    app = build_app(conversations, SlackConfig(bot_token="xoxb-T1", signing_secret="s"))

    assert app.oauth_flow is None
    assert len(web_routes(app)) == 1


def test_a_config_shows_no_secrets() -> None:
    shown = repr(SlackConfig(signing_secret="aa", bot_token="bb", app_token="cc", client_id="dd", client_secret="ee"))

    assert [secret for secret in ("aa", "bb", "cc", "ee") if f"'{secret}'" in shown] == []
