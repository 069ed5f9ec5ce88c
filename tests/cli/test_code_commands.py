"""code, as somebody who wants to see it uses it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

Advisor = Callable[..., CompletedProcess[str]]


def test_the_tasks_are_listed(advisor: Advisor) -> None:
    ran = advisor("code")

    assert ran.returncode == 0
    lines = [line.split(maxsplit=1) for line in ran.stdout.splitlines()]
    assert ["route-parameter", "A route with a parameter"] in lines
    assert ran.stdout.endswith("Show one with: advisor code TASK\n")
    assert {"id": "session", "title": "A session"}.items() <= json.loads(advisor("code", "--json").stdout)[20].items()


def test_a_task_shows_both_sides_as_they_can_be_pasted(advisor: Advisor) -> None:
    ran = advisor("code", "session")

    assert ran.returncode == 0
    assert ran.stdout.startswith("A session\n\nFlask\nThe session is a signed cookie")
    assert "return f\"Visit {session['visits']}\"\n\nTested with Flask 3.1.3 on Python 3" in ran.stdout
    assert "def visit(request):\n    visits = " in ran.stdout


def test_several_files_stand_under_their_names(advisor: Advisor) -> None:
    ran = advisor("code", "read an id from the url", "--side", "django")

    assert "# shop/views.py\nfrom django.http import HttpResponse\n" in ran.stdout
    assert "\n\n# shop/urls.py\nfrom django.urls import path\n" in ran.stdout
    assert "Flask" not in ran.stdout


def test_programs_get_files_and_versions(advisor: Advisor) -> None:
    shown = json.loads(advisor("code", "first-app", "--side", "flask", "--json").stdout)

    assert (shown["id"], shown["topics"], list(shown["sides"])) == (
        "first-app",
        ["getting-started", "code-size"],
        ["flask"],
    )
    [file] = shown["sides"]["flask"]["files"]
    assert file["path"] == "app.py"
    assert file["text"].startswith("from flask import Flask\n\napp = Flask(__name__)\n")
    assert list(shown["sides"]["flask"]["versions"]) == ["Flask"]


def test_what_is_not_there_is_said(advisor: Advisor, tea: Path) -> None:
    unknown, rails, none = (
        advisor("code", "quantum"),
        advisor("code", "--side", "rails"),
        advisor("code", "--knowledge", str(tea)),
    )

    assert (unknown.returncode, rails.returncode, none.returncode) == (2, 2, 2)
    assert unknown.stderr == "There is no code for “quantum”. List the tasks with: advisor code\n"
    assert rails.stderr == "--side rails: there is no such side; there are flask, django.\n"
    assert none.stderr == "“Tea and coffee” has no code to show.\n"
