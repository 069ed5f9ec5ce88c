"""What CONTRIBUTING.md and the page on architecture name is there, and no place that a change touches is missing."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import get_args

import pytest

from adapters.cli.main import VERBS
from adapters.service.platforms import PLATFORMS
from adapters.storage.tables import metadata
from bot.replies import Reply

ROOT = Path(__file__).parents[2]
PAGES = ("CONTRIBUTING.md", "docs/architecture.md", "bot/matching/README.md")
_PATH = re.compile(r"`((?:\.?[\w-]+/)*\.?[\w.-]*(?:/|\.(?:py|md|toml|yaml|json|jsonl|example|mmd)))`")
KINDS = {kind.__name__ for kind in get_args(Reply)}
FEWEST = 3
"""Kinds of reply that a `match` has to tell apart to be one over replies."""


def sections() -> dict[str, str]:
    parts = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").split("\n## ")[1:]
    return {title: text for title, _, text in (part.partition("\n") for part in parts)}


def paths(text: str) -> set[str]:
    return set(_PATH.findall(text))


def tells_replies_apart(file: Path) -> bool:
    """Return whether a file has a `match` over kinds of replies."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        cases = node.cases if isinstance(node, ast.Match) else []
        classes = [found.cls for case in cases for found in ast.walk(case.pattern) if isinstance(found, ast.MatchClass)]
        names = {name.attr if isinstance(name, ast.Attribute) else getattr(name, "id", "") for name in classes}
        if len(names & KINDS) >= FEWEST:
            return True
    return False


@pytest.mark.parametrize("page", PAGES)
def test_every_file_that_a_page_names_is_there(page: str) -> None:
    folder = (ROOT / page).parent
    named = paths((ROOT / page).read_text(encoding="utf-8"))

    assert named
    assert [name for name in sorted(named) if not ((ROOT / name).exists() or (folder / name).exists())] == []


def test_a_kind_of_reply_has_no_other_places_than_those_that_are_named() -> None:
    named = paths(sections()["A kind of reply"])
    files = [*ROOT.glob("bot/**/*.py"), *ROOT.glob("adapters/**/*.py"), ROOT / "tests" / "conversations" / "offers.py"]

    assert {file.relative_to(ROOT).as_posix() for file in files if tells_replies_apart(file)} - named == set()


def test_every_platform_has_the_files_of_its_list() -> None:
    for platform in PLATFORMS:
        package = ROOT / "adapters" / platform.name

        assert (ROOT / "adapters" / "service" / "platforms" / f"{platform.name}.py").is_file()
        assert (package / "listeners").is_dir()


@pytest.mark.parametrize("platform", ["slack", "discord", "terminal"])
def test_the_same_files_draw_replies_on_every_platform(platform: str) -> None:
    folder = ROOT / "adapters" / platform / "render"

    assert {"answers", "buttons", "guide", "layout", "render"} <= {file.stem for file in folder.glob("*.py")}


def test_every_command_stands_in_a_file_of_the_command_line() -> None:
    assert [verb.__name__ for verb in VERBS if not verb.__module__.startswith("adapters.cli.")] == []
    assert [verb.__name__ for verb in VERBS if not verb.__doc__] == []


def test_every_table_is_made_by_a_migration() -> None:
    migrations = ROOT / "adapters" / "storage" / "migrations" / "versions"
    written = "".join(file.read_text(encoding="utf-8") for file in migrations.glob("r*.py"))

    assert [name for name in metadata.tables if f'"{name}"' not in written] == []


def test_the_lists_are_those_that_people_look_for() -> None:
    assert list(sections())[:8] == [
        "A kind of reply",
        "A button",
        "A platform",
        "A command",
        "A setting",
        "A table",
        "A feature of the matcher",
        "A topic",
    ]
