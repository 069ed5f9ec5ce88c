"""From raw YAML to models, with mistakes worded for the person who writes the file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from rapidfuzz import process

from bot.knowledge.yaml_documents import Document, Problem

M = TypeVar("M", bound=BaseModel)


def validate(
    model: type[M], document: Document, data: object, at: tuple[object, ...] = ()
) -> tuple[M | None, list[Problem]]:
    """Check `data`, which stands at `at` in the document; return the model, or every mistake."""
    try:
        return model.model_validate(data), []
    except ValidationError as error:
        details = error.errors(include_url=False)
        return None, [_problem(model, document, at, detail) for detail in details]


def _problem(model: type[BaseModel], document: Document, at: tuple[object, ...], detail: ErrorDetails) -> Problem:
    location = detail["loc"]
    name = ".".join(map(str, location)) or "the whole entry"
    if detail["type"] == "extra_forbidden":
        what, mend = f"`{name}` is not a known key", _nearest_key(model, location)
    else:
        what, mend = _words(name, detail)
    return document.problem((*at, *location), what, mend)


_WORDS = {
    "missing": ("`{name}` is missing", "Add `{key}:`."),
    "string_too_long": ("`{name}` has {length} characters, {max_length} fit", "Shorten it by {excess}."),
    "string_too_short": ("`{name}` is empty", "Write something, or remove the entry."),
    "string_pattern_mismatch": ("`{name}` is {input!r}", "Use lower-case letters, digits and hyphens: `my-topic`."),
    "too_long": ("`{name}` has too many entries", "Keep at most {max_length}."),
    "too_short": ("`{name}` has too few entries", "Give at least {min_length}."),
    "string_type": ("`{name}` is not text", "Put it in quotes."),
    "value_error": ("{error}", "Shorten the prose, or move a part of it to a related topic."),
}
"""What is wrong and how to mend it, by pydantic's type of error."""


def _words(name: str, detail: ErrorDetails) -> tuple[str, str]:
    what, mend = _WORDS.get(detail["type"], ("`{name}`: {message}", "It is {input!r} now."))
    context = detail.get("ctx", {})
    length = len(detail["input"]) if isinstance(detail["input"], str) else 0
    values = {
        **context,
        "name": name,
        "key": name.rpartition(".")[2],
        "input": detail["input"],
        "message": detail["msg"].lower(),
        "length": length,
        "excess": length - context.get("max_length", 0),
    }
    return what.format(**values), mend.format(**values)


def _nearest_key(model: type[BaseModel], location: Sequence[Any]) -> str:
    known = list(model.model_fields) if len(location) == 1 else []
    near = process.extractOne(str(location[-1]), known, score_cutoff=60)
    if near:
        return f"Did you mean `{near[0]}`?"
    return f"Remove it. Known keys are {', '.join(sorted(known))}." if known else "Remove it, or check its spelling."
