"""The one place where everything is wired together, from the settings."""

from __future__ import annotations

import base64
import secrets
import time
from dataclasses import dataclass
from hashlib import blake2b

from adapters.conversations.flow_control import RateLimit
from adapters.conversations.identity import Pseudonyms
from adapters.conversations.service import Conversations
from adapters.knowledge_base.loader import AdvisorHolder
from adapters.service.metrics import Health, Metrics
from adapters.service.platforms import PLATFORMS
from adapters.service.settings_loader import Settings
from adapters.storage.address import parse_address
from adapters.storage.database import Database
from adapters.storage.retention import RetentionStatus
from adapters.storage.store import DatabaseStore
from adapters.storage.tables import settle_fact

FACT = "marks-key"
"""Named as the first release did."""


def provisional_pseudonyms(settings: Settings) -> Pseudonyms:
    """Return pseudonyms that need no database: by the secret in the settings, else by the platforms' credentials.

    Processes with the same settings make the same pseudonyms even while the database is away.
    """
    return _pseudonyms(_key(settings) or secrets.token_bytes(32))


async def settled_pseudonyms(settings: Settings, database: Database) -> Pseudonyms:
    """Return the pseudonyms of this installation. Without a secret in the settings the database keeps the key.

    Raises:
        StoreUnavailableError: the database is away.
    """
    if settings.secret:
        return provisional_pseudonyms(settings)
    proposal = base64.b64encode(_key(settings) or secrets.token_bytes(32)).decode()
    agreed = await database.run(lambda connection: settle_fact(connection, FACT, proposal))
    return _pseudonyms(base64.b64decode(agreed))


def _pseudonyms(key: bytes) -> Pseudonyms:
    return Pseudonyms(key, (platform.name for platform in PLATFORMS if platform.users_are_global))


def _key(settings: Settings) -> bytes:
    if settings.secret:
        return settings.secret.get_secret_value().encode()
    given = [getattr(settings, name) for platform in PLATFORMS for name in platform.credentials]
    text = "\0".join(secret.get_secret_value() for secret in given if secret)
    return blake2b(text.encode(), digest_size=32, person=b"advisor-marks").digest() if text else b""


def privacy_notice(settings: Settings) -> str:
    """Return the notice, in sentences."""
    missed = (
        "When I have no answer at once, I keep the text of the question, and of what you tell me was missing in an "
        "answer, for whoever writes my knowledge, without addresses, links, tokens, mentions and code, and without who "
        "wrote it; a code says in which workspace, so that it can be removed with that: for "
        f"{settings.missed_days} days."
        if settings.keep_missed
        else "I keep no text that you write."
    )
    word = (
        "If you say whether an answer helped, I keep that word beside a pseudonym that stands for you, for "
        f"{settings.feedback_days} days."
    )
    return (
        "I store no names of people or channels, and no text of questions that I answered. "
        "I remember what a conversation was about, to understand the next question, and your last result of the guided "
        f"choice, for 24 hours; what you answer in a team choice as well, and of that I show counts alone. "
        f"{missed} {word} Of channels, I keep only the ids of those that admins choose for me. "
        "I count how often topics come up, without who asked. "
        '"Forget me" removes the memory of your conversations, your feedback and your part in team choices at once.'
    )


@dataclass(frozen=True, slots=True)
class Service:
    """What the platforms share in one process."""

    settings: Settings
    holder: AdvisorHolder
    database: Database
    store: DatabaseStore
    conversations: Conversations
    metrics: Metrics
    health: Health
    retention: RetentionStatus


def compose(settings: Settings, *, upgrade: bool) -> Service:
    """Return everything wired, with nothing started and nothing opened but the knowledge base.

    `upgrade` lets this process bring the tables up to date by itself.

    Raises:
        KnowledgeError: the knowledge base has mistakes.
    """
    holder = AdvisorHolder(settings.knowledge_folder, settings.cache_dir)
    metrics, health = Metrics(), Health()
    database = open_database(settings, upgrade=upgrade)
    store = DatabaseStore(database, time.time, counted=metrics.counted)
    conversations = Conversations(
        advisor=holder.advisor,
        store=store,
        pseudonyms=provisional_pseudonyms(settings),
        limit=_limit(settings.person_questions_per_minute, 3),
        workspace_limit=_limit(settings.workspace_questions_per_minute, 2),
        observer=metrics,
        privacy=privacy_notice(settings),
        keep_missed=settings.keep_missed,
    )
    service = Service(settings, holder, database, store, conversations, metrics, health, RetentionStatus(time.time()))
    _watch(service)
    return service


def _limit(per_minute: int, share: int) -> RateLimit:
    """Return a limit per minute, of which one part in `share` may come at once."""
    return RateLimit(burst=max(1, per_minute // share), per_minute=per_minute, clock=time.monotonic)


def open_database(settings: Settings, *, upgrade: bool = False) -> Database:
    """Return the database of the settings; nothing is opened yet."""
    address = settings.database_url.get_secret_value()
    return Database(parse_address(address), upgrade=upgrade)


def _watch(service: Service) -> None:
    service.health.watch("database", lambda: service.database.trouble)
    service.health.watch("knowledge", lambda: service.holder.trouble)
    service.health.watch("retention", lambda: service.retention.trouble)
    watch = service.metrics.watch
    watch("advisor_database_up", "Whether the database answers.", lambda: float(service.database.is_well))
    watch("advisor_database_waiting", "Records that wait to be written.", lambda: float(service.store.waiting))
    watch("advisor_database_rejected", "Records that the database refused.", lambda: float(service.store.rejected))
    watch(
        "advisor_retention_age_seconds",
        "Seconds since everything past its time was last removed.",
        lambda: service.retention.age(time.time()),
    )
    watch("advisor_retention_removed", "Records removed as past their time.", lambda: float(service.retention.removed))
    watch(
        "advisor_knowledge_ok", "Whether the knowledge files are in order.", lambda: float(not service.holder.trouble)
    )
