"""The settings of the knowledge base, which every command reads: from the environment, or from a `.env` file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator
from pydantic_settings import BaseSettings, SettingsConfigDict

from adapters.knowledge_base.loader import shipped_folder
from adapters.knowledge_base.model_cache import cache_folder


def _folder(value: Path) -> Path:
    if not (value / "knowledge.yaml").is_file():
        raise ValueError(f"there is no knowledge base in {value} (no knowledge.yaml)")
    return value


KnowledgeFolder = Annotated[Path, AfterValidator(_folder)]


class KnowledgeSettings(BaseSettings):
    """Which knowledge base is used. Names in the environment are these in capitals, with `ADVISOR_` in front."""

    model_config = SettingsConfigDict(
        env_prefix="ADVISOR_",
        env_file=".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    knowledge: KnowledgeFolder | None = None
    """The folder of the knowledge base; the shipped one by default."""
    cache_dir: str | None = None
    """Where to keep what was learned from it: a folder, or "off"; the user's cache folder by default."""

    @property
    def knowledge_folder(self) -> Path:
        """The folder of the knowledge base: the one that is set, else the shipped one."""
        return self.knowledge or shipped_folder()

    @property
    def cache_folder(self) -> Path | None:
        """The folder for what is learned; None where nothing is kept."""
        return cache_folder(self.cache_dir)
