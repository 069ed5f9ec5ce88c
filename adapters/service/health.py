"""How the service is, in words: whether it lives, whether it may be sent questions, and what is not as it should be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that may be in trouble."""

    name: str
    trouble: Callable[[], str]
    """Returns what is wrong in words, or nothing."""
    vital: bool = False
    """Whether no question can be answered while it is in trouble."""


@dataclass
class Health:
    """All checks of a process."""

    checks: list[Check] = field(default_factory=list)
    stopping: bool = False

    def watch(self, name: str, trouble: Callable[[], str], *, vital: bool = False) -> None:
        """Add a check."""
        self.checks.append(Check(name, trouble, vital))

    @property
    def is_ready(self) -> bool:
        """Whether questions can be answered."""
        return not self.stopping and not any(check.vital and check.trouble() for check in self.checks)

    def report(self) -> dict[str, Any]:
        """Return the state as plain JSON types: "ok", "degraded", "unready" or "stopping", with reasons."""
        troubles = {check.name: check.trouble() for check in self.checks}
        reasons = {name: trouble for name, trouble in troubles.items() if trouble}
        if self.stopping:
            return {"status": "stopping", "reasons": reasons}
        if not self.is_ready:
            return {"status": "unready", "reasons": reasons}
        return {"status": "degraded" if reasons else "ok", "reasons": reasons}
