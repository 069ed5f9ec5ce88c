"""A team chooses in Discord, in two processes: one card for everybody, private answers, a count, a verdict."""

from __future__ import annotations

from adapters.conversations.service import Conversations
from tests.discord.conftest import connected
from tests.discord.reading import labels, press, text
from tests.discord.standin import EPHEMERAL, Discord, Json

STARTER = 1


async def answer(discord: Discord, card: Json, user: int) -> Json:
    """Press "Answer in private" on the card and go through the guide; return what is shown at its end."""
    shown = (await press(discord, card, "Answer in private", user)).last
    while "Question" in text(shown):
        assert shown["flags"] & EPHEMERAL
        shown = (await press(discord, shown, labels(shown)[0], user)).last
    return shown


async def test_five_members_answer_in_two_processes_and_the_starter_reveals(
    discord: Discord, conversations: Conversations
) -> None:
    async with connected(discord, conversations):
        card = (await discord.slash("recommend", STARTER, team=True)).last
        assert not card["flags"] & EPHEMERAL
        for user in (2, 3):
            await answer(discord, card, user)
    async with connected(discord, Conversations(conversations.advisor, conversations.store, conversations.pseudonyms)):
        for user in (4, 5, 6):
            result = await answer(discord, card, user)
        refused = await press(discord, card, "Reveal", user=3)
        verdict = await press(discord, card, "Reveal", user=STARTER)

    assert "Counted for the team: 5 have answered" in text(result)
    assert "Only the person who began this" in text(refused.last)
    assert refused.last["flags"] & EPHEMERAL
    assert verdict.last["id"] == card["id"]
    assert "5 of 5 land there on their own" in text(verdict.last)
    assert "Answer again" in labels(verdict.last)
