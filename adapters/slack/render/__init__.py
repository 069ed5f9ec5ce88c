"""From a reply of the core to what Slack shows: pure functions, no network."""

from adapters.slack.render.home import Home, home
from adapters.slack.render.render import message, modal

__all__ = ["Home", "home", "message", "modal"]
