"""How many turns of the scripted conversations go as any good colleague's would, theme by theme.

`pytest tests/conversations/test_scripted.py -s` shows the shares and every turn that went otherwise.
"""

from __future__ import annotations

import os
import time
from collections import defaultdict
from pathlib import Path

import pytest

from adapters.conversations.flow_control import RateLimit
from adapters.conversations.service import Conversations
from adapters.encoder.installation import open_encoder
from bot.advisor import Advisor
from bot.knowledge import load
from tests.conversations.talks import Played, all_talks, play, shown
from tests.trained import SHIPPED, trained_advisor

FLOOR = 0.0
"""The share of all turns that must go as written down."""


@pytest.fixture(scope="module")
def advisor() -> Advisor:
    """Return the shipped advisor; with sentence vectors where `ADVISOR_ENCODER` names the folder that holds them."""
    folder = os.environ.get("ADVISOR_ENCODER")
    return Advisor(load(SHIPPED), encoder=open_encoder(Path(folder))) if folder else trained_advisor(SHIPPED)


async def test_conversations_go_as_any_good_colleagues_would(advisor: Advisor) -> None:
    patient = RateLimit(burst=1_000, per_minute=60_000, clock=time.monotonic)
    conversations = Conversations(lambda: advisor, limit=patient)
    played = [turn for talk in all_talks() for turn in await play(talk, conversations)]

    print(report(played))
    assert right(played) >= FLOOR


def right(played: list[Played]) -> float:
    """Return the share of turns, 0 to 1, that went as written down."""
    return sum(not turn.faults for turn in played) / len(played)


def report(played: list[Played]) -> str:
    """Return each turn that went otherwise, then the share of every theme and of all."""
    themes = defaultdict(list)
    for turn in played:
        themes[turn.talk.theme].append(turn)
    lines = [_told(turn) for turn in played if turn.faults]
    lines += [f"{theme:>16} {right(turns):4.0%} of {len(turns)}" for theme, turns in themes.items()]
    return "\n".join(["", *lines, f"{'all':>16} {right(played):4.0%} of {len(played)}"])


def _told(turn: Played) -> str:
    got = f"{type(turn.reply).__name__} {getattr(turn.reply, 'topic', '')} {shown(turn.reply)[:70]!r}"
    return f"- {turn.talk.theme}: {turn.turn.say[:60]!r}: {'; '.join(turn.faults)}; got {got}"
