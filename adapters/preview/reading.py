"""Why a question was read as it was, for the page's third tab."""

from __future__ import annotations

from typing import Any

from adapters.terminal.json_output import line
from bot.advisor import Advisor


def explained(advisor: Advisor, text: str) -> dict[str, Any]:
    """Return how a question is read when it begins a conversation, as JSON."""
    return line(advisor.ask(text).reply, advisor)
