"""Takes out of a missed question whatever could point to somebody or open something."""

from __future__ import annotations

import re

LONGEST = 300
"""Characters of a missed question that are kept: enough to see what was asked."""

_RULES = (
    (re.compile(r"```.*?(```|$)", re.DOTALL), "[code]"),
    (re.compile(r"<[@#!][^>\s]*>|<:\w+:\d+>"), "[mention]"),
    (re.compile(r"<?\b[a-z][a-z0-9+.-]*://[^\s>]+>?|\bwww\.\S+", re.IGNORECASE), "[link]"),
    (re.compile(r"<?mailto:[^\s>]+>?|\b[\w.+-]+@[\w-]+\.[\w.-]+"), "[address]"),
    (re.compile(r"\b\d{1,3}(\.\d{1,3}){3}(:\d+)?\b"), "[address]"),
    (re.compile(r"\b(?=\w*\d)(?=\w*[A-Za-z])[\w-]{16,}\b|\b[A-Za-z]{2,5}[-_][\w-]{12,}\b"), "[token]"),
    (re.compile(r"\+?\d[\d ()/-]{6,}\d"), "[number]"),
    (re.compile(r"(?<!\w)@[\w.-]+"), "[mention]"),
)


def redact(text: str) -> str:
    """Return `text` without code, links, addresses, tokens, long numbers and mentions, cut to `LONGEST`."""
    text = text[: 10 * LONGEST]
    for pattern, stand_in in _RULES:
        text = pattern.sub(stand_in, text)
    return " ".join(text.split())[:LONGEST]
