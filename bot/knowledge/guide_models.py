"""The guided choice, as data. See `bot.guide` for the engine that steps through it."""

from __future__ import annotations

from bot.knowledge.models import Model


class GuideSpec(Model):
    """Placeholder until the guide's own schema lands."""
