"""Which knowledge base is used, and opening it: read its files, learn from them or recall what was learned before."""

from adapters.knowledge_base.loader import default_folder, open_advisor

__all__ = ["default_folder", "open_advisor"]
