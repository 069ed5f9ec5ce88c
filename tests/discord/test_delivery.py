from __future__ import annotations

import time

import pytest

from adapters.conversations.flow_control import RateLimit
from adapters.conversations.memory_store import MemoryStore
from adapters.conversations.service import Conversations
from bot.advisor import Advisor
from tests.discord.conftest import connected
from tests.discord.reading import labels, text
from tests.discord.standin import APP, CHOICES, EPHEMERAL, Discord

ME = f"<@{APP}>"
NOBODY = {"parse": [], "replied_user": False}


async def test_nothing_that_is_sent_can_ping_anybody(bot: Discord) -> None:
    await bot.say(f"{ME} does flask have an orm?")
    await bot.slash("help")

    sent = [call.body for call in bot.calls if call.method == "POST"]
    mentions = [(body.get("data") or body)["allowed_mentions"] for body in sent]
    assert [{**each, "replied_user": False} for each in mentions] == [NOBODY, NOBODY]
    assert not any(each.get("replied_user") for each in mentions)


async def test_a_reply_carries_a_nonce_that_discord_holds_it_to(bot: Discord) -> None:
    said = await bot.post(f"{ME} does flask have an orm?")
    await bot.reply(said)

    body = next(call.body for call in bot.calls if call.path.endswith("/messages"))
    assert (body["nonce"], body["enforce_nonce"]) == (said["id"], True)
    assert body["message_reference"]["fail_if_not_exists"] is False


async def test_a_message_that_arrives_twice_is_answered_once(bot: Discord) -> None:
    said = await bot.post(f"{ME} does flask have an orm?")
    await bot.dispatch("MESSAGE_CREATE", said)
    await bot.say(f"{ME} hi")

    assert len([call for call in bot.calls if call.path.endswith("/messages")]) == 2


async def test_answer_this_reads_somebody_elses_message(bot: Discord) -> None:
    asked = await bot.answer_this("does flask have an orm?")

    assert "SQLAlchemy" in text(asked.last)
    assert asked.last["flags"] & EPHEMERAL


@pytest.mark.parametrize("name", ["ask", "compare", "recommend", "topics", "help", "privacy"])
async def test_every_command_is_answered_privately(bot: Discord, name: str) -> None:
    options = {"question": "hi"} if name == "ask" else {}
    asked = await bot.slash(name, **options)

    assert asked.last["flags"] & EPHEMERAL
    assert text(asked.last)


async def test_compare_puts_both_sides_of_a_topic_next_to_each_other(bot: Discord) -> None:
    choices = await bot.complete("compare", "topic", "orm")
    asked = await bot.slash("compare", topic=choices[0]["value"])

    assert "**Flask**" in text(asked.last)
    assert "**Django**" in text(asked.last)


async def test_a_command_from_an_older_version_gets_an_explanation(bot: Discord) -> None:
    asked = await bot.slash("quiz")
    choices = await bot.complete("quiz", "word", "x")

    assert "do not know that command" in text(asked.last)
    assert choices == []


async def test_a_bare_mention_in_reply_to_somebody_says_how_to_have_it_read(bot: Discord) -> None:
    theirs = await bot.post("", user=2)
    reply = await bot.say(ME, reply_to={**theirs, "content": ""})

    assert "Answer this" in text(reply)


async def test_where_it_may_not_read_the_history_it_answers_without_quoting(bot: Discord) -> None:
    bot.refusals.append(("/messages", 403, {"message": "Cannot reply without permission", "code": 160002}, {}))

    reply = await bot.say(f"{ME} does flask have an orm?")

    assert "message_reference" not in reply


async def test_where_it_may_not_speak_it_stays_silent_and_goes_on(bot: Discord) -> None:
    bot.refusals.append(("/messages", 403, {"message": "Missing Permissions", "code": 50013}, {}))
    await bot.post(f"{ME} does flask have an orm?")

    assert "SQLAlchemy" in text(await bot.say(f"{ME} does flask have an orm?"))


async def test_too_many_questions_are_turned_down_politely(discord: Discord, advisor: Advisor) -> None:
    strict = Conversations(lambda: advisor, limit=RateLimit(burst=1, per_minute=0.001, clock=time.monotonic))
    async with connected(discord, strict):
        await discord.slash("ask", question="hi")
        second = await discord.slash("ask", question="hi")
        pressed = await discord.slash("help")

    assert "a lot of questions" in text(second.last)
    assert "/ask" in text(pressed.last)


async def test_a_flood_in_a_channel_is_turned_down_once(discord: Discord, advisor: Advisor) -> None:
    strict = Conversations(lambda: advisor, limit=RateLimit(burst=1, per_minute=0.001, clock=time.monotonic))
    async with connected(discord, strict):
        await discord.say(f"{ME} hi")
        first = await discord.say(f"{ME} hi")
        await discord.post(f"{ME} hi")
        await discord.say(f"{ME} hi", user=2)

    assert "a lot of questions" in text(first)
    assert len([call for call in discord.calls if call.path.endswith("/messages")]) == 3


class Watching:
    """An observer that remembers what failed."""

    def __init__(self) -> None:
        self.failures: list[str] = []

    def replied(self, platform: str, kind: str, seconds: float) -> None:
        pass

    def failed(self, platform: str, where: str) -> None:
        self.failures.append(where)


class BrokenStore(MemoryStore):
    """A store with a mistake in it."""

    async def count(self, tally: object) -> None:
        raise RuntimeError("secret detail")


def no_advisor() -> Advisor:
    raise RuntimeError("secret detail")


async def test_an_error_is_counted_and_told_in_plain_words(discord: Discord, advisor: Advisor) -> None:
    watching = Watching()
    broken = Conversations(lambda: advisor, store=BrokenStore(), observer=watching)
    async with connected(discord, broken):
        asked = await discord.slash("help")
        pressed = await discord.press(asked.last | {"components": [ROW]}, "adv1:h")
        await discord.post(f"{ME} hi")
        await discord.slash("help")

    assert "Something broke on my side" in text(asked.last)
    assert "Something broke on my side" in text(pressed.last)
    assert "secret" not in text(pressed.last)
    assert sorted(watching.failures) == ["/help", "/help", "message", "press"]  # a message waits for its turn


ROW = {"type": 1, "id": 1, "components": [{"type": 2, "id": 2, "style": 2, "label": "Help", "custom_id": "adv1:h"}]}


async def test_an_error_while_somebody_types_leaves_the_list_empty(discord: Discord) -> None:
    watching = Watching()
    async with connected(discord, Conversations(no_advisor, observer=watching)):
        exchange = await discord.interact(
            4,
            {
                "id": "1",
                "name": "ask",
                "type": 1,
                "options": [{"name": "question", "type": 3, "value": "x", "focused": True}],
            },
        )

    assert exchange.callback == {"type": CHOICES, "data": {"choices": []}}
    assert watching.failures == ["autocomplete"]


@pytest.mark.parametrize(("status", "code"), [(404, 10062), (400, 40060)])
async def test_an_answer_that_discord_does_not_take_any_more_is_let_go(
    discord: Discord, advisor: Advisor, status: int, code: int
) -> None:
    watching = Watching()
    async with connected(discord, Conversations(lambda: advisor, observer=watching)):
        discord.refusals.append(("/callback", status, {"message": "Unknown interaction", "code": code}, {}))
        await discord.begin(2, {"id": "1", "name": "help", "type": 1, "options": []})
        again = await discord.slash("help")

    assert watching.failures == ["/help"]
    assert labels(again.last)


async def test_a_payload_that_discord_refuses_is_apologised_for(bot: Discord) -> None:
    bot.refusals.append(("/callback", 400, {"message": "Invalid Form Body", "code": 50035}, {}))

    assert "Something broke on my side" in text((await bot.slash("help")).last)


async def test_where_even_the_apology_is_refused_it_goes_on(bot: Discord) -> None:
    for _ in range(2):
        bot.refusals.append(("/callback", 400, {"message": "Invalid Form Body", "code": 50035}, {}))
    await bot.begin(2, {"id": "1", "name": "help", "type": 1, "options": []})
    await bot.posted(lambda: not bot.refusals)

    assert labels((await bot.slash("help")).last)


async def test_a_rate_limit_is_waited_out(bot: Discord) -> None:
    limited = {"message": "You are being rate limited.", "retry_after": 0.05, "global": False}
    bot.refusals.append(("/messages", 429, limited, {"Via": "1.1 google", "Retry-After": "0.05"}))

    reply = await bot.say(f"{ME} does flask have an orm?")

    assert "SQLAlchemy" in text(reply)
