from __future__ import annotations

from tests.discord.reading import labels, press, share, text
from tests.discord.standin import APP, CHANNEL, DM, EPHEMERAL, HERE, NEW, THREAD, Discord

ME = f"<@{APP}>"


async def test_a_mention_is_answered_with_a_reply_in_the_channel(bot: Discord) -> None:
    reply = await bot.say(f"{ME} does flask have an orm?")

    assert "SQLAlchemy" in text(reply)
    assert reply["channel_id"] == str(CHANNEL)
    assert "Delete" in labels(reply)


async def test_a_direct_message_needs_no_mention(bot: Discord) -> None:
    reply = await bot.say("does flask have an orm?", channel=DM)

    assert "SQLAlchemy" in text(reply)


async def test_a_follow_up_is_read_against_what_came_before(bot: Discord) -> None:
    await bot.say(f"{ME} does flask have an orm?")
    reply = await bot.say(f"{ME} and django?")

    assert "Object-relational mapping" in text(reply)
    assert "models.py" in text(reply)


async def test_a_reply_by_somebody_else_carries_the_conversation_on(bot: Discord) -> None:
    first = await bot.say(f"{ME} does flask have an orm?", user=1)
    reply = await bot.say("and django?", user=2, reply_to=first)

    assert "models.py" in text(reply)


async def test_a_mention_in_a_forum_post_is_answered_there(bot: Discord) -> None:
    reply = await bot.say(f"{ME} does flask have an orm?", channel=THREAD)

    assert reply["channel_id"] == str(THREAD)


async def test_what_is_not_addressed_to_it_is_not_answered(bot: Discord) -> None:
    await bot.post("does flask have an orm?")
    await bot.say(f"{ME} hi")

    assert len(bot.messages) == 1


async def test_slash_ask_is_private_and_can_be_shared(bot: Discord) -> None:
    asked = await bot.slash("ask", question="does flask have an orm?")

    assert asked.callback
    assert asked.callback["type"] == NEW
    assert asked.last["flags"] & EPHEMERAL
    assert text(asked.last).startswith("-# “does flask have an orm?”")
    shared = await share(bot, asked.last)
    assert text(shared).startswith("-# Shared by <@1> · “does flask have an orm?”")
    assert "SQLAlchemy" in text(shared)


async def test_another_side_opens_in_place(bot: Discord) -> None:
    asked = await bot.slash("ask", question="does flask have an orm?")
    turned = await press(bot, asked.last, "And Django?")

    assert turned.callback
    assert turned.callback["type"] == HERE
    assert turned.last["id"] == asked.last["id"]
    assert "models.py" in text(turned.last)
    assert "And Flask?" in labels(turned.last)


async def test_a_suggestion_of_autocomplete_opens_exactly_its_topic(bot: Discord) -> None:
    choices = await bot.complete("ask", "question", "orm")
    assert choices[0] == {"name": "“orm”", "value": "orm"}
    mapped = next(choice for choice in choices if choice["name"] == "Object-relational mapping (ORM)")
    asked = await bot.slash("ask", question=mapped["value"])

    assert "-# Object-relational mapping (ORM)" in text(asked.last)
