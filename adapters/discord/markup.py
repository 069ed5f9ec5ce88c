"""Writes text for Discord's Markdown so that nothing in it can format, mention or link by accident."""

from __future__ import annotations

import re

_KEPT = re.compile(r"(`[^`\n]+`|https?://[^\s<>()\[\]]+)")
_MARKS = re.compile(r"([\\*_~|`<\[\]])")
_LINE_START = re.compile(r"^(\s*)([#>+-]|\d+(?=[.)]))", re.MULTILINE)
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u2028\u2029\u202a-\u202e\u2066-\u2069]")

_FENCE = re.compile(r"`(?=`)")
"""A backtick before another one."""
_LANGUAGE = re.compile(r"[a-z0-9+-]{1,20}")
INVISIBLE = "\u2060"
"""A word joiner: between backticks it keeps Discord from reading them as the end of a code block."""
QUOTED = 200
"""Characters of a question that stand above its answer."""


def prose(text: str, limit: int) -> str:
    """Return at most `limit` characters of Markdown that shows `text`; `code` spans and addresses stay as they are."""
    shown, room = escape(clip(text, limit)), limit
    while len(shown) > limit:
        room -= max(1, len(shown) - limit)
        shown = escape(clip(text, room))
    return shown


def line(text: str, limit: int) -> str:
    """Return `prose` on a single line."""
    return prose(" ".join(text.split()), limit)


def code_block(text: str, language: str, limit: int) -> str:
    """Return a code block of at most `limit` characters whose text cannot end it."""
    named = language if _LANGUAGE.fullmatch(language) else ""
    frame = f"```{named}\n{{}}\n```"
    inside = _FENCE.sub(f"`{INVISIBLE}", _CONTROLS.sub(" ", text))
    return frame.format(clip(inside, limit - len(frame) + 2))


def escape(text: str) -> str:
    """Return Markdown that shows `text`; its length is at most about twice that of `text`."""
    parts = _KEPT.split(_CONTROLS.sub(" ", text))
    escaped = "".join(part if _KEPT.fullmatch(part) else _MARKS.sub(r"\\\1", part) for part in parts)
    return _LINE_START.sub(_disarmed, escaped)


def _disarmed(start: re.Match[str]) -> str:
    """Return the beginning of a line so that it does not begin a heading, a quotation or a list."""
    return f"{start[1]}{start[2]}\\" if start[2].isdigit() else f"{start[1]}\\{start[2]}"


def clip(text: str, limit: int) -> str:
    """Return `text`, cut to `limit` characters with an ellipsis where it is longer."""
    if len(text) <= limit:
        return text
    return text[: max(0, limit - 1)].rstrip() + "…" if limit > 0 else ""


def link(label: str, url: str | None, limit: int) -> str:
    """Return a link, or only its label where there is no web address that fits."""
    label = label.replace("://", ": ")  # Discord makes no link whose label is an address
    text = line(label, limit)
    if not url or not url.startswith(("https://", "http://")):
        return text
    address = re.sub(r"[\s()<>]", lambda odd: f"%{ord(odd[0]):02X}", url)
    written = f"[{line(label, max(1, limit - len(address) - 4))}]({address})"
    return written if len(written) <= limit and len(address) < limit - 8 else text


def quoted(question: str) -> str:
    """Return a question as the line above its answer: a slash command leaves no trace of it."""
    return f"-# “{line(clip(' '.join(question.split()), QUOTED), 2 * QUOTED)}”" if question.strip() else ""
