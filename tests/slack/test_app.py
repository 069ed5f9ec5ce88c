"""What our app does in Bolt's place is the same as what Bolt would do."""

from __future__ import annotations

import pytest
from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest

from adapters.slack.app import SlackApp


@pytest.mark.parametrize("body", ["team_id=T1&user_id=U1", "user_id=U1"])
async def test_a_request_gets_what_bolt_gives_it(app: SlackApp, body: str) -> None:
    ours, theirs = AsyncBoltRequest(body=body), AsyncBoltRequest(body=body)
    app._init_context(ours)
    AsyncApp._init_context(app, theirs)

    assert ours.context.keys() == theirs.context.keys()
    assert ours.context["token"] == theirs.context["token"]
    assert ours.context["listener_runner"] is theirs.context["listener_runner"]
    assert vars(ours.context["client"]) == vars(theirs.context["client"])


async def test_a_token_of_one_request_is_not_seen_by_another(app: SlackApp) -> None:
    first, second = AsyncBoltRequest(body="team_id=T1"), AsyncBoltRequest(body="team_id=T2")
    app._init_context(first)
    app._init_context(second)
    first.context["client"].token = "xoxb-of-the-first"

    assert second.context["client"].token == "xoxb-T1"
    assert app.client.token == "xoxb-T1"
