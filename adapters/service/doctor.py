"""Says what is configured, what is missing, and whether what the service stands on is there. Never prints a secret."""

from __future__ import annotations

import asyncio
import stat
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout
from pydantic import SecretStr

from adapters.knowledge_base import model_cache
from adapters.service.bootstrap import open_database
from adapters.service.logs import Redactor
from adapters.service.platforms import PLATFORMS
from adapters.service.platforms.platform import Token, TokenCheck
from adapters.service.settings import Settings
from adapters.service.settings_loader import ENV_FILE, names_not_read
from bot.knowledge import KnowledgeError, load

SECONDS = 10.0


async def ask_all(settings: Settings) -> list[tuple[str, TokenCheck]]:
    """Ask about every token that is configured; return the answers by what they are about."""
    tokens = [(token, getattr(settings, token.setting)) for platform in PLATFORMS for token in platform.tokens]
    given: list[tuple[Token, SecretStr]] = [(token, value) for token, value in tokens if value]
    async with ClientSession(trust_env=True, timeout=ClientTimeout(total=SECONDS)) as session:
        answers = await asyncio.gather(*(_ask(session, token, settings, value) for token, value in given))
    return [(token.title, answer) for (token, _), answer in zip(given, answers, strict=True)]


async def _ask(session: ClientSession, token: Token, settings: Settings, value: SecretStr) -> TokenCheck:
    try:
        return await token.check(session, token.url(settings).rstrip("/"), value.get_secret_value())
    except (ClientError, TimeoutError, OSError, ValueError) as error:
        return TokenCheck(well=False, words=f"could not be checked: no answer ({type(error).__name__}).")


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


async def examine(settings: Settings, problems: Iterable[str] = ()) -> list[Finding]:
    """Look at everything and return the findings, without secrets.

    Args:
        settings: those that are in order.
        problems: what is wrong with the others, in sentences.
    """
    redact = Redactor(settings.secrets())
    findings = [
        *(Finding("settings", CheckState.BAD, problem) for problem in problems),
        *_names(),
        *_what_runs(settings),
        *_exposed(settings),
        _knowledge(settings),
        _cache(settings),
        _encoder(settings),
        *await _database(settings),
        *await _platforms(settings),
    ]
    return [Finding(each.about, each.state, redact(each.words)) for each in findings]


def in_words(findings: Iterable[Finding]) -> str:
    """Return the findings as lines for people."""
    signs = {CheckState.GOOD: "ok   ", CheckState.NOTE: "note ", CheckState.BAD: "WRONG"}
    return "\n".join(f"{signs[each.state]}  {each.about}: {each.words}" for each in findings)


def _names() -> Iterator[Finding]:
    for name, meant in names_not_read(env_file=ENV_FILE).items():
        hint = f"the name here is {meant}" if meant else "there is no such setting; .env.example lists all of them"
        yield Finding("settings", CheckState.NOTE, f"{name} is not read; {hint}.")


def _what_runs(settings: Settings) -> Iterator[Finding]:
    for platform in PLATFORMS:
        state = CheckState.GOOD if platform.is_configured(settings) else CheckState.NOTE
        yield Finding(platform.title, state, f"{platform.describe(settings)}.")
    if not any(platform.is_configured(settings) for platform in PLATFORMS):
        yield Finding("service", CheckState.BAD, "`advisor serve` has nothing to serve yet.")
    for platform in PLATFORMS:
        for about, is_wrong, words in platform.findings(settings):
            yield Finding(about, CheckState.BAD if is_wrong else CheckState.NOTE, words)


def _exposed(settings: Settings) -> Iterator[Finding]:
    """Yield what others may see or guess."""
    if not settings.secret:
        words = "ADVISOR_SECRET is not set, so the key of the pseudonyms lies in the database beside them."
        yield Finding("privacy", CheckState.NOTE, words)
    if settings.listen_host not in ("127.0.0.1", "::1", "localhost") and not settings.metrics_token:
        words = "anybody who reaches the port can read /metrics: set ADVISOR_METRICS_TOKEN."
        yield Finding("metrics", CheckState.NOTE, words)
    for path in (ENV_FILE, _sqlite_file(settings)):
        if path and path.is_file() and path.stat().st_mode & (stat.S_IROTH | stat.S_IRGRP):
            words = f"other users of this machine can read {path}: run `chmod 600 {path}`."
            yield Finding("privacy", CheckState.NOTE, words)


def _knowledge(settings: Settings) -> Finding:
    folder = settings.knowledge_folder
    try:
        knowledge = load(folder)
    except KnowledgeError as error:
        return Finding("knowledge", CheckState.BAD, f"{folder} has mistakes.\n{error}")
    guide = "with" if knowledge.guide else "without"
    return Finding("knowledge", CheckState.GOOD, f"{len(knowledge.topics)} topics in {folder}, {guide} a guide.")


def _cache(settings: Settings) -> Finding:
    cache = settings.cache_folder
    if cache is None:
        return Finding("cache", CheckState.NOTE, "off: every start learns from the knowledge base again.")
    if problem := model_cache.unwritable(cache):
        if _is_learned(settings.knowledge_folder, cache):
            return Finding("cache", CheckState.GOOD, f"what was learned is in {cache}, which cannot be written to.")
        words = f"nothing can be kept in {problem}. Every start learns again, unless `advisor learn` filled it before."
        return Finding("cache", CheckState.NOTE, words)
    return Finding("cache", CheckState.GOOD, f"what is learned is kept in {cache}.")


def _is_learned(folder: Path, cache: Path) -> bool:
    """Return whether a cache folder has what is learned from the knowledge base as it is now."""
    from adapters import encoder

    try:
        knowledge = load(folder)
    except KnowledgeError:
        return False
    found = encoder.open_encoder(cache)
    return model_cache.model_file(knowledge, cache, found.name if found else "").is_file()


def _encoder(settings: Settings) -> Finding:
    from adapters import encoder

    if settings.cache_folder is None:
        return Finding("sentence encoder", CheckState.NOTE, "not used: it needs a cache folder.")
    found = encoder.status(settings.cache_folder)
    if found.ready:
        return Finding("sentence encoder", CheckState.GOOD, f"{found.name} is ready.")
    words = f"{found.problem} Questions are understood by their words alone."
    return Finding("sentence encoder", CheckState.NOTE, words)


def _sqlite_file(settings: Settings) -> Path | None:
    """Return the file of the database; None where it is a server."""
    from adapters.storage.address import parse_address

    address = parse_address(settings.database_url.get_secret_value())
    return Path(address.url.database) if address.is_sqlite and address.url.database else None


async def _database(settings: Settings) -> list[Finding]:
    file = _sqlite_file(settings)
    if file and not file.exists():
        words = f"SQLite, {file}: the file is not there yet; `advisor serve` makes it, and `advisor db upgrade` does."
        return [Finding("database", CheckState.NOTE, words)]
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
    for about, answer in await ask_all(settings):
        found.append(Finding(about, CheckState.GOOD if answer.well else CheckState.BAD, answer.words))
    return found
