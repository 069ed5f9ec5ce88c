"""Where a Slack request came from: the person, the conversation and the message it belongs to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from adapters.conversations.flow_control import Acknowledgement
from adapters.conversations.identity import Person
from adapters.slack.render.buttons import Surface, read_value
from adapters.slack.render.guide import CHANGE
from adapters.slack.render.render import SHARED_BY
from bot.action_codec import encode
from bot.actions import GuideChange

Payload = Mapping[str, Any]
DIRECT = "D"
"""Begins the ids of direct message channels."""
ACKNOWLEDGEMENT = "acknowledgement"
"""The name under which the web handler hands the acknowledgement on with a request."""


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
    is_top_view: bool = False
    """Whether no further page fits on that modal."""
    message: str = ""
    """The time stamp of the message that a button was in."""
    question: str = ""
    """What was asked, in the person's words."""
    share_to: str = ""
    """The time stamp of the message under which a private answer is shared; empty for the channel itself."""
    values: tuple[str, ...] = ()
    """What the buttons of the message say that a button was in, without what they carry besides."""
    shared_by: str = ""
    """The Slack id of the person who had that message shown to everybody; empty where nobody had to."""
    stranger: bool = False
    """Whether somebody pressed a button of a public message that is not theirs."""
    acknowledgement: Acknowledgement | None = field(default=None, compare=False)
    """What waits until a message is answered; None where Slack is told at once."""


def person(context: Payload) -> Person:
    """Return who acts. On Enterprise Grid people belong to the organisation, else to the workspace."""
    workspace = context.get("enterprise_id") or context.get("team_id") or ""
    return Person("slack", workspace, context.get("user_id") or "")


def of_mention(event: Payload, context: Payload) -> Origin:
    """Return the origin of a mention: the answer goes into a thread under it, or into the thread it was said in."""
    who, channel = person(context), event["channel"]
    thread = event.get("thread_ts") or event["ts"]
    once = _once(who, channel, event["ts"])
    return Origin(
        who,
        Surface.CHANNEL,
        f"{channel}:{thread}",
        event=once,
        channel=channel,
        thread=thread,
        acknowledgement=context.get(ACKNOWLEDGEMENT),
    )


def of_direct_message(event: Payload, context: Payload) -> Origin:
    """Return the origin of a direct message: the answer goes beside it, or into its thread."""
    who, channel, thread = person(context), event["channel"], event.get("thread_ts") or ""
    once = _once(who, channel, event["ts"])
    return Origin(
        who,
        Surface.DIRECT,
        _direct(channel, thread),
        event=once,
        channel=channel,
        thread=thread,
        acknowledgement=context.get(ACKNOWLEDGEMENT),
    )


def of_command(command: Payload, context: Payload) -> Origin:
    """Return the origin of a slash command, which is answered privately; its follow-ups belong to the person alone."""
    who, trigger = person(context), command.get("trigger_id") or ""
    channel = command.get("channel_id") or ""
    return Origin(
        who,
        Surface.PRIVATE,
        _direct(channel, "") if channel.startswith(DIRECT) else alone(channel, who),
        event=_once(who, "trigger", trigger) if trigger else "",
        channel=channel,
        response_url=command.get("response_url") or "",
        trigger=trigger,
    )


def of_message_shortcut(body: Payload, context: Payload) -> Origin:
    """Return the origin of a shortcut on a message; what is shared later goes under that message."""
    who, message, channel = person(context), body["message"], body["channel"]["id"]
    return Origin(
        who,
        Surface.PRIVATE,
        alone(channel, who),
        event=_once(who, "trigger", body["trigger_id"]),
        channel=channel,
        thread=message.get("thread_ts") or "",
        response_url=body["response_url"],
        trigger=body["trigger_id"],
        share_to=message.get("thread_ts") or message.get("ts") or "",
    )


def of_global_shortcut(body: Payload, context: Payload) -> Origin:
    """Return the origin of a shortcut that belongs to no message: a modal that is yet to be opened."""
    who = person(context)
    return Origin(who, Surface.MODAL, event=_once(who, "trigger", body["trigger_id"]), trigger=body["trigger_id"])


def of_submission(body: Payload, context: Payload) -> Origin:
    """Return the origin of a submitted modal, with the conversation that it named to share something in, if any."""
    who, chosen = person(context), (body.get("response_urls") or [{}])[0]
    once = _once(who, "trigger", body.get("trigger_id") or "")
    channel, answer_to = chosen.get("channel_id") or "", chosen.get("response_url") or ""
    surface = Surface.PRIVATE if answer_to else Surface.MODAL
    return Origin(who, surface, event=once, channel=channel, response_url=answer_to, view=body["view"].get("id") or "")


def of_home(event: Payload, context: Payload) -> Origin:
    """Return the origin of somebody who opened the app: its home, or the messages beside it."""
    opened = event.get("channel") or ""
    return Origin(person(context), Surface.HOME, channel=opened, acknowledgement=context.get(ACKNOWLEDGEMENT))


def of_press(body: Payload, context: Payload) -> Origin:
    """Return the origin of a pressed button, a chosen option or a submitted line."""
    who, container, trigger = person(context), body["container"], body.get("trigger_id") or ""
    once = _once(who, "trigger", trigger) if trigger else ""
    _, share_to, question = read_value(value_of(body["actions"][0]))
    if container["type"] == "view":
        return _in_view(body["view"], who, once, trigger, question)
    message = body.get("message") or {}
    channel = container.get("channel_id") or body.get("channel", {}).get("id") or ""
    thread = container.get("thread_ts") or message.get("thread_ts") or ""
    surface, conversation = _around(container, channel, thread, who)
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
        question=question,
        share_to=share_to,
        values=tuple(_values(message.get("blocks") or ())),
        shared_by=_shared_by(message.get("blocks") or ()),
    )


def value_of(action: Payload) -> str:
    """Return what somebody has pressed, chosen or written, as the value of a button would say it."""
    chosen = (action.get("selected_option") or {}).get("value") or ""
    token = action.get("block_id", "").removeprefix(f"{CHANGE} ")
    if chosen and token != action.get("block_id"):
        return encode(GuideChange(token, chosen))
    return str(chosen or action.get("value") or "")


def text_of(message: Payload) -> str:
    """Return what a message says, also where it says it in blocks alone, as messages of apps do."""
    parts = (message.get("text"), *_texts(message.get("blocks") or ()), *_texts(message.get("attachments") or ()))
    return next((part for part in parts if part and part.strip()), "")


def _in_view(view: Payload, who: Person, once: str, trigger: str, question: str) -> Origin:
    surface = Surface.HOME if view["type"] == "home" else Surface.MODAL
    below, root = view.get("previous_view_id"), view.get("root_view_id")
    on_top = bool(below) and below != root
    return Origin(who, surface, event=once, trigger=trigger, view=view["id"], is_top_view=on_top, question=question)


def _values(blocks: Any) -> Iterator[str]:
    """Yield what the buttons and the thumbs in a message say."""
    if isinstance(blocks, Mapping):
        if isinstance(blocks.get("value"), str):
            yield read_value(blocks["value"])[0]
        blocks = blocks.values()
    if not isinstance(blocks, str):
        for inner in blocks if hasattr(blocks, "__iter__") else ():
            yield from _values(inner)


def _shared_by(blocks: Any) -> str:
    ids = (str(block.get("block_id", "")) for block in blocks)
    return next((found.removeprefix(SHARED_BY) for found in ids if found.startswith(SHARED_BY)), "")


def _texts(part: Any) -> Iterator[str]:
    if isinstance(part, Mapping):
        yield from (part[name] for name in ("text", "fallback") if isinstance(part.get(name), str))
        part = tuple(part.values())
    if isinstance(part, list | tuple):
        for inner in part:
            yield from _texts(inner)


def _around(container: Payload, channel: str, thread: str, who: Person) -> tuple[Surface, str]:
    if channel.startswith(DIRECT):
        surface = Surface.PRIVATE if container.get("is_ephemeral") else Surface.DIRECT
        return surface, _direct(channel, thread)
    if container.get("is_ephemeral"):
        return Surface.PRIVATE, alone(channel, who)
    return Surface.CHANNEL, f"{channel}:{thread or container.get('message_ts', '')}"


def alone(channel: str, who: Person) -> str:
    """Name what one person says to the advisor in a channel without anybody seeing it."""
    return f"{channel}:{who.user}"


def _direct(channel: str, thread: str) -> str:
    return f"{channel}:{thread}" if thread else channel


def _once(who: Person, where: str, what: str) -> str:
    return f"slack/{who.workspace}/{where}/{what}"
