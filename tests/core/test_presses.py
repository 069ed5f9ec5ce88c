"""A button's text form: short, safe, and the same again after reading."""

from __future__ import annotations

import re
from dataclasses import fields
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import presses

SAFE = st.text("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.~", max_size=20)


@st.composite
def any_press(draw: st.DrawFn) -> presses.Press:
    kind = draw(st.sampled_from(get_args(presses.Press)))
    values = {field.name: draw(SAFE) for field in fields(kind)}
    if kind is presses.Rate:
        values["verdict"] = draw(st.sampled_from(["yes", "no"]))
    return kind(**values)


@given(any_press())
def test_what_was_written_is_read_again(press: presses.Press) -> None:
    text = presses.encode(press)

    assert presses.decode(text) == press
    assert len(text) <= presses.LONGEST
    assert re.fullmatch(r"[A-Za-z0-9_.~:-]+", text)


@given(st.text(max_size=200))
def test_anything_else_is_stale_and_never_a_crash(text: str) -> None:
    try:
        press = presses.decode(text)
    except presses.StalePressError:
        return
    assert presses.decode(presses.encode(press)) == press


@pytest.mark.parametrize("text", ["", "zz", "t", "s:orm", "t:a:b:c", "r:orm:maybe", "t:or m", "gc:token:q"])
def test_a_damaged_button_is_refused(text: str) -> None:
    with pytest.raises(presses.StalePressError):
        presses.decode(text)


def test_every_press_has_a_code_of_its_own() -> None:
    codes = [kind.code for kind in get_args(presses.Press)]

    assert len(set(codes)) == len(codes)


@pytest.mark.parametrize("topic", ["a:b", "a b", "é", "x" * 100])
def test_what_a_button_cannot_carry_is_refused_when_it_is_made(topic: str) -> None:
    with pytest.raises(ValueError, match="a button"):
        presses.encode(presses.ShowTopic(topic))
