"""Several questions in one message."""

from __future__ import annotations

import re

MOST_PARTS = 4
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
    return found if 1 < len(found) <= MOST_PARTS else []
