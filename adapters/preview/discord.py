"""Discord's half of the page: what is pressed is read by its custom_id, and answered with real components."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, get_args

from adapters.conversations.identity import Message, Person
from adapters.conversations.service import Conversations, Delivery
from adapters.discord.markup import quoted
from adapters.discord.origins import PLATFORM, conversation
from adapters.discord.render.answers import EXAMPLE
from adapters.discord.render.buttons import Audience, RenderContext
from adapters.discord.render.guide import CIRCUMSTANCES
from adapters.discord.render.layout import NOTE_ID, PICK, PREFIX, Payload
from adapters.discord.render.render import render
from adapters.preview import Place
from bot import actions
from bot.action_codec import StaleActionError, decode
from bot.actions import Action
from bot.replies import Notice, NoticeKind, Recommendation, Reply

Change = dict[str, Any]
YOU = Person(PLATFORM, "1", "2")
"""Who looks at the page."""
GUIDE = tuple(kind for kind in get_args(actions.GuideAction) if kind is not actions.SaveRecord)
IN_PLACE = (actions.ShowSide, actions.NoneOfThese, actions.ShowArea)
SHARES = (actions.ShareTopic, actions.ShareAnswers, actions.ShareResult)
AUDIENCES = {Place.CHANNEL: Audience.CHANNEL, Place.PRIVATE: Audience.ASKER, Place.DIRECT: Audience.DIRECT}
SHARED_BY = "-# Shared by <@2>"


@dataclass(frozen=True, slots=True)
class Press:
    """A component that was used."""

    custom_id: str
    values: tuple[str, ...]
    """What was chosen in a menu."""
    place: Place
    """Who sees the message that it belongs to."""
    thread: str
    components: list[Change]
    """The message that it belongs to."""


@dataclass(frozen=True)
class Discord:
    """Answers what is done in Discord's half of the page with a list of changes to it."""

    conversations: Conversations

    async def say(self, place: Place, thread: str, text: str) -> list[Change]:
        """Answer a mention, `/ask` or a direct message."""
        delivery = await self.conversations.ask(Message(YOU, self._key(place, thread), text))
        note = quoted(text) if place is Place.PRIVATE else ""
        return [self._added(delivery, place, note)] if delivery else []

    async def recommend(self, place: Place, thread: str, text: str) -> list[Change]:
        """Answer `/recommend`, which is private but in direct messages."""
        place = Place.DIRECT if place is Place.DIRECT else Place.PRIVATE
        return [self._added(await self.conversations.recommend(text, YOU, self._key(place, thread)), place)]

    async def compare(self, place: Place, text: str) -> list[Change]:
        """Answer `/compare`."""
        place = Place.DIRECT if place is Place.DIRECT else Place.PRIVATE
        return [self._added(await self.conversations.compare(text, YOU), place)]

    async def press(self, press: Press) -> list[Change]:
        """Do what a button or a menu says."""
        if press.custom_id == PICK + CIRCUMSTANCES:
            return await self._circumstances(press)
        text = press.custom_id.removeprefix(PREFIX)
        if press.custom_id.startswith(PICK):
            text = press.values[0] if press.values else ""
        if press.custom_id.startswith(EXAMPLE):
            examples = self.conversations.advisor().knowledge.about.examples
            return await self.say(Place.PRIVATE, press.thread, examples[int(text.rpartition(".")[2])])
        try:
            return await self._act(decode(text), press)
        except StaleActionError:
            return [self._added(await self.conversations.press(text, YOU), Place.PRIVATE)]

    async def comment(self, custom_id: str, line: str) -> list[Change]:
        """Keep what somebody missed in an answer."""
        rated = decode(custom_id.removeprefix(PREFIX))
        assert isinstance(rated, actions.Rate)
        await self.conversations.comment(rated.about, rated.ref, line, YOU)
        return []

    async def _act(self, action: Action, press: Press) -> list[Change]:
        delivery = await self.conversations.do(action, YOU, self._key(press.place, press.thread))
        note = _note(press.components)
        if isinstance(action, actions.Rate):
            return [{"do": "rated", "verdict": action.verdict, "custom_id": press.custom_id}]
        if isinstance(delivery.reply, Notice):
            gone = delivery.reply.kind is NoticeKind.DELETED
            return [{"do": "delete"} if gone else self._added(delivery, Place.PRIVATE)]
        if isinstance(action, SHARES):
            asked = note.removeprefix("-# ")
            note = f"{SHARED_BY} · {asked}" if asked else SHARED_BY
            return [{"do": "shared"}, self._added(delivery, Place.CHANNEL, note, shared=True)]
        if _is_in_place(action, press.place):
            return [{"do": "replace", **self._drawn(delivery, press.place, note)}]
        return [self._added(delivery, Place.DIRECT if press.place is Place.DIRECT else Place.PRIVATE)]

    async def _circumstances(self, press: Press) -> list[Change]:
        """Make true of a result exactly what is chosen."""
        menu = next(part for part in _walked(press.components) if part.get("custom_id") == press.custom_id)
        switched = [o["value"] for o in menu["options"] if o.get("default", False) != (o["value"] in press.values)]
        delivery, token = None, ""
        for text in switched:
            action = decode(text)
            assert isinstance(action, actions.GuideCircumstance)
            action = replace(action, token=token or action.token)
            delivery = await self.conversations.do(action, YOU, self._key(press.place, press.thread))
            if not isinstance(delivery.reply, Recommendation):
                break
            token = delivery.reply.token
        return [{"do": "replace", **self._drawn(delivery, press.place)}] if delivery else []

    def _added(self, delivery: Delivery, place: Place, note: str = "", *, shared: bool = False) -> Change:
        return {"do": "add", "place": place, **self._drawn(delivery, place, note, shared=shared)}

    def _drawn(self, delivery: Delivery, place: Place, note: str = "", *, shared: bool = False) -> Change:
        around = RenderContext(delivery.ref, delivery.owner, AUDIENCES[place], note, shared)
        return as_sent(delivery.reply, around)

    def _key(self, place: Place, thread: str) -> str:
        pseudonym = self.conversations.pseudonyms.of(YOU)
        direct, private = place is Place.DIRECT, place is Place.PRIVATE
        return f"{thread}/{conversation(3, pseudonym, direct=direct, private=private)}"


def as_sent(reply: Reply, around: RenderContext) -> Change:
    """Return a message as Discord gets it, with the text of its file if it has one."""
    payload: Payload = render(reply, around)
    attached = payload.attachment
    file = {"name": attached.name, "text": attached.content.decode()} if attached else None
    return {"components": payload.components, "attachment": file}


def _is_in_place(action: Action, place: Place) -> bool:
    """Return whether a press changes the message whose button it was; it is always the asker's own here."""
    suggested = isinstance(action, actions.ShowTopic) and bool(action.ref)
    if isinstance(action, actions.ShowMore):
        return place is not Place.CHANNEL
    return suggested or isinstance(action, (*GUIDE, *IN_PLACE))


def _note(components: list[Change]) -> str:
    """Return the line above a message of ours."""
    return next((str(part["content"]) for part in _walked(components) if part.get("id") == NOTE_ID), "")


def _walked(components: list[Change]) -> Iterator[Change]:
    for part in components:
        yield part
        yield from _walked(part.get("components", []))
