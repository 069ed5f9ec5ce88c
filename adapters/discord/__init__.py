"""The advisor as a Discord app."""
