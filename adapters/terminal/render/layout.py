"""What is said in a terminal, as blocks of text with roles, before anybody decides how it looks."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a block is for; the printer decides how that looks."""

    TITLE = "title"
    LEAD = "lead"
    SIDE = "side"
    TEXT = "text"
    NOTE = "note"
    SOURCE = "source"
    ITEM = "item"
    VERBATIM = "verbatim"


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph. A label stands before the text on the same line."""

    role: Role
    text: str
    label: str = ""
