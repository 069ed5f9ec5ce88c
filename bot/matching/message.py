"""Read a chat message: strip its markup, and divide it into the sentences that ask."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from typing import NamedTuple

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
    whole: str = ""
    """All of a message that is too long to be read word by word, lower case: for names of sides and products."""


def plain(text: str) -> str:
    """Return the text in lower case with one kind of apostrophe, for text that has no chat markup."""
    return text.replace("`", " ").lower() if text.isascii() else text.translate(_APOSTROPHES).casefold()


def clean(text: str) -> Message:
    """Return the message without chat markup; of a long one, both ends to be read and the whole to look for names."""
    message = _cleaned(text)
    return message if len(text) <= HEAD + TAIL else replace(message, whole=plain(text[: DEFAULT.limits.whole]))


def _cleaned(text: str) -> Message:
    kept = text if len(text) <= HEAD + TAIL else f"{text[:HEAD]} {text[-TAIL:]}"
    if not kept.isascii():
        kept = _INVISIBLE.sub("", unicodedata.normalize("NFKC", kept))[: 2 * (HEAD + TAIL)]
    if not _FURNITURE.search(kept):
        return Message(plain(kept).strip())
    code = " ".join(CODE_BLOCK.findall(kept))
    kept = _LABELLED.sub(r"\1", CODE_BLOCK.sub(" ", kept))
    kept = _MARKUP.sub(" ", _unquoted(kept))
    for entity, character in _ENTITIES:
        kept = kept.replace(entity, character)
    return Message(plain(kept).strip(), plain(code))


_POINTING = re.compile(
    r"\b(?:this|that|it|true|right|correct|agree|he|she|they|really|thoughts?|opinions?|so)\b", re.IGNORECASE
)
"""Has a short remark below a quotation, if it is about what was quoted."""


def _unquoted(text: str) -> str:
    """Return a message without the lines that it quotes, unless the rest is about these, or there is no rest."""
    if not _QUOTED.search(text):
        return text
    own = _QUOTED.sub(" ", text).strip()
    if own and not (len(own.split()) <= DEFAULT.limits.remark and _POINTING.search(own)):
        return own
    quoted = (line.strip().removeprefix("&gt;").lstrip("> ").rstrip() for line in _QUOTED.findall(text))
    return " ".join((*quoted, own))


_ASKING = r"(?:how|what|which|who|where|when|why|can|could|do|does|is|are|should|will|would)\b"
_END = re.compile(
    rf"(?P<asked>\?)[?!\s]*|[!\n;]+|(?<!\bvs)\.(?:\s+|$)|,?\s+(?:and|but)\s+also\s+|,?\s*(?:and|plus|also)\s+(?={_ASKING})|,\s+(?={_ASKING})"
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


class Sentences(NamedTuple):
    """The sentences of a message."""

    asking: tuple[str, ...]
    """Those that end or begin like a question, ..."""
    story: bool
    """... and whether there are others around them."""


def sentences(text: str) -> Sentences:
    """Return the sentences of a cleaned message that ask."""
    found, begin, story = [], 0, False
    for end in (*_END.finditer(text), None):
        sentence = text[begin : end.start() if end else len(text)].strip(" ,.")
        begin = end.end() if end else len(text)
        if not sentence:
            continue
        if (end and end["asked"]) or _BEGINS.match(sentence):
            found.append(sentence)
        else:
            story = True
    return Sentences(tuple(found), story)
