"""Team choices: one begins it, each member answers the guide in private, and whoever began it reveals the verdict."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import NamedTuple

from adapters.conversations.ports import StoreUnavailableError, TeamChoice, Teams
from bot.actions import JoinTeam, RevealTeam
from bot.guide import Guide, UnreadableTokenError
from bot.guide.team import LEAST
from bot.guide.tokens import TEAM
from bot.replies import Notice, NoticeKind, Recommendation, Reply, TeamCard, TeamVerdict

OVER = "This team choice is over; one is open for a day. Begin a new one with `recommend team`."
NOT_YOURS = "Only the person who began this can reveal the verdict. You can still answer, or answer again."
NOT_ENOUGH = "{} so far, and a verdict needs at least three: with fewer, a count would tell who said what."
COUNTED = "Counted for the team: {} so far. Nobody is shown what you answered."
NOT_COUNTED = "This team choice is over, so the result is for you alone."
NO_MEMORY = "My memory is out of reach just now, and a team choice needs it. Please try again in a few minutes."


class CardPlace(NamedTuple):
    """Where the card of a team choice stands, and who may take it away."""

    channel: str
    message: str
    owner: str


@dataclass(frozen=True)
class TeamChoices:
    """Holds team choices in a store; while that is away, it says so."""

    store: Teams
    away: Callable[[], None]
    """Is told when the store is away."""

    async def begin(self, starter: str) -> Reply:
        """Begin a team choice for the person with this mark, and return its card."""
        team = secrets.token_hex(TEAM // 2)
        try:
            await self.store.begin_team(team, starter)
        except StoreUnavailableError:
            return self._no_memory()
        return TeamCard(team, 0, LEAST)

    async def pressed(self, press: JoinTeam | RevealTeam, mark: str, guide: Guide) -> Reply:
        """Do what a button of a card says: begin the guide for a member, or reveal the verdict."""
        try:
            choice = await self.store.team(press.team)
            if choice is None:
                return Notice(NoticeKind.STALE, OVER)
            if isinstance(press, JoinTeam):
                return guide.begin(owner=mark, team=press.team)
            return await self._revealed(press.team, choice, mark, guide)
        except StoreUnavailableError:
            return self._no_memory()

    async def counted(self, result: Recommendation, mark: str) -> Recommendation:
        """Keep a member's result, and say so on it."""
        try:
            if await self.store.team(result.team) is None:
                return replace(result, notice=NOT_COUNTED)
            await self.store.team_answer(result.team, mark, result.code)
            choice = await self.store.team(result.team)
        except StoreUnavailableError:
            return replace(result, notice=self._no_memory().text)
        said = COUNTED.format(people(len(choice.answers) if choice else 1))
        return replace(result, notice=" ".join(filter(None, [result.notice, said])))

    async def card_for(self, reply: Reply) -> tuple[TeamCard, CardPlace] | None:
        """Return the card that a result counts on, as it is now, and where it stands.

        There is none for other replies, and where the choice is over, the verdict or nothing stands there, or the store
        is away.
        """
        if not (isinstance(reply, Recommendation) and reply.team):
            return None
        try:
            choice = await self.store.team(reply.team)
        except StoreUnavailableError:
            self.away()
            return None
        if choice is None or choice.revealed or not choice.place:
            return None
        return TeamCard(reply.team, len(choice.answers), LEAST), CardPlace(*choice.place.split(" "))

    async def keep_place(self, team: str, place: CardPlace) -> None:
        """Note where a card stands, so that any process can change its count."""
        with suppress(StoreUnavailableError):
            await self.store.team_place(team, " ".join(place))

    async def _revealed(self, team: str, choice: TeamChoice, mark: str, guide: Guide) -> Reply:
        if choice.starter not in ("", mark):
            return Notice(NoticeKind.INFO, NOT_YOURS)
        if len(choice.answers) < LEAST:
            return Notice(NoticeKind.INFO, NOT_ENOUGH.format(people(len(choice.answers))))
        try:
            verdict = guide.team_verdict(choice.answers, team, choice.revealed)
        except UnreadableTokenError:  # the knowledge base was changed for another one
            return Notice(NoticeKind.STALE, OVER)
        if isinstance(verdict, TeamVerdict):
            await self.store.team_revealed(team, verdict.result)
        return verdict

    def _no_memory(self) -> Notice:
        self.away()
        return Notice(NoticeKind.FAILED, NO_MEMORY)


def people(count: int) -> str:
    """Return how many have answered, in words."""
    return "Nobody has answered" if not count else f"{count} {'has' if count == 1 else 'have'} answered"
