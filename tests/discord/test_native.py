"""What Discord itself offers: roles, forwards, forms, menus, command mentions, and those who manage a server."""

from __future__ import annotations

import asyncio
import logging

import pytest

from adapters.conversations.memory_store import MemoryStore
from adapters.conversations.service import Conversations
from tests.discord.reading import labels, press, text
from tests.discord.rules import walk
from tests.discord.standin import APP, CHANNEL, EPHEMERAL, FORM, HERE, THREAD, Discord, Json

ME = f"<@{APP}>"
MANAGER = 1 << 5 | 1 << 50


async def test_who_mentions_its_role_hears_once_how_to_mention_it(bot: Discord) -> None:
    first = await bot.mention_role()
    await bot.mention_role_again()
    answered = await bot.say(f"{ME} does flask have an orm?", user=2)

    assert f"Mention <@{APP}> with the APP tag" in text(first)
    assert text(answered)
    assert len([call for call in bot.calls if call.path.endswith("/messages")]) == 2


async def test_answer_this_reads_a_forwarded_message(bot: Discord) -> None:
    snapshot = {"type": 0, "content": "does flask have an orm?", "embeds": [], "attachments": [], "flags": 0,
                "timestamp": "2026-01-01T00:00:00+00:00", "edited_timestamp": None, "mentions": [],
                "mention_roles": []}  # fmt: skip
    asked = await bot.answer_this("", message_snapshots=[{"message": snapshot}])

    assert "SQLAlchemy" in text(asked.last)


async def test_answer_this_reads_the_title_of_an_embed(bot: Discord) -> None:
    asked = await bot.answer_this("", embeds=[{"type": "rich", "title": "does flask have an orm?"}])

    assert "SQLAlchemy" in text(asked.last)


async def test_suggestions_narrow_and_keep_what_was_typed(bot: Discord) -> None:
    wide = await bot.complete("ask", "question", "")
    narrow = await bot.complete("ask", "question", "login")
    unheard = await bot.complete("ask", "question", "xyzzyx")

    assert len(wide) == 25
    assert narrow[0] == {"name": "“login”", "value": "login"}
    assert len(narrow) < 6
    assert unheard[0]["value"] == "xyzzyx"


async def test_help_asks_its_examples_and_mentions_its_commands(bot: Discord) -> None:
    bot.commands = [{"id": "7", "application_id": str(APP), "version": "1", "type": 1, "name": "ask",
                     "description": "d", "default_member_permissions": None}]  # fmt: skip
    shown = await bot.slash("help")

    assert "</ask:7>: a private answer" in text(shown.last)
    answered = await bot.press(shown.last, "adv1:ask.1")
    assert text(answered.last).startswith("-# “")
    assert "More" in labels(answered.last)
    gone = await bot.press(old("adv1:ask.99"), "adv1:ask.99")
    assert "out of date" in text(gone.last)


def old(custom_id: str) -> Json:
    """Return a message of another time with one button."""
    button = {"type": 2, "id": 2, "custom_id": custom_id, "style": 2, "label": "old"}
    return {
        "id": "5", "channel_id": str(CHANNEL), "author": {"id": str(APP), "username": "advisor", "discriminator": "0",
        "avatar": None}, "content": "", "timestamp": "2026-01-01T00:00:00+00:00", "edited_timestamp": None,
        "tts": False, "flags": 0, "type": 0, "mention_everyone": False, "mentions": [], "mention_roles": [],
        "attachments": [], "embeds": [], "pinned": False,
        "components": [{"type": 1, "id": 1, "components": [button]}],
    }  # fmt: skip


async def test_about_says_what_it_is(bot: Discord) -> None:
    told = text((await bot.slash("about")).last)

    assert "Framework Advisor" in told
    assert "I am in 1 server." in told


async def test_a_thumb_keeps_its_colour_for_whoever_asked(bot: Discord) -> None:
    asked = await bot.slash("ask", question="does flask have an orm?")

    rated = await press(bot, asked.last, "Helpful")

    assert rated.callback
    assert rated.callback["type"] == HERE
    assert [item["style"] for item in walk(rated.last["components"]) if item.get("emoji", {}).get("name") == "👍"] == [
        3
    ]


async def test_a_thumbs_down_asks_what_was_missing_and_offers_what_is_near(
    bot: Discord, conversations: Conversations
) -> None:
    store = conversations.store
    assert isinstance(store, MemoryStore)
    shown = await bot.say(f"{ME} does flask have an orm?")
    form = await press(bot, shown, "Not helpful", user=2)
    assert form.callback
    assert form.callback["type"] == FORM

    sent = await bot.fill_in(form, "how do migrations work?", user=2)

    assert sent.last["flags"] & EPHEMERAL
    assert "Thank you" in text(sent.last)
    assert "Schema migrations" in labels(sent.last)
    [missed] = store.questions.values()
    assert (missed.text, missed.outcome, missed.nearest) == ("how do migrations work?", "unhelpful", ("orm",))


async def test_a_form_of_another_time_gets_an_explanation(bot: Discord) -> None:
    sent = await bot.interact(5, {"custom_id": "adv0:said", "components": []}, 1, None, old("adv1:h"))

    assert "out of date" in text(sent.last)


async def test_those_who_manage_a_server_choose_where_it_answers(
    bot: Discord, caplog: pytest.LogCaptureFixture
) -> None:
    place = bot.server(permissions=MANAGER)
    setup = await bot.slash("setup", place=place)
    assert setup.last["flags"] & EPHEMERAL
    with caplog.at_level(logging.INFO):
        changed = await bot.choose_channels(setup.last, "adv1:setup.channels", 201, place=place)

    menu = next(item for item in walk(changed.last["components"]) if item["type"] == 8)
    assert menu["default_values"] == [{"id": 201, "type": "channel"}]
    assert "Workspace settings changed" in caplog.text
    assert "I answer in <#201> only" in text(await bot.say(f"{ME} does flask have an orm?"))
    assert "SQLAlchemy" in text(await bot.say(f"{ME} does flask have an orm?", channel=THREAD))
    asked = await bot.slash("ask", question="does flask have an orm?")
    kept = await press(bot, asked.last, "Share")
    assert "only in <#201>" in text(kept.last)


async def test_others_do_not_choose(bot: Discord) -> None:
    place = bot.server(permissions=MANAGER)
    setup = await bot.slash("setup", place=place)

    refused = await bot.choose_channels(setup.last, "adv1:setup.channels", 201, place=bot.server())

    assert "Only people who manage this server" in text(refused.last)


async def test_a_question_that_it_cannot_answer_is_handed_to_people_once(bot: Discord) -> None:
    place = bot.server(permissions=MANAGER)
    setup = await bot.slash("setup", place=place)
    await bot.choose_channels(setup.last, "adv1:setup.people", CHANNEL, place=place)
    asked = await bot.slash("ask", question="my app returns 500 since tuesday")
    assert "Ask a person" in labels(asked.last)

    told = await press(bot, asked.last, "Ask a person")
    again = await press(bot, asked.last, "Ask a person")

    posted = [call.body for call in bot.calls if call.path == f"/channels/{CHANNEL}/messages"]
    assert ["“my app returns 500 since tuesday”" in str(body) for body in posted] == [True]
    assert f"<#{CHANNEL}>" in text(told.last)
    assert "already" in text(again.last)


async def test_after_a_thumbs_down_the_question_can_be_handed_on(bot: Discord) -> None:
    place = bot.server(permissions=MANAGER)
    setup = await bot.slash("setup", place=place)
    await bot.choose_channels(setup.last, "adv1:setup.people", CHANNEL, place=place)
    shown = await bot.say(f"{ME} does flask have an orm?")
    sent = await bot.fill_in(await press(bot, shown, "Not helpful"), "")
    await bot.posted(lambda: len(sent.shown) == 2)  # the thumb in colour, and what is near

    await press(bot, sent.last, "Ask a person")

    posted = [str(call.body) for call in bot.calls if call.path == f"/channels/{CHANNEL}/messages"]
    assert f"/{CHANNEL}/{shown['message_reference']['message_id']})" in posted[-1]


async def test_without_such_a_channel_nothing_is_handed_on(bot: Discord) -> None:
    asked = await bot.slash("ask", question="my app returns 500 since tuesday")

    assert "Ask a person" not in labels(asked.last)


async def test_it_says_hello_once_where_it_is_invited(bot: Discord, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        while "in 1 server" not in caplog.text:  # noqa: ASYNC110  # before that, a new server counts as known
            await asyncio.sleep(0.05)
    await bot.join()
    hello = await bot.posted(lambda: next((m for m in bot.messages.values() if "Hi, I answer" in text(m)), None))
    await bot.dispatch("GUILD_DELETE", {"id": "101"})
    await bot.join()
    await bot.say(f"{ME} does flask have an orm?")

    assert "`/ask`" in text(hello)
    assert len([m for m in bot.messages.values() if "Hi, I answer" in text(m)]) == 1


async def test_the_log_says_that_it_is_connected(
    discord: Discord, bot: Discord, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        await bot.drop()
        await bot.say(f"{ME} does flask have an orm?")
        await bot.posted(lambda: bot.resumed)

    assert "The connection to Discord is lost; reconnecting" in caplog.text


async def test_a_locked_thread_is_one_line_in_the_log(bot: Discord, caplog: pytest.LogCaptureFixture) -> None:
    bot.refusals.append(("/messages", 400, {"message": "Thread is archived", "code": 50083}, {}))
    await bot.post(f"{ME} does flask have an orm?")
    await bot.posted(lambda: not bot.refusals)
    await bot.say(f"{ME} hi")

    [record] = [each for each in caplog.records if "not answered" in each.message]
    assert record.exc_info is None


async def test_an_answer_follows_its_question(bot: Discord) -> None:
    said = await bot.post(f"{ME} does flask have an orm?")
    answer = await bot.reply(said)

    await bot.dispatch("MESSAGE_UPDATE", said | {"embeds": [{"type": "rich", "title": "a preview"}]})
    edited = said | {"content": f"{ME} what is wsgi?", "edited_timestamp": "2026-01-01T00:01:00+00:00"}
    await bot.dispatch("MESSAGE_UPDATE", edited)
    await bot.posted(lambda: "WSGI" in text(bot.messages[int(answer["id"])]))
    await bot.dispatch("MESSAGE_DELETE", {"id": said["id"], "channel_id": said["channel_id"], "guild_id": "100"})
    await bot.posted(lambda: int(answer["id"]) not in bot.messages)

    assert [call.method for call in bot.calls if f"/messages/{answer['id']}" in call.path] == ["PATCH", "DELETE"]
