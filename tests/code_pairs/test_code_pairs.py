"""Every code pair is run: both sides do the same, with the versions that the answer names."""

from __future__ import annotations

import ast
import builtins
import subprocess
import sys
from pathlib import Path

import pytest
import runs

from bot.knowledge import load

KNOWN = {"app", "db", "Book", "BASE_DIR", "PASSWORDS", "slow_report"}
"""What a snippet may use without showing it: an app, a database and a model stand in every project."""


@pytest.mark.parametrize(("task", "side"), runs.examples())
def test_the_example_does_what_its_task_says(task: str, side: str, tmp_path: Path) -> None:
    ran = runs.run(task, side, tmp_path)

    assert ran.returncode == 0, f"{ran.stdout}\n{ran.stderr}"


def test_a_broken_example_fails(tmp_path: Path) -> None:
    here = tmp_path / "flask"
    here.mkdir()
    (here / "app.py").write_text("from flask import Flask\napp = Flask(__name__)\napp.get('/')(lambda: 'Hello')\n")
    command = [sys.executable, str(Path(runs.__file__).with_name("run_one.py")), "first-app", "flask"]
    ran = subprocess.run(command, cwd=here, capture_output=True, text=True, check=False)

    assert ran.returncode == 1
    assert "AssertionError" in ran.stderr


def test_the_versions_that_answers_name_are_those_that_pass_here() -> None:
    assert runs.installed() in runs.recorded().values(), "other packages are installed: run `make pairs-record`"


def test_at_least_24_tasks_are_shown_and_each_side_names_its_versions() -> None:
    pairs = load(runs.CODE.parent).code

    assert len(pairs) >= 24
    for pair in pairs.values():
        assert list(pair.sides) == ["flask", "django"]
        assert all(example.versions for example in pair.sides.values())


def test_a_snippet_brings_what_it_uses() -> None:
    pairs = load(runs.CODE.parent).code.values()
    python = [s for pair in pairs for side in pair.sides.values() for s in side.snippets if s.language == "python"]

    assert {name for snippet in python for name in _missing(snippet.text)} <= KNOWN


def test_every_project_is_run_by_the_same_manage_py() -> None:
    assert len({file.read_text() for file in runs.CODE.glob("*/*/manage.py")}) == 1


def _missing(text: str) -> set[str]:
    """Return the names that a piece of Python uses and nowhere binds, short of the built-in ones."""
    bound, used = set(dir(builtins)), set()
    for node in ast.walk(ast.parse(text)):
        match node:
            case ast.Name(id=name, ctx=ast.Load()):
                used.add(name)
            case ast.Name(id=name) | ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                bound.add(name)
            case ast.ClassDef(name=name) | ast.arg(arg=name):
                bound.add(name)
            case ast.Import(names=names) | ast.ImportFrom(names=names):
                bound |= {alias.asname or alias.name for alias in names}
    return used - bound
