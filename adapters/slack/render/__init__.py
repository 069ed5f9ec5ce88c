"""From a reply of the core to what Slack shows: pure functions, no network."""

from adapters.slack.render.payload import home, message, modal

__all__ = ["home", "message", "modal"]
