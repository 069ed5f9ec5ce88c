"""A wire between a process and PostgreSQL that can be slow, or cut.

`python -m tests.storage.wires SOCKET` lays one in a process of its own, which says its port, reads delays line by line,
and ends with its input.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from adapters.storage.address import parse_address
from tests.storage.databases import postgres

QUICK = 0.2
"""Seconds of patience in tests with a wire."""


class Wire:
    """Listens on a port of its own and passes everything on to a server's socket."""

    def __init__(self, socket: str) -> None:
        self._socket = socket
        self._server: asyncio.Server | None = None
        self._writers: set[asyncio.StreamWriter] = set()
        self._open = asyncio.Event()
        self._open.set()
        self.connections = 0
        self.delay = 0.0
        """Seconds that everything takes in each direction."""
        self.port = 0

    async def start(self) -> None:
        """Listen; on the same port as before after a cut."""
        self._server = await asyncio.start_server(self._connected, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    def hold(self) -> None:
        """Pass nothing on for now: the server seems to hang."""
        self._open.clear()

    def release(self) -> None:
        """Pass on what was held, and what comes."""
        self._open.set()

    async def cut(self) -> None:
        """Close all connections and take no new ones."""
        assert self._server
        self._server.close()
        for writer in list(self._writers):
            writer.close()
        await asyncio.sleep(0)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            there, back = await asyncio.open_unix_connection(self._socket)
        except OSError:  # the server is not there
            writer.close()
            return
        self._writers |= {writer, back}
        await asyncio.gather(self._pass(reader, back), self._pass(there, writer))

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Pass on what comes; what comes soon after another needs no longer than that: it is distance, not width."""
        waiting: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()
        sending = asyncio.create_task(self._send(waiting, writer))
        clock = asyncio.get_running_loop().time
        with suppress(OSError):
            while data := await reader.read(65536):
                waiting.put_nowait((clock() + self.delay, data))
        waiting.put_nowait((0.0, b""))
        await sending

    async def _send(self, waiting: asyncio.Queue[tuple[float, bytes]], writer: asyncio.StreamWriter) -> None:
        clock = asyncio.get_running_loop().time
        with suppress(OSError):
            while (due := await waiting.get())[1]:
                await asyncio.sleep(max(0.0, due[0] - clock()))
                await self._open.wait()
                writer.write(due[1])
                await writer.drain()
        self._writers.discard(writer)
        writer.close()


@asynccontextmanager
async def wired() -> AsyncIterator[Wire]:
    """Lay a wire to PostgreSQL until the block ends."""
    made = Wire(postgres().socket)
    await made.start()
    yield made
    made.release()
    await made.cut()


def through(wire: Wire) -> str:
    """Return the address of a new database at the other end of the wire."""
    name = parse_address(postgres().fresh()).url.database
    return f"postgres://postgres@127.0.0.1:{wire.port}/{name}?sslmode=disable"


async def main(socket: str) -> None:
    """Be a wire to this socket."""
    wire = Wire(socket)
    await wire.start()
    print(wire.port, flush=True)
    while line := await asyncio.to_thread(sys.stdin.readline):
        wire.delay = float(line)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
