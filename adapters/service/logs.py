"""Logs: one line an event, JSON where no person looks on, with what belongs together under one id, and no secrets."""

from __future__ import annotations

import io
import logging
import re
import secrets
import sys
from collections.abc import Iterable
from contextvars import ContextVar
from typing import Any, TextIO

import structlog
from structlog.typing import EventDict, Processor

from adapters.service.platforms import PLATFORMS

HIDDEN = "[hidden]"
SHORTEST = 6
"""Shorter secrets are not looked for: they would hide ordinary words."""

_SHAPES = re.compile(
    "|".join(
        [
            *(shape for platform in PLATFORMS for shape in platform.secret_shapes),
            r"gAAAA[\w-]{40,}={0,2}",  # a sealed token
            r"(?<=://)[^\s:/@]*:[^\s/@]+(?=@)",  # user and password in an address
            r"(?i:(?<=bearer )|(?<=authorization: bot ))[^\s,;'\"]+",
        ]
    )
)


class Redactor:
    """Replaces secrets in a text: those it was told, and whatever has the shape of one."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        known = sorted({secret for secret in secrets if len(secret) >= SHORTEST}, key=len, reverse=True)
        self._known = re.compile("|".join(map(re.escape, known))) if known else None

    def __call__(self, text: str) -> str:
        """Return `text` without secrets."""
        if self._known:
            text = self._known.sub(HIDDEN, text)
        return _SHAPES.sub(HIDDEN, text)


LONGEST = 4_000
"""Characters of one text in a log."""
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")

_CORRELATION: ContextVar[str] = ContextVar("correlation", default="")
_LIBRARIES = ("aiosqlite", "aiohttp", "alembic", "asyncio", "discord", "slack_bolt", "slack_sdk", "sqlalchemy")
"""Their everyday messages hold what people wrote; only warnings get through, whatever the level."""


def correlate(identity: str = "") -> str:
    """Put everything that follows in this task, and in tasks that it starts, under one id; return the id."""
    identity = identity or secrets.token_hex(6)
    _CORRELATION.set(identity)
    return identity


def correlation() -> str:
    """Return the id of what is going on here; begins a new one where there is none."""
    return _CORRELATION.get() or correlate()


def set_up(level: str, form: str, redact: Redactor, stream: TextIO | None = None) -> None:
    """Send every log of this process, ours and those of libraries, to `stream` (standard error) in one form.

    `form` is "json", "text", or "auto" for text on a terminal and JSON elsewhere.
    """
    stream = stream or sys.stderr
    as_text = form == "text" or (form == "auto" and stream.isatty())
    shared: list[Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        _add_correlation,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.stdlib.ExtraAdder(),
    ]
    handler = logging.StreamHandler(stream)
    handler.setFormatter(_Redacting(redact, as_text, shared))
    handler.addFilter(_fit_to_write)  # at the handler: Slack's library sets levels of its own
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())


class _Redacting(structlog.stdlib.ProcessorFormatter):
    """Formats a record, then takes secrets out of the finished line, traceback and all."""

    def __init__(self, redact: Redactor, as_text: bool, shared: list[Processor]) -> None:
        super().__init__(foreign_pre_chain=shared, processors=_rendering(as_text))
        self._redact = redact

    def format(self, record: logging.LogRecord) -> str:
        return self._redact(super().format(record))


def _fit_to_write(record: logging.LogRecord) -> bool:
    return record.levelno >= logging.WARNING or record.name.split(".")[0] not in _LIBRARIES


def _rendering(as_text: bool) -> list[Processor]:
    clean: Processor = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    if as_text:
        return [clean, _on_one_line, structlog.dev.ConsoleRenderer(exception_formatter=_indented)]
    return [
        clean,
        _on_one_line,
        structlog.processors.format_exc_info,
        structlog.processors.JSONRenderer(ensure_ascii=False),
    ]


def _on_one_line(logger: Any, method: str, event: EventDict) -> EventDict:
    """Show line breaks and escape sequences instead of obeying them: nobody may write a line of their own."""
    bounded = _bounded(logger, method, event)
    return {name: _visible(value) if isinstance(value, str) else value for name, value in bounded.items()}


def _bounded(_logger: Any, _method: str, event: EventDict) -> EventDict:
    return {name: _cut(value) if isinstance(value, str) else value for name, value in event.items()}


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}... ({len(text)} characters)"


def _visible(text: str) -> str:
    return _CONTROLS.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


def _indented(stream: TextIO, error: Any) -> None:
    """Write a traceback with every line indented, so that none can pass for an event. Values of variables stay out."""
    whole = io.StringIO()
    structlog.dev.plain_traceback(whole, error)
    stream.writelines(f"    {_visible(line)}\n" for line in whole.getvalue().splitlines())


def _add_correlation(_logger: Any, _method: str, event: EventDict) -> EventDict:
    if _CORRELATION.get():
        event["correlation"] = _CORRELATION.get()
    return event
