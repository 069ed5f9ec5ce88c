"""The scripted conversations, held in a direct message over signed HTTP: they mean what they mean in the core."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field

import pytest

from adapters.conversations.flow_control import Acknowledgement, RateLimit
from adapters.conversations.identity import Message, Person, Pseudonyms
from adapters.conversations.service import Conversations, Delivery
from adapters.slack.render.buttons import read_value
from bot.action_codec import encode
from bot.advisor import Advisor
from bot.replies import Recommendation
from tests.conversations.offers import offers
from tests.conversations.scripts import Script, Step, all_scripts, meaning
from tests.slack.people import Sent, Workspace
from tests.slack.reading import Payload, buttons, offered, value, words
from tests.slack.stand_in import SlackStandIn

HELPFUL = "Helpful"
USERS = {"asker": "U1", "other": "U2"}


@dataclass
class Watched(Conversations):
    """Conversations that keep what they said, to be compared with what Slack was told."""

    said: asyncio.Queue[Delivery] = field(default_factory=asyncio.Queue)

    async def ask(self, message: Message, acknowledgement: Acknowledgement | None = None) -> Delivery | None:
        return self._kept(await super().ask(message, acknowledgement))

    async def press(self, text: str, person: Person, conversation: str = "") -> Delivery:
        delivery = self._kept(await super().press(text, person, conversation))
        assert delivery
        return delivery

    async def heard(self) -> Delivery:
        """Return what was said last, as soon as it was."""
        async with asyncio.timeout(60):
            said = await self.said.get()
        while not self.said.empty():
            said = self.said.get_nowait()
        return said

    def _kept(self, delivery: Delivery | None) -> Delivery | None:
        if delivery:
            self.said.put_nowait(delivery)
        return delivery


@pytest.fixture
def conversations(advisor: Advisor) -> Watched:
    generous = RateLimit(burst=1_000, per_minute=60_000, clock=time.monotonic)
    return Watched(lambda: advisor, pseudonyms=Pseudonyms(b"key"), limit=generous, workspace_limit=generous)


@dataclass
class Talk:
    """One direct message channel, and the last message in it that had buttons."""

    workspace: Workspace
    slack: SlackStandIn
    shown: Payload = field(default_factory=dict)

    async def do(self, step: Step) -> Payload:
        sent = await self._do(step, USERS[step.by])
        if step.press == HELPFUL:  # Slack's thumbs show by themselves that they were pressed
            return {"blocks": []}
        shown = await self._told(sent)
        self.shown = shown if step.by == "asker" and buttons(shown) else self.shown
        return shown

    async def _do(self, step: Step, user: str) -> Sent:
        if step.say is not None:
            return await self.workspace.direct(step.say, user)
        if step.press and not offered(self.shown, step.press):
            self.shown = await self.answers(user)
        pressed = step.value or value(self.shown, step.press or "")
        return await self.workspace.press(pressed, user, channel_id="D1")

    async def answers(self, user: str = "U1") -> Payload:
        """Open the answers behind a result, where each has its button."""
        return await self._told(
            await self.workspace.press(value(self.shown, "Change an answer"), user, channel_id="D1")
        )

    async def _told(self, sent: Sent) -> Payload:
        assert (sent.status, sent.text) == (200, "")
        await self.slack.wait_for(1)
        (call,) = self.slack.take()
        return call.body


@pytest.fixture
def talk(workspace: Workspace, slack: SlackStandIn) -> Talk:
    return Talk(workspace, slack)


@pytest.mark.parametrize("script", all_scripts(), ids=lambda script: script.name)
async def test_the_conversation_means_the_same_as_in_the_core(
    script: Script, talk: Talk, conversations: Watched
) -> None:
    for number, step in enumerate(script.steps, start=1):
        payload = await talk.do(step)
        delivery = await conversations.heard()

        expected = {key: wanted for key, wanted in step.expect.items() if key not in ("contains", "offers")}
        assert meaning(delivery.reply, step.expect) == expected, f"step {number}"
        assert step.expect.get("contains", "").lower() in words(payload).lower(), f"step {number}"
        meant = {encode(action) for _, action in offers(delivery.reply, delivery.ref)}
        behind = buttons(await talk.answers()) if isinstance(delivery.reply, Recommendation) else {}
        while not conversations.said.empty():
            conversations.said.get_nowait()
        assert meant - _actions(payload) - {read_value(said)[0] for said in behind.values()} == set(), f"step {number}"
        labels = "\n".join(buttons(payload)).lower()
        assert [offer for offer in step.expect.get("offers", []) if offer.lower() not in labels] == [], f"step {number}"


def _actions(payload: Payload) -> set[str]:
    """Return what the buttons say, without the question that they carry."""
    return {read_value(said)[0] for said in buttons(payload).values()}
