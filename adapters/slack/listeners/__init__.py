"""Listeners: translate in, ask the dispatcher, which translates out. They decide nothing.

Nothing that can fail stands after `await ack()`: Bolt takes an acknowledgement back when its listener fails at once.
"""

from __future__ import annotations

import logging

from slack_bolt.async_app import AsyncApp
from slack_bolt.error import BoltUnhandledRequestError
from slack_bolt.response import BoltResponse

from adapters.slack.dispatcher import Dispatcher
from adapters.slack.listeners import buttons, home, messages

log = logging.getLogger(__name__)


def register(app: AsyncApp, dispatcher: Dispatcher) -> None:
    """Attach every listener to `app`. Bolt tries them in this order, so what comes most often stands first."""
    for kind in (messages, buttons, home):
        kind.register(app, dispatcher)

    @app.error
    async def failed(error: Exception, response: BoltResponse | None) -> BoltResponse | None:
        """Tell Slack that a request has arrived which is for nobody, or which failed before it was acknowledged."""
        if isinstance(error, BoltUnhandledRequestError):
            log.debug("Slack sent something that nobody waits for")
        else:
            log.error("Slack: a listener failed", exc_info=error)
            dispatcher.conversations.observer.failed("slack", "listener")
        return None if response is None else BoltResponse(status=200, body="")
