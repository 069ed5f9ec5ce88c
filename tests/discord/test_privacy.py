"""What somebody asks in private stays private, and what everybody reads belongs to whoever asked."""

from __future__ import annotations

import pytest

from adapters.conversations.memory_store import MemoryStore
from adapters.conversations.service import Conversations
from tests.discord.reading import labels, press, share, text
from tests.discord.rules import walk
from tests.discord.standin import APP, EPHEMERAL, Discord, Json

ME = f"<@{APP}>"
PROJECT = "we are 3 devs building a shop with lots of tables and logins"
MODERATOR = 1 << 13 | 1 << 50


async def test_a_private_guide_is_not_continued_by_what_everybody_reads(bot: Discord) -> None:
    asked = await bot.slash("recommend")
    await press(bot, asked.last, "API")

    public = await bot.say(f"{ME} working flask code")

    assert "Question" not in text(public)
    assert "What are you building" not in text(public)


async def test_a_public_follow_up_does_not_tell_what_was_asked_in_private(bot: Discord) -> None:
    await bot.slash("ask", question="does flask have an orm?")

    public = await bot.say(f"{ME} and django?")

    assert "Object-relational" not in text(public)


async def test_people_in_a_group_do_not_share_a_conversation(bot: Discord) -> None:
    await bot.slash("ask", place=bot.group(1), question="does flask have an orm?")

    other = await bot.slash("ask", place=bot.group(2), question="and django?")
    own = await bot.slash("ask", place=bot.group(1), question="and django?")

    assert other.last["flags"] & EPHEMERAL
    assert "Object-relational" not in text(other.last)
    assert "Object-relational" in text(own.last)


async def test_no_press_of_somebody_else_changes_what_everybody_reads(bot: Discord) -> None:
    asked = ("does flask have an orm?", "which should I use?", PROJECT, "users", "my app returns 500", "hi")
    for question in asked:
        shown = await bot.say(f"{ME} {question}", user=1)
        before = (shown["components"], shown["flags"])
        for custom_id in custom_ids(shown):
            exchange = await bot.press(shown, custom_id, user=2)
            assert not exchange.deleted, (question, custom_id)
            for made in exchange.shown:
                assert made["id"] != shown["id"], (question, custom_id)
                assert made["flags"] & EPHEMERAL, (question, custom_id)
        assert (shown["components"], shown["flags"]) == before


async def test_no_press_of_somebody_else_changes_what_was_shared(bot: Discord) -> None:
    asked = await bot.slash("ask", question="does flask have an orm?")
    review = await bot.slash("recommend", project=PROJECT)
    result = await press(bot, (await press(bot, review.last, "Yes")).last, "Result now")
    for private in (asked.last, result.last):
        shared = await share(bot, private)
        before = shared["components"]
        for custom_id in custom_ids(shared):
            exchange = await bot.press(shared, custom_id, user=2)
            assert not exchange.deleted
            assert [made["id"] for made in exchange.shown if made["id"] == shared["id"]] == []
        assert shared["components"] == before


async def test_more_is_for_one_reader_in_a_channel_and_in_place_where_nobody_else_reads(bot: Discord) -> None:
    public = await bot.say(f"{ME} does flask have an orm?", user=1)
    private = await bot.slash("ask", question="does flask have an orm?")

    more = await press(bot, public, "More", user=1)
    here = await press(bot, private.last, "More")

    assert more.last["id"] != public["id"]
    assert more.last["flags"] & EPHEMERAL
    assert "Sources:" in text(more.last)
    assert here.last["id"] == private.last["id"]
    assert text(here.last).startswith("-# “does flask have an orm?”")
    assert "Share" in labels(here.last)


async def test_code_is_for_whoever_presses_and_the_answer_stays(bot: Discord) -> None:
    question = "how do I run a background task in django"
    public = await bot.say(f"{ME} {question}", user=1)
    private = await bot.slash("ask", question=question)

    for user, answer in ((1, public), (2, public), (1, private.last)):
        shown = await press(bot, answer, "Show code", user=user)
        assert shown.last["id"] != answer["id"]
        assert shown.last["flags"] & EPHEMERAL
        assert text(shown.last).count("```python\n") == 2
        assert "from celery import Celery" in text(shown.last)
        assert "**Flask**" not in text(shown.last)
        other = await press(bot, shown.last, "And Flask?", user=user)
        assert "**Flask**" in text(other.last)
        assert other.last["flags"] & EPHEMERAL


async def test_code_that_is_asked_for_in_a_channel_is_the_askers_to_delete(bot: Discord) -> None:
    await bot.say(f"{ME} how do I run a background task in django", user=1)
    code = await bot.say(f"{ME} show me the code", user=1)

    assert "```python" in text(code)
    assert not (await press(bot, code, "Delete", user=2)).deleted
    assert (await press(bot, code, "Delete", user=1)).deleted


def custom_ids(message: Json) -> list[str]:
    """Return what every button of a message carries."""
    return [item["custom_id"] for item in walk(message["components"]) if item["type"] == 2]


async def test_what_a_bystander_presses_is_not_the_askers_word(bot: Discord, conversations: Conversations) -> None:
    store = conversations.store
    assert isinstance(store, MemoryStore)
    shown = await bot.say(f"{ME} uploads", user=1)
    assert "Did you mean" in text(shown)

    opened = await press(bot, shown, "How do I handle file uploads in a form?", user=2)
    refused = await press(bot, shown, "None of these", user=2)

    assert opened.last["flags"] & EPHEMERAL
    assert "for the person who asked" in text(refused.last)
    assert store.choices == {}
    await press(bot, shown, "How do I handle file uploads in a form?", user=1)
    assert list(store.choices.values()) == ["form-validation"]


async def test_who_may_remove_any_message_may_remove_an_answer(bot: Discord) -> None:
    shown = await bot.say(f"{ME} does flask have an orm?", user=1)

    deleted = await press(bot, shown, "Delete", user=2, place=bot.server(2, MODERATOR))

    assert deleted.deleted


async def test_an_answer_that_is_gone_already_is_no_error(bot: Discord) -> None:
    shown = await bot.say(f"{ME} does flask have an orm?")
    bot.refusals.append(("/messages/@original", 404, {"message": "Unknown Message", "code": 10008}, {}))

    pressed = await bot.begin(3, {"custom_id": custom_ids(shown)[-1], "component_type": 2}, 1, None, shown)
    await bot.posted(lambda: not bot.refusals)

    assert pressed.shown == []


async def test_a_shared_answer_can_be_replied_to(bot: Discord) -> None:
    asked = await bot.slash("ask", question="does flask have an orm?")
    shared = await share(bot, asked.last)

    reply = await bot.say("and django?", user=2, reply_to=shared)

    assert "Object-relational" in text(reply)


async def test_a_double_click_shares_once(bot: Discord) -> None:
    asked = await bot.slash("ask", question="does flask have an orm?")
    custom_id = next(each for each in custom_ids(asked.last) if each.startswith("adv1:ht:"))
    shared = await share(bot, asked.last)

    again = await bot.press(asked.last, custom_id)

    assert "shared this already" in text(again.last)
    assert [call.body["nonce"] for call in bot.calls if call.path.endswith("/200/messages")] == [shared["nonce"]]


async def test_where_only_the_interaction_may_post_the_share_says_how_to_go_on(bot: Discord) -> None:
    place = {**bot.server(), "app_permissions": "0"}
    asked = await bot.slash("ask", place=place, question="does flask have an orm?")

    shared = await press(bot, asked.last, "Share", place=place)

    assert not shared.last["flags"] & EPHEMERAL
    assert "mention me" in text(shared.last)


async def test_an_answer_to_a_message_is_shared_as_a_reply_to_it(bot: Discord) -> None:
    asked = await bot.answer_this("does flask have an orm?")
    theirs = next(m for m in bot.messages.values() if m["content"])
    shared = await share(bot, asked.last)

    assert str(shared["message_reference"]["message_id"]) == theirs["id"]


@pytest.mark.parametrize("code", ["1jsLdd-kZdTaq-m_hazz", "hello"])
async def test_a_code_that_cannot_be_read_is_said_to_be_one(bot: Discord, code: str) -> None:
    opened = await bot.slash("recommend", code=code)

    assert "read this code" in text(opened.last)


async def test_a_code_with_a_wrong_character_is_no_question_in_a_channel_either(bot: Discord) -> None:
    assert "read this code" in text(await bot.say(f"{ME} 1jsLdd-kZdTaq-m_hazz"))


async def test_where_no_question_is_kept_it_does_not_say_so(bot: Discord, conversations: Conversations) -> None:
    conversations.keep_missed = False
    shown = await bot.say(f"{ME} uploads")

    turned_down = await press(bot, shown, "None of these")

    assert "noted" not in text(turned_down.last)
    assert labels(turned_down.last)
