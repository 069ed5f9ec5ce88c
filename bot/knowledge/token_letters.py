"""Letters that stand for questions, options and circumstances in a token.

They are derived from the ids and not from the order, so a token outlives additions and moves. Where two derived
letters meet, the guide gives one of them a letter of its own (`code`); `bot.knowledge.guide_lint` asks for that.
"""

from __future__ import annotations

import hashlib
import string
from collections.abc import Iterable
from functools import lru_cache

from bot.knowledge.guide_models import Circumstance, Option, Question

ALPHABET = string.ascii_letters + string.digits


def short_hash(text: str, length: int) -> str:
    """Return `length` characters of `ALPHABET` that stand for a text. Not a secret, only a mark."""
    number = int.from_bytes(hashlib.sha256(text.encode()).digest()[:16], "big")
    marks = []
    for _ in range(length):
        number, place = divmod(number, len(ALPHABET))
        marks.append(ALPHABET[place])
    return "".join(marks)


def code_of(thing: Question | Option | Circumstance) -> str:
    """Return the letter of a question, an option (within its question) or a circumstance."""
    return thing.code or _letter(thing.id)


@lru_cache(maxsize=1024)
def _letter(identifier: str) -> str:
    return short_hash(identifier, 1)


def clashes(things: Iterable[Question | Option | Circumstance]) -> dict[str, list[str]]:
    """Return the letters that stand for more than one id, with those ids."""
    taken: dict[str, list[str]] = {}
    for thing in things:
        taken.setdefault(code_of(thing), []).append(thing.id)
    return {code: ids for code, ids in taken.items() if len(ids) > 1}
