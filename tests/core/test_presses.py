"""A button's text form: short, safe, and the same again after reading."""

from __future__ import annotations

import re
from dataclasses import fields
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import actions
from bot.action_codec import LONGEST, LONGEST_REF, StaleActionError, decode, encode

SAFE = st.text("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.~", max_size=20)


@st.composite
def any_press(draw: st.DrawFn) -> actions.Action:
    kind = draw(st.sampled_from(get_args(actions.Action)))
    values = {field.name: draw(SAFE) for field in fields(kind)}
    if "ref" in values:
        values["ref"] = values["ref"][:LONGEST_REF]
    if kind is actions.Rate:
        values["verdict"] = draw(st.sampled_from(["yes", "no"]))
    return kind(**values)


@given(any_press())
def test_what_was_written_is_read_again(press: actions.Action) -> None:
    text = encode(press)

    assert decode(text) == press
    assert len(text) <= LONGEST
    assert re.fullmatch(r"[A-Za-z0-9_.~:-]+", text)


@given(st.text(max_size=200))
def test_anything_else_is_stale_and_never_a_crash(text: str) -> None:
    try:
        press = decode(text)
    except StaleActionError:
        return
    assert decode(encode(press)) == press


@pytest.mark.parametrize("text", ["", "zz", "t", "s:orm", "t:a:b:c:d", "r:orm:maybe", "t:or m", "gc:token:q"])
def test_a_damaged_button_is_refused(text: str) -> None:
    with pytest.raises(StaleActionError):
        decode(text)


def test_every_press_has_a_code_of_its_own() -> None:
    codes = [kind.code for kind in get_args(actions.Action)]

    assert len(set(codes)) == len(codes)


@pytest.mark.parametrize("topic", ["a:b", "a b", "é", "x" * 100])
def test_what_a_button_cannot_carry_is_refused_when_it_is_made(topic: str) -> None:
    with pytest.raises(ValueError, match="a button"):
        encode(actions.ShowTopic(topic))
