from __future__ import annotations

import functools
import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp.test_utils import TestClient, TestServer

from adapters.knowledge_base.loader import AdvisorHolder
from adapters.preview.server import Preview, build

TEA = Path(__file__).parents[1] / "bases" / "tea-and-coffee"
QUESTION = {"place": "channel", "thread": "1.0", "text": "how long does it keep"}


@functools.cache
def holder() -> AdvisorHolder:
    return AdvisorHolder(TEA, os.environ.get("ADVISOR_CACHE_DIR"), lambda _done, _all: None)


@pytest.fixture
async def client() -> AsyncIterator[TestClient]:
    async with TestClient(TestServer(build(Preview(holder())))) as made:
        yield made


async def test_the_page_loads_nothing_from_elsewhere_and_runs_no_inline_script(client: TestClient) -> None:
    answer = await client.get("/")

    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
    assert "unsafe" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "http" not in (await answer.text()).replace("http-equiv", "")


async def test_a_name_that_only_points_here_is_refused(client: TestClient) -> None:
    answer = await client.get("/", headers={"Host": "evil.example:80"})

    assert answer.status == 403


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "https://evil.example"}, {"Content-Type": "text/plain"}],
    ids=["another page", "a plain form"],
)
async def test_another_page_gets_no_answer(client: TestClient, headers: dict[str, str]) -> None:
    answer = await client.post(
        "/say", data='{"place": "channel"}', headers={"Content-Type": "application/json"} | headers
    )

    assert answer.status == 403


async def test_one_question_has_an_answer_for_each_platform(client: TestClient) -> None:
    answer = await (await client.post("/say", json=QUESTION)).json()

    assert [change["do"] for change in answer["slack"]] == ["add"]
    assert answer["slack"][0]["payload"]["blocks"][0]["type"] == "section"
    assert answer["discord"][0]["components"][0]["type"] == 17


@pytest.mark.parametrize("path", ["/static/../server.py", "/static/%2e%2e%2fserver.py", "/static/none.js"])
async def test_only_its_own_files_are_served(client: TestClient, path: str) -> None:
    assert (await client.get(path)).status == 404


async def test_what_the_page_would_never_ask_is_refused_in_a_sentence(client: TestClient) -> None:
    answer = await client.post("/say", json={"place": "nowhere", "thread": "1", "text": "x"})

    assert (answer.status, await answer.text()) == (400, "The page asked for something that the preview does not know.")
