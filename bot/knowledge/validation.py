"""From raw YAML to models, with mistakes worded for the person who writes the file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
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
    if data is None and not at:
        needed = [name for name, field in model.model_fields.items() if field.is_required()]
        mend = f"Write its keys, beginning with `{needed[0]}:`." if needed else "Write something, or remove the file."
        return None, [Problem(document.path, 0, "the file is empty", mend)]
    try:
        return model.model_validate(data), []
    except ValidationError as error:
        details = error.errors(include_url=False)
        return None, [_problem(model, document, at, detail) for detail in details if not _follows(detail, details)]


def _follows(detail: ErrorDetails, details: Sequence[ErrorDetails]) -> bool:
    """Return whether a list has too few entries only because some of them are wrong, which is said of them."""
    place = detail["loc"]
    inside = (each["loc"] for each in details if len(each["loc"]) > len(place))
    return detail["type"] == "too_short" and any(each[: len(place)] == place for each in inside)


def _problem(model: type[BaseModel], document: Document, at: tuple[object, ...], detail: ErrorDetails) -> Problem:
    location = tuple(step for step in detail["loc"] if step != "[key]")
    name = ".".join(map(str, location)) or "the whole file"
    if detail["type"] == "extra_forbidden":
        what, mend = f"`{name}` is not a known key", _nearest_key(model, location)
    else:
        what, mend = _words(name, detail, document.written((*at, *location)))
    return document.problem((*at, *location), what, mend)


_A_LIST = ("`{name}` has to be a list", "Write one item a line, each behind `- `.")
_KEYS = (
    "`{name}` has to be a group of keys, not {kind}",
    "Write its keys below it, indented: `key: value`.",
)
_A_DATE = ("`{name}` is no date: {written}", "Write it as 2026-11-30.")
_ADDRESS = ("`{name}` is no web address: {written}", "Write it whole, as in https://example.com/page.")
_TRUTH = ("`{name}` has to be true or false, not {written}", "Write `true` or `false`.")
_NUMBER = ("`{name}` has to be a number, not {written}", "Write digits, without quotes.")
_WORDS = {
    "missing": ("`{name}` is missing", "Add `{key}:`."),
    "string_too_long": ("`{name}` has {length} characters, {max_length} fit", "Shorten it by {excess}."),
    "string_too_short": ("`{name}` is empty", "Write something, or remove the entry."),
    "too_long": ("`{name}` has too many entries", "Keep at most {max_length}."),
    "too_short": ("`{name}` has too few entries", "Give at least {min_length}."),
    "string_type": ("`{name}` is {kind}, not text", "Write a text behind it."),
    "value_error": ("{error}", "Shorten the prose, or move a part of it to a related topic."),
    "enum": ("`{name}` is {written}", "Use one of {expected}."),
    "literal_error": ("`{name}` is {written}", "Use one of {expected}."),
    "tuple_type": _A_LIST,
    "list_type": _A_LIST,
    "model_type": _KEYS,
    "model_attributes_type": _KEYS,
    "dict_type": _KEYS,
    "mapping_type": _KEYS,
    "date_type": _A_DATE,
    "date_parsing": _A_DATE,
    "date_from_datetime_parsing": _A_DATE,
    "date_from_datetime_inexact": _A_DATE,
    "url_parsing": _ADDRESS,
    "url_scheme": _ADDRESS,
    "url_type": _ADDRESS,
    "bool_type": _TRUTH,
    "bool_parsing": _TRUTH,
    "int_type": _NUMBER,
    "int_parsing": _NUMBER,
    "int_from_float": _NUMBER,
    "float_type": _NUMBER,
    "float_parsing": _NUMBER,
    "greater_than": ("`{name}` has to be more than {gt}", "It is {written} now."),
    "greater_than_equal": ("`{name}` has to be {ge} or more", "It is {written} now."),
    "less_than": ("`{name}` has to be less than {lt}", "It is {written} now."),
    "less_than_equal": ("`{name}` has to be {le} or less", "It is {written} now."),
}
"""What is wrong and how to mend it, by pydantic's type of error."""
_OTHER = ("`{name}`: {message}", "It is {written} now.")
_PATTERNS = {
    r"^[a-z0-9]+(-[a-z0-9]+)*$": "Use lower-case letters, digits and hyphens: `my-topic`.",
    r"^[a-z0-9_]+$": "Use lower-case letters, digits and underscores: `my_side`.",
    r"^[A-Za-z0-9]$": "Use one letter or digit.",
    r"^\w[\w./-]*$": "Write a path below the folder of the task: `app/views.py`.",
    r"^[^{}]*\{\}[^{}]*$": "Put {} once where the respect belongs: `who does {} better`.",
}
"""How to meet each pattern of the models."""


def _words(name: str, detail: ErrorDetails, written: str | None) -> tuple[str, str]:
    given, context = detail["input"], detail.get("ctx", {})
    shown = f"`{written}`" if written is not None else _kind(given)
    if detail["type"] == "string_pattern_mismatch":
        pattern = str(context.get("pattern"))
        return f"`{name}` is `{given}`", _PATTERNS.get(pattern, f"It has to match {pattern}.")
    if detail["type"] == "string_type" and written is not None and not isinstance(given, list | dict):
        return f"`{name}` is {shown}, which YAML reads as {_kind(given)}", f'Put it in quotes: "{written}".'
    what, mend = _WORDS.get(detail["type"], _OTHER)
    length = len(given) if isinstance(given, str) else 0
    values = {
        **context,
        "name": name,
        "key": name.rpartition(".")[2],
        "written": shown,
        "kind": _kind(given),
        "message": detail["msg"].lower(),
        "length": length,
        "excess": length - context.get("max_length", 0),
    }
    return what.format(**values), mend.format(**values)


def _kind(value: object) -> str:
    """Return what a value is, in the words of somebody who writes YAML."""
    match value:
        case None:
            return "nothing"
        case bool():
            return "true or false"
        case int() | float():
            return "a number"
        case date():
            return "a date"
        case str():
            return "a text"
        case Mapping():
            return "a group of keys"
        case _:
            return "a list"


def _nearest_key(model: type[BaseModel], location: Sequence[Any]) -> str:
    known = list(model.model_fields) if len(location) == 1 else []
    near = process.extractOne(str(location[-1]), known, score_cutoff=60)
    if near:
        return f"Did you mean `{near[0]}`?"
    return f"Remove it. Known keys are {', '.join(sorted(known))}." if known else "Remove it, or check its spelling."
