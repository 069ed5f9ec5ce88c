"""A store that lasts as long as its process: for the terminal, for tests, and while a database is away.

And an observer that observes nothing, for the first two.
"""

from __future__ import annotations

from collections import Counter, OrderedDict
from dataclasses import replace
from typing import Any

from adapters.conversations.flow_control import Acknowledgement
from adapters.conversations.ports import Feedback, Missed, TeamChoice, UsageCount, WorkspaceSettings
from bot.context import Context

REMEMBERED = 10_000
"""Entries of each kind that are kept; the oldest go first, so memory stays bounded."""


class MemoryStore:
    """A `Store` in memory."""

    def __init__(self) -> None:
        self.claimed: OrderedDict[str, None] = OrderedDict()
        self.contexts: OrderedDict[str, tuple[Context, str]] = OrderedDict()
        self.questions: OrderedDict[str, Missed] = OrderedDict()
        self.choices: OrderedDict[str, str | None] = OrderedDict()
        self.words: OrderedDict[tuple[str, str, str], Feedback] = OrderedDict()
        self.tallies: Counter[UsageCount] = Counter()
        self.workspaces: OrderedDict[str, WorkspaceSettings] = OrderedDict()
        self.teams: OrderedDict[str, TeamChoice] = OrderedDict()
        self.team_answers: OrderedDict[tuple[str, str], str] = OrderedDict()

    async def claim(self, event: str, acknowledgement: Acknowledgement | None = None) -> bool:  # noqa: ARG002  # nobody else is at work here
        """Return whether the event is new."""
        new = event not in self.claimed
        self.claimed[event] = None
        _bound(self.claimed)
        return new

    async def answered(self, event: str) -> None:
        """Do nothing: whoever claimed here lives as long as this store."""

    async def load(self, conversation: str) -> Context | None:
        """Return what the conversation remembers."""
        remembered = self.contexts.get(conversation)
        return remembered[0] if remembered else None

    async def save(self, conversation: str, context: Context, mark: str) -> None:
        """Remember this."""
        self.contexts[conversation] = (context, mark)
        self.contexts.move_to_end(conversation)
        _bound(self.contexts)

    async def missed(self, question: Missed) -> None:
        """Note a missed question."""
        self.questions[question.ref] = question
        _bound(self.questions)

    async def chosen(self, ref: str, topic: str) -> None:
        """Note which suggestion was meant."""
        self.choices[ref] = topic
        _bound(self.choices)

    async def turned_down(self, ref: str) -> None:
        """Note that none was meant."""
        self.choices[ref] = None
        _bound(self.choices)

    async def feedback(self, feedback: Feedback) -> None:
        """Keep a word on a reply."""
        self.words[feedback.ref, feedback.about, feedback.mark] = feedback
        _bound(self.words)

    async def count(self, tally: UsageCount) -> None:
        """Count it."""
        self.tallies[tally] += 1

    async def forget(self, mark: str) -> int:
        """Remove the person's contexts and feedback."""
        contexts = [key for key, (_, owner) in self.contexts.items() if owner == mark]
        words = [key for key, word in self.words.items() if word.mark == mark]
        for conversation in contexts:
            del self.contexts[conversation]
        for key in words:
            del self.words[key]
        parts = [key for key in self.team_answers if key[1] == mark]
        for part in parts:
            del self.team_answers[part]
        for team, choice in self.teams.items():
            self.teams[team] = replace(choice, starter="" if choice.starter == mark else choice.starter)
        return len(contexts) + len(words) + len(parts)

    async def begin_team(self, team: str, starter: str) -> None:
        """Begin a team choice."""
        self.teams[team] = TeamChoice(starter)
        _bound(self.teams)

    async def team(self, team: str) -> TeamChoice | None:
        """Return a team choice."""
        known = self.teams.get(team)
        answers = sorted(code for (of, _), code in self.team_answers.items() if of == team)
        return replace(known, answers=tuple(answers)) if known else None

    async def team_answer(self, team: str, mark: str, code: str) -> None:
        """Keep a member's result."""
        self.team_answers[team, mark] = code
        _bound(self.team_answers)

    async def team_revealed(self, team: str, result: str) -> None:
        """Note what the verdict was."""
        if team in self.teams:
            self.teams[team] = replace(self.teams[team], revealed=result)

    async def team_place(self, team: str, place: str) -> None:
        """Note where the card stands."""
        if team in self.teams:
            self.teams[team] = replace(self.teams[team], place=place)

    async def workspace_settings(self, workspace: str) -> WorkspaceSettings:
        """Return the settings of a workspace."""
        return self.workspaces.get(workspace, WorkspaceSettings())

    async def keep_workspace_settings(self, workspace: str, settings: WorkspaceSettings) -> None:
        """Keep these settings."""
        self.workspaces[workspace] = settings
        _bound(self.workspaces)

    async def forget_workspace(self, workspace: str) -> None:
        """Remove the settings of a workspace."""
        self.workspaces.pop(workspace, None)


def _bound(kept: OrderedDict[Any, Any]) -> None:
    while len(kept) > REMEMBERED:
        kept.popitem(last=False)


class NullObserver:
    """An observer for when nobody watches."""

    def replied(self, platform: str, kind: str, seconds: float) -> None:
        """Do nothing."""

    def failed(self, platform: str, where: str) -> None:
        """Do nothing."""
