from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientError, ClientSession

from adapters.service.db_upgrade import upgrade
from adapters.storage.address import parse_address
from adapters.storage.claims import LEASE
from tests.discord.standin import APP, TOKEN, Discord
from tests.service.holding import HoldingSlack
from tests.service.processes import ROOT, Process, serving, whole
from tests.service.running import PATIENCE, free_port, listening, settings
from tests.slack.people import SECRET, Workspace
from tests.storage.databases import postgres


@dataclass
class Fleet:
    """Processes on one PostgreSQL; the first ones are web processes."""

    web: list[Process]
    database: str

    def people(self, number: int, slack: HoldingSlack) -> Workspace:
        """Return people in Slack whose requests reach this web process."""
        return Workspace(self.web[number].session, slack)  # type: ignore[arg-type]  # it only posts

    async def until(self, question: str, answer: str) -> None:
        """Wait until the database gives this answer."""
        async with asyncio.timeout(PATIENCE):
            while postgres().run(self.database, question).strip() != answer:  # noqa: ASYNC110  # it cannot tell us
                await asyncio.sleep(0.05)


def _environment(slack: HoldingSlack, discord: Discord, url: str) -> dict[str, str]:
    return {
        "ADVISOR_SLACK_BOT_TOKEN": "xoxb-T1",
        "ADVISOR_SLACK_SIGNING_SECRET": SECRET,
        "ADVISOR_SLACK_API_URL": f"{slack.url}api/",
        "ADVISOR_DISCORD_TOKEN": TOKEN,
        "ADVISOR_DISCORD_API_URL": discord.api,
        "ADVISOR_DISCORD_GATEWAY_URL": discord.gateway,
        "DATABASE_URL": url,
    }


@asynccontextmanager
async def running_fleet(slack: HoldingSlack, discord: Discord, folder: Path, *roles: str) -> AsyncIterator[Fleet]:
    """Run a process for each role on one new PostgreSQL database."""
    url = postgres().fresh()
    await upgrade(settings(database_url=url))
    environment = _environment(slack, discord, url)
    async with AsyncExitStack() as stack:
        started = (stack.enter_async_context(serving(role, environment, folder)) for role in roles)
        yield Fleet(list(await asyncio.gather(*started)), parse_address(url).url.database or "")


def _buttons(body: dict[str, Any]) -> list[str]:
    elements = [element for block in body["blocks"] for element in block.get("elements", ())]
    return [element["value"] for element in elements if element.get("type") == "button" and "value" in element]


async def test_several_processes_are_one_advisor(slack: HoldingSlack, discord: Discord, tmp_path: Path) -> None:
    """A repeat is answered once, a conversation and a guide go on elsewhere, and the worker answers besides."""
    async with running_fleet(slack, discord, tmp_path, "web", "web", "worker") as fleet:
        await discord.ready()
        await _talk(fleet, slack)
        said = await discord.say(f"<@{APP}> what is the orm of django?")
    assert "ORM" in str(said)


async def _talk(fleet: Fleet, slack: HoldingSlack) -> None:
    here, there = fleet.people(0, slack), fleet.people(1, slack)
    await here.mention("what is the orm of django?")
    await slack.wait_for(1)
    there.last.append(here.last[-1])
    repeats = await asyncio.gather(*(each.replay(**{"X-Slack-Retry-Num": "1"}) for each in (here, there, there)))
    assert {repeat.status for repeat in repeats} <= {200, 503}
    assert len(slack.take()) == 1

    await here.direct("does django have an orm?", channel="D9")
    await slack.wait_for(1)
    await fleet.until("SELECT count(*) FROM contexts", "2")  # the other process is to know of it
    await there.direct("and flask?", channel="D9")
    await slack.wait_for(2)
    about_django, about_flask = slack.take()
    assert "SQLAlchemy" in str(about_flask.body)
    assert about_django.body["text"] != about_flask.body["text"]

    await here.mention("which should i choose, flask or django?", user="U7")
    await slack.wait_for(1)
    begin = next(value for value in _buttons(slack.take()[-1].body) if value.startswith("g"))
    await there.press(begin, user="U7")
    question = (await slack.wait_for(1))[0]
    answer = next(value for value in _buttons(slack.take()[0].body) if value.startswith("gc:"))
    await here.press(answer, user="U7")
    next_question = (await slack.wait_for(1))[0]
    assert question.body != next_question.body
    assert [value for value in _buttons(next_question.body) if value.startswith("gc:")]


async def test_a_question_whose_process_is_killed_is_answered_by_another_once_and_a_stop_takes_none_along(
    slack: HoldingSlack, discord: Discord, tmp_path: Path
) -> None:
    async with running_fleet(slack, discord, tmp_path, "web", "web") as fleet:
        here, there = fleet.people(0, slack), fleet.people(1, slack)
        slack.hold()
        asking = asyncio.create_task(here.mention("what is the orm of django?"))
        await slack.reached("chat.postMessage")
        fleet.web[0].kill()
        with pytest.raises(ClientError):
            await asking
        slack.release()
        slack.take()

        there.last.append(here.last[-1])
        first_try = await there.replay()
        postgres().run(fleet.database, f"UPDATE events SET claimed_at = claimed_at - {LEASE + 1}")
        second_try = await there.replay()
        await slack.wait_for(1)
        await fleet.until("SELECT count(*) FROM events WHERE answered_at IS NULL", "0")
        third_try = await there.replay()

        assert [first_try.status, second_try.status, third_try.status] == [503, 200, 200]
        assert len(slack.take()) == 1

        asked = [asyncio.create_task(there.mention("what is flask?", user=f"U{number}")) for number in range(30)]
        await slack.wait_for(1)
        code = await fleet.web[1].stop()
        answers = await asyncio.gather(*asked, return_exceptions=True)

    acknowledged = [answer for answer in answers if not isinstance(answer, BaseException) and answer.status == 200]
    assert code == 0
    assert len(acknowledged) <= len(slack.calls)
    assert "Traceback" not in fleet.web[1].log.read_text()


async def test_the_procfile_runs_on_a_host(slack: HoldingSlack, discord: Discord, tmp_path: Path) -> None:
    """Honcho runs `release`, then `web` and `worker`, as buildpack hosts do."""
    port = free_port()
    environment = _environment(slack, discord, postgres().fresh()) | {"PORT": str(port)}
    (tmp_path / "none").touch()

    async def honcho(*processes: str) -> asyncio.subprocess.Process:
        return await asyncio.create_subprocess_exec(
            "honcho", "-f", str(ROOT / "Procfile"), "-e", str(tmp_path / "none"), "start", *processes,
            cwd=tmp_path, env=whole(environment),
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
        )  # fmt: skip

    release = await honcho("release")
    output, _ = await release.communicate()
    assert release.returncode == 0, output.decode()
    assert "The tables are at revision" in output.decode()
    assert [command["name"] for command in discord.commands if command["name"] == "ask"] == ["ask"]

    host = await honcho("web", "worker")
    async with ClientSession(f"http://127.0.0.1:{port}") as session:
        await listening(session)
        await Workspace(session, slack).mention("what is flask?")  # type: ignore[arg-type]  # it only posts
        await discord.ready()
        in_discord = await discord.say(f"<@{APP}> what is flask?")
        async with session.get("/readyz") as ready:
            report = await ready.json()
    host.terminate()
    output, _ = await host.communicate()

    assert report == {"status": "ok", "reasons": {}}
    assert slack.calls[0].method == "chat.postMessage"
    assert "Flask" in str(in_discord)
    assert output.decode().count('"Stopped"') == 2
