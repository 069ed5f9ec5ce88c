"""Messages: a mention, a direct message, a reply to one of ours. Nothing else is read."""

from __future__ import annotations

import discord

from adapters.conversations.identity import Message
from adapters.conversations.service import Delivery
from adapters.discord import sending
from adapters.discord.dispatcher import Dispatcher
from adapters.discord.origins import asker, conversation, person
from adapters.discord.render.context import Audience, RenderContext
from adapters.discord.render.render import render
from bot.replies import Notice, NoticeKind, NotKnown, Unknown

SPOKEN = (discord.MessageType.default, discord.MessageType.reply)
UNREADABLE = (
    "I cannot read the message that you replied to: Discord shows me only what is addressed to me. "
    "Press and hold it (or right-click), then choose Apps → Answer this."
)


def register(client: discord.Client, dispatcher: Dispatcher) -> None:
    """Attach the listener to a client."""

    async def on_message(message: discord.Message) -> None:
        if client.user and addressed(message, client.user.id):
            await dispatcher.boundary.message(reply(dispatcher, message, client.user.id), "message")

    client.event(on_message)


def addressed(message: discord.Message, me: int) -> bool:
    """Return whether somebody speaks to us: a person, in a direct message, with a mention, or in reply to us."""
    if message.author.bot or message.webhook_id or message.type not in SPOKEN:
        return False
    if message.guild is None or any(user.id == me for user in message.mentions):
        return True
    return bool(message.content) and _answers_us(message, me)


async def reply(dispatcher: Dispatcher, message: discord.Message, me: int) -> None:
    """Answer a message in its channel, thread or forum post."""
    guild_id = message.guild.id if message.guild else None
    who = person(message.author, guild_id)
    began = _began(message, me) or dispatcher.conversations.marks.of(who)
    text = words(message, me)
    asked = Message(who, conversation(message.channel.id, guild_id, began), text, event=f"discord/message/{message.id}")
    delivery = await dispatcher.conversations.ask(asked)
    if delivery is None or _repeats(dispatcher, delivery):
        return
    said = delivery.reply
    if isinstance(said, NotKnown) and said.reason is Unknown.EMPTY and _quotes(message):
        said = NotKnown(Unknown.EMPTY, UNREADABLE)
    seen = Audience.CHANNEL if message.guild else Audience.DIRECT
    await sending.reply_to(message, render(said, RenderContext(delivery.ref, delivery.owner, seen)))
    await dispatcher.conversations.answered(asked.event or "", "discord")


def _repeats(dispatcher: Dispatcher, delivery: Delivery) -> bool:
    """Return whether this only says again that it is too much at once: a channel should not fill with that."""
    busy = isinstance(delivery.reply, Notice) and delivery.reply.kind is NoticeKind.BUSY
    return busy and not dispatcher.told.is_news(delivery.owner)


def words(message: discord.Message, me: int) -> str:
    """Return what was said, without our mention; of a bare mention in reply to somebody, what they said."""
    own = _without(message.content, me)
    quoted = message.reference.resolved if message.reference else None
    if own or not isinstance(quoted, discord.Message) or quoted.author.id == me:
        return own
    return _without(quoted.content, me)


def _without(content: str, me: int) -> str:
    return content.replace(f"<@{me}>", " ").replace(f"<@!{me}>", " ").strip()


def _quotes(message: discord.Message) -> bool:
    return message.reference is not None


def _answers_us(message: discord.Message, me: int) -> bool:
    quoted = message.reference.resolved if message.reference else None
    return isinstance(quoted, discord.Message) and quoted.author.id == me


def _began(message: discord.Message, me: int) -> str:
    """Return the mark of whoever began the conversation that a reply to us carries on."""
    quoted = message.reference.resolved if message.reference else None
    return asker(quoted) if isinstance(quoted, discord.Message) and quoted.author.id == me else ""
