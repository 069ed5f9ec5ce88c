from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from bot.guide import Guide
from bot.knowledge import GuideSpec, Knowledge, load

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return load(ROOT / "knowledge" / "flask-vs-django")


@pytest.fixture(scope="session")
def spec(knowledge: Knowledge) -> GuideSpec:
    assert knowledge.guide is not None
    return knowledge.guide


@pytest.fixture(scope="session")
def guide(spec: GuideSpec, knowledge: Knowledge) -> Guide:
    return Guide(spec, knowledge)


@pytest.fixture(scope="session")
def tea_knowledge() -> Knowledge:
    """Return a knowledge base about something else."""
    return replace(load(ROOT / "tests" / "bases" / "tea-and-coffee"), guide=None)


@pytest.fixture(scope="session")
def tea_spec() -> GuideSpec:
    return GuideSpec.model_validate(yaml.safe_load((Path(__file__).parent / "tea.yaml").read_text(encoding="utf-8")))


@pytest.fixture(scope="session")
def tea(tea_spec: GuideSpec, tea_knowledge: Knowledge) -> Guide:
    """Return a small guide that shares no word with the shipped one."""
    return Guide(tea_spec, tea_knowledge)
