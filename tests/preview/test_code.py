"""The page shows the code of an answer as Slack and Discord do: in a message of its own."""

from __future__ import annotations

from typing import Any

from adapters.conversations.service import Conversations
from adapters.preview import Place
from adapters.preview.discord import Discord, Press
from adapters.preview.slack import Slack
from bot.advisor import Advisor
from tests.discord.reading import text
from tests.discord.rules import walk
from tests.slack.reading import value, words

QUESTION = "how do I run a background task in django"


async def test_slacks_half_adds_the_code_for_whoever_presses(shipped_advisor: Advisor) -> None:
    slack = Slack(Conversations(lambda: shipped_advisor))
    (answer,) = await slack.say(Place.CHANNEL, "1.0", QUESTION)
    (code,) = await slack.press(pressed(value(answer["payload"], "Show code"), answer["payload"]))

    assert (code["do"], code["surface"]) == ("add", "private")
    assert "from celery import Celery" in words(code["payload"])


async def test_discords_half_adds_the_code_for_whoever_presses(shipped_advisor: Advisor) -> None:
    discord = Discord(Conversations(lambda: shipped_advisor))
    (answer,) = await discord.say(Place.CHANNEL, "1.0", QUESTION)
    (shown,) = [part["custom_id"] for part in walk(answer["components"]) if part.get("label") == "Show code"]
    (code,) = await discord.press(Press(shown, (), Place.CHANNEL, "1.0", answer["components"]))

    assert (code["do"], code["place"]) == ("add", Place.PRIVATE)
    assert "from celery import Celery" in text(code)


def pressed(said: str, message: dict[str, Any]) -> dict[str, Any]:
    """Return what the page sends for a button of a message in a channel."""
    return {
        "type": "block_actions",
        "actions": [{"type": "button", "action_id": "press-1", "value": said}],
        "channel": {"id": "C1"},
        "message": {"ts": "1.1", "thread_ts": "1.0", **message},
        "container": {"type": "message", "message_ts": "1.1", "channel_id": "C1", "thread_ts": "1.0"},
        "user": {"id": "U0YOU"},
    }
