from __future__ import annotations

import asyncio
import re

import pytest

from adapters.conversations.memory_store import MemoryStore
from adapters.conversations.ports import Feedback
from adapters.conversations.service import Conversations
from tests.discord.conftest import connected
from tests.discord.reading import labels, press, share, text
from tests.discord.standin import APP, DM, EPHEMERAL, HERE, LATER, LATER_HERE, NEW, Discord, Json

ME = f"<@{APP}>"
PROJECT = "we are 3 devs building a shop with lots of tables and logins"


def old_message(custom_id: str, kind: int = 2) -> Json:
    """Return a message of the bot with one component from another time."""
    component = {"type": kind, "id": 2, "custom_id": custom_id, "style": 2, "label": "old"}
    if kind == 3:
        component = {"type": 3, "id": 2, "custom_id": custom_id, "options": [{"label": "a", "value": "a"}]}
    return {
        "id": "5", "channel_id": "200", "author": {"id": str(APP), "username": "advisor", "discriminator": "0",
        "avatar": None}, "content": "", "timestamp": "2026-01-01T00:00:00+00:00", "edited_timestamp": None,
        "tts": False, "flags": 0, "type": 0, "mention_everyone": False, "mentions": [], "mention_roles": [],
        "attachments": [], "embeds": [], "pinned": False,
        "components": [{"type": 1, "id": 1, "components": [component]}],
    }  # fmt: skip


async def test_a_guide_goes_on_after_a_restart_between_two_presses(
    discord: Discord, conversations: Conversations, advisor: object
) -> None:
    async with connected(discord, conversations):
        asked = await discord.slash("recommend")
        first = await press(discord, asked.last, "API")
    async with connected(discord, Conversations(conversations.advisor)):
        second = await press(discord, first.last, "Know Flask")

    assert second.last["id"] == asked.last["id"]
    assert "Question 3" in text(second.last)


@pytest.mark.parametrize("custom_id", ["vote:7", "adv0:t:orm", "adv1:", "adv1:zz:broken", "adv1:gc:1xxxx:kind:api"])
async def test_a_button_that_nobody_knows_any_more_gets_an_explanation(bot: Discord, custom_id: str) -> None:
    pressed = await bot.press(old_message(custom_id), custom_id)

    assert "fresh one" in text(pressed.last)
    assert pressed.last["flags"] & EPHEMERAL


async def test_a_menu_that_nobody_knows_any_more_gets_an_explanation(bot: Discord) -> None:
    pressed = await bot.choose(old_message("old-menu", 3), "old-menu", "a")

    assert "out of date" in text(pressed.last)


async def test_only_the_asker_deletes_an_answer(bot: Discord) -> None:
    reply = await bot.say(f"{ME} does flask have an orm?", user=1)

    refused = await press(bot, reply, "Delete", user=2)
    assert "Only the person who asked" in text(refused.last)
    assert labels(refused.last) == []
    assert not refused.deleted
    deleted = await press(bot, reply, "Delete", user=1)
    assert deleted.deleted


async def test_somebody_else_turns_an_answer_for_themselves_only(bot: Discord) -> None:
    reply = await bot.say(f"{ME} does flask have an orm?", user=1)

    turned = await press(bot, reply, "And Django?", user=2)

    assert turned.callback
    assert turned.callback["type"] == NEW
    assert turned.last["flags"] & EPHEMERAL
    assert "models.py" in text(turned.last)


async def test_a_guide_in_a_channel_belongs_to_whoever_began_it(bot: Discord) -> None:
    review = await bot.say(f"{ME} {PROJECT}", user=1)

    other = await press(bot, review, "Yes", user=2)
    assert "somebody else" in text(other.last)
    assert labels(other.last) == ["Help me choose"]
    own = await press(bot, review, "Yes", user=1)
    assert own.callback
    assert own.callback["type"] == HERE


async def test_the_guide_below_an_answer_goes_on_from_what_was_said_and_leaves_the_answer(bot: Discord) -> None:
    asked = (
        "we build a shop for used books with accounts. Do we need Celery from the start, and is Django or Flask better?"
    )
    reply = await bot.say(f"{ME} {asked}", user=1)

    own = await press(bot, reply, "Help me choose", user=1)
    other = await press(bot, reply, "Help me choose", user=2)

    for opened in (own, other):
        assert opened.callback
        assert opened.callback["type"] == NEW
        assert opened.last["flags"] & EPHEMERAL
    assert "Start again" in str(own.last)
    assert "Start again" not in str(other.last)


async def test_a_result_comes_with_a_record_as_a_file_and_can_be_shared(bot: Discord) -> None:
    review = await bot.slash("recommend", project=PROJECT)
    asked = await press(bot, review.last, "Yes")
    result = await press(bot, asked.last, "Result now")
    assert "Against it" in text(result.last)
    record = await press(bot, result.last, "Decision record")
    shared = await share(bot, result.last)

    [(name,)] = [call.files for call in bot.calls if call.files]
    assert re.fullmatch(r"\d{4}-\d\d-\d\d-web-framework\.md", name)
    assert "Markdown" in text(record.last)
    assert text(result.last).splitlines()[0] in text(shared)
    assert "Against it" not in text(shared)


async def test_where_files_are_not_allowed_the_record_is_written_out(bot: Discord) -> None:
    review = await bot.slash("recommend", project=PROJECT)
    asked = await press(bot, review.last, "Yes")
    result = await press(bot, asked.last, "Result now")
    bot.refusals.append(("/callback", 403, {"message": "Missing Permissions", "code": 50013}, {}))

    record = await press(bot, result.last, "Decision record")

    assert "```md" in text(record.last)
    assert "## Decision" in text(record.last)


def chips(message: Json) -> Json:
    """Return the menu of circumstances of a result."""
    return next(c for r in message["components"] for c in r["components"] if c.get("custom_id") == "adv1:pick.chips")


async def test_circumstances_are_added_to_a_result_in_place(bot: Discord) -> None:
    review = await bot.slash("recommend", project=PROJECT)
    asked = await press(bot, review.last, "Yes")
    result = await press(bot, asked.last, "Result now")

    menu = chips(result.last)
    both = [option["value"] for option in menu["options"][:2]]
    changed = await bot.choose(result.last, menu["custom_id"], *both)

    assert changed.callback
    assert changed.callback["type"] == HERE
    assert [option["default"] for option in chips(changed.last)["options"]][:3] == [True, True, False]
    undone = await bot.choose(changed.last, menu["custom_id"])
    assert [option for option in chips(undone.last)["options"] if option["default"]] == []


async def test_a_typed_answer_goes_on_with_a_guide_that_a_description_began(bot: Discord) -> None:
    await bot.slash("recommend", place=bot.direct(), project=PROJECT)

    reply = await bot.say("yes", channel=DM)

    assert "Question " in text(reply)


async def test_two_answers_are_rated_one_by_one_and_shared_together(bot: Discord) -> None:
    asked = await bot.slash("ask", question="does django have an orm? and how do I do forms in flask?")
    assert labels(asked.last) == [
        "More: Object-relational mapping (ORM)", "Helpful", "Not helpful",
        "More: Forms and their validation", "Show code", "Helpful", "Not helpful",
        "Share",
    ]  # fmt: skip

    shared = await share(bot, asked.last)

    assert "Object-relational mapping (ORM)" in text(shared)
    assert "Forms and their validation" in text(shared)


async def test_a_result_code_opens_the_result_again(bot: Discord) -> None:
    review = await bot.slash("recommend", project=PROJECT)
    asked = await press(bot, review.last, "Yes")
    result = await press(bot, asked.last, "Result now")
    code = text(result.last).split("`")[-2]

    reopened = await bot.slash("recommend", user=2, code=code)

    assert f"`{code}`" in text(reopened.last)


async def test_feedback_is_kept_and_forgotten_on_request(bot: Discord, conversations: Conversations) -> None:
    store = conversations.store
    assert isinstance(store, MemoryStore)
    asked = await bot.slash("ask", question="does flask have an orm?")
    await press(bot, asked.last, "Not helpful")
    word: Feedback = next(iter(store.words.values()))
    assert (word.about, word.helpful, word.platform) == ("orm", False, "discord")

    privacy = await bot.slash("privacy")
    sure = await press(bot, privacy.last, "Forget me")
    assert "Shall I?" in text(sure.last)
    assert store.words
    forgotten = await press(bot, sure.last, "Yes, forget me")

    assert "no longer keep anything" in text(forgotten.last)
    assert store.words == {}


async def test_topics_are_a_menu_for_each_area(bot: Discord) -> None:
    listed = await bot.slash("topics")
    assert [menu["placeholder"] for row in listed.last["components"] for menu in row["components"] if menu["type"] == 3]

    topic = await press(bot, listed.last, "WSGI")

    assert "-# WSGI" in text(topic.last)


class SlowStore(MemoryStore):
    """A store that takes its time."""

    async def load(self, conversation: str) -> None:
        await asyncio.sleep(0.05)

    async def count(self, tally: object) -> None:
        await asyncio.sleep(0.05)


async def test_what_takes_long_is_announced_and_then_completed(discord: Discord, conversations: Conversations) -> None:
    slow = Conversations(conversations.advisor, store=SlowStore())
    async with connected(discord, slow, patience=0.01):
        asked = await discord.slash("ask", question="does flask have an orm?")
        turned = await press(discord, asked.last, "And Django?")

    assert asked.callback
    assert asked.callback["type"] == LATER
    assert asked.callback["data"]["flags"] == EPHEMERAL
    assert "SQLAlchemy" in text(asked.shown[0]) or "models.py" in text(asked.shown[0])
    assert turned.callback
    assert turned.callback["type"] == LATER_HERE
    assert "models.py" in text(turned.last)


async def test_nothing_in_a_server_is_shared_where_the_person_may_not(bot: Discord) -> None:
    away = bot.brought_along()
    asked = await bot.slash("ask", place=away, question="does flask have an orm?")
    share = next(c for row in asked.last["components"] for c in row["components"] if c.get("label") == "Share")

    kept = await bot.press(asked.last, share["custom_id"], place=away)

    assert kept.last["flags"] & EPHEMERAL
    assert "cannot post here" in text(kept.last)


async def test_in_direct_messages_answers_stay(bot: Discord) -> None:
    asked = await bot.slash("ask", place=bot.direct(), question="does flask have an orm?")

    assert not asked.last["flags"] & EPHEMERAL
    assert "Share" not in labels(asked.last)
    assert "Delete" in labels(asked.last)
