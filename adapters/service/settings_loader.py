"""Reads the settings, with all mistakes at once, in words that whoever runs the service can act on."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import AliasChoices, ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource
from rapidfuzz import fuzz, process

from adapters.service.platforms import PLATFORMS
from adapters.service.settings import KnowledgeSettings, Settings

S = TypeVar("S", bound=KnowledgeSettings)

NAMES = {"database_url": "DATABASE_URL", "port": "PORT", "ADVISOR_DATABASE_URL": "DATABASE_URL", "ADVISOR_PORT": "PORT"}
PREFIX = "ADVISOR_"
ALIKE = 75.0
"""Likeness (0 to 100) from which a name is taken for a misspelt one of ours."""
ENV_FILE = Path(".env")
OF_COMPOSE = "ADVISOR_DOMAIN"
"""In the same file for `compose.yaml` and its Caddy; containers get it with the rest."""
__all__ = ["KnowledgeSettings", "Settings", "SettingsError", "load_settings", "name_of", "names_not_read"]


class SettingsError(Exception):
    """Settings that cannot be used; says all that is wrong, and no secret."""

    def __init__(self, problems: list[str], usable: Settings | None = None) -> None:
        """`usable`: the settings that are in order, with defaults for the others."""
        self.problems, self.usable = problems, usable
        super().__init__("The settings need mending:\n" + "\n".join(f"- {problem}" for problem in problems))


def load_settings(env_file: Path | None = ENV_FILE) -> Settings:
    """Read the environment and `env_file`.

    Raises:
        SettingsError: with everything that is wrong.
    """
    try:
        settings = _read(Settings, env_file)
    except ValidationError as error:
        wrong = {str(detail["loc"][0]) for detail in error.errors() if detail["loc"]}
        rest = _Given(**_sound(wrong, env_file))
        raise SettingsError([*map(_in_words, error.errors()), *_together(rest, wrong)], rest) from None
    problems = list(_together(settings, set()))
    if problems:
        raise SettingsError(problems, settings)
    return settings


def load_knowledge_settings(env_file: Path | None = ENV_FILE) -> KnowledgeSettings:
    """Read the part of the settings that commands without a service need, from the same places.

    Raises:
        SettingsError: with everything that is wrong in that part.
    """
    try:
        return _read(KnowledgeSettings, env_file)
    except ValidationError as error:
        raise SettingsError(list(map(_in_words, error.errors()))) from None


def _read(kind: type[S], env_file: Path | None) -> S:
    try:
        return kind(_env_file=env_file)
    except UnicodeDecodeError:
        raise SettingsError([f"{env_file} is not UTF-8 text: save it with the encoding UTF-8."]) from None
    except OSError as error:
        raise SettingsError([f"{env_file} cannot be read: {error.strerror}."]) from None


def names_not_read(environment: Mapping[str, str] | None = None, env_file: Path | None = None) -> dict[str, str]:
    """Return names that look like settings of ours and are not, each with the name that was probably meant.

    Args:
        environment: the variables; those of this process by default.
        env_file: a file with more of them.
    """
    given = {**_file(env_file), **(os.environ if environment is None else environment)}
    known = [name_of(field) for field in Settings.model_fields]
    known += ["ADVISOR_DATABASE_URL", "ADVISOR_PORT"]
    found: dict[str, str] = {}
    for name in given:
        if name in known or name == OF_COMPOSE:
            continue
        if PREFIX + name in known and PREFIX + name not in given:  # what people try first
            found[name] = PREFIX + name
        elif name.startswith(PREFIX):
            bare = {each: each.removeprefix(PREFIX) for each in known}
            near = process.extractOne(name.removeprefix(PREFIX), bare, scorer=fuzz.ratio, score_cutoff=ALIKE)
            found[name] = near[2] if near else ""
    return found


def name_of(field: str) -> str:
    """Return what a setting is called in the environment."""
    return NAMES.get(field) or (field if field.startswith(PREFIX) else f"{PREFIX}{field.upper()}")


_WORDS = {
    "int_parsing": "a whole number is needed",
    "float_parsing": "a number is needed",
    "bool_parsing": "write true or false",
    "greater_than": "it has to be more than {gt:g}",
    "greater_than_equal": "it has to be {ge} or more",
    "less_than_equal": "it has to be {le:g} or less",
    "literal_error": "use {expected}",
}
"""What is wrong, by pydantic's type of error."""


def _in_words(detail: ErrorDetails) -> str:
    name = name_of(str(detail["loc"][0]) if detail["loc"] else "settings")
    known = _WORDS.get(detail["type"])
    message = known.format(**detail.get("ctx", {})) if known else detail["msg"].removeprefix("Value error, ")
    return f"{name}: {message[:1].lower()}{message[1:]}."


class _Given(Settings):
    """Settings from nothing but what is handed in."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003  # the library passes all of them by name
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return (init_settings,)


def _sound(wrong: set[str], env_file: Path | None) -> dict[str, Any]:
    """Return the given values of the fields that are not at fault."""
    at_fault = set(map(name_of, wrong))
    given = {**_file(env_file), **os.environ}
    found = {}
    for field, info in Settings.model_fields.items():
        alias = info.validation_alias
        names = list(alias.choices) if isinstance(alias, AliasChoices) else [name_of(field)]
        value = next((given[str(name)] for name in names if given.get(str(name))), "")
        if value and name_of(field) not in at_fault:
            found[str(names[0]) if alias else field] = value
    return found


def _file(env_file: Path | None) -> dict[str, str]:
    from dotenv import dotenv_values

    try:
        values = dotenv_values(env_file) if env_file else {}
    except (OSError, UnicodeDecodeError):  # said elsewhere
        return {}
    return {name: value for name, value in values.items() if value}


def _together(settings: Settings, wrong: set[str]) -> Iterator[str]:
    """Yield what is wrong with settings that are each in order; those in `wrong` count as given."""

    def given(field: str) -> bool:
        return bool(getattr(settings, field)) or field in wrong

    for platform in PLATFORMS:
        yield from platform.problems(settings, given)
