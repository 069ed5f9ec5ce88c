"""Runs the service from its start to its orderly end."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import threading
from collections.abc import Coroutine, Iterable
from enum import StrEnum
from typing import Any

from adapters.service.background_tasks import Supervisor, first_look, start_background_tasks
from adapters.service.bootstrap import Service, compose
from adapters.service.http import Listener, build_web
from adapters.service.platforms import PLATFORMS
from adapters.service.platforms.platform import PlatformRefusedError, PlatformRunner
from adapters.service.settings_loader import Settings

DEFAULT_PORT = 3000
LONGEST_STOP = 25.0
"""Seconds from the signal to the end; hosts kill after 30."""
CLOSING = 2.0
"""Seconds of these for the background tasks, and as many for the connections to the database."""

log = logging.getLogger(__name__)


class Role(StrEnum):
    """What a process does of all that is configured."""

    ALL = "all"
    WEB = "web"
    WORKER = "worker"


async def serve(settings: Settings, role: Role = Role.ALL, stop: asyncio.Event | None = None) -> bool:
    """Serve until a signal, or `stop`; return whether it was in order to the end.

    Raises:
        KnowledgeError: the knowledge base has mistakes.
        OSError: the port is taken.
        PlatformRefusedError: a platform does not accept the settings, such as a token; raised after an orderly end.
    """
    stop = stop or asyncio.Event()
    service = compose(settings, upgrade=role is Role.ALL)
    _obey_signals(service, stop)
    supervisor = start_background_tasks(service)
    parts: list[PlatformRunner] = []
    listener = None
    try:
        await first_look(service)
        parts += build_parts(service, role)
        listener = await _listen(service, role, parts)
        return await _until_stopped(parts, stop)
    finally:
        service.health.stopping = True
        await _stop(service, parts, listener, supervisor)


def build_parts(service: Service, role: Role) -> list[PlatformRunner]:
    """Return the platforms that this process serves."""
    parts = [
        platform.run(service, role is Role.ALL)
        for platform in PLATFORMS
        if platform.is_configured(service.settings) and role in (Role.ALL, platform.process)
    ]
    if not parts:
        log.warning("No platform is configured for this process: it only waits.", extra={"role": role.value})
    return parts


async def _listen(service: Service, role: Role, parts: Iterable[PlatformRunner]) -> Listener | None:
    settings = service.settings
    if role is Role.WORKER and settings.port is None:
        return None
    routes = [route for part in parts for route in part.routes()]
    token = settings.metrics_token.get_secret_value() if settings.metrics_token else ""
    app = build_web(service.health, service.metrics, routes, token)
    port = DEFAULT_PORT if settings.port is None else settings.port
    listener = Listener(app, settings.listen_host, port, settings.grace_seconds)
    await listener.open()
    return listener


async def _until_stopped(parts: list[PlatformRunner], stop: asyncio.Event) -> bool:
    """Wait for the signal, and then for the platforms; return whether all of them ran to the end.

    Where nothing is left to serve it does not wait: whoever supervises us should know.
    """
    running = asyncio.create_task(_all(_part(part, stop) for part in parts))
    waiting = asyncio.create_task(stop.wait())
    await asyncio.wait({waiting, running} if parts else {waiting}, return_when=asyncio.FIRST_COMPLETED)
    stop.set()
    await waiting
    return await running


async def _all(works: Iterable[Coroutine[Any, Any, bool]]) -> bool:
    """Return whether all of them ran to the end; a refusal of one is raised when the others have ended, too."""
    ended = await asyncio.gather(*works, return_exceptions=True)
    for each in ended:
        if isinstance(each, BaseException):
            raise each
    return all(ended)


async def _part(part: PlatformRunner, stop: asyncio.Event) -> bool:
    try:
        await part.run(stop)
    except PlatformRefusedError as refused:
        log.error("%s", refused, extra={"platform": part.name})  # noqa: TRY400  # a sentence says more than a traceback
        raise
    except Exception:
        log.exception("A platform cannot be served", extra={"platform": part.name})
        return False
    return True


async def _stop(
    service: Service, parts: list[PlatformRunner], listener: Listener | None, supervisor: Supervisor
) -> None:
    """Send the answers on their way, write what waits, close everything: all of it within `LONGEST_STOP`."""
    log.info("Stopping")
    if not await _ends(_finish(service, parts, listener), LONGEST_STOP - 2 * CLOSING):
        log.warning("Stopped with work left over", extra={"records": service.store.waiting})
    left = await supervisor.stop(CLOSING)
    if not await _ends(service.database.close(), CLOSING):
        left.append("connections to the database")
    if left:
        log.warning("Stopped without waiting for what did not end", extra={"left": left})
    log.info("Stopped")


async def _finish(service: Service, parts: list[PlatformRunner], listener: Listener | None) -> None:
    if listener:
        await listener.close()
    await asyncio.gather(*(part.close() for part in parts))
    await service.store.flush()


async def _ends(work: Coroutine[Any, Any, None], seconds: float) -> bool:
    """Run some work for at most so many seconds, also where it takes no notice of being cancelled."""
    task = asyncio.create_task(work)
    await asyncio.wait({task}, timeout=seconds)
    if not task.done():
        task.cancel()
        return False
    if not task.cancelled() and task.exception():
        log.error("A part of the stop failed", exc_info=task.exception())
    return True


def _obey_signals(service: Service, stop: asyncio.Event) -> None:
    """Stop on the first signal, and on the second one at once."""
    loop = asyncio.get_running_loop()

    def told(number: int) -> None:
        if stop.is_set():
            _exit(128 + number)
        stop.set()
        last = threading.Timer(
            LONGEST_STOP + CLOSING, _exit, (1,)
        )  # ends us even if the loop hangs, or a task will not end
        last.daemon = True
        last.start()

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, told, number)
    loop.add_signal_handler(signal.SIGHUP, service.holder.reload_soon)


def _exit(code: int) -> None:
    """End this process now."""
    log.warning("Ending at once")
    logging.shutdown()
    os._exit(code)
