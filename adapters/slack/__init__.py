"""The advisor as a Slack app."""
