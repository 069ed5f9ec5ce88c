"""What a list of dependencies says, in every form in which one pastes it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from bot.guide import Guide, NoDependenciesError
from bot.guide.dependencies import LONGEST, read_dependencies
from bot.knowledge import Knowledge
from bot.knowledge.guide_phrases import Package
from bot.replies import GuideReview

REQUIREMENTS = """
# production
-r base.txt
Flask==3.1.3
Flask_Login>=0.6 ; python_version > "3.9"
celery[redis]~=5.4 \\
    --hash=sha256:abc
some-unknown-thing==1.0
git+https://example.org/x.git
"""
PYPROJECT = """
[project]
name = "x"
dependencies = ["Django>=5.2", "psycopg[binary]", "wagtail; python_version>'3.10'"]

[project.optional-dependencies]
dev = ["pytest-django"]
"""
POETRY = """
[tool.poetry.dependencies]
python = "^3.12"
flask-admin = "*"

[tool.poetry.group.dev.dependencies]
pytest-flask = "*"
"""
IMPORTS = """
import os, sys
from flask import Flask  # the app
import flask_socketio as io

def main():
    return Flask(__name__)
"""


@pytest.fixture(scope="session")
def packages(knowledge: Knowledge) -> Sequence[Package]:
    return knowledge.packages


@pytest.mark.parametrize(
    ("text", "answers", "found"),
    [
        (REQUIREMENTS, {"have": "flask_code", "accounts": "roles"}, ["flask", "flask-login", "celery"]),
        (PYPROJECT, {"have": "django_code", "data": "many", "kind": "cms_shop"}, ["django", "psycopg", "wagtail"]),
        (POETRY, {"have": "flask_code", "staff": "yes"}, ["flask-admin"]),
        (IMPORTS, {"have": "flask_code", "live": "some"}, ["flask", "flask-socketio"]),
        ("flask 3.1.3\npymongo 4.10.1\n", {"have": "flask_code", "data": "nosql"}, ["flask", "pymongo"]),
        ("rest_framework, allauth", {"kind": "service", "have": "django_code", "accounts": "roles"}, None),
        ("streamlit", {"kind": "viewer", "viewer_kind": "charts"}, ["streamlit"]),
    ],
)
def test_known_packages_become_answers(
    packages: Sequence[Package], text: str, answers: dict[str, str], found: list[str] | None
) -> None:
    read = read_dependencies(text, packages)
    assert read.answers == answers
    names = [one.package for one in read.evidence]
    assert found is None or [name for name in names if not name.startswith("pytest")] == found


def test_the_evidence_says_what_a_package_stands_for(packages: Sequence[Package]) -> None:
    read = read_dependencies("flask-login\ncelery\nnobody-knows-this", packages)
    assert [(one.package, one.words) for one in read.evidence] == [
        ("flask-login", "accounts"),
        ("celery", "background jobs"),
    ]
    assert read.unknown == 1


def test_packages_that_differ_leave_the_question_open(packages: Sequence[Package]) -> None:
    read = read_dependencies("flask\ndjango\nflask-login\n", packages)
    assert "have" not in read.answers
    assert read.contradicted == ("have",)
    assert read.answers == {"accounts": "roles"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hello",
        "We build a shop with Flask and Django",
        "what is flask?\nand django?\n",
        "[project\nbroken",
        "🦊\n" * 9,
    ],
)
def test_what_is_no_list_of_dependencies_is_said_to_be_none(packages: Sequence[Package], text: str) -> None:
    with pytest.raises(NoDependenciesError, match="no list of dependencies"):
        read_dependencies(text, packages)


def test_a_list_that_is_too_long_is_refused(packages: Sequence[Package]) -> None:
    with pytest.raises(NoDependenciesError, match="longer than 64 kB"):
        read_dependencies("flask==1.0\n" * (LONGEST // 10), packages)


def test_at_least_130_packages_are_known(packages: Sequence[Package]) -> None:
    assert len(packages) >= 130


def test_what_was_found_is_shown_for_confirmation(guide: Guide) -> None:
    shown = guide.begin(dependencies=guide.dependencies("flask-login\nflask\ncelery"))
    assert isinstance(shown, GuideReview)
    assert {item.question: item.option for item in shown.given} == {"have": "flask_code", "accounts": "roles"}
    assert all(item.from_text for item in shown.given)
    assert shown.notice == "Found: flask-login (accounts), flask (Flask code), celery (background jobs)."


def test_a_text_and_packages_that_differ_leave_the_question_open(guide: Guide) -> None:
    found = guide.understand("a public register of trees, nobody logs in", guide.dependencies("flask\nflask-login"))
    assert "accounts" not in found
    assert found["have"] == "flask_code"
