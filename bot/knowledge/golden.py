"""golden.jsonl, the expected answers of a knowledge base: what is wrong with its lines, and what measures nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from rapidfuzz import process

from bot.knowledge.checks import words_of
from bot.knowledge.knowledge_base import Knowledge
from bot.knowledge.yaml_documents import KnowledgeError, Problem

NAME = "golden.jsonl"
LEAST_LIKENESS = 60
"""From 0 to 100: how like an id must be to one that exists to be what was meant."""
_META = "meta"


class Row(NamedTuple):
    """A line that is an object of JSON."""

    line: int
    value: dict[str, Any]


def read(folder: Path, knowledge: Knowledge) -> tuple[Row, ...]:
    """Return the expected answers of a knowledge base; none where it has no such file.

    Raises:
        KnowledgeError: lines are wrong, or name what does not exist; it lists all of them.
    """
    path = folder / NAME
    if not path.is_file():
        return ()
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise KnowledgeError([Problem(path, 0, "this is not UTF-8 text", "Save it with the encoding UTF-8.")]) from None
    rows, problems = [], []
    for number, text in enumerate(lines, start=1):
        if not text.strip():
            continue
        value = parsed(text)
        if isinstance(value, dict):
            found = [*row_problems(value)] or [*_unknown(value, knowledge)]
            problems += [Problem(path, number, *sentences(problem)) for problem in found]
            rows.append(Row(number, value))
        else:
            problems.append(Problem(path, number, value, 'Write one JSON object a line: {"q": "...", "ok": ["..."]}.'))
    if problems:
        raise KnowledgeError(problems)
    return tuple(rows)


def parsed(text: str) -> dict[str, Any] | str:
    """Return the object of JSON that a line holds, or else what is wrong with the line."""
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        return f"this is not JSON ({error.msg}, column {error.colno})"
    except (ValueError, RecursionError):
        return "the JSON is nested too deep, or has too long a number"
    return value if isinstance(value, dict) else "this is no JSON object"


def sentences(problem: str) -> tuple[str, str]:
    """Return what is wrong and how to mend it, of a sentence that says both."""
    what, _, mend = problem.partition("; ")
    return (what, f"{mend[:1].upper()}{mend[1:]}") if mend else (what.rstrip("."), "Mend it, or remove the line.")


def row_problems(row: dict[str, Any]) -> Iterator[str]:
    """Yield what is wrong with a line, each with an example of what is right."""
    if not isinstance(row.get("q"), str):
        yield 'it needs the question as text, as in "q": "does it scale?".'
    if not _is_list_of_text(row.get("ok")):
        yield 'it needs the right topics as a list of ids, as in "ok": ["scaling"]; [] where none is right.'
    if not isinstance(row.get("kind", ""), str):
        yield 'the "kind" has to be text.'
    if not isinstance(row.get("context"), str | None):
        yield 'the "context" is the question before, as text, or null.'
    if not isinstance(row.get("question"), str | None):
        yield 'the "question" is the id of the topic\'s question, as text, or null.'
    if not _is_list_of_text(row.get("says", [])):
        yield 'the "says" is a list of words that the answer must have, as in "says": ["yes"].'


def _is_list_of_text(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _unknown(row: dict[str, Any], knowledge: Knowledge) -> Iterator[str]:
    """Yield the ids and patterns of a line that nothing can meet."""
    topics = [*knowledge.topics]
    best = [row["best"]] if isinstance(row.get("best"), str) else []
    for topic in dict.fromkeys([*row["ok"], *best]):
        if topic not in knowledge.topics:
            yield f"`{topic}` is no topic; {meant(topic, topics)}"
    asked = [question.id for topic in row["ok"] if topic in topics for question in knowledge.topics[topic].questions]
    if row.get("question") and row["question"] not in asked and set(row["ok"]) <= set(topics):
        topics_named = " or ".join(row["ok"]) or "any topic"
        yield f"`{row['question']}` is no question of {topics_named}; {meant(row['question'], asked)}"
    sides = [*knowledge.side_names, "both"]
    if row.get("framework") and row["framework"] not in sides:
        yield f"`{row['framework']}` is no side; use {', '.join(sides)}, or null."
    for pattern in row.get("says", ()):
        try:
            re.compile(pattern)
        except re.error as error:
            yield f"“{pattern}” is no pattern ({error}); put a \\\\ before a sign that stands for itself."


def meant(name: str, known: Sequence[str]) -> str:
    """Return what to do about an id that does not exist: the one that was probably meant."""
    near = process.extractOne(name, known, score_cutoff=LEAST_LIKENESS)
    return f"did you mean `{near[0]}`?" if near else "name one that exists, or remove the line."


def learned_from(rows: Iterable[Row], knowledge: Knowledge, folder: Path) -> list[Problem]:
    """Return the expected answers that are phrasings, too: these are answered whatever the quality is."""
    owners: dict[str | None, str] = {
        words_of(text): topic.id for topic in knowledge.topics.values() for text in topic.all_phrasings
    }
    owners |= {words_of(text): group.id for group in knowledge.out_of_scope for text in group.phrasings}
    found = []
    for row in rows:
        words = words_of(row.value["q"])
        owner = owners.get(words) if words else None
        if owner and row.value.get("kind") != _META:
            what = f"“{row.value['q']}” is a phrasing of `{owner}`, too, so it measures nothing"
            mend = "Reword it as somebody else would ask, or take it out of the phrasings."
            found.append(Problem(folder / NAME, row.line, what, mend))
    return found


def unmeasured(rows: Iterable[Row], knowledge: Knowledge) -> list[str]:
    """Return the topics that no expected answer is about."""
    measured = {topic for row in rows for topic in row.value["ok"]}
    return [topic for topic in knowledge.topics if topic not in measured and topic not in knowledge.about.meta_topics]
