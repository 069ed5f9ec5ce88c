"""Which knowledge base is used, and opening it: read its files, learn from them or recall what was learned before."""

from adapters.knowledge_base.loader import open_advisor, shipped_folder

__all__ = ["open_advisor", "shipped_folder"]
