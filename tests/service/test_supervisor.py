"""No background task ends unseen."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path

import pytest

from adapters.service import background_tasks as supervising
from adapters.service.background_tasks import Supervisor
from adapters.service.metrics import Health, Metrics
from tests.service.running import PATIENCE, SMALL, running, slack_settings
from tests.slack.stand_in import SlackStandIn


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervising, "FIRST_PAUSE", 0.01)
    monkeypatch.setattr(supervising, "STEADY", 1.0)


class Fragile:
    """Work that breaks some times, and then goes on for ever."""

    def __init__(self, failures: int) -> None:
        self.left = failures
        self.steady = asyncio.Event()

    async def __call__(self) -> None:
        if self.left:
            self.left -= 1
            raise TypeError("unhashable type")
        self.steady.set()
        await asyncio.Event().wait()


async def test_what_breaks_is_logged_counted_shown_and_begun_again(caplog: pytest.LogCaptureFixture) -> None:
    metrics, health, work = Metrics(), Health(), Fragile(failures=2)
    supervisor = Supervisor(metrics, health)
    supervisor.start("reload", work)
    await asyncio.wait_for(work.steady.wait(), PATIENCE)
    while_young = health.report()
    async with asyncio.timeout(PATIENCE):
        while (when_steady := health.report())["status"] != "ok":  # noqa: ASYNC110  # it cannot tell us
            await asyncio.sleep(0.05)

    assert await supervisor.stop(5) == []
    assert while_young["status"] == "degraded"
    assert while_young["reasons"] == {"task reload": "it failed (TypeError) and is started again"}
    assert when_steady == {"status": "ok", "reasons": {}}
    assert b'advisor_failures_total{platform="service",where="reload"} 2.0' in metrics.text()
    assert [record.levelno for record in caplog.records] == [logging.ERROR] * 2


async def test_what_is_done_is_not_begun_again() -> None:
    begun = 0

    async def work() -> None:
        nonlocal begun
        begun += 1

    supervisor = Supervisor(Metrics(), Health())
    supervisor.start("pseudonyms", work)
    await asyncio.sleep(0.1)

    assert begun == 1
    assert await supervisor.stop(5) == []


async def test_a_task_that_takes_a_cancellation_for_a_failure_ends_all_the_same() -> None:
    async def deaf() -> None:
        for _ in range(2):
            try:
                await asyncio.sleep(60)
            except asyncio.CancelledError:
                continue
        await asyncio.sleep(60)

    supervisor = Supervisor(Metrics(), Health())
    supervisor.start("database", deaf)
    await asyncio.sleep(0.01)

    assert await supervisor.stop(5) == []


async def test_a_task_that_never_ends_is_named_and_not_waited_for() -> None:
    released = asyncio.Event()

    async def stubborn() -> None:
        while not released.is_set():
            try:
                await released.wait()
            except asyncio.CancelledError:
                continue

    supervisor = Supervisor(Metrics(), Health())
    supervisor.start("database", stubborn)
    await asyncio.sleep(0.01)

    assert await supervisor.stop(0.5) == ["database"]
    released.set()


@pytest.mark.parametrize("mistake", ["? [a, b]\n: c", "? {a: b}\n: c", "title: [unfinished", "a: " + "[" * 4_000])
async def test_reloading_goes_on_after_any_mistake(slack: SlackStandIn, tmp_path: Path, mistake: str) -> None:
    base = tmp_path / "base"
    base.mkdir()
    for file in SMALL.rglob("*.yaml"):
        (base / file.relative_to(SMALL)).parent.mkdir(exist_ok=True)
        (base / file.relative_to(SMALL)).write_text(file.read_text())
    sound = (base / "knowledge.yaml").read_text()
    async with running(knowledge=base, reload_seconds=0.05, **slack_settings(slack)) as service:
        await service.until("/healthz", "ok")
        (base / "knowledge.yaml").write_text(f"{sound}\n{mistake}\n")
        degraded = await service.until("/healthz", "degraded")
        (base / "knowledge.yaml").write_text(sound.replace("Tea and coffee", "Hot drinks"))
        await service.until("/healthz", "ok")

    assert list(degraded["reasons"]) == ["knowledge"]
