"""The JSON Schemas of a knowledge base's files, for editors."""

from __future__ import annotations

import json

from pydantic import BaseModel

from bot.knowledge.code_pairs import CodeTask, Versions
from bot.knowledge.guide_models import GuideSpec
from bot.knowledge.guide_phrases import PackagesFile
from bot.knowledge.loader import OutOfScopeFile, SourcesFile
from bot.knowledge.models import About, Topic, Vocabulary

_FILES: dict[str, type[BaseModel]] = {
    "knowledge": About,
    "sources": SourcesFile,
    "topic": Topic,
    "vocabulary": Vocabulary,
    "out-of-scope": OutOfScopeFile,
    "guide": GuideSpec,
    "packages": PackagesFile,
    "code-task": CodeTask,
    "code-versions": Versions,
}


def schemas() -> dict[str, str]:
    """Return the text of every schema by its file name."""
    return {f"{name}.schema.json": _text(model) for name, model in _FILES.items()}


def _text(model: type[BaseModel]) -> str:
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **model.model_json_schema()}
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
