"""An example that runs: the folder of one side, its app, its commands, and what the other files need of both."""

from __future__ import annotations

import importlib
import os
import re
import subprocess
import sys
import time
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from werkzeug.test import Client

TOKEN = re.compile(r'name="(csrf\w+)"[^>]*\bvalue="([^"]+)"')
"""The hidden field of a form that holds a CSRF token, whichever framework wrote it."""


@dataclass
class Example:
    """One side of a pair, copied to a folder of its own, which is the current one."""

    side: str
    folder: Path

    @cached_property
    def application(self) -> Any:
        """Return its WSGI application."""
        if self.side == "flask":
            return importlib.import_module("app").app
        from django.core.wsgi import get_wsgi_application

        os.environ["DJANGO_SETTINGS_MODULE"] = "settings"
        return get_wsgi_application()

    @cached_property
    def client(self) -> Client:
        """Return a browser for it, which keeps cookies."""
        return Client(self.application)

    def tables(self) -> None:
        """Make the tables of its database."""
        if self.side == "flask":
            module = importlib.import_module("app")
            with module.app.app_context():
                module.db.create_all()
            return
        from django.core.management import call_command

        assert self.application
        call_command("migrate", run_syncdb=True, verbosity=0)

    def books(self, *rows: dict[str, Any]) -> None:
        """Put books into its database."""
        self.tables()
        if self.side == "flask":
            module = importlib.import_module("app")
            with module.app.app_context():
                module.db.session.add_all([module.Book(**row) for row in rows])
                module.db.session.commit()
            return
        book = importlib.import_module("shop.models").Book
        for row in rows:
            book.objects.create(**row)

    def submit(self, page: str, to: str, fields: dict[str, Any]) -> Any:
        """Send the form that is on `page` as a browser does: with the hidden token, where it has one."""
        hidden = dict(TOKEN.findall(self.client.get(page).text))
        return self.client.post(to, data={**hidden, **fields})

    def run(self, *command: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run a command in its folder, with the programs of this environment first."""
        return subprocess.run(
            command, capture_output=True, text=True, check=False, env=self._environment(environment), timeout=60
        )

    def start(self, *command: str, **environment: str) -> subprocess.Popen[str]:
        """Start a command that goes on."""
        return subprocess.Popen(
            command, text=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=self._environment(environment)
        )

    def manage(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run a command of the framework: `flask ...` or `python manage.py ...`."""
        program = ["flask"] if self.side == "flask" else ["python", "manage.py"]
        return self.run(*program, *arguments, **environment)

    def _environment(self, more: dict[str, str]) -> dict[str, str]:
        programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        return {**os.environ, "PATH": programs, **more}


def eventually(condition: Any, seconds: float = 30.0) -> None:
    """Wait until a condition holds; fail where it does not within these seconds."""
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "this did not happen in time"
        time.sleep(0.05)
