"""The short text form of an action: what stands in a button.

At most `LONGEST` characters of `A-Z a-z 0-9 _ - . ~ :`, safe in a URL, in a Discord custom_id and in a Slack value: the
action's code, then its fields, with colons between them. Fields at the end that are empty anyway are left out.
"""

from __future__ import annotations

import re
from dataclasses import fields
from typing import get_args

from bot.actions import Action, Rate

LONGEST = 95
LONGEST_REF = 16
"""Characters of what names a turn, at most; ours have eight."""
_FIELD = re.compile(r"[A-Za-z0-9_.~-]*")
_BY_CODE: dict[str, type[Action]] = {kind.code: kind for kind in get_args(Action)}


class StaleActionError(ValueError):
    """A button that cannot be read: damaged, or from a version that had other buttons."""


def encode(action: Action) -> str:
    """Return the text form of an action.

    Raises:
        ValueError: a field has a character that the text form cannot hold, or the whole is longer than `LONGEST`.
    """
    values = [str(getattr(action, field.name)) for field in fields(action)]
    if not all(map(_FIELD.fullmatch, values)):
        raise ValueError(f"a button cannot carry {action!r}")
    empty_anyway = [field.default == "" for field in fields(action)]
    while values and values[-1] == "" and empty_anyway[len(values) - 1]:
        values.pop()
    text = ":".join([action.code, *values])
    if len(text) > LONGEST:
        raise ValueError(f"a button holds {LONGEST} characters, this is {len(text)}: {text}")
    return text


def decode(text: str) -> Action:
    """Read what `encode` wrote.

    Raises:
        StaleActionError: the text is damaged, foreign, or from a version with other buttons.
    """
    code, *values = text.split(":")
    kind = _BY_CODE.get(code)
    if kind is None or len(text) > LONGEST or not all(map(_FIELD.fullmatch, values)):
        raise StaleActionError(text)
    try:
        action = kind(*values)
    except TypeError as error:  # fields are missing, or there are too many
        raise StaleActionError(text) from error
    if not _is_possible(action):
        raise StaleActionError(text)
    return action


def _is_possible(action: Action) -> bool:
    """Return whether the fields hold what we put there."""
    if isinstance(action, Rate) and action.verdict not in ("yes", "no"):
        return False
    return len(getattr(action, "ref", "")) <= LONGEST_REF
