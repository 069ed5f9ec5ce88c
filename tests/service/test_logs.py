"""What stands in the log is what happened: nobody outside writes a line of their own, and no secret gets there."""

from __future__ import annotations

import io
import json
import logging

import pytest

from adapters.service.logs import LONGEST, Redactor, set_up

FORGED = "denied\n2026-01-01 [error] FORGED\r\x1b[2J\x1b[31m\u2028\u202egnp"


def _logged(form: str, message: str, *arguments: object) -> str:
    stream = io.StringIO()
    set_up("info", form, Redactor(["a-known-secret"]), stream)
    logging.getLogger("adapters.test").warning(message, *arguments)
    return stream.getvalue()


@pytest.mark.parametrize("form", ["text", "json"])
def test_one_event_is_one_line_whatever_is_in_it(form: str) -> None:
    written = _logged(form, "Not installed: %s", FORGED)

    assert len(written.splitlines()) == 1
    assert "\x1b[2J" not in written
    assert "FORGED" in written


def test_a_traceback_cannot_pass_for_an_event() -> None:
    stream = io.StringIO()
    set_up("info", "text", Redactor(), stream)
    try:
        int(FORGED)
    except ValueError:
        logging.getLogger("adapters.test").exception("A request failed")
    first, *others = stream.getvalue().splitlines()

    assert "A request failed" in first
    assert all(line.startswith("    ") for line in others if line)


def test_a_long_text_is_cut() -> None:
    written = json.loads(_logged("json", "%s", "x" * 100_000))

    assert len(written["event"]) < LONGEST + 50
