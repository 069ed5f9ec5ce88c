"""The scripted conversations, held through the client with a stand-in for Discord."""

from __future__ import annotations

import time

import pytest

from adapters.conversations.flow_control import Acknowledgement, RateLimit
from adapters.conversations.identity import Message, Person
from adapters.conversations.service import Conversations, Delivery
from bot.actions import Action
from bot.advisor import Advisor
from tests.conversations.scripts import ASKER, Script, Step, all_scripts, meaning
from tests.discord.conftest import connected
from tests.discord.reading import labels, press, pressable, text
from tests.discord.standin import APP, CHANNEL, DM, Discord, Json

USERS = {"asker": 1, "other": 2}
PRIVATE = {"typed-guide", "related"}
"""Scripts that go on in words from what a button opened in private: what everybody reads does not continue that."""


class Overheard(Conversations):
    """Conversations that keep the last delivery, so that a test can see what was meant."""

    last: Delivery | None = None

    async def ask(self, message: Message, acknowledgement: Acknowledgement | None = None) -> Delivery | None:
        self.last = await super().ask(message, acknowledgement)
        return self.last

    async def do(self, press: Action, person: Person, conversation: str = "") -> Delivery:
        self.last = await super().do(press, person, conversation)
        return self.last

    async def press(self, text: str, person: Person, conversation: str = "") -> Delivery:
        self.last = await super().press(text, person, conversation)
        return self.last


class Talk:
    """People in a channel of the stand-in."""

    def __init__(self, discord: Discord, channel: int) -> None:
        self._discord = discord
        self._channel = channel
        self._buttons: Json = {}

    async def do(self, step: Step) -> Json:
        shown = await self._do(step, USERS[step.by])
        if pressable(shown) and step.by == ASKER:
            self._buttons = shown
        return shown

    async def _do(self, step: Step, user: int) -> Json:
        if step.say is not None:
            return await self._discord.say(f"<@{APP}> {step.say}", user, self._channel)
        if step.value is not None:
            return (await self._discord.press(self._held(step.value), f"adv1:{step.value}", user)).last
        wanted = step.press or ""
        if not any(wanted.lower() in each.lower() for each in labels(self._buttons)):
            self._buttons = await self.more(self._buttons, user)
        pressed = await press(self._discord, self._buttons, wanted, user, self._place(user))
        return pressed.last if pressed.shown else {"components": []}

    async def more(self, shown: Json, user: int = 1) -> Json:
        """Return what stands behind "More"."""
        return (await press(self._discord, shown, "More", user, self._place(user))).last

    def _place(self, user: int) -> Json:
        return self._discord.direct(user) if self._channel == DM else self._discord.server(user)

    def _held(self, value: str) -> Json:
        """Return a message from another time, with this one button."""
        button = {"type": 2, "id": 2, "style": 2, "label": "old", "custom_id": f"adv1:{value}"}
        return {**self._buttons, "components": [{"type": 1, "id": 1, "components": [button]}]}


@pytest.mark.parametrize("script", all_scripts(), ids=lambda script: script.name)
async def test_the_conversation_means_the_same_in_discord(script: Script, advisor: Advisor, discord: Discord) -> None:
    patient = RateLimit(burst=1_000, per_minute=60_000, clock=time.monotonic)
    overheard = Overheard(lambda: advisor, limit=patient, workspace_limit=patient)
    async with connected(discord, overheard):
        talk = Talk(discord, DM if script.name in PRIVATE else CHANNEL)
        for number, step in enumerate(script.steps, start=1):
            shown = await talk.do(step)

            assert overheard.last
            expected = {key: value for key, value in step.expect.items() if key not in ("contains", "offers")}
            assert meaning(overheard.last.reply, step.expect) == expected, f"step {number}"
            written = "\n".join([text(shown), *labels(shown)]).lower()
            offered = [each.lower() for each in step.expect.get("offers", [])]
            if "More" in labels(shown) and any(each not in written for each in offered):
                written += "\n".join(labels(await talk.more(shown))).lower()
            assert step.expect.get("contains", "").lower() in written, f"step {number}"
            assert [each for each in offered if each not in written] == [], f"step {number}"
