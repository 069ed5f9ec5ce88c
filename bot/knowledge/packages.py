"""Packages that a knowledge base knows, and what depending on one says about a project."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated

from pydantic import Field, StringConstraints

from bot.knowledge.guide_models import GuideSpec
from bot.knowledge.guide_phrases import Key
from bot.knowledge.models import Model

PackageName = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]


class Package(Model):
    """One package."""

    name: PackageName = Field(description="Its name as one installs it, in lower case with hyphens.")
    imports: tuple[str, ...] = Field(default=(), description="What code imports, where that is another name.")
    answers: Mapping[Key, Key] = Field(description="Options by question; none where it is only worth a word.")
    evidence: Annotated[str, StringConstraints(min_length=1, max_length=60)] = Field(
        description="What it stands for, in a few words."
    )


class PackagesFile(Model):
    """packages.yaml."""

    packages: tuple[Package, ...] = Field(description="Packages, and what depending on one says about a project.")


def problems(
    packages: tuple[Package, ...], guide: GuideSpec | None
) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    """Yield every mistake in a list of packages: where it is, what is wrong, and how to mend it."""
    options = {question.id: question.by_id for question in guide.questions} if guide else {}
    seen: set[str] = set()
    for place, package in enumerate(packages):
        at = ("packages", place)
        for name in {package.name, *package.imports} & seen:
            yield at, f"the name `{name}` is there twice", "Keep one of the entries."
        seen |= {package.name, *package.imports}
        for question, option in package.answers.items():
            if option not in options.get(question, {}):
                yield at, f"`{question}: {option}` is no answer of the guide", "Name a question and an option of it."
