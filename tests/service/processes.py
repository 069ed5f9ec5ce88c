"""Services in processes of their own, as a host runs them."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from aiohttp import ClientSession

from tests.service.running import PATIENCE, free_port, listening

ROOT = Path(__file__).parents[2]


NEEDED = ("HOME", "LANG", "TMPDIR", "ADVISOR_CACHE_DIR", "OPENBLAS_NUM_THREADS")
"""What a process is told of this one's environment: also where it finds what was learned before."""


class Process:
    """A process that listens, and what it wrote."""

    def __init__(self, process: asyncio.subprocess.Process, session: ClientSession, log: Path) -> None:
        self.process = process
        self.session = session
        self.log = log

    def kill(self) -> None:
        """End it at once, as when a machine loses power."""
        self.process.send_signal(signal.SIGKILL)

    async def stop(self) -> int:
        """Ask it to stop, as hosts do; return its exit code."""
        if self.process.returncode is None:
            self.process.terminate()
        return await asyncio.wait_for(self.process.wait(), PATIENCE)

    async def listens(self) -> None:
        """Wait until it answers.

        Raises:
            AssertionError: it has ended instead; says what it wrote.
        """
        waiting = asyncio.create_task(listening(self.session))
        ended = asyncio.create_task(self.process.wait())
        await asyncio.wait({waiting, ended}, return_when=asyncio.FIRST_COMPLETED)
        ended.cancel()
        if not waiting.done():
            waiting.cancel()
            raise AssertionError(self.log.read_text())
        await waiting


@asynccontextmanager
async def serving(only: str, environment: Mapping[str, str], folder: Path) -> AsyncIterator[Process]:
    """Run `advisor serve --only ...` until the block ends."""
    port = free_port()
    log = folder / f"{only}-{port}.log"
    with log.open("w") as output:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "adapters.cli.main", "serve", "--only", only,
            cwd=folder, env=whole(environment) | {"PORT": str(port)}, stdout=output, stderr=output,
        )  # fmt: skip
    async with ClientSession(f"http://127.0.0.1:{port}") as session:
        running = Process(process, session, log)
        try:
            await running.listens()
            yield running
        finally:
            await running.stop()


def whole(environment: Mapping[str, str]) -> dict[str, str]:
    """Return this environment with what a program needs to run at all."""
    needed = {name: value for name, value in os.environ.items() if name in NEEDED}
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return needed | {"PATH": path, "PYTHONPATH": str(ROOT), "ADVISOR_HOST": "127.0.0.1"} | dict(environment)
