"""Writes text for Slack's mrkdwn so that nothing in it can ping anybody, open a link or close a code span."""

from __future__ import annotations

import html
import re
from urllib.parse import quote

_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u2028\u2029]")
_BROKEN_ENTITY = re.compile(r"&[a-z]{0,3}$")
_MENTIONED = re.compile(r"<[@!#][^>]*>")
_LABELLED = re.compile(r"<[^<>|]+(?:\|([^<>]*))?>")
_SPAN = re.compile(r"(`[^`\n]+`)")
_EMPHASIS = re.compile(r"(?<!\w)([*_~])(?=\S)|(?<=\S)([*_~])(?!\w)")
INVISIBLE = "\u2060"
"""A word joiner: beside a `*` it keeps Slack from reading the `*` as the beginning or end of bold text."""


def escape(text: str) -> str:
    """Return `text` with the three characters that mean something to Slack as entities, as Slack asks for."""
    return html.escape(_CONTROLS.sub(" ", text), quote=False)


def prose(text: str) -> str:
    """Return prose of the knowledge base: `code` spans stay code, everything else is shown as it stands."""
    return "".join(part if _SPAN.fullmatch(part) else _plain(part) for part in _SPAN.split(escape(text)))


def bold(text: str) -> str:
    """Return `text` in bold; it cannot end the bold by itself."""
    flat = " ".join(escape(text).replace("*", "\u2217").replace("`", "").split())
    return f"*{flat}*" if flat else ""


def italic(text: str) -> str:
    """Return `text` in italics."""
    flat = " ".join(escape(text).replace("`", "").split())
    return f"_{flat}_" if flat else ""


def link(url: str | None, text: str) -> str:
    """Return a link, or just the text where there is no web address."""
    label = " ".join(escape(text).replace("|", "/").split()) or "source"
    if not url or not url.startswith(("https://", "http://")):
        return label
    return f"<{escape(quote(url, safe='%/:=&?~#+!$,;@()*[]-._'))}|{label}>"


def readable(text: str) -> str:
    """Return what somebody wrote as a person reads it: no mentions, links by their labels, no entities."""
    shown = _LABELLED.sub(lambda found: found[1] or "", _MENTIONED.sub("", text))
    return " ".join(html.unescape(shown).split())


def user(identity: str) -> str:
    """Return a mention of one person, by an id that Slack itself gave us."""
    return f"<@{re.sub(r'[^A-Z0-9]', '', identity)}>"


def channel(identity: str) -> str:
    """Return a link to a channel, by an id that Slack itself gave us."""
    return f"<#{re.sub(r'[^A-Z0-9]', '', identity)}>"


def quote_line(text: str) -> str:
    """Return text as a quotation of one line."""
    return f"> {escape(' '.join(text.split()))}"


def clip(written: str, limit: int) -> str:
    """Cut text that is already mrkdwn, never inside an entity or a link."""
    if len(written) <= limit:
        return written
    cut = written[: limit - 1]
    if cut.rfind("<") > cut.rfind(">"):
        cut = cut[: cut.rfind("<")]
    cut = _BROKEN_ENTITY.sub("", cut).rstrip()
    return cut + "…"


def _plain(written: str) -> str:
    return _EMPHASIS.sub(lambda found: f"{INVISIBLE}{found[0]}{INVISIBLE}", written)
