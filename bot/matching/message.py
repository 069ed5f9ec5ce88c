"""Read a chat message: strip its markup, and divide it into the sentences that ask."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from bot.matching.config import DEFAULT

HEAD, TAIL = DEFAULT.limits.head, DEFAULT.limits.tail

_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)
_FURNITURE = re.compile(r"[<>&:`]|www\.", re.IGNORECASE)
"""What every piece of furniture has something of; most messages have none."""
CODE_BLOCK = re.compile(r"```.*?(?:```|\Z)", re.DOTALL)
_LABELLED = re.compile(r"<(?:https?://|mailto:)[^<>|\s]*\|([^<>]*)>")
ENCLOSED = r"<(?:[@#!/]|a?:\w+:|[a-z][a-z0-9+.-]*:)[^<>]*>"
"""A mention, an emoji or a link as platforms write them, its label included."""
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
    code = " ".join(CODE_BLOCK.findall(kept))
    kept = _LABELLED.sub(r"\1", CODE_BLOCK.sub(" ", kept))
    unquoted = _QUOTED.sub(" ", kept)
    kept = _MARKUP.sub(" ", unquoted if unquoted.strip() else kept)
    for entity, character in _ENTITIES:
        kept = kept.replace(entity, character)
    return Message(plain(kept).strip(), plain(code))


_ASKING = r"(?:how|what|which|who|where|when|why|can|could|do|does|is|are|should|will|would)\b"
_END = re.compile(
    rf"(?P<asked>\?)[?!\s]*|[!\n;]+|(?<!\bvs)\.(?:\s+|$)|,?\s+(?:and|but)\s+also\s+|,?\s*(?:and|plus|also)\s+(?={_ASKING})"
)
_DIVIDED = re.compile(r"[?!\n;.,&/]| (?:and|but|plus|also) ")
"""Without any of these inside, there is one question; most messages are told apart by this alone."""
_BEGINS = re.compile(rf"(?:(?:and|but|also|so|then|plus)\s+)*{_ASKING}", re.IGNORECASE)

_PAIRED = re.compile(r"(?: and | & | ?/ ?)(?P<other>\w+) (?:of|in|with|to|for) (?=.)")
"""Two nouns with one thing that they are about, as in "pros and cons of it"."""


def divided(text: str) -> bool:
    """Return whether there may be several questions in a cleaned message."""
    return _DIVIDED.search(text.rstrip(" ?!.")) is not None


def paired(text: str) -> list[str]:
    """Return the two questions of a cleaned message such as "pros and cons of it"; empty for any other."""
    match = _PAIRED.search(text)
    before, _, one = text[: match.start()].rpartition(" ") if match else ("", "", "")
    if not (match and one.isalpha()):
        return []
    return [f"{before} {noun}{text[match.end('other') :]}".lstrip() for noun in (one, match["other"])]


def parts(text: str) -> list[str]:
    """Return the questions of a cleaned message that holds several; empty if there is at most one.

    A sentence is a question if it ends like one or begins like one. The others are the story around it: where there is
    one, the message is read as a whole.
    """
    found, begin = [], 0
    for end in (*_END.finditer(text), None):
        sentence = text[begin : end.start() if end else len(text)].strip(" ,.")
        begin = end.end() if end else len(text)
        if not sentence:
            continue
        if not (end and end["asked"]) and not _BEGINS.match(sentence):
            return []
        found.append(sentence)
    return found if 1 < len(found) <= DEFAULT.limits.questions else []
