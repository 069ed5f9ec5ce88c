"""Keeps secrets out of anything that is written for people to read."""

from __future__ import annotations

import re
from collections.abc import Iterable

HIDDEN = "[hidden]"
SHORTEST = 6
"""Shorter secrets are not looked for: they would hide ordinary words."""

_SHAPES = re.compile(
    r"""
      xox[a-z]-[\w-]{6,} | xoxe\.[\w.-]{6,} | xapp-[\w-]{6,}          # Slack
    | (?<![\w.-])[\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,}                # Discord
    | gAAAA[\w-]{40,}={0,2}                                          # a sealed token
    | (?<=://)[^\s:/@]*:[^\s/@]+(?=@)                                # user and password in an address
    | (?<=hooks\.slack\.com/)\S+                                     # an address that lets one post
    | (?i:(?<=bearer\ )|(?<=authorization:\ bot\ ))[^\s,;'"]+
    """,
    re.VERBOSE,
)


class Redactor:
    """Replaces secrets in a text: those it was told, and whatever has the shape of one."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        known = sorted({secret for secret in secrets if len(secret) >= SHORTEST}, key=len, reverse=True)
        self._known = re.compile("|".join(map(re.escape, known))) if known else None

    def __call__(self, text: str) -> str:
        """Return `text` without secrets."""
        if self._known:
            text = self._known.sub(HIDDEN, text)
        return _SHAPES.sub(HIDDEN, text)
