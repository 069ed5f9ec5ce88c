from __future__ import annotations

import re
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from yarl import URL

from adapters.service.serve import Role
from adapters.storage.encryption import new_key
from tests.service.holding import HoldingSlack
from tests.service.running import Running, running
from tests.slack.people import SECRET
from tests.storage.databases import postgres


def _many(slack: HoldingSlack, **more: Any) -> dict[str, Any]:
    return {
        "slack_signing_secret": SECRET,
        "slack_client_id": "1.2",
        "slack_client_secret": "client-secret",
        "slack_api_url": f"{slack.url}api/",
        "encryption_keys": new_key(),
        **more,
    }


async def _begin(service: Running) -> tuple[str, str]:
    """Open the install page; return the state and the cookie."""
    async with service.session.get("/slack/install") as page:
        text, cookie = await page.text(), page.headers["Set-Cookie"].split(";")[0]
    link = re.search(r'href="([^"]+oauth[^"]+)"', text)
    assert link
    return parse_qs(urlsplit(link[1].replace("&amp;", "&")).query)["state"][0], cookie


async def _finish(service: Running, team: str, state: str, cookie: str) -> int:
    url = URL("/slack/oauth_redirect").with_query(code=team, state=state)
    async with service.session.get(url, headers={"Cookie": cookie}) as page:
        return page.status


async def test_an_installation_begun_on_one_process_is_finished_on_another_and_serves_both(
    slack: HoldingSlack,
) -> None:
    given = _many(slack, database_url=postgres().fresh())
    async with AsyncExitStack() as stack:
        here = await stack.enter_async_context(running(Role.ALL, **given))
        there = await stack.enter_async_context(running(Role.WEB, **given))
        state, cookie = await _begin(here)
        assert await _finish(there, "T7", "made-up", cookie) >= 400
        state, cookie = await _begin(here)
        assert await _finish(there, "T7", state, cookie) == 200
        assert await _finish(there, "T7", state, cookie) >= 400

        for service in (here, there):
            await service.workspace(slack, team="T7").mention("how much caffeine is in coffee?")
    posted = [call for call in slack.calls if call.method == "chat.postMessage"]

    assert [call.token for call in posted] == ["xoxb-T7", "xoxb-T7"]


async def test_an_event_that_cannot_be_answered_without_the_database_is_left_for_slack_to_send_again(
    slack: HoldingSlack, tmp_path: Path
) -> None:
    given = _many(slack, database_url=f"sqlite:///{tmp_path}/advisor.db")
    async with running(**given) as service:
        state, cookie = await _begin(service)
        await _finish(service, "T7", state, cookie)

    _take_away(tmp_path)
    async with running(Role.WEB, **given) as service:
        people = service.workspace(slack, team="T7")
        refused = await people.mention("how much caffeine is in coffee?")
        _bring_back(tmp_path)
        await service.until("/readyz", "ok")
        answered = await people.replay(**{"X-Slack-Retry-Num": "1"})

    assert (refused.status, answered.status) == (503, 200)
    assert len([call for call in slack.calls if call.method == "chat.postMessage"]) == 1


def _take_away(folder: Path) -> None:
    (folder / "advisor.db").rename(folder / "away")
    (folder / "advisor.db").mkdir()


def _bring_back(folder: Path) -> None:
    (folder / "advisor.db").rmdir()
    (folder / "away").rename(folder / "advisor.db")
