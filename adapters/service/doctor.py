"""Says what is configured, what is missing, and whether what the service stands on is there. Never prints a secret."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from adapters.service import token_checks
from adapters.service.bootstrap import open_database
from adapters.service.logs import Redactor
from adapters.service.settings_loader import Settings, not_read
from bot.knowledge import KnowledgeError, load


class CheckState(StrEnum):
    """How a finding is."""

    GOOD = "ok"
    NOTE = "note"
    BAD = "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that the doctor has looked at."""

    about: str
    state: CheckState
    words: str

    @property
    def is_bad(self) -> bool:
        """Whether the service suffers from it."""
        return self.state is CheckState.BAD

    def as_dict(self) -> dict[str, Any]:
        """Return the finding as plain JSON types."""
        return asdict(self)


async def examine(settings: Settings) -> list[Finding]:
    """Look at everything and return the findings, without secrets."""
    redact = Redactor(settings.secrets())
    findings = [
        *_names(),
        *_what_runs(settings),
        _knowledge(settings),
        *await _database(settings),
        *await _platforms(settings),
    ]
    return [Finding(each.about, each.state, redact(each.words)) for each in findings]


def in_words(findings: Iterable[Finding]) -> str:
    """Return the findings as lines for people."""
    signs = {CheckState.GOOD: "ok   ", CheckState.NOTE: "note ", CheckState.BAD: "WRONG"}
    return "\n".join(f"{signs[each.state]}  {each.about}: {each.words}" for each in findings)


def _names() -> list[Finding]:
    return [
        Finding("settings", CheckState.NOTE, f"{name} is not read; the name here is ADVISOR_{name}.")
        for name in not_read()
    ]


def _what_runs(settings: Settings) -> list[Finding]:
    slack = "not configured: set ADVISOR_SLACK_BOT_TOKEN and ADVISOR_SLACK_SIGNING_SECRET (or ADVISOR_SLACK_APP_TOKEN)"
    if settings.slack_oauth:
        slack = "over HTTP, for every workspace that installs it"
    elif settings.has_slack:
        slack = "over Socket Mode, for one workspace" if settings.slack_socket_mode else "over HTTP, for one workspace"
    discord = "over the gateway" if settings.has_discord else "not configured: set ADVISOR_DISCORD_TOKEN"
    nothing = not (settings.has_slack or settings.has_discord)
    found = [
        Finding("Slack", CheckState.GOOD if settings.has_slack else CheckState.NOTE, f"{slack}."),
        Finding("Discord", CheckState.GOOD if settings.has_discord else CheckState.NOTE, f"{discord}."),
    ]
    if nothing:
        found.append(Finding("service", CheckState.BAD, "`advisor serve` has nothing to serve yet."))
    if settings.slack_oauth and not settings.encryption_keys:
        words = (
            "stored Slack tokens are not encrypted: set ADVISOR_ENCRYPTION_KEYS to what `advisor db new-key` prints."
        )
        found.append(Finding("encryption", CheckState.BAD, words))
    if settings.slack_oauth and not settings.public_url:
        found.append(
            Finding("address", CheckState.NOTE, "ADVISOR_PUBLIC_URL is not set; Slack is sent to its default page.")
        )
    return found


def _knowledge(settings: Settings) -> Finding:
    folder = settings.knowledge_folder
    try:
        knowledge = load(folder)
    except KnowledgeError as error:
        return Finding("knowledge", CheckState.BAD, f"{folder} has mistakes.\n{error}")
    guide = "with" if knowledge.guide else "without"
    return Finding(
        "knowledge", CheckState.GOOD, f"{len(knowledge.topics)} topics in {folder}, {guide} a guided choice."
    )


async def _database(settings: Settings) -> list[Finding]:
    database = open_database(settings)
    kind = "SQLite" if database.address.is_sqlite else "PostgreSQL"
    try:
        well = await database.look()
    finally:
        await database.close()
    if well:
        return [Finding("database", CheckState.GOOD, f"{kind}, {database.address}, tables up to date.")]
    return [Finding("database", CheckState.BAD, f"{kind}, {database.address}: {database.trouble}.")]


async def _platforms(settings: Settings) -> list[Finding]:
    found = []
    for about, answer in await token_checks.ask_all(settings):
        found.append(Finding(about, CheckState.GOOD if answer.well else CheckState.BAD, answer.words))
    return found
