"""Whether a condition of the guide holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

Facts = Mapping[str, str]
"""What is known: a question's or a circumstance's id, and the option that was taken ("on", "off")."""

Condition = Mapping[str, tuple[str, ...]]


def holds(condition: Condition, facts: Facts) -> bool:
    """Return whether every line of the condition is known to be so."""
    for key, options in condition.items():  # noqa: SIM110  # a loop is twice as fast as all(), and this runs most
        if facts.get(key) not in options:
            return False
    return True


def any_holds(conditions: Iterable[Condition], facts: Facts) -> bool:
    """Return whether one of the conditions holds."""
    return any(holds(condition, facts) for condition in conditions)


def possible(condition: Condition, facts: Facts) -> bool:
    """Return whether nothing that is known speaks against the condition."""
    return all(key not in facts or facts[key] in options for key, options in condition.items())
