"""The scripted conversations, held with the application service itself: what every platform must mean, too."""

from __future__ import annotations

import time

import pytest

from adapters.conversations.flow_control import RateLimit
from adapters.conversations.identity import Message, Person
from adapters.conversations.service import Conversations, Delivery
from bot.action_codec import encode
from bot.advisor import Advisor
from tests.conversations.offers import Offer, offers
from tests.conversations.scripts import Script, Step, all_scripts, meaning
from tests.trained import SHIPPED, trained_advisor

PEOPLE = {"asker": Person("terminal", "", "asker"), "other": Person("terminal", "", "other")}


@pytest.fixture(scope="module")
def advisor() -> Advisor:
    return trained_advisor(SHIPPED)


class Talk:
    """A conversation that remembers the last buttons."""

    def __init__(self, advisor: Advisor) -> None:
        patient = RateLimit(burst=1_000, per_minute=60_000, clock=time.monotonic)
        self._conversations = Conversations(lambda: advisor, limit=patient)
        self.buttons: list[Offer] = []

    async def do(self, step: Step) -> Delivery:
        delivery = await self._do(step, PEOPLE[step.by])
        self.buttons = offers(delivery.reply, delivery.ref) or self.buttons
        return delivery

    async def _do(self, step: Step, person: Person) -> Delivery:
        if step.say is not None:
            delivery = await self._conversations.ask(Message(person, "talk", step.say))
            assert delivery
            return delivery
        return await self._conversations.press(step.value or self._said_by(step.press or ""), person, "talk")

    def _said_by(self, label: str) -> str:
        return next(encode(press) for text, press in self.buttons if label.lower() in text.lower())


@pytest.mark.parametrize("script", all_scripts(), ids=lambda script: script.name)
async def test_the_conversation_means_what_is_written_down(script: Script, advisor: Advisor) -> None:
    talk = Talk(advisor)
    for number, step in enumerate(script.steps, start=1):
        delivery = await talk.do(step)

        expected = {key: value for key, value in step.expect.items() if key not in ("contains", "offers")}
        assert meaning(delivery.reply, step.expect) == expected, f"step {number}"
        assert step.expect.get("contains", "").lower() in repr(delivery.reply).lower(), f"step {number}"
        labels = "\n".join(text for text, _ in offers(delivery.reply, delivery.ref)).lower()
        assert [offer for offer in step.expect.get("offers", []) if offer.lower() not in labels] == [], f"step {number}"
