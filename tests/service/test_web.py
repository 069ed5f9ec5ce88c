from __future__ import annotations

import asyncio
import json

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from adapters.conversations.ports import UsageCount
from adapters.service import http as serving_web
from adapters.service.http import LARGEST, build_web
from adapters.service.metrics import Health, Metrics
from adapters.version import version
from tests.service.running import running, slack_settings
from tests.slack.stand_in import SlackStandIn


async def _get(app: web.Application, path: str, **headers: str) -> tuple[int, str]:
    async with TestClient(TestServer(app)) as client:
        answer = await client.get(path, headers=headers)
        return answer.status, await answer.text()


async def test_health_says_what_is_wrong_in_words() -> None:
    health = Health()
    health.watch("database", lambda: "connection refused")
    health.watch("knowledge", lambda: "")
    app = build_web(health, Metrics())

    status, report = await _get(app, "/healthz")
    assert status == 200
    assert json.loads(report) == {
        "status": "degraded",
        "reasons": {"database": "connection refused"},
        "version": version(),
    }


async def test_a_process_is_unready_while_something_vital_is_wrong_and_while_it_stops() -> None:
    health, trouble = Health(), ["no knowledge"]
    health.watch("knowledge", lambda: trouble[0], vital=True)

    states = []
    for _ in range(2):
        states.append((health.is_ready, health.report()["status"]))
        trouble[0] = ""
    health.stopping = True
    states.append((health.is_ready, health.report()["status"]))

    assert states == [(False, "unready"), (True, "ok"), (False, "stopping")]


async def test_readiness_is_a_status_for_balancers() -> None:
    health = Health(stopping=True)

    assert await _get(build_web(health, Metrics()), "/readyz") == (503, '{"status": "stopping", "reasons": {}}')
    assert (await _get(build_web(health, Metrics()), "/healthz"))[0] == 200


async def test_metrics_count_outcomes_and_the_steps_of_the_guide() -> None:
    metrics = Metrics()
    metrics.replied("slack", "Answer", 0.002)
    metrics.counted(UsageCount("slack", "answer", "orm"))
    metrics.counted(UsageCount("slack", "guide-question", "kind"))
    metrics.failed("discord", "store")

    _, text = await _get(build_web(Health(), metrics), "/metrics")

    assert 'advisor_replies_total{kind="Answer",platform="slack"} 1.0' in text
    assert 'advisor_reply_seconds_bucket{le="0.0025",platform="slack"} 1.0' in text
    assert 'advisor_outcomes_total{outcome="answer",platform="slack"} 1.0' in text
    assert 'advisor_guide_steps_total{about="kind",platform="slack",step="guide-question"} 1.0' in text
    assert 'advisor_failures_total{platform="discord",where="store"} 1.0' in text
    assert "process_resident_memory_bytes" in text


async def test_metrics_count_and_time_requests_by_the_template_of_their_route() -> None:
    async def greeted(request: web.Request) -> web.Response:
        return web.Response(status=int(request.match_info["status"]))

    async def broken(_request: web.Request) -> web.Response:
        raise RuntimeError

    app = build_web(Health(), Metrics(), [web.get("/greet/{status}", greeted), web.post("/broken", broken)])
    async with TestClient(TestServer(app)) as client:
        for method, path in (
            ("GET", "/greet/200"),
            ("GET", "/greet/201"),
            ("GET", "/greet/503"),
            ("POST", "/broken"),
            ("GET", "/nowhere/4711"),
            ("PROPFIND", "/elsewhere"),
            ("PUT", "/broken"),
        ):
            await client.request(method, path)
        text = await (await client.get("/metrics")).text()

    counted = {line for line in text.splitlines() if line.startswith("advisor_http_requests_total")}
    assert counted == {
        'advisor_http_requests_total{method="GET",route="/greet/{status}",status="2xx"} 2.0',
        'advisor_http_requests_total{method="GET",route="/greet/{status}",status="5xx"} 1.0',
        'advisor_http_requests_total{method="POST",route="/broken",status="5xx"} 1.0',
        'advisor_http_requests_total{method="GET",route="unknown",status="4xx"} 1.0',
        'advisor_http_requests_total{method="other",route="unknown",status="4xx"} 2.0',
    }
    assert 'advisor_http_request_duration_seconds_count{method="GET",route="/greet/{status}"} 3.0' in text
    assert 'advisor_http_request_duration_seconds_bucket{le="3.0",method="POST",route="/broken"} 1.0' in text


async def test_metrics_are_for_whoever_has_the_token() -> None:
    statuses = [
        (await _get(build_web(Health(), Metrics(), metrics_token="let-me-in"), "/metrics", **headers))[0]
        for headers in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": "Bearer let-me-in"})
    ]

    assert statuses == [401, 401, 200]


async def test_every_answer_has_strict_headers(slack: SlackStandIn) -> None:
    async with running(**slack_settings(slack)) as service:
        for path in ("/healthz", "/nowhere", "/slack/events"):
            async with service.session.get(path) as answer:
                assert answer.headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
                assert answer.headers["X-Content-Type-Options"] == "nosniff"
                assert answer.headers["Server"] == "advisor"


async def test_a_request_that_is_too_large_is_refused(slack: SlackStandIn) -> None:
    async with running(**slack_settings(slack)) as service:
        answer = await service.session.post("/slack/events", data=b"x" * (LARGEST + 1))
        assert answer.status == 413


async def test_a_request_that_takes_too_long_is_given_up(monkeypatch: object) -> None:
    async def endless(_request: web.Request) -> web.Response:
        await asyncio.sleep(60)
        raise AssertionError

    before, serving_web.LONGEST = serving_web.LONGEST, 0.05
    try:
        assert await _get(build_web(Health(), Metrics(), [web.get("/slow", endless)]), "/slow") == (503, "")
    finally:
        serving_web.LONGEST = before


async def test_the_text_of_an_exception_stays_inside() -> None:
    async def broken(_request: web.Request) -> web.Response:
        raise RuntimeError("secret detail")

    assert await _get(build_web(Health(), Metrics(), [web.get("/broken", broken)]), "/broken") == (500, "")
