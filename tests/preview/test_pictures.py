from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.preview.pictures import LARGEST, PICTURES, RECORD, ROOT, STATIC, made_from

DOCS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def test_the_pictures_show_what_is_shown_today() -> None:
    old = {name for name, digest in made_from().items() if json.loads(RECORD.read_text("utf-8")).get(name) != digest}

    assert not old, f"Out of date: {', '.join(sorted(old))}. Run: make pictures"


def test_the_pictures_are_small() -> None:
    assert {path.name: path.stat().st_size for path in PICTURES.glob("*.png") if path.stat().st_size > LARGEST} == {}


def test_the_drawings_load_nothing_and_run_nothing() -> None:
    for path in PICTURES.glob("*.svg"):
        text = path.read_text(encoding="utf-8")
        assert re.findall(r"<script|@import|@font-face|href=|url\((?!#)", text) == [], path
    assert (PICTURES / "icon.svg").read_text("utf-8") == (STATIC / "icon.svg").read_text("utf-8")


@pytest.mark.parametrize("page", DOCS, ids=lambda path: path.name)
def test_every_page_of_the_docs_points_to_files_that_exist(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", page.read_text(encoding="utf-8"))

    assert [link for link in links if not (page.parent / link).exists()] == []
