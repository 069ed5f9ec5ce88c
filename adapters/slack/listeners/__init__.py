"""Listeners: translate in, ask the desk, which translates out. They decide nothing."""

from slack_bolt.async_app import AsyncApp

from adapters.slack.desk import Desk
from adapters.slack.listeners import buttons, commands, events, shortcuts, unhandled


def register(app: AsyncApp, desk: Desk) -> None:
    """Attach every listener to `app`."""
    for kind in (events, commands, shortcuts, buttons, unhandled):
        kind.register(app, desk)
