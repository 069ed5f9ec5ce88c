"""What strangers do to the port: slowly, in crowds, or in another language."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientSession, web
from slack_sdk.signature import SignatureVerifier

from adapters.service import http as listening
from adapters.service.http import Listener, build_web
from adapters.service.metrics import Health, Metrics
from tests.service.running import Running, running, slack_settings
from tests.slack.people import SECRET
from tests.slack.stand_in import SlackStandIn

WHO = "127.0.0.1"


@pytest.fixture
async def listener(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Listener]:
    monkeypatch.setattr(listening, "HEADERS_IN", 0.3)
    monkeypatch.setattr(listening, "MOST_CONNECTIONS", 20)

    async def slow(_request: web.Request) -> web.Response:
        await asyncio.sleep(0.8)
        return web.Response(text="done")

    opened = Listener(build_web(Health(), Metrics(), [web.get("/slow", slow)]), WHO, 0, 5)
    await opened.open()
    yield opened
    await opened.close()


async def _open(listener: Listener, sent: bytes) -> asyncio.StreamReader:
    reader, writer = await asyncio.open_connection(WHO, listener.port)
    writer.write(sent)
    reader.writer = writer  # type: ignore[attr-defined]  # keeps it open
    return reader


@pytest.mark.parametrize("sent", [b"", b"GET /healthz HTTP/1.1\r\n", b"GET /healthz HTTP/1.1\r\nHost: x\r\nX-Long: "])
async def test_headers_that_do_not_come_end_the_connection(listener: Listener, sent: bytes) -> None:
    reader = await _open(listener, sent)

    assert await asyncio.wait_for(reader.read(), 30) == b""
    assert not listener.connections


async def test_a_request_that_takes_its_time_is_answered(listener: Listener) -> None:
    async with ClientSession(f"http://{WHO}:{listener.port}") as session:
        for _ in range(2):
            async with session.get("/slow") as answer:
                assert await answer.text() == "done"


async def test_a_crowd_does_not_shut_others_out_for_long(listener: Listener) -> None:
    crowd = [await _open(listener, b"GET /he") for _ in range(60)]
    assert len(listener.connections) <= 20
    await asyncio.gather(*(asyncio.wait_for(_ended(each), 30) for each in crowd))

    async with ClientSession(f"http://{WHO}:{listener.port}") as session, session.get("/healthz") as answer:
        assert answer.status == 200


async def _ended(reader: asyncio.StreamReader) -> None:
    try:
        await reader.read()
    except ConnectionError:
        return


async def test_what_is_no_http_is_refused_and_leaves_no_address_in_the_log(
    listener: Listener, caplog: pytest.LogCaptureFixture
) -> None:
    for sent in (
        b"\x16\x03\x01\x02\x00\x01\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET /\x00 HTTP/1.1\r\nHost : x\r\n\r\n",
    ):
        reader = await _open(listener, sent)
        assert (await asyncio.wait_for(reader.read(), 30)).startswith((b"HTTP/1.1 400", b"HTTP/1.0 400", b""))

    loud = [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]
    assert loud == []


@pytest.fixture
async def service(slack: SlackStandIn) -> AsyncIterator[Running]:
    async with running(**slack_settings(slack)) as made:
        yield made


def signed(body: str, at: float | None = None) -> dict[str, str]:
    """Return the headers by which Slack signs a body, now or at another moment."""
    stamp = str(int(time.time() if at is None else at))
    signature = SignatureVerifier(SECRET).generate_signature(timestamp=stamp, body=body)
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": signature or ""}


JSON, FORM = "application/json", "application/x-www-form-urlencoded"


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        (JSON, "[" * 100_000), (JSON, "null"), (JSON, "{"), (FORM, "payload=1"), (FORM, "payload=null"), (FORM, "x=1"),
        (f"{JSON}; charset=nope", "{"), (f"{JSON}; charset=rot13", "["), ("", ""),
    ],
)  # fmt: skip
async def test_garbage_is_refused_in_one_word(
    service: Running, caplog: pytest.LogCaptureFixture, kind: str, body: str
) -> None:
    """Signed or not, whoever sent it is to blame: no traceback, no alarm."""
    caplog.clear()
    statuses = []
    for headers in ({}, signed(body)):
        async with service.session.post(
            "/slack/events", data=body.encode(), headers={"Content-Type": kind, **headers}
        ) as answer:
            statuses.append(answer.status)

    assert statuses == [401, 400]
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Slack-Request-Timestamp": "abc"},
        {"X-Slack-Request-Timestamp": "\u0661\u0662"},
        {"X-Slack-Request-Timestamp": "9" * 400},
        {"X-Slack-Signature": "v0=\u00e9"},
        {"X-Slack-Signature": ""},
        {"Content-Encoding": "deflate"},
    ],
)
async def test_a_signature_that_is_none_is_refused(service: Running, headers: dict[str, str]) -> None:
    body = '{"type": "event_callback"}'
    async with service.session.post(
        "/slack/events", data=body, headers={"Content-Type": JSON, **signed(body), **headers}
    ) as answer:
        assert answer.status in (400, 401)


async def test_a_recording_is_refused(service: Running) -> None:
    body = "{}"
    old = signed(body, at=time.time() - 400)
    async with service.session.post("/slack/events", data=body, headers={"Content-Type": JSON, **old}) as answer:
        assert answer.status == 401
