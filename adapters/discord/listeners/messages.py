"""Messages: a mention, a direct message, a reply to one of ours. Nothing else is read."""

from __future__ import annotations

from dataclasses import replace

import discord

from adapters.conversations.identity import Message, Person
from adapters.conversations.service import Delivery
from adapters.discord import sending
from adapters.discord.dispatcher import Dispatcher
from adapters.discord.listeners.setup import is_allowed, opens_thread
from adapters.discord.origins import asker, conversation, person
from adapters.discord.render.buttons import Audience
from adapters.discord.render.layout import Payload
from adapters.discord.render.render import plain, render
from bot.replies import Answer, Notice, NoticeKind, NotKnown, Unknown

READ = (discord.MessageType.default, discord.MessageType.reply)
UNREADABLE = (
    "I cannot read the message that you replied to: Discord shows me only what is addressed to me. "
    "Press and hold it (or right-click), then choose Apps → Answer this."
)
UNREADABLE_REPLY = (
    "Discord does not show me replies to that message. Mention me with your question, and I answer right away."
)
ROLE = "That is my role, and Discord hides from me what you wrote. Mention <@{me}> with the APP tag instead."
ELSEWHERE = "In this server I answer in {channels} only. `/{ask}` works everywhere, and only you see the answer."


def register(client: discord.Client, dispatcher: Dispatcher) -> None:
    """Attach the listener to a client."""

    async def on_message(message: discord.Message) -> None:
        me = client.user.id if client.user else 0
        if addressed(message, me):
            await dispatcher.boundary.message(reply(dispatcher, message, me), "message")
        elif _mentions_role(message, me):
            await dispatcher.boundary.message(_hint(dispatcher, message, ROLE.format(me=me)), "role mention")

    async def on_raw_message_edit(event: discord.RawMessageUpdateEvent) -> None:
        if event.message_id in dispatcher.replies and client.user:
            await dispatcher.boundary.message(_again(dispatcher, event.message, client.user.id), "edited message")

    async def on_raw_message_delete(event: discord.RawMessageDeleteEvent) -> None:
        reply = dispatcher.replies.pop(event.message_id, None)
        if reply:
            await dispatcher.boundary.message(reply.delete(), "deleted message")

    for listener in (on_message, on_raw_message_edit, on_raw_message_delete):
        client.event(listener)


def addressed(message: discord.Message, me: int) -> bool:
    """Return whether somebody speaks to us: a person, in a direct message, with a mention, or in reply to us."""
    if message.author.bot or message.webhook_id or message.type not in READ:
        return False
    if message.guild is None or any(user.id == me for user in message.mentions):
        return True
    return bool(message.content) and _quoted(message, me) is not None


def _mentions_role(message: discord.Message, me: int) -> bool:
    """Return whether a person mentions the role that Discord made for us, which many take for us."""
    if message.author.bot or message.webhook_id:
        return False
    return any(role.tags and role.tags.bot_id == me for role in message.role_mentions)


async def reply(dispatcher: Dispatcher, message: discord.Message, me: int) -> None:
    """Answer a message in its channel, thread or forum post, or in a thread of its own."""
    who = person(message.author, message.guild.id if message.guild else None)
    settings = await dispatcher.settings(who)
    if not is_allowed(settings.channels, message.channel):
        channels = ", ".join(f"<#{channel}>" for channel in settings.channels)
        await _hint(dispatcher, message, ELSEWHERE.format(channels=channels, ask=dispatcher.config.command("ask")))
        return
    threaded = opens_thread(settings, message) and _quoted(message, me) is None
    asked = _asked(dispatcher, message, who, me, message.id if threaded else message.channel.id)
    delivery = await dispatcher.conversations.ask(asked)
    if delivery is None or _repeats(dispatcher, delivery):
        return
    payload = await _payload(dispatcher, message, who, delivery, me)
    if threaded and not isinstance(delivery.reply, Notice):
        sent = await sending.reply_in_thread(message, _name_of_thread(dispatcher, delivery), payload)
    else:
        sent = await sending.reply_to(message, payload)
    dispatcher.remember_reply(message.id, sent)
    await dispatcher.conversations.answered(asked.event or "", who.platform)


def _name_of_thread(dispatcher: Dispatcher, delivery: Delivery) -> str:
    """Return what the answer is about: of the person's own words nothing stays when they delete their message."""
    title = delivery.reply.title if isinstance(delivery.reply, Answer) else ""
    return title or dispatcher.conversations.advisor().knowledge.about.subject


async def _again(dispatcher: Dispatcher, message: discord.Message, me: int) -> None:
    """Answer a message anew, in place, that was edited after its answer."""
    if not addressed(message, me) or message.edited_at is None:  # Discord also reports the preview of a link
        return
    before = dispatcher.replies[message.id]
    who = person(message.author, message.guild.id if message.guild else None)
    asked = _asked(dispatcher, message, who, me, before.channel.id)
    event = f"{asked.event}/{message.edited_at.timestamp()}"
    delivery = await dispatcher.conversations.ask(replace(asked, event=event))
    if delivery is None or isinstance(delivery.reply, Notice):
        return
    payload = await _payload(dispatcher, message, who, delivery, me)
    await before.edit(view=sending.view(payload))
    await dispatcher.conversations.answered(event, who.platform)


async def _payload(
    dispatcher: Dispatcher, message: discord.Message, who: Person, delivery: Delivery, me: int
) -> Payload:
    said = delivery.reply
    if isinstance(said, NotKnown) and said.reason is Unknown.EMPTY and message.reference:
        said = NotKnown(Unknown.EMPTY, UNREADABLE_REPLY if _quoted(message, me) else UNREADABLE)
    seen = Audience.CHANNEL if message.guild else Audience.DIRECT
    return render(said, await dispatcher.context(delivery, who, seen))


def _asked(dispatcher: Dispatcher, message: discord.Message, who: Person, me: int, answered_in: int) -> Message:
    quoted = _quoted(message, me)
    began = (asker(quoted) if quoted else "") or dispatcher.pseudonym(who)
    key = conversation(answered_in, began, direct=message.guild is None)
    return Message(who, key, words(message, me), event=f"discord/message/{message.id}")


async def _hint(dispatcher: Dispatcher, message: discord.Message, hint: str) -> None:
    """Say once an hour to a person how to reach us."""
    if dispatcher.hints.is_news(f"{message.channel.id}/{message.author.id}"):
        await sending.reply_to(message, plain(hint))


def _repeats(dispatcher: Dispatcher, delivery: Delivery) -> bool:
    """Return whether this only says again that it is too much at once: a channel should not fill with that."""
    busy = isinstance(delivery.reply, Notice) and delivery.reply.kind is NoticeKind.BUSY
    return busy and not dispatcher.too_much.is_news(delivery.owner)


def words(message: discord.Message, me: int) -> str:
    """Return what was said, without our mention; of a bare mention in reply to somebody, what they said."""
    own = _without(message.content, me)
    quoted = message.reference.resolved if message.reference else None
    if own or not isinstance(quoted, discord.Message) or quoted.author.id == me:
        return own
    return _without(said(quoted), me)


def said(message: discord.Message) -> str:
    """Return the text of a message: its own, that of a message it forwards, or that of its embeds."""
    told: list[discord.Message | discord.MessageSnapshot] = [message, *message.message_snapshots]
    text = " ".join(each.content for each in told if each.content)
    embeds = [embed for each in told for embed in each.embeds]
    return text or " ".join(part for embed in embeds for part in (embed.title, embed.description) if part)


def _without(content: str, me: int) -> str:
    return content.replace(f"<@{me}>", " ").replace(f"<@!{me}>", " ").strip()


def _quoted(message: discord.Message, me: int) -> discord.Message | None:
    """Return the message of ours that this one replies to."""
    quoted = message.reference.resolved if message.reference else None
    return quoted if isinstance(quoted, discord.Message) and quoted.author.id == me else None
