"""Listeners: translate in, ask the desk, which translates out. They decide nothing.

Nothing that can fail stands after `await ack()`: Bolt takes an acknowledgement back when its listener fails at once.
Commands come first and by another way, see there.
"""

from slack_bolt.async_app import AsyncApp

from adapters.slack.dispatcher import Dispatcher
from adapters.slack.listeners import buttons, commands, events, shortcuts, unhandled


def register(app: AsyncApp, dispatcher: Dispatcher) -> None:
    """Attach every listener to `app`. Bolt tries them in this order, so what comes most often stands first."""
    for kind in (commands, buttons, events, shortcuts, unhandled):
        kind.register(app, dispatcher)
