"""Take the furniture out of a message: mentions, links, emoji names, code blocks, quotes, invisible characters."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

HEAD, TAIL = 1_500, 500
"""Characters kept of the two ends of a long message; nothing expensive sees more."""

_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)
_FURNITURE = re.compile(r"[<>&:`]|www\.", re.IGNORECASE)
"""What every piece of furniture has something of; most messages have none."""
_CODE_BLOCK = re.compile(r"```.*?(?:```|\Z)", re.DOTALL)
_LABELLED = re.compile(r"<(?:https?://|mailto:)[^<>|\s]*\|([^<>]*)>")
_MARKUP = re.compile(
    r"<(?:[@#!/]|a?:\w+:)[^<>]*>|<?\b(?:https?://|mailto:|www\.)[^\s<>]*>?|:[a-z0-9_+'-]+:", re.IGNORECASE
)
_QUOTED = re.compile(r"^[ \t]*(?:>|&gt;).*$", re.MULTILINE)
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))
_APOSTROPHES = str.maketrans({"\u2019": "'", "\u2018": "'", "\u02bc": "'", "\u00b4": "'", "`": " "})


@dataclass(frozen=True, slots=True)
class Message:
    """What somebody wrote, cleaned."""

    text: str
    """Lower case, without furniture; empty where nothing else was there."""
    code: str = ""
    """What stood in code blocks, lower case."""


def plain(text: str) -> str:
    """Return the text in lower case with one kind of apostrophe, for text that has no chat markup."""
    return text.replace("`", " ").lower() if text.isascii() else text.translate(_APOSTROPHES).casefold()


def clean(text: str) -> Message:
    """Return the message without chat markup; at most about 2,000 characters of it are looked at."""
    kept = text if len(text) <= HEAD + TAIL else f"{text[:HEAD]} {text[-TAIL:]}"
    if not kept.isascii():
        kept = _INVISIBLE.sub("", unicodedata.normalize("NFKC", kept))[: 2 * (HEAD + TAIL)]
    if not _FURNITURE.search(kept):
        return Message(plain(kept).strip())
    code = " ".join(_CODE_BLOCK.findall(kept))
    kept = _LABELLED.sub(r"\1", _CODE_BLOCK.sub(" ", kept))
    unquoted = _QUOTED.sub(" ", kept)
    kept = _MARKUP.sub(" ", unquoted if unquoted.strip() else kept)
    for entity, character in _ENTITIES:
        kept = kept.replace(entity, character)
    return Message(plain(kept).strip(), plain(code))
