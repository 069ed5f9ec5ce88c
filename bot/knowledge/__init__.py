"""Knowledge bases: their schema, loading, and everything that is checked before one is used."""

from bot.knowledge.base import Knowledge
from bot.knowledge.guide_models import GuideSpec

__all__ = ["GuideSpec", "Knowledge"]
