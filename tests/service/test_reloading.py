from __future__ import annotations

import asyncio
import os
import shutil
import signal
import sys
import time
from pathlib import Path

import psutil
import pytest

from adapters.knowledge_base.loader import AdvisorHolder, fingerprint
from bot.knowledge import KnowledgeError
from tests.service.running import SMALL, running, slack_settings
from tests.slack.stand_in import SlackStandIn
from tests.storage.clocks import end
from tests.trained import SHIPPED

ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(SMALL, tmp_path / "base")
    return tmp_path / "base"


def _title(holder: AdvisorHolder) -> str:
    return holder.advisor().knowledge.about.title


def _edit(folder: Path, before: str, after: str) -> None:
    file = folder / "knowledge.yaml"
    text = file.read_text()
    assert before in text
    file.write_text(text.replace(before, after))


async def _until(condition: object) -> None:
    async with asyncio.timeout(60):
        while not condition():  # type: ignore[operator]  # noqa: ASYNC110  # a file cannot tell us
            await asyncio.sleep(0.02)


async def test_a_change_takes_its_place_without_a_restart(folder: Path) -> None:
    holder = AdvisorHolder(folder)
    before = _title(holder)
    watching = asyncio.create_task(holder.watch(0.02))
    _edit(folder, before, "Something new")

    await _until(lambda: _title(holder) == "Something new")
    await end(watching)


async def test_mistakes_leave_the_old_knowledge_in_place_until_they_are_mended(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    holder = AdvisorHolder(folder)
    before, text = holder.advisor(), (folder / "knowledge.yaml").read_text()
    watching = asyncio.create_task(holder.watch(0.02))

    (folder / "knowledge.yaml").write_text("title: [unfinished")
    await _until(lambda: holder.trouble)
    assert holder.advisor() is before
    assert holder.trouble == "KnowledgeError in base; the knowledge from before stays in use"
    assert "knowledge.yaml" in caplog.text

    (folder / "knowledge.yaml").write_text(text)
    await _until(lambda: not holder.trouble)
    assert holder.advisor() is not before
    await end(watching)


async def test_whoever_was_told_of_a_mistake_is_told_once_that_it_is_mended(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    holder, text = AdvisorHolder(folder), (folder / "knowledge.yaml").read_text()
    (folder / "knowledge.yaml").write_text("title: [unfinished")
    assert not await holder.reload()

    (folder / "knowledge.yaml").write_text(text)
    assert await holder.reload()
    assert await holder.reload()

    told = [record.message for record in caplog.records if record.levelname == "WARNING"]
    assert told == ["The mistake is mended: the knowledge base was reloaded."]


async def test_a_folder_that_disappears_leaves_the_old_knowledge_in_place(folder: Path) -> None:
    holder = AdvisorHolder(folder)
    before = holder.advisor()
    shutil.rmtree(folder)

    assert not await holder.reload()
    assert holder.advisor() is before


def test_a_changed_example_is_a_change_and_what_python_compiled_is_none(folder: Path) -> None:
    example = folder / "code" / "first" / "one" / "app.py"
    example.parent.mkdir(parents=True)
    example.write_text("a = 1\n")
    before = fingerprint(folder)

    compiled = example.parent / "__pycache__" / "app.pyc"
    compiled.parent.mkdir()
    compiled.write_text("compiled")
    assert fingerprint(folder) == before

    example.write_text("a = 10\n")
    assert fingerprint(folder) != before


def test_a_start_with_mistakes_says_them(folder: Path) -> None:
    (folder / "knowledge.yaml").write_text("title: [unfinished")

    with pytest.raises(KnowledgeError):
        AdvisorHolder(folder)


async def test_a_hangup_reloads_even_where_nobody_looks_for_changes(folder: Path, slack: SlackStandIn) -> None:
    async with running(knowledge=folder, reload_seconds=0, **slack_settings(slack)) as service:
        (folder / "knowledge.yaml").write_text("title: [unfinished")
        os.kill(os.getpid(), signal.SIGHUP)
        report = await service.until("/readyz", "degraded")

    assert report["reasons"] == {"knowledge": "KnowledgeError in base; the knowledge from before stays in use"}


OPENS = """
from pathlib import Path
from adapters.knowledge_base import open_advisor
if __name__ == "__main__":
    open_advisor(Path({folder!r}), {cache!r}, apart=True)
"""


def test_learning_in_another_process_ends_when_the_service_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "serve.py"
    script.write_text(OPENS.format(folder=str(SHIPPED), cache=str(tmp_path)), encoding="utf-8")
    service = psutil.Popen([sys.executable, str(script)], env=os.environ | {"PYTHONPATH": str(ROOT)})
    try:
        while not (learning := [child for child in service.children() if "spawn_main" in " ".join(child.cmdline())]):
            assert service.poll() is None
            time.sleep(0.05)
    finally:
        service.kill()
        service.wait()

    _, left = psutil.wait_procs(learning, timeout=60)
    assert not left
