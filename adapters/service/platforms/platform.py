"""What the service knows about a platform: everything that is said of Slack or Discord outside their own packages."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Protocol
from urllib.parse import urlsplit

from pydantic import AfterValidator, SecretStr

if TYPE_CHECKING:
    import asyncio

    from aiohttp import ClientSession, web

    from adapters.service.bootstrap import Service

Given = Callable[[str], bool]
"""Returns whether a setting has a value, be it a wrong one."""


def _web(value: str) -> str:
    if urlsplit(value).scheme not in ("http", "https"):
        raise ValueError("an address that begins with https:// is needed")
    return value


def secret_text(secret: SecretStr | None) -> str:
    """Return a secret as it is; empty where there is none."""
    return secret.get_secret_value() if secret else ""


WebUrl = Annotated[str, AfterValidator(_web)]


class PlatformRefusedError(Exception):
    """A platform will not have this service as it is configured; `str` says why and what to do.

    A new attempt with the same settings would be refused again, so the process ends with `exit_code` (EX_CONFIG), and
    hosts do not restart it in a loop.
    """

    exit_code = 78


@dataclass(frozen=True, slots=True)
class TokenCheck:
    """What a platform said about a token."""

    well: bool
    words: str


@dataclass(frozen=True, slots=True)
class Token:
    """A token that the platform can be asked about."""

    title: str
    """What people call it."""
    setting: str
    """The setting that holds it."""
    url: Callable[[Any], str]
    """Returns the address of the platform's interface, from the settings."""
    check: Callable[[ClientSession, str, str], Awaitable[TokenCheck]]
    """Asks the platform at an address about a token."""


class PlatformRunner(Protocol):
    """A platform as part of the service."""

    name: str

    def routes(self) -> list[web.RouteDef]:
        """Return what the web server has to serve for it."""

    async def run(self, stop: asyncio.Event) -> None:
        """Serve until `stop`."""

    async def close(self) -> None:
        """Finish what is on its way and let go of everything."""


@dataclass(frozen=True, slots=True)
class Platform:
    """One platform. A new one is a package beside `adapters/slack`, a record like this, and its line in the list."""

    name: str
    """As it stands in logs, metrics and the database."""
    title: str
    """As people write it."""
    process: str
    """The process that serves it where there are several: "web" or "worker"."""
    users_are_global: bool
    """Whether a user's id means the same person in every workspace."""
    secret_shapes: tuple[str, ...]
    """Regular expressions for what is a secret of this platform wherever it stands."""
    credentials: tuple[str, ...]
    """Settings whose values are secret and the same in every process."""
    is_configured: Callable[[Any], bool]
    """Returns whether the settings are enough to serve it."""
    describe: Callable[[Any], str]
    """Returns how it will be served, or which settings are missing, from the settings."""
    problems: Callable[[Any, Given], Iterable[str]]
    """Returns what does not fit together in the settings."""
    findings: Callable[[Any], Iterator[tuple[str, bool, str]]]
    """Yields what `advisor doctor` should say besides: about what, whether it is wrong, and a sentence."""
    tokens: tuple[Token, ...]
    run: Callable[[Service, bool], PlatformRunner]
    """Returns the runner; the flag says whether this process does the release work, too."""
