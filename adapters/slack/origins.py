"""Where a Slack request came from: the person, the conversation and the message it belongs to."""

from __future__ import annotations

from collections.abc import Awaitable, Mapping
from dataclasses import dataclass
from typing import Any

from adapters.conversations.identity import Message, Person
from adapters.conversations.service import Conversations, Delivery
from adapters.slack.render.context import Surface
from bot.actions import ShowHelp

Payload = Mapping[str, Any]
DIRECT = "D"
"""Begins the ids of direct message channels."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Who speaks where, and the handles that Slack gives for replying."""

    person: Person
    surface: Surface
    conversation: str = ""
    """What follow-ups belong to; empty where nothing follows."""
    event: str = ""
    """The same for every delivery of one message, command or press."""
    channel: str = ""
    thread: str = ""
    """The time stamp of the thread to reply in; empty for none."""
    response_url: str = ""
    trigger: str = ""
    """Opens a modal within three seconds."""
    view: str = ""
    """The modal that a button was in."""
    message: str = ""
    """The time stamp of the message that a button was in."""


def person(context: Payload) -> Person:
    """Return who acts. On Enterprise Grid people belong to the organisation, else to the workspace."""
    workspace = context.get("enterprise_id") or context.get("team_id") or ""
    return Person("slack", workspace, context.get("user_id") or "")


def of_mention(event: Payload, context: Payload) -> Origin:
    """Return the place of a mention: the answer goes into a thread under it, or into the thread it was said in."""
    who, channel = person(context), event["channel"]
    thread = event.get("thread_ts") or event["ts"]
    once = _once(who, channel, event["ts"])
    return Origin(who, Surface.CHANNEL, f"{channel}:{thread}", event=once, channel=channel, thread=thread)


def of_direct_message(event: Payload, context: Payload) -> Origin:
    """Return the place of a direct message: the answer goes beside it, or into its thread."""
    who, channel, thread = person(context), event["channel"], event.get("thread_ts") or ""
    once = _once(who, channel, event["ts"])
    return Origin(who, Surface.DIRECT, _direct(channel, thread), event=once, channel=channel, thread=thread)


def of_command(command: Payload, context: Payload) -> Origin:
    """Return the place of a slash command, which is answered privately; what follows it in a channel is for others."""
    who, trigger = person(context), command.get("trigger_id") or ""
    channel = command.get("channel_id") or ""
    return Origin(
        who,
        Surface.PRIVATE,
        _direct(channel, "") if channel.startswith(DIRECT) else "",
        event=_once(who, "trigger", trigger) if trigger else "",
        channel=channel,
        response_url=command.get("response_url") or "",
        trigger=trigger,
    )


def of_message_shortcut(body: Payload, context: Payload) -> Origin:
    """Return the place of a shortcut on a message; in a thread, the private answer goes into that thread."""
    who = person(context)
    return Origin(
        who,
        Surface.PRIVATE,
        event=_once(who, "trigger", body["trigger_id"]),
        channel=body["channel"]["id"],
        thread=body["message"].get("thread_ts") or "",
        response_url=body["response_url"],
        trigger=body["trigger_id"],
    )


def of_global_shortcut(body: Payload, context: Payload) -> Origin:
    """Return the place of a shortcut that belongs to no message: a modal that is yet to be opened."""
    who = person(context)
    return Origin(who, Surface.MODAL, event=_once(who, "trigger", body["trigger_id"]), trigger=body["trigger_id"])


def of_share(body: Payload, context: Payload) -> Origin:
    """Return the place that a submitted modal named: a conversation in which something is to be shown to everybody."""
    who, chosen = person(context), (body.get("response_urls") or [{}])[0]
    once = _once(who, "trigger", body.get("trigger_id") or "")
    channel, answer_to = chosen.get("channel_id") or "", chosen.get("response_url") or ""
    return Origin(who, Surface.PRIVATE, event=once, channel=channel, response_url=answer_to)


def of_home(event: Payload, context: Payload) -> Origin:
    """Return the place of somebody who opened the app: its home, or the messages beside it."""
    return Origin(person(context), Surface.HOME, channel=event.get("channel") or "")


def of_press(body: Payload, context: Payload) -> Origin:
    """Return the place of a pressed button."""
    who, container, trigger = person(context), body["container"], body.get("trigger_id") or ""
    once = _once(who, "trigger", trigger) if trigger else ""
    if container["type"] == "view":
        surface = Surface.HOME if body["view"]["type"] == "home" else Surface.MODAL
        return Origin(who, surface, event=once, trigger=trigger, view=body["view"]["id"])
    channel = container.get("channel_id") or body.get("channel", {}).get("id") or ""
    thread = container.get("thread_ts") or body.get("message", {}).get("thread_ts") or ""
    surface, conversation = _around(container, channel, thread)
    return Origin(
        who,
        surface,
        conversation,
        event=once,
        channel=channel,
        thread=thread,
        response_url=body.get("response_url") or "",
        trigger=trigger,
        message=container.get("message_ts") or "",
    )


def _around(container: Payload, channel: str, thread: str) -> tuple[Surface, str]:
    if container.get("is_ephemeral"):
        return Surface.PRIVATE, ""
    if channel.startswith(DIRECT):
        return Surface.DIRECT, _direct(channel, thread)
    return Surface.CHANNEL, f"{channel}:{thread or container.get('message_ts', '')}"


def _direct(channel: str, thread: str) -> str:
    return f"{channel}:{thread}" if thread else channel


def _once(who: Person, where: str, what: str) -> str:
    return f"slack/{who.workspace}/{where}/{what}"


def asked(
    conversations: Conversations, text: str, person: Person, conversation: str = ""
) -> Awaitable[Delivery | None]:
    """Return the answer to `/advisor text`: a command, or else a question."""
    verb, _, rest = text.strip().partition(" ")
    if not verb:
        return conversations.do(ShowHelp(), person)
    match verb.lower():
        case "recommend":
            return conversations.recommend(rest.strip(), person, conversation)
        case "compare":
            return conversations.compare(rest.strip(), person)
        case _:
            return conversations.ask(Message(person, conversation, text))
