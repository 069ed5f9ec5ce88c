"""Team choices: one begins it, each member answers the guide in private, and whoever began it reveals the verdict."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace

from adapters.conversations.ports import TeamChoice, Teams
from bot.guide import Guide, UnreadableTokenError
from bot.guide.team import LEAST
from bot.guide.tokens import TEAM
from bot.replies import Notice, NoticeKind, Recommendation, Reply, TeamCard, TeamVerdict

OVER = "This team choice is over; one is open for a day. Begin a new one with `recommend team`."
NOT_YOURS = "Only the person who began this can reveal the verdict. You can still answer, or answer again."
NOT_ENOUGH = "{} so far, and a verdict needs at least three: with fewer, a count would tell who said what."
COUNTED = "Counted for the team: {} so far. Nobody is shown what you answered."
NOT_COUNTED = "This team choice is over, so the result is for you alone."


@dataclass(frozen=True)
class TeamChoices:
    """Holds team choices in a store. Its methods raise `StoreUnavailableError` where that is away."""

    store: Teams

    async def begin(self, starter: str) -> TeamCard:
        """Begin a team choice for the person with this mark, and return its card."""
        team = secrets.token_hex(TEAM // 2)
        await self.store.begin_team(team, starter)
        return TeamCard(team, 0, LEAST)

    async def card(self, team: str) -> TeamCard | None:
        """Return the card of a team choice as it is now; None where it is over, or its verdict stands there."""
        choice = await self.store.team(team)
        return None if choice is None or choice.revealed else _card(team, choice)

    async def place(self, team: str) -> str:
        """Return where the card stands, as the platform wrote it; empty where that is not known."""
        choice = await self.store.team(team)
        return choice.place if choice else ""

    async def join(self, team: str, mark: str, guide: Guide) -> Reply:
        """Begin the guide for a member, whose result will count."""
        if await self.store.team(team) is None:
            return Notice(NoticeKind.STALE, OVER)
        return guide.begin(owner=mark, team=team)

    async def counted(self, result: Recommendation, mark: str) -> Recommendation:
        """Keep a member's result, and say so on it."""
        if await self.store.team(result.team) is None:
            return replace(result, notice=NOT_COUNTED)
        await self.store.team_answer(result.team, mark, result.code)
        choice = await self.store.team(result.team)
        said = COUNTED.format(people(len(choice.answers) if choice else 1))
        return replace(result, notice=" ".join(filter(None, [result.notice, said])))

    async def reveal(self, team: str, mark: str, guide: Guide) -> TeamVerdict | Notice:
        """Return the verdict to whoever began the choice; a notice to others, and while too few have answered."""
        choice = await self.store.team(team)
        if choice is None:
            return Notice(NoticeKind.STALE, OVER)
        if choice.starter not in ("", mark):
            return Notice(NoticeKind.INFO, NOT_YOURS)
        if len(choice.answers) < LEAST:
            return Notice(NoticeKind.INFO, NOT_ENOUGH.format(people(len(choice.answers))))
        try:
            verdict = guide.team_verdict(choice.answers, team, choice.revealed)
        except UnreadableTokenError:
            return Notice(NoticeKind.STALE, OVER)
        if isinstance(verdict, TeamVerdict):
            await self.store.team_revealed(team, verdict.result)
        return verdict


def people(count: int) -> str:
    """Return how many have answered, in words."""
    return "Nobody has answered" if not count else f"{count} {'has' if count == 1 else 'have'} answered"


def _card(team: str, choice: TeamChoice) -> TeamCard:
    return TeamCard(team, len(choice.answers), LEAST)
