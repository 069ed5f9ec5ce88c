"""The one place where everything is wired together, from the settings."""

from __future__ import annotations

import time
from dataclasses import dataclass

from adapters.conversations.rate_limit import RateLimit
from adapters.conversations.service import Conversations
from adapters.service.health import Health
from adapters.service.metrics import Metrics
from adapters.service.privacy import privacy_notice
from adapters.service.pseudonym_key import provisional_marks
from adapters.service.reload import AdvisorHolder
from adapters.service.settings_loader import Settings
from adapters.storage import database_url
from adapters.storage.database import Database
from adapters.storage.retention import RetentionStatus
from adapters.storage.store import DatabaseStore


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
        marks=provisional_marks(settings),
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
    return Database(database_url.parse(address), upgrade=upgrade)


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
