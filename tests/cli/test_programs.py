"""What other programs rely on: conversations in JSON, and learning before the start."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Advisor = Callable[..., CompletedProcess[str]]


def test_a_program_holds_a_conversation_line_by_line(advisor: Advisor, tea: Path) -> None:
    typed = "how much caffeine is in tea\nand coffee?\n1\nquit\nnever read\n"
    ran = advisor("chat", "--json", "--knowledge", str(tea), typed=typed)
    first, second, third = map(json.loads, ran.stdout.splitlines())

    assert (first["kind"], first["topic"], first["side"]) == ("answer", "caffeine", "tea")
    assert first["choices"] == ["More", "And Coffee?", "Brewing"]
    assert (second["topic"], second["side"]) == ("caffeine", "coffee")
    assert "Sources" in third["text"]


def test_debug_says_below_each_reply_how_it_was_read(advisor: Advisor, tea: Path) -> None:
    ran = advisor("chat", "--debug", "--knowledge", str(tea), typed="how much caffeine is in tea\n")

    assert "answer; topic caffeine; side tea; confidence caffeine 0." in ran.stdout


def test_what_is_learned_before_need_not_be_learned_at_the_start(
    advisor: Advisor, tea: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = tmp_path / "cache"
    ran = advisor("learn", str(cache), "--knowledge", str(tea))
    assert ran.stdout == f"Learned from 50 phrasings of {tea}, and kept it in {cache}.\n"

    [file] = cache.iterdir()
    os.utime(file, (1_000, 1_000))
    monkeypatch.setenv("ADVISOR_CACHE_DIR", str(cache))
    advisor("ask", "how much caffeine is in tea", "--knowledge", str(tea))
    assert [each.name for each in cache.iterdir()] == [file.name]
    assert file.stat().st_mtime > 1_000  # it was used


def test_learning_again_says_the_same(advisor: Advisor, tea: Path, tmp_path: Path) -> None:
    first, second = (advisor("learn", str(tmp_path / "cache"), "--knowledge", str(tea)) for _ in range(2))

    assert (first.returncode, first.stdout) == (second.returncode, second.stdout)


def test_learning_is_said_once_where_nobody_sees_a_bar(
    advisor: Advisor, tea: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ADVISOR_CACHE_DIR", str(tmp_path / "cache"))
    first, second = (advisor("ask", "how much caffeine is in tea", "--knowledge", str(tea)) for _ in range(2))

    assert first.stderr == "Learning from the knowledge base, once: half a minute to a few minutes ...\n"
    assert second.stderr == ""
    assert first.stdout == second.stdout
