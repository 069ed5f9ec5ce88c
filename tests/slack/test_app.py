"""How the app is put together from its settings."""

from __future__ import annotations

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from adapters.conversations.service import Conversations
from adapters.slack.app import build_app
from adapters.slack.config import SlackConfig, Wanted, manifest
from adapters.slack.connection import web_routes
from adapters.slack.render.buttons import Commands
from tests.slack.people import SECRET, Workspace
from tests.slack.reading import words
from tests.slack.stand_in import SlackStandIn


async def test_the_commands_may_have_other_names(conversations: Conversations, slack: SlackStandIn) -> None:
    commands = Commands("/frameworks", "/choose")
    config = SlackConfig(SECRET, "xoxb-T1", api_url=f"{slack.url}api/", commands=commands)
    served = web.Application()
    served.add_routes(web_routes(build_app(conversations, config)))
    async with TestClient(TestServer(served)) as client:
        workspace = Workspace(client, slack)
        answer = await workspace.command("/frameworks", "does flask have an orm?")
        help_ = await workspace.command("/choose", "help")
        usual = await workspace.command("/advisor", "does flask have an orm?")

    assert "SQLAlchemy" in words(answer.json)
    assert "`/frameworks` and a question" in words(help_.json)
    assert "/advisor" not in words(help_.json)
    assert (usual.status, usual.text) == (200, "")


def test_the_manifest_names_the_commands_as_they_are() -> None:
    made = manifest(Wanted("tea", "Tea Advisor", ("Which tea?",), commands=Commands("/tea", "/brew")))

    assert [command["command"] for command in made["features"]["slash_commands"]] == ["/tea", "/brew"]
    assert "use /tea anywhere" in made["display_information"]["long_description"]
