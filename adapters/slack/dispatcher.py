"""Between the listeners and the application service: asks it, sends what it says, and bounds what can go wrong."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from adapters.conversations import texts
from adapters.conversations.flow_control import Acknowledgement
from adapters.conversations.identity import Message, may_change
from adapters.conversations.service import Conversations, Delivery
from adapters.slack.markup import readable
from adapters.slack.origins import Origin, alone
from adapters.slack.render.buttons import USUAL_COMMANDS, Commands, RenderContext, Surface, read_value
from adapters.slack.render.layout import ASK
from adapters.slack.render.render import message
from adapters.slack.sending import SHARES, ReplyTarget, decoded, note_place, recount, send, show, target
from bot import actions
from bot.replies import Notice, NoticeKind, NotKnown, TeamCard

MOST_AT_WORK, LONGEST_QUEUE = 1_000, 5.0
"""Answers under way at once, and seconds that a question waits to be read, beyond which messages had better come again.

Both are more than a healthy process ever has, and less than lets another one take a claim over.
"""
PATIENCE = 2.0
"""Seconds to wait for the answer to an event before it is left unacknowledged; Slack sends it again after 3."""
ANSWER_IN_ACKNOWLEDGEMENT = 1.0
"""Seconds that an answer has to travel inside the acknowledgement, for which Slack waits 3 seconds.

When hundreds of people ask in the same moment, their requests have to be read and acknowledged within these as well.
"""
OK = 200
FAILED = Delivery(Notice(NoticeKind.FAILED, texts.FAILED), "", "")
NOT_HERE = "The admins of this workspace have chosen where I may answer in public, and this channel is not among them."
ONLY_THE_ASKER = "Thank you. Only the person who asked can say whether this helped."
VIEWS = (Surface.MODAL, Surface.HOME)
PUBLIC = (ReplyTarget.NEW, ReplyTarget.IN_PLACE)
Ask = Callable[[], Awaitable[Delivery | None]]
Payload = dict[str, Any]
T = TypeVar("T")
log = logging.getLogger(__name__)


class BackgroundTasks:
    """Keeps track of tasks, so that nothing that Slack was told is accepted gets lost."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[Any]] = set()

    def __len__(self) -> int:
        """How much is not done yet."""
        return len(self._tasks)

    def start(
        self, coroutine: Coroutine[Any, Any, T], acknowledgement: Acknowledgement | None = None
    ) -> asyncio.Task[T]:
        """Run `coroutine` and remember it until it is done; the acknowledgement, if any, waits for it."""
        task = asyncio.create_task(coroutine)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        if acknowledgement:
            acknowledgement.wait_for(task)
        return task

    async def drain(self, seconds: float) -> int:
        """Wait until everything is done, also what starts meanwhile; give up after `seconds`.

        Returns:
            How many tasks were given up and cancelled.
        """
        clock = asyncio.get_running_loop().time
        end = clock() + seconds
        while self._tasks and clock() < end:
            await asyncio.wait(set(self._tasks), timeout=end - clock(), return_when=asyncio.FIRST_COMPLETED)
        left = set(self._tasks)
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)
        return len(left)


@dataclass
class Dispatcher:
    """What all listeners share."""

    conversations: Conversations
    commands: Commands = USUAL_COMMANDS
    work: BackgroundTasks = field(default_factory=BackgroundTasks)

    @property
    def is_full(self) -> bool:
        """Whether there is so much to do that a message had better come again."""
        return len(self.work) >= MOST_AT_WORK or self.conversations.reading.delay > LONGEST_QUEUE

    def turns_away(self) -> bool:
        """Return whether an event had better come again, as there is so much to do; that is counted."""
        full = self.is_full
        if full:
            self.conversations.observer.failed("slack", "busy")
        return full

    async def until_answered(
        self, dispatched: Awaitable[BoltResponse], acknowledgement: Acknowledgement, seconds: float
    ) -> BoltResponse | None:
        """Return what Bolt says to an event once that is answered; None where Slack had better send it again.

        That is what is not answered within so many seconds, and what another process is at work on: by the time that
        it comes again, it is answered, or may be taken over.
        """
        try:
            said = await dispatched
            return said if said.status != OK or await acknowledgement.settled(seconds) else None
        finally:
            acknowledgement.hold_back()  # whatever goes on now has to know that the message comes again

    def hear(self, text: str, origin: Origin, client: AsyncWebClient) -> None:
        """Answer a message, after the acknowledgement."""
        said = Message(origin.person, origin.conversation, text, origin.event)
        self.start(
            replace(origin, question=readable(text)),
            client,
            lambda: self.conversations.ask(said, origin.acknowledgement),
        )

    def press(self, value: str, origin: Origin, client: AsyncWebClient) -> None:
        """Do what a button says, after the acknowledgement; `value` is the whole value of the button."""
        action, _, question = read_value(value)
        pressed = self.as_pressed(value, origin)
        if action == ASK:
            self.hear(question, pressed, client)
            return

        async def done() -> Delivery | None:
            if pressed.stranger and isinstance(decoded(value), actions.Rate):
                return Delivery(Notice(NoticeKind.INFO, ONLY_THE_ASKER), "", "")
            return await self.conversations.press(action, pressed.person, pressed.conversation)

        self.start(pressed, client, self._once(pressed, done), value)

    def as_pressed(self, value: str, origin: Origin) -> Origin:
        """Return the origin of a press, with what depends on who pressed and on what."""
        if isinstance(decoded(value), (*SHARES, actions.AskPerson)) and origin.message:
            # A second click is another press with another trigger, and yet must not post again.
            once = f"slack/{origin.person.workspace}/{origin.channel}/{origin.message}/{read_value(value)[0]}"
            origin = replace(origin, event=once)
        pseudonym = self.conversations.pseudonyms.of(origin.person)
        if origin.surface is not Surface.CHANNEL or may_change((*origin.values, read_value(value)[0]), pseudonym):
            return origin
        return replace(origin, stranger=True, conversation=alone(origin.channel, origin.person), shared_by="")

    def start(self, origin: Origin, client: AsyncWebClient, ask: Ask, value: str = "") -> None:
        """Ask and send the answer, as a piece of work that is waited for when the process stops."""
        answering = self._answered(origin, client, ask, value)
        self.work.start(self._bounded(origin, client, answering), origin.acknowledgement)

    def attempt(self, origin: Origin, client: AsyncWebClient, doing: Awaitable[Any]) -> None:
        """Do something that answers nobody, such as drawing the App Home."""
        self.work.start(self._bounded(origin, client, doing), origin.acknowledgement)

    async def in_time(self, origin: Origin, client: AsyncWebClient, ask: Ask) -> Payload:
        """Return the answer to a command as the arguments of its acknowledgement, where it is there in time.

        An answer inside the acknowledgement needs no second request, and no process that stops can lose it. A later
        one is sent afterwards, and one that was given already is not given again: then there are no arguments.
        """
        asked = self.work.start(self._safe(self._once(origin, ask)))
        await asyncio.wait({asked}, timeout=ANSWER_IN_ACKNOWLEDGEMENT)
        if not asked.done():
            self.work.start(self._bounded(origin, client, self._late(asked, origin, client)))
            return {}
        delivery = asked.result()
        if delivery is None:
            return {}
        try:
            public = isinstance(delivery.reply, TeamCard)
            seen = replace(origin, surface=Surface.CHANNEL) if public and origin.surface is Surface.PRIVATE else origin
            around = await self.around(delivery, ReplyTarget.NEW, seen)
            return {"response_type": "in_channel" if public else "ephemeral"} | message(delivery.reply, around)
        except Exception:
            log.exception("Slack: an answer could not be drawn")
            self.conversations.observer.failed("slack", "answer")
            return {"response_type": "ephemeral", "text": texts.FAILED}

    async def around(self, delivery: Delivery, where: ReplyTarget, origin: Origin) -> RenderContext:
        """Return what surrounds a reply that goes to `where` from `origin`."""
        surface, sharer, share_to = origin.surface, "", origin.share_to
        if where is ReplyTarget.SHARED:
            surface, sharer = Surface.CHANNEL, origin.person.user
        elif where is ReplyTarget.ASIDE and surface not in VIEWS:
            surface = Surface.PRIVATE
            share_to = share_to or (origin.thread or origin.message if origin.surface is Surface.CHANNEL else "")
        elif where is ReplyTarget.IN_PLACE:
            sharer = origin.shared_by
        return RenderContext(
            surface,
            delivery.ref,
            delivery.owner,
            origin.person.user,
            sharer,
            question=origin.question,
            share_to=share_to,
            asks_people=isinstance(delivery.reply, NotKnown) and await self.asks_people(origin),
            commands=self.commands,
            name=self.conversations.advisor().knowledge.about.called,
        )

    async def asks_people(self, origin: Origin) -> bool:
        """Return whether the workspace has a channel where people answer what the advisor cannot."""
        return bool((await self.conversations.workspace_settings(origin.person)).help_channel)

    async def tell(self, client: AsyncWebClient, origin: Origin, notice: Notice) -> None:
        """Tell the person who acted something that nobody else sees."""
        await self._deliver(client, origin, ReplyTarget.ASIDE, Delivery(notice, "", ""))

    def _once(self, origin: Origin, ask: Ask) -> Ask:
        async def asked() -> Delivery | None:
            first = not origin.event or await self.conversations.first(origin.event, "slack")
            return await ask() if first else None

        return asked

    async def _answered(self, origin: Origin, client: AsyncWebClient, ask: Ask, value: str) -> None:
        delivery = await ask()
        if delivery is None:
            return
        reply = delivery.reply
        if not (isinstance(reply, Notice) and reply.kind is NoticeKind.THANKS):  # the thumbs show that by themselves
            where = target(value, reply, origin)
            where, delivery = await self._allowed(where, delivery, origin)
            await self._deliver(client, origin, where, delivery)
        await note_place(self.conversations, decoded(value), origin)
        await recount(self.conversations, client, reply, self.commands)
        if origin.event:
            await self.conversations.answered(origin.event, "slack")

    async def _allowed(self, where: ReplyTarget, delivery: Delivery, origin: Origin) -> tuple[ReplyTarget, Delivery]:
        """Keep to the channels in which the admins allow public answers: elsewhere only the asker gets one."""
        public = where is ReplyTarget.SHARED or (origin.surface is Surface.CHANNEL and where in PUBLIC)
        if not public:
            return where, delivery
        channels = (await self.conversations.workspace_settings(origin.person)).channels
        if not channels or origin.channel in channels:
            return where, delivery
        if where is ReplyTarget.SHARED:
            return ReplyTarget.ASIDE, replace(delivery, reply=Notice(NoticeKind.INFO, NOT_HERE))
        return ReplyTarget.ASIDE, delivery

    async def _late(self, asked: asyncio.Task[Delivery | None], origin: Origin, client: AsyncWebClient) -> None:
        delivery = await asked
        if delivery:
            public = isinstance(delivery.reply, TeamCard)
            await self._deliver(client, origin, ReplyTarget.SHARED if public else ReplyTarget.NEW, delivery)

    async def _deliver(self, client: AsyncWebClient, origin: Origin, where: ReplyTarget, delivery: Delivery) -> None:
        around = await self.around(delivery, where, origin)
        if origin.surface in VIEWS:
            await show(client, origin, where, delivery.reply, around)
            return
        await send(client, origin, where, {} if where is ReplyTarget.GONE else message(delivery.reply, around))
        if where is ReplyTarget.SHARED and origin.message:
            private = await self.around(delivery, ReplyTarget.IN_PLACE, origin)
            await send(client, origin, ReplyTarget.IN_PLACE, message(delivery.reply, replace(private, shared=True)))

    async def _safe(self, ask: Ask) -> Delivery | None:
        try:
            return await ask()
        except Exception:
            log.exception("Slack: an answer failed")
            self.conversations.observer.failed("slack", "answer")
            return FAILED

    async def _bounded(self, origin: Origin, client: AsyncWebClient, doing: Awaitable[Any]) -> None:
        """The one error boundary: the log gets everything, the person a word, and no text of an exception."""
        try:
            await doing
        except Exception:
            log.exception("Slack: an answer failed")
            self.conversations.observer.failed("slack", "answer")
            await self._say_so(origin, client)

    async def _say_so(self, origin: Origin, client: AsyncWebClient) -> None:
        """Tell the person that an answer failed; by another way where the address for the answer is dead."""
        ways = [origin]
        if origin.response_url and origin.channel:
            ways.append(replace(origin, response_url=""))
        for way in ways:
            try:
                await self._deliver(client, way, ReplyTarget.ASIDE, FAILED)
            except Exception as error:
                if way is ways[-1]:
                    log.exception("Slack: the person could not be told that an answer failed", exc_info=error)
            else:
                return
