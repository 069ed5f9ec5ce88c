"""What speaks for a side, and under which conditions.

Evidence speaks for a side (`toward`, a side's id) with a number of points. Conditions (`when`) name questions or
circumstances with the options that satisfy them: every line of a condition must hold, a list of conditions is
satisfied by any of them. A circumstance is "on" or "off".
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field, StringConstraints

from bot.knowledge.models import Model, SideId, Slug

Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]+$", max_length=12)]
Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9]$")]
Label = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=38)]
Ask = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=140)]
Why = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
When = Mapping[Key, tuple[Key, ...]]

ON = "on"
OFF = "off"


class Pull(Model):
    """How far something speaks for a side; nothing for neither."""

    toward: SideId | None = None
    points: float = Field(default=0, ge=0, le=20)


class Case(Pull):
    """What holds instead where the condition is met."""

    when: When
    why: Why | None = None


class Evidence(Pull):
    """A pull with its grounds. The first case whose condition holds replaces the points (and the words, if any)."""

    why: Why = Field(description="One sentence that a reader is shown as the reason.")
    sources: tuple[Slug, ...] = Field(default=(), description="Who says so.")
    against: tuple[Slug, ...] = Field(default=(), description="Who says the opposite.")
    cases: tuple[Case, ...] = ()
