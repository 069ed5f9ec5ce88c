"""A team chooses in Slack: one card for everybody, answers that only the member sees, a count, a verdict."""

from __future__ import annotations

from adapters.slack.app import SlackApp
from tests.slack.people import Workspace
from tests.slack.reading import Payload, buttons, words
from tests.slack.stand_in import Call, SlackStandIn

STARTER = "U1"
CARD = {"message_ts": "1800.5"}


async def card(workspace: Workspace) -> Payload:
    sent = await workspace.command("/recommend", "team", STARTER)
    assert sent.json["response_type"] == "in_channel"
    return sent.json


async def answer(workspace: Workspace, slack: SlackStandIn, app: SlackApp, card: Payload, user: str) -> list[Call]:
    """Press "Answer in private" on the card and go through the guide; return what was sent at its end."""
    await workspace.press(buttons(card)["Answer in private"], user, on=card, **CARD)
    shown = (await slack.to(user)).body
    assert shown["response_type"] == "ephemeral"
    while "Question" in words(shown):
        options = [value for value in buttons(shown).values() if value.startswith("gc:")]
        slack.take()
        await workspace.press(options[0], user, on=shown, is_ephemeral=True, message_ts="1801.1")
        await app.drain(10)
        shown = next(call.body for call in slack.calls if call.body.get("to") == user)
    return slack.take()


async def test_a_card_counts_private_answers_and_its_starter_reveals_the_verdict(
    workspace: Workspace, slack: SlackStandIn, app: SlackApp
) -> None:
    posted = await card(workspace)
    for user in ("U2", "U3", "U4"):
        sent = await answer(workspace, slack, app, posted, user)
    [update] = [call.body for call in sent if call.method == "chat.update"]

    assert (update["channel"], update["ts"]) == ("C1", "1800.5")
    assert "3 answered so far" in words(update)
    assert "Counted for the team: 3 have answered" in words(sent[0].body)

    await workspace.press(buttons(update)["Reveal the verdict"], "U2", on=update, **CARD)
    refused = (await slack.to("U2")).body
    assert refused["response_type"] == "ephemeral"
    assert "Only the person who began this" in refused["text"]

    await workspace.press(buttons(update)["Reveal the verdict"], STARTER, on=update, **CARD)
    verdict = (await slack.to(STARTER)).body
    assert verdict["replace_original"] in (True, "true")
    assert "3 of 3 land there on their own" in words(verdict)
    assert "Answer again" in buttons(verdict)


async def test_a_verdict_too_early_is_refused_to_the_starter_alone(workspace: Workspace, slack: SlackStandIn) -> None:
    posted = await card(workspace)
    await workspace.press(buttons(posted)["Reveal the verdict"], STARTER, on=posted, **CARD)
    refused = (await slack.to(STARTER)).body

    assert refused["response_type"] == "ephemeral"
    assert "needs at least three" in refused["text"]
