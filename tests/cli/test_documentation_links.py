from __future__ import annotations

from pathlib import Path

import pytest

from adapters import version
from adapters.version import documentation


def installed(at: Path, monkeypatch: pytest.MonkeyPatch, *headers: str) -> None:
    """Have the program be a package in this folder, with these lines in what it says of itself."""
    about = at / "framework_advisor-1.0.dist-info"
    about.mkdir(parents=True)
    lines = ("Metadata-Version: 2.4", "Name: framework-advisor", "Version: 1.0", *headers, "")
    (about / "METADATA").write_text("\n".join(lines), encoding="utf-8")
    monkeypatch.syspath_prepend(str(at))
    monkeypatch.setattr(version, "__file__", str(at / "adapters" / "version.py"))


def test_in_a_checkout_a_page_is_a_file() -> None:
    assert documentation("discord.md") == "docs/discord.md"


def test_of_an_installed_package_it_is_the_address_that_the_package_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed(tmp_path / "site", monkeypatch, "Project-URL: Documentation, https://docs.example/advisor/")

    assert documentation("discord.md") == "https://docs.example/advisor/discord.md"


def test_without_an_address_the_page_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    installed(tmp_path / "site", monkeypatch)

    assert documentation("discord.md") == "the page discord.md of the documentation"
