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
from adapters.storage.address import parse_address
from adapters.storage.database import Database
from adapters.storage.store import DatabaseStore

Advisor = Callable[..., CompletedProcess[str]]


async def _fill(url: str) -> None:
    database = Database(parse_address(url), upgrade=True, patience=10)
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
    assert [" ".join(line.split()) for line in ran.stdout.splitlines() if "─" not in line] == [
        "times question what to do",
        "2 decaffeinated variants people chose caffeine",
        "1 =1+1 is it vegan nothing is near: a new topic, or out of scope",
        "3 questions in 2 groups. `advisor missed --patch` proposes phrasings for those that are near a topic.",
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
    assert "1 phrasing, 1 expected answers change. Review them all." in ran.stderr
    assert "1 of the phrasings was asked in one way only. Word it anew for golden.jsonl" in ran.stderr
    assert '{"q": ' not in ran.stderr


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
    assert [" ".join(line.split()) for line in advisor("feedback").stdout.splitlines() if "─" not in line] == [
        "helpful not reply",
        "1 1 storage",
        "2 words on 1 replies in 90 days.",
    ]


@pytest.mark.usefixtures("filled")
def test_stats_count_replies_topics_and_the_steps_of_the_guide(advisor: Advisor) -> None:
    shown = advisor("stats").stdout

    rows = [" ".join(line.split()) for line in shown.splitlines()]
    assert "1 caffeine" in rows
    assert rows[rows.index("times Guide: questions shown") + 2] == "1 kind"
    assert shown.endswith("Guide: 0 x guide-review, 1 x guide-question, 0 x recommendation\n")


def test_a_database_that_is_not_there_is_a_sentence(
    advisor: Advisor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/nowhere/advisor.db")
    ran = advisor("missed")

    assert ran.returncode == 2
    assert ran.stderr.startswith(f"There is no database {tmp_path}/nowhere/advisor.db")
    assert not (tmp_path / "nowhere").exists()


def test_the_patch_is_for_the_knowledge_base_in_the_env_file(
    advisor: Advisor, tea: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    base = Path(shutil.copytree(tea, tmp_path / "base"))
    (tmp_path / ".env").write_text(f"ADVISOR_KNOWLEDGE={base}\nDATABASE_URL=sqlite:///{tmp_path}/advisor.db\n")
    asyncio.run(_fill(f"sqlite:///{tmp_path}/advisor.db"))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.chdir(tmp_path)
    ran = advisor("missed", "--patch")

    assert ran.returncode == 0, ran.stderr
    assert "+++ b/base/topics/caffeine.yaml" in ran.stdout


def test_questions_of_a_file_are_asked_before_anybody_else_can(advisor: Advisor, tea: Path, tmp_path: Path) -> None:
    file = tmp_path / "questions.txt"
    file.write_text('how much caffeine is in tea\n\n{"q": "does the pot keep"}\n')
    rows = json.loads(advisor("missed", "--from", str(file), "--knowledge", str(tea), "--json").stdout)

    assert [(row["text"], row["offered"]) for row in rows] == [("does the pot keep", True)]
