"""Knowledge bases: their schema, loading, and everything that is checked before one is used."""

from bot.knowledge.code_pairs import CodePair
from bot.knowledge.guide_models import GuideSpec
from bot.knowledge.knowledge_base import Knowledge
from bot.knowledge.loader import load
from bot.knowledge.yaml_documents import KnowledgeError

__all__ = ["CodePair", "GuideSpec", "Knowledge", "KnowledgeError", "load"]
