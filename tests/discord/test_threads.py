"""Answers in threads, where those who manage a server have switched that on."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator

import pytest

from adapters.conversations.service import Conversations
from tests.discord.conftest import connected
from tests.discord.reading import labels, press, share, text
from tests.discord.standin import APP, BOT, CHANNEL, GUILD, THREAD, Discord, Json, opened_thread

ME = f"<@{APP}>"
MANAGER = 1 << 5 | 1 << 50
THREADS = 1 << 35 | 1 << 38
"""The permissions to open threads, and to write in them."""


@pytest.fixture
async def server(discord: Discord, conversations: Conversations) -> AsyncIterator[Discord]:
    """A server in which the bot may open threads, and is to answer in them."""
    discord.permissions |= THREADS
    async with connected(discord, conversations):
        await switch(discord)
        yield discord


async def switch(bot: Discord, label: str = "Answer in threads") -> Json:
    place = bot.server(permissions=MANAGER)
    setup = await bot.slash("setup", place=place)
    return (await press(bot, setup.last, label, place=place)).last


async def test_a_mention_is_answered_in_a_thread_under_it(server: Discord) -> None:
    answer = await server.say(f"{ME} does flask have an orm?")

    [(asked, thread)] = server.threads.items()
    assert (answer["channel_id"], thread["parent_id"]) == (str(asked), str(CHANNEL))
    assert thread["name"] == "Object-relational mapping (ORM)"
    assert "SQLAlchemy" in text(answer)


async def test_a_thread_knows_what_it_is_about_and_needs_no_other(server: Discord) -> None:
    first = await server.say(f"{ME} does flask have an orm?")
    thread = int(first["channel_id"])
    by_mention = await server.say(f"{ME} and django?", channel=thread)
    by_reply = await server.say("and flask?", channel=thread, reply_to=by_mention)

    assert [each["channel_id"] for each in (by_mention, by_reply)] == [str(thread)] * 2
    assert "part of Django" in text(by_mention)
    assert "SQLAlchemy" in text(by_reply)
    assert len(server.threads) == 1


async def test_elsewhere_it_answers_where_it_is_asked(server: Discord) -> None:
    in_forum = await server.say(f"{ME} does flask have an orm?", channel=THREAD)
    asked = await server.slash("ask", question="does flask have an orm?")
    continued = await server.say("and django?", reply_to=await share(server, asked.last))

    assert in_forum["channel_id"] == str(THREAD)
    assert continued["channel_id"] == str(CHANNEL)
    assert not server.threads


async def test_an_edited_question_changes_its_answer_in_the_thread(server: Discord) -> None:
    said = await server.post(f"{ME} does flask have an orm?")
    answer = await server.reply(said)
    edited = {**said, "content": f"{ME} does django have an orm?", "edited_timestamp": "2026-01-01T00:01:00+00:00"}
    await server.dispatch("MESSAGE_UPDATE", {**edited, "guild_id": str(GUILD)})

    await server.posted(lambda: "part of Django" in text(server.messages[int(answer["id"])]))


async def test_a_thread_that_another_process_has_opened_is_used(server: Discord) -> None:
    said = await server.post("to nobody")
    server.threads[int(said["id"])] = opened_thread(int(said["id"]), "Flask", CHANNEL)
    asked = {**said, "content": f"{ME} does flask have an orm?", "mentions": [BOT]}
    await server.dispatch("MESSAGE_CREATE", asked)

    assert (await server.reply(asked))["channel_id"] == said["id"]


async def test_where_no_thread_can_be_opened_it_replies(server: Discord) -> None:
    server.refusals.append(("/threads", 403, {"message": "Missing Permissions", "code": 50013}, {}))

    assert (await server.say(f"{ME} does flask have an orm?"))["channel_id"] == str(CHANNEL)


async def test_without_the_permission_it_replies_and_says_so_to_those_who_manage(bot: Discord) -> None:
    shown = await switch(bot)
    answer = await bot.say(f"{ME} does flask have an orm?")

    assert "Create Public Threads" in text(shown)
    assert answer["channel_id"] == str(CHANNEL)
    assert not [call for call in bot.calls if call.path.endswith("/threads")]


async def test_the_setting_is_logged_switched_off_and_forgotten_with_the_server(
    server: Discord, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        off = await switch(server, "Reply in the channel")
    [record] = [each for each in caplog.records if each.getMessage() == "Workspace settings changed"]
    assert record.__dict__["threads"] is False
    assert "Answer in threads" in labels(off)
    assert (await server.say(f"{ME} does flask have an orm?"))["channel_id"] == str(CHANNEL)

    await switch(server)
    await server.dispatch("GUILD_DELETE", {"id": str(GUILD)})
    await server.join(GUILD)
    setup = await server.slash("setup", place=server.server(permissions=MANAGER))
    assert "Answer in threads" in labels(setup.last)


async def test_others_do_not_switch_it(server: Discord) -> None:
    setup = await server.slash("setup", place=server.server(permissions=MANAGER))

    refused = await press(server, setup.last, "Reply in the channel")

    assert "Only people who manage this server" in text(refused.last)
    assert (await server.say(f"{ME} does flask have an orm?"))["channel_id"] != str(CHANNEL)
