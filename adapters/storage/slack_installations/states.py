"""OAuth states: signed and dated, so that nothing is stored for somebody who only looks at the page."""

from __future__ import annotations

import base64
import hmac
import secrets
import struct
from collections import OrderedDict
from collections.abc import Callable
from hashlib import blake2b
from logging import Logger, getLogger
from typing import Any

from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore

LIFE = 600
"""Seconds for which a state is good."""
USED = 10_000
"""States of its own last minutes that a process knows as used."""
_EXPIRY, _SIGNATURE = 8, 32


class StateStore(AsyncOAuthStateStore):
    """Slack's state store without a store: any process that has the same secret can check a state.

    A state is good once in each process. That it is used once in all of them needs no care of ours: Slack takes the
    code that comes with it only once, and the browser has to bring the cookie that was set with the state.
    """

    def __init__(self, secret: str, clock: Callable[[], float]) -> None:
        """`secret`: what all processes know and nobody else, such as the client secret."""
        self._key = blake2b(secret.encode(), digest_size=32, person=b"advisor-state").digest()
        self._clock = clock
        self._used: OrderedDict[str, None] = OrderedDict()

    @property
    def logger(self) -> Logger:
        """Where Slack's part of the work logs."""
        return getLogger(__name__)

    async def async_issue(self, *_args: Any, **_kwargs: Any) -> str:
        """Return a new state."""
        said = struct.pack(">Q", int(self._clock()) + LIFE) + secrets.token_bytes(16)
        return base64.urlsafe_b64encode(said + self._sign(said)).decode()

    async def async_consume(self, state: str) -> bool:
        """Return whether the state is one of ours, fresh, and used here for the first time."""
        if state in self._used or not self._is_good(state):
            return False
        self._used[state] = None
        if len(self._used) > USED:
            self._used.popitem(last=False)
        return True

    def _is_good(self, state: str) -> bool:
        try:
            whole = base64.b64decode(state, altchars=b"-_", validate=True)
        except ValueError:
            return False
        said, signature = whole[:-_SIGNATURE], whole[-_SIGNATURE:]
        if len(said) < _EXPIRY or not hmac.compare_digest(signature, self._sign(said)):
            return False
        (expiry,) = struct.unpack(">Q", said[:_EXPIRY])
        return bool(self._clock() < expiry <= self._clock() + LIFE + 60)

    def _sign(self, said: bytes) -> bytes:
        return hmac.digest(self._key, said, "sha256")
