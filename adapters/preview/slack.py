"""Slack's half of the page: requests as Slack would send them, read and answered by the code that serves Slack.

What is pressed arrives as the payload that Slack sends for it, so `origins`, `target` and the renderers are the real
ones; only the way to Slack and back is missing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from adapters.conversations.identity import Message
from adapters.conversations.ports import WorkspaceSettings
from adapters.conversations.service import Conversations, Delivery
from adapters.preview import Place
from adapters.slack import origins
from adapters.slack.dispatcher import Dispatcher
from adapters.slack.markup import readable
from adapters.slack.origins import Origin
from adapters.slack.render.answers import NOT_KNOWN
from adapters.slack.render.buttons import RenderContext, Surface, read_value, written_value
from adapters.slack.render.guide import CHIPS, CHOICE
from adapters.slack.render.home import HELP_CHANNEL, NO_HELP_CHANNEL, PUBLIC_CHANNELS, Home, home
from adapters.slack.render.layout import ASK
from adapters.slack.render.render import COMMENT, NEXT, SHARE, comment_modal, message, modal, question_for_people
from adapters.slack.sending import ReplyTarget, decoded, target
from bot import replies
from bot.action_codec import encode
from bot.actions import AskPerson, GuideChoose, GuideCircumstance, GuideFinish, Rate, ShareResult
from bot.replies import Notice, NoticeKind

Payload = dict[str, Any]
CONTEXT = {"team_id": "T0PREVIEW", "user_id": "U0YOU"}
"""Who looks at the page, as Slack would say it."""
VIEWS = (Surface.MODAL, Surface.HOME)
SETTINGS = (PUBLIC_CHANNELS, HELP_CHANNEL, NO_HELP_CHANNEL)


@dataclass(frozen=True)
class Slack:
    """Answers what is done in Slack's half of the page with a list of changes to it."""

    conversations: Conversations

    @property
    def _dispatcher(self) -> Dispatcher:
        return Dispatcher(self.conversations)

    async def say(self, place: Place, thread: str, text: str) -> list[Payload]:
        """Answer a message in a channel, a slash command or a direct message."""
        return await self._hear(_origin(place, thread), text)

    async def recommend(self, place: Place, thread: str, text: str) -> list[Payload]:
        """Answer `/recommend`."""
        origin = _origin(place, thread)
        delivery = await self.conversations.recommend(text, origin.person, origin.conversation)
        return await self._changes(origin, delivery)

    async def compare(self, place: Place, thread: str, text: str) -> list[Payload]:
        """Answer `/advisor compare`."""
        origin = _origin(place, thread)
        return await self._changes(origin, await self.conversations.compare(text, origin.person))

    async def shortcut(self) -> list[Payload]:
        """Answer the global shortcut that begins the guide in a modal."""
        origin = origins.of_global_shortcut({"trigger_id": "1"}, CONTEXT)
        return await self._changes(origin, await self.conversations.recommend("", origin.person))

    async def home(self) -> Payload:
        """Return the App Home as an admin of the workspace sees it."""
        advisor, person = self.conversations.advisor(), origins.person(CONTEXT)
        last = await self.conversations.last_result(person)
        settings = await self.conversations.workspace_settings(person)
        return home(Home(advisor.help(), advisor.topics(), last=last, settings=settings))

    async def press(self, body: Payload) -> list[Payload]:
        """Answer a `block_actions` payload."""
        action, origin = body["actions"][0], origins.of_press(body, CONTEXT)
        if action.get("action_id") in SETTINGS:
            return await self._choose(origin, action)
        if str(action.get("block_id", "")).startswith(f"{CHIPS} "):
            return await self._tick(origin, action)
        value = origins.value_of(action)
        if action.get("block_id") == ASK:
            return await self._hear(origin, value)
        name, _, question = read_value(value)
        if name == ASK:
            return await self._hear(origin, question)
        meant = decoded(value)
        if isinstance(meant, AskPerson):
            return await self._ask_people(origin, question)
        origin = self._dispatcher.as_pressed(value, origin)
        delivery = await self.conversations.press(name, origin.person, origin.conversation)
        if isinstance(meant, Rate) and meant.verdict == "no":
            return [{"do": "open", "view": await self._comment_modal(meant, question, origin)}]
        return await self._changes(origin, delivery, value)

    async def submit(self, body: Payload) -> list[Payload]:
        """Answer a `view_submission` payload."""
        view, origin = body["view"], origins.of_submission(body, CONTEXT)
        if view["callback_id"] == COMMENT:
            about, _, ref = read_value(view["private_metadata"])[0].partition(" ")
            line = view["state"]["values"].get(COMMENT, {}).get(COMMENT, {}).get("value") or ""
            await self.conversations.comment(about, ref, line, origin.person)
            return [{"do": "close"}]
        if view["callback_id"] == SHARE:
            shared = encode(ShareResult(view["private_metadata"]))
            delivery = await self.conversations.press(shared, origin.person)
            return [{"do": "close"}, *await self._changes(replace(origin, surface=Surface.PRIVATE), delivery, shared)]
        assert view["callback_id"] == NEXT
        token, question = view["private_metadata"].split(" ")
        option = view["state"]["values"][CHOICE][CHOICE]["selected_option"]["value"]
        delivery = await self.conversations.do(GuideChoose(token, question, option), origin.person)
        around = await self._dispatcher.around(delivery, ReplyTarget.IN_PLACE, origin)
        return [{"do": "update", "view": modal(delivery.reply, around)}]

    async def _hear(self, origin: Origin, text: str) -> list[Payload]:
        delivery = await self.conversations.ask(Message(origin.person, origin.conversation, text))
        return await self._changes(replace(origin, question=readable(text)), delivery)

    async def _changes(self, origin: Origin, delivery: Delivery | None, value: str = "") -> list[Payload]:
        """Return what a reply changes on the page: a message, one in place of another, a view."""
        if delivery is None or (isinstance(delivery.reply, Notice) and delivery.reply.kind is NoticeKind.THANKS):
            return []
        where = target(value, delivery.reply, origin)
        around = await self._dispatcher.around(delivery, where, origin)
        if origin.surface in VIEWS:
            return [_viewed(origin, where, modal(delivery.reply, replace(around, surface=Surface.MODAL)))]
        if where is ReplyTarget.GONE:
            return [{"do": "delete"}]
        if where is ReplyTarget.IN_PLACE:
            return [{"do": "replace", "payload": message(delivery.reply, around)}]
        added = {"do": "add", "surface": around.surface, "payload": message(delivery.reply, around)}
        if where is not ReplyTarget.SHARED or not origin.message:
            return [added]
        private = await self._dispatcher.around(delivery, ReplyTarget.IN_PLACE, origin)
        return [added, {"do": "replace", "payload": message(delivery.reply, replace(private, shared=True))}]

    async def _tick(self, origin: Origin, action: Payload) -> list[Payload]:
        """Add the circumstances that were ticked to a result, and take away those that were not."""
        _, token, on = action["block_id"].split(" ")
        ticked = {option["value"] for option in action.get("selected_options") or ()}
        delivery, first = None, token
        for chip in sorted(ticked ^ set(filter(None, on.split(",")))):
            change = GuideCircumstance(token, chip)
            delivery = await self.conversations.do(change, origin.person, origin.conversation)
            if not isinstance(delivery.reply, replies.Recommendation):
                break
            token = delivery.reply.token
        return await self._changes(origin, delivery, encode(GuideFinish(first)))

    async def _choose(self, origin: Origin, action: Payload) -> list[Payload]:
        """Keep what an admin has chosen in the App Home."""
        now = await self.conversations.workspace_settings(origin.person)
        await self.conversations.change_workspace_settings(origin.person, _chosen(now, action))
        return [{"do": "home", "view": await self.home()}]

    async def _ask_people(self, origin: Origin, question: str) -> list[Payload]:
        asked = question_for_people(question, origin.person.user)
        done = message(
            Notice(NoticeKind.INFO, "Done: your question is in the channel."), RenderContext(Surface.PRIVATE)
        )
        return [
            {"do": "add", "surface": Surface.CHANNEL, "payload": asked},
            {"do": "add", "surface": Surface.PRIVATE, "payload": done},
        ]

    async def _comment_modal(self, rated: Rate, question: str, origin: Origin) -> Payload:
        advisor = self.conversations.advisor()
        known = advisor.topic(rated.about) if rated.about != NOT_KNOWN else None
        near = known.related[:3] if isinstance(known, replies.Answer) else advisor.complete(question, 3)
        asks = await self._dispatcher.asks_people(origin)
        around = RenderContext(Surface.MODAL, rated.ref, question=question, asks_people=asks)
        return comment_modal(written_value(f"{rated.about} {rated.ref}", "", question), near, around)


def _origin(place: Place, thread: str) -> Origin:
    """Return where something was typed; `thread` tells one conversation on the page from another."""
    match place:
        case Place.CHANNEL:
            return origins.of_mention({"channel": "C0GENERAL", "ts": thread}, CONTEXT)
        case Place.DIRECT:
            return origins.of_direct_message({"channel": f"D{thread}", "ts": thread}, CONTEXT)
        case Place.PRIVATE:
            return replace(origins.of_command({"channel_id": f"C{thread}"}, CONTEXT), event="")


def _viewed(origin: Origin, where: ReplyTarget, view: Payload) -> Payload:
    if not origin.view or origin.surface is Surface.HOME:
        return {"do": "open", "view": view}
    if where is not ReplyTarget.IN_PLACE and not origin.is_top_view:
        return {"do": "push", "view": view}
    return {"do": "update", "view": view}


def _chosen(now: WorkspaceSettings, action: Payload) -> WorkspaceSettings:
    if action["action_id"] == PUBLIC_CHANNELS:
        return replace(now, channels=tuple(action.get("selected_conversations") or ()))
    return replace(now, help_channel=action.get("selected_conversation") or "")
