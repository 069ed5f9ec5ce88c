"""Requests that are for nobody, and failures before any listener: Slack is told that they have arrived."""

from __future__ import annotations

import logging

from slack_bolt.async_app import AsyncApp
from slack_bolt.error import BoltUnhandledRequestError
from slack_bolt.response import BoltResponse

from adapters.slack.dispatcher import Dispatcher

log = logging.getLogger(__name__)


def register(app: AsyncApp, dispatcher: Dispatcher) -> None:
    """Attach the listener for everything that no other one takes."""

    @app.error
    async def failed(error: Exception) -> BoltResponse:
        if isinstance(error, BoltUnhandledRequestError):
            log.debug("Slack sent something that nobody waits for")
        else:
            log.error("Slack: a listener failed", exc_info=error)
            dispatcher.conversations.observer.failed("slack", "listener")
        return BoltResponse(status=200, body="")
