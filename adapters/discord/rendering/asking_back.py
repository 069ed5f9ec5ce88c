"""Replies that are not an answer yet: did you mean, I don't know, what I can do."""

from __future__ import annotations

from adapters.conversations import wording
from adapters.discord.frames import Frame
from adapters.discord.markdown import line, prose
from adapters.discord.rendering import controls
from adapters.discord.rendering.components import button, row, rows, stacked
from adapters.discord.rendering.layout import Accent, Box, Line, Payload, Rank, message
from bot import presses
from bot.replies import Help, NotKnown, Suggestions, Unknown

PARAGRAPH = 1_500
COMMANDS = (
    "`/ask` — a question, answered privately; share it if you like",
    "`/recommend` — which one should I use? About five questions",
    "`/compare` — both sides next to each other",
    "`/topics` — everything that I can be asked about",
    "`/privacy` — what I keep, and how to make me forget",
    "Mention me in a channel, reply to me, or write me a direct message.",
    "Somebody else's question: press and hold it (or right-click), then **Apps → Answer this**.",
)


def suggestions(said: Suggestions, frame: Frame) -> Payload:
    """Return "did you mean", with a way to say no."""
    lead = wording.did_you_mean(len(said.candidates))
    candidates = [button(c.title, presses.ShowTopic(c.topic, frame.ref)) for c in said.candidates]
    none = row([button(wording.NONE_OF_THESE, presses.NoneOfThese(frame.ref))])
    box = Box([[*_note(frame), Line(f"**{lead}**")]], Accent.ASKING)
    return message([box], [*stacked(candidates), none, *controls.closing(frame)])


def not_known(said: NotKnown, frame: Frame) -> Payload:
    """Return "I don't know", with the nearest thing that can be done."""
    box = Box([[*_note(frame), Line(prose(said.text, PARAGRAPH))]], Accent.ASKING)
    nearest = rows([button(link.title, presses.ShowTopic(link.topic)) for link in said.nearest])
    ways = row([button(wording.WHAT_CAN_I_ASK, presses.ShowHelp()), controls.browsing()])
    about = "" if said.reason is Unknown.EMPTY else "not-known"
    return message([box], [*nearest, ways, *controls.closing(frame, about)])


def help_text(said: Help, frame: Frame) -> Payload:
    """Return what the advisor can do, and its commands."""
    examples = [Line(f"> {line(example, 200)}", Rank.EXTRA) for example in said.examples]
    commands = [Line(f"• {command}", Rank.SIDE) for command in COMMANDS]
    box = Box([[Line(prose(said.text, PARAGRAPH)), *examples], commands], Accent.QUIET)
    guide = [controls.choosing()] if said.offers_guide else []
    ways = row([*guide, controls.browsing(), button("Privacy", presses.ShowPrivacy(), emoji="🔒")])
    return message([box], [ways, *controls.closing(frame)])


def _note(frame: Frame) -> list[Line]:
    return [Line(f"-# {frame.note}")] if frame.note else []
