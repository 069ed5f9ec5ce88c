"""What the tests of conversations share: people, stores and observers that remember, an advisor with a small guide."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import yaml

from adapters.conversations.identity import Person
from adapters.conversations.memory_store import MemoryStore
from adapters.conversations.ports import StoreUnavailableError
from adapters.conversations.service import Delivery
from bot.advisor import Advisor
from bot.context import Context
from bot.knowledge import GuideSpec
from bot.replies import Notice, NoticeKind, Reply
from tests.trained import TEA, trained

ANNA, BEN = Person("slack", "T1", "U1"), Person("slack", "T1", "U2")
CARA = Person("slack", "T2", "U1")
ALONE = Person("discord", "", "7")
HOW_MUCH = "how much caffeine is in tea"
GUIDE = Path(__file__).parents[1] / "guide" / "tea.yaml"


class Recording(MemoryStore):
    """A store in memory that keeps the calls that leave no other trace."""

    def __init__(self) -> None:
        super().__init__()
        self.saved: list[str] = []
        self.done: list[str] = []

    async def save(self, conversation: str, context: Context, mark: str) -> None:
        """Remember this, and that it was saved."""
        self.saved.append(conversation)
        await super().save(conversation, context, mark)

    async def answered(self, event: str) -> None:
        """Keep that the event has its answer."""
        self.done.append(event)


@cache
def guided() -> Advisor:
    """Return the advisor of hot drinks with a guide of three questions."""
    knowledge, model = trained(TEA)
    guide = GuideSpec.model_validate(yaml.safe_load(GUIDE.read_text(encoding="utf-8")))
    return Advisor(replace(knowledge, guide=guide), model)


class Away:
    """A store that never answers."""

    def __getattr__(self, name: str) -> object:
        async def unavailable(*_: object) -> None:
            raise StoreUnavailableError(name)

        return unavailable


class Watching:
    """An observer that keeps what it saw."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, str]] = []
        self.failures: list[tuple[str, str]] = []

    def replied(self, platform: str, kind: str, seconds: float) -> None:
        assert 0 <= seconds < 60
        self.seen.append((platform, kind))

    def failed(self, platform: str, where: str) -> None:
        self.failures.append((platform, where))


def reply(delivery: Delivery | None) -> Reply:
    """Return what was said."""
    assert delivery is not None
    return delivery.reply


def notice(delivery: Delivery | None) -> tuple[NoticeKind, str]:
    """Return the kind and the text of a notice."""
    said = reply(delivery)
    assert isinstance(said, Notice), said
    return said.kind, said.text
