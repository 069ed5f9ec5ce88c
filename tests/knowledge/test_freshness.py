"""What `make fresh` reports, without asking anybody."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.knowledge.freshness import behind, named, report

SOURCES = """\
sources:
  - {id: kettles, title: Kettles, kind: project, version: "5.6", package: Kettle-Kit, checked: 2026-11-01}
  - {id: cups, title: Cups, kind: project, version: Cups 2.1.3, package: cups, checked: 2026-11-01}
  - {id: spoons, title: Spoons, kind: project, version: read in May, checked: 2026-11-01}
"""


@pytest.fixture
def base(tmp_path: Path) -> Path:
    (tmp_path / "sources.yaml").write_text(SOURCES)
    (tmp_path / "topics").mkdir()
    (tmp_path / "topics" / "boiling.yaml").write_text("short: Take `kettle-kit` (5.6) or wait.\nask:\n  - is 5.6 out\n")
    return tmp_path


def test_versions_come_from_sources_that_name_a_package(base: Path) -> None:
    assert named(base) == {"cups": "2.1.3", "kettle-kit": "5.6"}


@pytest.mark.parametrize(
    ("version", "newest", "expected"),
    [("5.6", "5.7.0", True), ("5.6", "5.6.9", False), ("2.9", "2.10", True), ("3.1.3", "3.1.3", False)],
)
def test_a_version_that_leaves_parts_out_covers_them(version: str, newest: str, expected: bool) -> None:
    assert behind(version, newest) is expected


def test_what_is_behind_is_listed_with_its_lines(base: Path) -> None:
    assert list(report(base, {"kettle-kit": "5.7.0", "cups": None})) == [
        "kettle-kit: 5.6 in the knowledge, 5.7.0 is the newest",
        "  topics/boiling.yaml:1: short: Take `kettle-kit` (5.6) or wait.",
        "cups: no answer from the package index",
    ]
