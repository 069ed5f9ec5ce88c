"""The guide in a terminal, chosen line by line."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from adapters.terminal.chat import interview
from bot.guide import Guide


def picking(*wanted: str) -> Callable[[str, Sequence[str]], int | None]:
    """Stand in for a person who picks these lines, one after the other, and then leaves."""
    left = list(wanted)

    def choose(_: str, labels: Sequence[str]) -> int | None:
        if not left:
            return None
        return list(labels).index(left.pop(0))

    return choose


def test_picking_lines_leads_to_a_result(guide: Guide, capsys: pytest.CaptureFixture[str]) -> None:
    pick = picking(
        "API, service or small tool", "Know Flask, new project", "No", "Files, other APIs, or nothing", "Done"
    )
    found = interview(guide, choose=pick)
    assert found is not None
    assert found.result == "flask"
    told = capsys.readouterr().out
    assert "Question 1 of about 5" in told
    assert "A clear case for Flask." in told


def test_a_person_can_go_back_and_ask_for_the_result_early(guide: Guide) -> None:
    pick = picking(
        "Site or app with data and logins",
        "Know Flask, new project",
        "Back",
        "Know Django, new project",
        "Not sure",
        "Result now",
        "Done",
    )
    found = interview(guide, choose=pick)
    assert found is not None
    assert found.result == "django"


def test_a_description_is_confirmed_first(guide: Guide, capsys: pytest.CaptureFixture[str]) -> None:
    interview(guide, "we build an internal API on mongo", picking("Yes, go on"))
    assert "What do you already have?: " not in capsys.readouterr().out.split("Is it right?")[0]


def test_leaving_before_the_end_gives_no_result(guide: Guide) -> None:
    assert interview(guide, choose=picking("Site or app with data and logins")) is None
