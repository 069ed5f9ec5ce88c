"""What can be measured of a running service, and whether it is well."""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    Info,
    PlatformCollector,
    ProcessCollector,
    generate_latest,
)

from adapters.conversations.ports import FUNNEL, UsageCount
from adapters.service.logs import correlation
from adapters.version import version

SECONDS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5)
REQUEST_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5, 10)
"""With the 3 in it that Slack waits."""
METHODS = ("GET", "HEAD", "POST")
"""What is counted by name; strangers may send any other."""
log = logging.getLogger(__name__)


class Metrics:
    """An `Observer` that counts. Every service has its own registry, so that two in one process do not mix."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        PlatformCollector(registry=self.registry)
        Info("advisor_build", "Which release this is.", registry=self.registry).info({"version": version()})
        self._replies = Counter(
            "advisor_replies", "Replies by platform and kind.", ["platform", "kind"], registry=self.registry
        )
        self._seconds = Histogram(
            "advisor_reply_seconds",
            "Seconds from a message or press to its reply, without sending it.",
            ["platform"],
            buckets=SECONDS,
            registry=self.registry,
        )
        self._outcomes = Counter(
            "advisor_outcomes", "What came of messages and presses.", ["platform", "outcome"], registry=self.registry
        )
        self._guide = Counter(
            "advisor_guide_steps",
            "The guide's funnel: reviews, questions shown, by id, and results.",
            ["platform", "step", "about"],
            registry=self.registry,
        )
        self._failures = Counter(
            "advisor_failures", "What broke, by platform and place.", ["platform", "where"], registry=self.registry
        )
        self._requests = Counter(
            "advisor_http_requests",
            "HTTP requests by route, method and class of status (2xx, 4xx, 5xx).",
            ["route", "method", "status"],
            registry=self.registry,
        )
        self._request_seconds = Histogram(
            "advisor_http_request_duration_seconds",
            "Seconds from the headers of an HTTP request to its response, by route and method.",
            ["route", "method"],
            buckets=REQUEST_SECONDS,
            registry=self.registry,
        )

    def replied(self, platform: str, kind: str, seconds: float) -> None:
        """Count and time a reply."""
        replies, times = self._of_replies(platform, kind)
        replies.inc()
        times.observe(seconds)
        correlation()  # what follows in this task belongs to this reply
        log.debug("replied", extra={"platform": platform, "kind": kind, "seconds": round(seconds, 4)})

    @functools.cache  # noqa: B019  # as many entries as there are kinds of replies; looking labels up costs more
    def _of_replies(self, platform: str, kind: str) -> tuple[Counter, Histogram]:
        return self._replies.labels(platform, kind), self._seconds.labels(platform)

    def failed(self, platform: str, where: str) -> None:
        """Count a failure."""
        self._failures.labels(platform, where).inc()

    def requested(self, route: str, method: str, status: int, seconds: float) -> None:
        """Count and time an HTTP request."""
        known = method if method in METHODS else "other"
        self._requests.labels(route, known, f"{status // 100}xx").inc()
        self._request_seconds.labels(route, known).observe(seconds)

    def counted(self, tally: UsageCount) -> None:
        """Count an outcome, and a step of the guide."""
        self._outcomes.labels(tally.platform, tally.what).inc()
        if tally.what in FUNNEL:
            self._guide.labels(tally.platform, tally.what, tally.about).inc()

    def watch(self, name: str, what: str, value: Callable[[], float]) -> None:
        """Show a value that is asked for whenever the metrics are read."""
        Gauge(name, what, registry=self.registry).set_function(value)

    def text(self) -> bytes:
        """Return the metrics as Prometheus reads them."""
        return generate_latest(self.registry)


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that may be in trouble."""

    name: str
    trouble: Callable[[], str]
    """Returns what is wrong in words, or nothing."""
    vital: bool = False
    """Whether no question can be answered while it is in trouble."""


@dataclass
class Health:
    """All checks of a process."""

    checks: list[Check] = field(default_factory=list)
    stopping: bool = False

    def watch(self, name: str, trouble: Callable[[], str], *, vital: bool = False) -> None:
        """Add a check."""
        self.checks.append(Check(name, trouble, vital))

    @property
    def is_ready(self) -> bool:
        """Whether questions can be answered."""
        return not self.stopping and not any(check.vital and check.trouble() for check in self.checks)

    def report(self) -> dict[str, Any]:
        """Return the state as plain JSON types: "ok", "degraded", "unready" or "stopping", with reasons."""
        troubles = {check.name: check.trouble() for check in self.checks}
        reasons = {name: trouble for name, trouble in troubles.items() if trouble}
        if self.stopping:
            return {"status": "stopping", "reasons": reasons}
        if not self.is_ready:
            return {"status": "unready", "reasons": reasons}
        return {"status": "degraded" if reasons else "ok", "reasons": reasons}
