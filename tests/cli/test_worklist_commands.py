"""missed, feedback and stats: from the database to a patch, a table, a file for a spreadsheet."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from adapters.conversations.ports import Feedback, Missed, UsageCount
from adapters.storage.database import Database
from adapters.storage.database_url import parse
from adapters.storage.store import DatabaseStore

Advisor = Callable[..., CompletedProcess[str]]


async def _fill(url: str) -> None:
    database = Database(parse(url), upgrade=True, patience=10)
    assert await database.look(), database.trouble
    store = DatabaseStore(database, time.time)
    for ref, text in (("a", "decaffeinated variants"), ("b", "variants, decaffeinated")):
        await store.missed(Missed(ref, "slack", text, "suggestions", ("brewing", "caffeine")))
        await store.chosen(ref, "caffeine")
    await store.missed(Missed("c", "discord", "=1+1 is it vegan", "unknown", ()))
    for mark in ("anna", "ben"):
        await store.feedback(Feedback("r", "slack", "storage", helpful=mark == "anna", mark=mark))
    for tally in (UsageCount("slack", "answer", "caffeine"), UsageCount("slack", "guide-question", "kind")):
        await store.count(tally)
    await store.flush()
    await database.close()


@pytest.fixture
def filled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fill a database with what three people left behind, and configure it."""
    url = f"sqlite:///{tmp_path}/advisor.db"
    asyncio.run(_fill(url))
    monkeypatch.setenv("DATABASE_URL", url)


@pytest.mark.usefixtures("filled")
def test_missed_questions_are_grouped_with_the_topic_that_people_chose(advisor: Advisor) -> None:
    ran = advisor("missed")

    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.splitlines() == [
        "   2 x decaffeinated variants",
        "       people chose caffeine",
        "   1 x =1+1 is it vegan",
        "       no topic is near: perhaps a new one, or out of scope",
        "3 questions in 2 groups. `advisor missed --patch` proposes phrasings for them.",
    ]


@pytest.mark.usefixtures("filled")
def test_a_patch_applies_and_lists_the_expected_answers_that_it_changes(
    advisor: Advisor, tea: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    base = Path(shutil.copytree(tea, tmp_path / "base"))
    (base / "golden.jsonl").write_text('{"q": "which variants", "ok": ["caffeine"], "kind": "question"}\n')
    monkeypatch.chdir(tmp_path)
    ran = advisor("missed", "--patch", "--knowledge", "base")

    assert ran.returncode == 0, ran.stderr
    subprocess.run(["git", "apply", "-"], input=ran.stdout, text=True, check=True, cwd=tmp_path)
    assert "  - decaffeinated variants\n" in (base / "topics" / "caffeine.yaml").read_text()
    assert "“which variants”: no answer -> caffeine" in ran.stderr
    assert "1 phrasings, 1 expected answers change. Review them all." in ran.stderr


@pytest.mark.usefixtures("filled")
def test_missed_questions_as_csv_cannot_run_as_formulas(advisor: Advisor) -> None:
    rows = list(csv.DictReader(io.StringIO(advisor("missed", "--csv").stdout)))

    assert {row["text"] for row in rows} == {"decaffeinated variants", "variants, decaffeinated", "'=1+1 is it vegan"}


@pytest.mark.usefixtures("filled")
def test_missed_questions_as_json(advisor: Advisor) -> None:
    rows = json.loads(advisor("missed", "--json").stdout)

    assert sorted((row["text"], row["chosen"], row["platform"]) for row in rows) == [
        ("=1+1 is it vegan", None, "discord"),
        ("decaffeinated variants", "caffeine", "slack"),
        ("variants, decaffeinated", "caffeine", "slack"),
    ]


@pytest.mark.usefixtures("filled")
def test_feedback_is_summed_by_reply(advisor: Advisor) -> None:
    assert advisor("feedback").stdout.splitlines() == [
        "   1 helpful,    1 not   storage",
        "2 words on 1 replies in 90 days.",
    ]


@pytest.mark.usefixtures("filled")
def test_stats_count_replies_topics_and_the_steps_of_the_guide(advisor: Advisor) -> None:
    shown = advisor("stats").stdout

    assert "     1  caffeine\n" in shown
    assert "Guide: questions shown\n     1  kind\n" in shown
    assert shown.endswith("Guide: 0 x guide-review, 1 x guide-question, 0 x recommendation\n")


def test_a_database_that_is_not_there_is_a_sentence(
    advisor: Advisor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/nowhere/advisor.db")
    ran = advisor("missed")

    assert ran.returncode == 2
    assert "cannot be read" in ran.stderr
    assert "Traceback" not in ran.stderr
