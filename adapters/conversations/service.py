"""What happens around a question, on every platform alike: claim, limit, remember, answer, note what was missed."""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TypeVar

from adapters.conversations.flow_control import Acknowledgement, RateLimit, Turns
from adapters.conversations.identity import Message, Person, Pseudonyms, workspace_of
from adapters.conversations.journal import missed, tally, unhelpful
from adapters.conversations.memory_store import MemoryStore, NullObserver
from adapters.conversations.ports import (
    Feedback,
    Observer,
    Store,
    StoreUnavailableError,
    WorkspaceSettings,
)
from adapters.conversations.team_choices import TeamChoices
from adapters.conversations.texts import spoken, without_mention
from bot import actions, replies
from bot.action_codec import StaleActionError, decode
from bot.advisor import NO_GUIDE, RECOMMEND, STALE, Advisor, Turn
from bot.context import Context, remembered
from bot.replies import Notice, NoticeKind, NotKnown, Reply, Unknown

T = TypeVar("T")
UNCLAIMED = "claim"
"""The place of a failure after which an event is answered without a claim, and so perhaps twice."""
log = logging.getLogger(__name__)

NOT_YOURS = "Only the person who asked can delete this."
WORKSPACE_BUSY = "Everybody here has asked a lot in the last minute. Please try again in a moment."
BUSY = "That is a lot of questions at once. Give me a minute, then ask again."
THANKS = "Thank you, noted."
NOT_NOTED = "Then I don't know. Other words may help."
FORGOTTEN = "Done. I no longer keep anything about you: no conversation, no feedback."
TEAM = "team"
"""What is typed after the command to choose, to choose as a team."""
NOT_FORGOTTEN = "My memory is out of reach just now, so I could not remove anything. Please try again in a few minutes."


@dataclass(frozen=True, slots=True)
class Delivery:
    """A reply on its way to a platform."""

    reply: Reply
    ref: str
    """Names this turn in its buttons, so that feedback and "none of these" find what they are about."""
    owner: str
    """The mark of the person who asked: what a delete button carries."""


@dataclass
class Conversations:
    """The application service that every platform talks to. Safe to share by all listeners of a process."""

    advisor: Callable[[], Advisor]
    """Gives the advisor of the moment: the knowledge base may be swapped while we run."""
    store: Store = field(default_factory=MemoryStore)
    pseudonyms: Pseudonyms = field(default_factory=Pseudonyms)
    limit: RateLimit = field(default_factory=lambda: RateLimit(burst=10, per_minute=30, clock=time.monotonic))
    """Questions of one person. Buttons, feedback, deleting and forgetting are never limited."""
    workspace_limit: RateLimit = field(
        default_factory=lambda: RateLimit(burst=300, per_minute=600, clock=time.monotonic)
    )
    observer: Observer = field(default_factory=NullObserver)
    privacy: str = "I keep nothing about you."
    keep_missed: bool = True
    reading: Turns = field(default_factory=Turns)

    async def ask(self, message: Message, acknowledgement: Acknowledgement | None = None) -> Delivery | None:
        """Answer a message; None where somebody else already does, or has (`acknowledgement` tells the two apart)."""
        platform = message.person.platform
        if message.event and not await self.first(message.event, platform, acknowledgement):
            return None
        started, mark = time.perf_counter(), self.pseudonyms.of(message.person)
        refused = self._refused(message.person, mark)
        if refused:
            return self._delivered(refused, message.person, started)
        key = message.person.conversation_key(message.conversation)
        context = await self._context(message, key)
        turn = await self._turn(message, context, mark)
        turn = replace(turn, reply=await self._counted(turn.reply, mark))
        delivery = self._delivered(turn.reply, message.person, started)
        if message.conversation and turn.context != context:
            await self._try(platform, lambda: self.store.save(key, turn.context, mark), None)
        await self._count(delivery, platform)
        await self._note(delivery, message)
        return delivery

    async def _turn(self, message: Message, context: Context, mark: str) -> Turn:
        if without_mention(message.text).strip(" /.!").casefold() == f"{RECOMMEND} {TEAM}":
            return Turn((await self.begin_team(message.person)).reply, context)
        command = spoken(message.text)
        if command is None:
            async with self.reading.turn():
                return self.advisor().ask(without_mention(message.text), context, owner=mark)
        reply = await self._reply_to(command, message.person, mark)
        return Turn(reply, remembered(reply, context))

    async def press(self, text: str, person: Person, conversation: str = "") -> Delivery:
        """Do what the button with this text says, pressed by this person."""
        try:
            press = decode(text)
        except StaleActionError:
            return self._delivered(Notice(NoticeKind.STALE, STALE), person, time.perf_counter())
        return await self.do(press, person, conversation)

    async def do(self, press: actions.Action, person: Person, conversation: str = "") -> Delivery:
        """Do what a press says; also what slash commands and shortcuts mean."""
        started, mark = time.perf_counter(), self.pseudonyms.of(person)
        return await self._served(person, await self._reply_to(press, person, mark), conversation, started)

    async def compare(self, text: str, person: Person) -> Delivery:
        """Put the sides next to each other on what `text` names; on everything where it is empty."""
        return await self._typed(person, lambda _mark: self.advisor().compare(text))

    async def recommend(self, text: str, person: Person, conversation: str = "") -> Delivery:
        """Begin the guide with what a description says; what is typed next in the conversation may answer."""
        if text.strip().casefold() == TEAM:
            return await self.begin_team(person)
        return await self._typed(person, lambda mark: self.advisor().begin_guide(text, owner=mark), conversation)

    async def begin_team(self, person: Person) -> Delivery:
        """Begin a team choice, whose card is for everybody in the channel."""
        started, mark = time.perf_counter(), self.pseudonyms.of(person)
        reply: Reply | None = self._refused(person, mark)
        if reply is None and self.advisor().guide is None:
            reply = Notice(NoticeKind.NO_GUIDE, NO_GUIDE)
        return await self._served(person, reply or await self.teams.begin(mark), "", started)

    @property
    def teams(self) -> TeamChoices:
        """The team choices."""
        return TeamChoices(self.store, lambda: self.observer.failed("teams", "store"))

    async def reopen(self, code: str, person: Person, conversation: str = "") -> Delivery:
        """Show the result that a code stands for. A code that cannot be read is said to be one, never a question."""
        shown = actions.ShareResult(code.strip().strip("`"))
        return await self._typed(person, lambda mark: self.advisor().press(shown, owner=mark), conversation)

    async def comment(self, about: str, ref: str, text: str, person: Person) -> None:
        """Note what somebody missed in a reply, for whoever writes the knowledge; without who said it."""
        if self.keep_missed and text.strip():
            question = unhelpful(about, ref, text, person)
            await self._try(person.platform, lambda: self.store.missed(question), None)

    async def last_result(self, person: Person) -> replies.Recommendation | None:
        """Return the person's last recommendation of the guide, while it is remembered."""
        guide, mark = self.advisor().guide, self.pseudonyms.of(person)
        kept = await self._try(
            person.platform, lambda: self.store.load(person.conversation_key(f"result/{mark}")), None
        )
        reply = guide.reopen(kept.guide, mark) if guide and kept and kept.guide else None
        return reply if isinstance(reply, replies.Recommendation) else None

    async def workspace_settings(self, person: Person) -> WorkspaceSettings:
        """Return what the admins of the person's workspace have chosen; the defaults while the store is away."""
        return await self._try(
            person.platform, lambda: self.store.workspace_settings(person.workspace_key), WorkspaceSettings()
        )

    async def change_workspace_settings(self, person: Person, settings: WorkspaceSettings) -> bool:
        """Keep what an admin has chosen, and log that; return whether it could be kept.

        Whether the person is an admin is for the platform to know.
        """

        async def keep() -> bool:
            await self.store.keep_workspace_settings(person.workspace_key, settings)
            return True

        kept = await self._try(person.platform, keep, False)
        if kept:
            by = {"platform": person.platform, "by": self.pseudonyms.of(person)}
            chosen = {"channels": len(settings.channels), "help_channel": bool(settings.help_channel)}
            log.info("Workspace settings changed", extra={**by, **chosen, "threads": settings.threads})
        return kept

    async def forget_workspace(self, person: Person) -> None:
        """Remove what the admins of a workspace had chosen, as the advisor was removed from it."""
        await self._try(person.platform, lambda: self.store.forget_workspace(person.workspace_key), None)

    async def first(self, event: str, platform: str, acknowledgement: Acknowledgement | None = None) -> bool:
        """Return whether nobody has claimed this event yet; True where the store is away, which is counted."""
        try:
            return await self.store.claim(event, acknowledgement)
        except StoreUnavailableError:
            self.observer.failed(platform, UNCLAIMED)
            return True

    async def answered(self, event: str, platform: str) -> None:
        """Note that an event has its answer: to be called once the platform has taken it."""
        await self._try(platform, lambda: self.store.answered(event), None)

    async def _typed(self, person: Person, make: Callable[[str], Reply], conversation: str = "") -> Delivery:
        """Make a reply to something typed for the person with this mark, within the limits."""
        started, mark = time.perf_counter(), self.pseudonyms.of(person)
        refused = self._refused(person, mark)
        if refused:
            return self._delivered(refused, person, started)
        return await self._served(person, make(mark), conversation, started)

    def _refused(self, person: Person, mark: str) -> Notice | None:
        """Count a question; return a notice where the person or the workspace has asked too many."""
        if not self.limit.allows(mark):
            return Notice(NoticeKind.BUSY, BUSY)
        if person.workspace and not self.workspace_limit.allows(person.workspace_key):
            return Notice(NoticeKind.BUSY, WORKSPACE_BUSY)
        return None

    async def _served(self, person: Person, reply: Reply, conversation: str, started: float) -> Delivery:
        """Return a reply on its way, remembered for the conversation and counted."""
        mark = self.pseudonyms.of(person)
        reply = await self._counted(reply, mark)
        delivery = self._delivered(reply, person, started)
        if conversation:
            await self._remember(reply, person, conversation, mark)
        if isinstance(reply, replies.Recommendation):
            result = Context(guide=reply.token)
            key = person.conversation_key(f"result/{mark}")
            await self._try(person.platform, lambda: self.store.save(key, result, mark), None)
        await self._count(delivery, person.platform)
        return delivery

    async def _counted(self, reply: Reply, mark: str) -> Reply:
        """Count a member's result for the team choice that it was made for."""
        if isinstance(reply, replies.Recommendation) and reply.team:
            return await self.teams.counted(reply, mark)
        return reply

    async def _context(self, message: Message, key: str) -> Context:
        if not message.conversation:
            return Context()
        return await self._try(message.person.platform, lambda: self.store.load(key), None) or Context()

    async def _reply_to(self, press: actions.Action, person: Person, mark: str) -> Reply:
        platform = person.platform
        match press:
            case actions.Rate(about, verdict, ref):
                word = Feedback(ref, platform, about, verdict == "yes", mark, workspace_of(person))
                await self._try(platform, lambda: self.store.feedback(word), None)
                return Notice(NoticeKind.THANKS, THANKS)
            case actions.ShowPrivacy():
                return Notice(NoticeKind.PRIVACY, self.privacy)
            case actions.ForgetMe():
                forgotten = await self._try(platform, lambda: self.store.forget(mark), -1)
                return Notice(NoticeKind.FORGOTTEN, FORGOTTEN if forgotten >= 0 else NOT_FORGOTTEN)
            case actions.JoinTeam() | actions.RevealTeam():
                guide = self.advisor().guide
                no_guide = Notice(NoticeKind.NO_GUIDE, NO_GUIDE)
                return await self.teams.pressed(press, mark, guide) if guide else no_guide
            case actions.Delete(owner):
                return Notice(NoticeKind.DELETED, "") if owner == mark else Notice(NoticeKind.NOT_YOURS, NOT_YOURS)
            case actions.ShowTopic(topic, ref) if ref:
                await self._try(platform, lambda: self.store.chosen(ref, topic), None)
            case actions.NoneOfThese(ref):
                await self._try(platform, lambda: self.store.turned_down(ref), None)
                if not self.keep_missed:
                    return NotKnown(Unknown.NONE_OF_THESE, NOT_NOTED)
            case _:
                pass
        return self.advisor().press(press, owner=mark, on=datetime.now(UTC).date())

    async def _remember(self, reply: Reply, person: Person, conversation: str, mark: str) -> None:
        key = person.conversation_key(conversation)
        before = await self._try(person.platform, lambda: self.store.load(key), None) or Context()
        after = remembered(reply, before)
        if after != before:
            await self._try(person.platform, lambda: self.store.save(key, after, mark), None)

    async def _note(self, delivery: Delivery, message: Message) -> None:
        question = missed(delivery.reply, delivery.ref, message) if self.keep_missed else None
        if question:
            await self._try(message.person.platform, lambda: self.store.missed(question), None)

    async def _count(self, delivery: Delivery, platform: str) -> None:
        counted = tally(delivery.reply, platform)
        await self._try(platform, lambda: self.store.count(counted), None)

    def _delivered(self, reply: Reply, person: Person, started: float) -> Delivery:
        self.observer.replied(person.platform, type(reply).__name__, time.perf_counter() - started)
        return Delivery(reply, secrets.token_urlsafe(6), self.pseudonyms.of(person))

    async def _try(self, platform: str, call: Callable[[], Awaitable[T]], otherwise: T) -> T:
        """Use the store; where it is away, go on without it."""
        try:
            return await call()
        except StoreUnavailableError:
            self.observer.failed(platform, "store")
            return otherwise
