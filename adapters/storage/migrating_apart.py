"""Brings the tables up to date in a process of its own, for a service that runs on.

Alembic and the databases that it knows take some ten megabytes, which a process keeps for as long as it runs: a service
that has just made its tables would be larger than one that found them.

    python -m adapters.storage.migrating_apart    reads the address of the database, which may hold a password, as input
"""

from __future__ import annotations

import asyncio
import sys

from adapters import apart
from adapters.storage import migrator
from adapters.storage.database_url import parse
from adapters.storage.engine import make_engine
from adapters.storage.errors import InWordsError, in_words


async def upgrade_apart(address: str) -> None:
    """Bring the tables at this address up to date.

    Raises:
        InWordsError: the other process failed.
    """
    child = await asyncio.create_subprocess_exec(
        *apart.command(__name__),
        env=apart.environment(),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        start_new_session=True,  # Ctrl-C is for the service, which then ends this
    )
    try:
        said, _ = await child.communicate(address.encode())
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()
    if child.returncode:
        raise InWordsError(said.decode().strip() or "the migration ended before its time")


async def _here(address: str) -> None:
    engine = make_engine(parse(address))
    try:
        await migrator.upgrade(engine)
    finally:
        await engine.dispose()


def main() -> None:
    """Migrate the database whose address is the input; say what went wrong in words, which hold no secrets."""
    try:
        asyncio.run(_here(sys.stdin.read()))
    except Exception as error:  # noqa: BLE001  # whatever it is, its text may hold what the log must not
        print(in_words(error))  # noqa: T201  # to the process that waits for it
        sys.exit(1)


if __name__ == "__main__":
    main()
