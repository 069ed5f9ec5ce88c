"""Text for Slack: it shows what was written and does nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.slack.markup import INVISIBLE, bold, clip, escape, italic, link, prose, user


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("<!channel> & <@U1>", "&lt;!channel&gt; &amp; &lt;@U1&gt;"),
        ("&lt;", "&amp;lt;"),
        ("a\x00b", "a b"),
        ("plain", "plain"),
    ],
)
def test_escaping(text: str, written: str) -> None:
    assert escape(text) == written


def test_code_stays_code_and_stars_stay_stars() -> None:
    assert prose("use `a * b` and a_b") == "use `a * b` and a_b"
    assert prose("*not bold*") == f"{INVISIBLE}*{INVISIBLE}not bold{INVISIBLE}*{INVISIBLE}"
    assert prose("`<script>`") == "`&lt;script&gt;`"


def test_bold_and_italic_end_where_they_should() -> None:
    assert bold("a*b\n`c`") == "*a\u2217b c*"
    assert bold("  ") == ""
    assert italic("a b") == "_a b_"


@pytest.mark.parametrize(
    ("url", "text", "written"),
    [
        ("https://example.com/?a=1&b=2", "A | B", "<https://example.com/?a=1&amp;b=2|A / B>"),
        ("https://example.com/>|<!here>", "x", "<https://example.com/%3E%7C%3C!here%3E|x>"),
        ("javascript:alert(1)", "x", "x"),
        (None, "<x>", "&lt;x&gt;"),
        ("https://example.com", "", "<https://example.com|source>"),
    ],
)
def test_links(url: str | None, text: str, written: str) -> None:
    assert link(url, text) == written


def test_a_mention_is_made_of_an_id_alone() -> None:
    assert user("U1|<!here>") == "<@U1>"


@given(st.text(max_size=60), st.integers(2, 50))
def test_cutting_never_leaves_half_an_entity(text: str, limit: int) -> None:
    cut = clip(escape(text), limit)

    assert len(cut) <= max(limit, 1)
    assert "&" not in cut.replace("&amp;", "").replace("&lt;", "").replace("&gt;", "")


def test_cutting_never_leaves_half_a_link() -> None:
    assert clip("see <https://example.com|a page> now", 20) == "see…"
