"""Words that shall not come back: what a native technical writer would not say, with what to say instead."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.knowledge import load

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "knowledge" / "flask-vs-django"
KNOWLEDGE = load(SHIPPED)

INSTEAD = {
    r"\bthe manuals?\b": "docs, documentation",
    r"\bspeaks? for\b": "favours, points to",
    r"\b(?:comes?|brings?) along\b|\barrives? by (?:it|them)sel": "ships with, is installed as a dependency",
    r"\blive (?:connection|corner|feature|part|bit)s?\b": "real-time",
    r"\blasting connections?\b": "long-lived connections",
    r"\bfixed pages?\b": "static pages",
    r"\b(?:editing|staff|ready-made|admin|back-office) screens?\b": "admin, CRUD pages",
    r"\b(?:user|access|extra|root|object) rights\b|\brights on\b": "permissions, privileges",
    r"\b(?:look|looks|looked) after\b|\bupkeep\b": "maintain",
    r"\boutside (?:worker|service|call)s?\b": "external, third-party",
    r"\bheader against\b": "clickjacking protection (X-Frame-Options)",
    r"\bform checks?\b": "form validation",
    r"\bshall\b": "should, must",
    r"\bknows? no such\b": "does not mention",
    r"\bDjango house\b|\bFlask house\b": "Django shop, Flask shop",
    r"\banswers? predictions\b": "serve predictions",
    r"\bis out sooner\b": "ships sooner",
    r"\bwants? Python \d": "supports, needs Python",
    r"\btakes TLS\b": "terminates TLS",
    r"\b(?:hits|requests|milliseconds) a (?:second|request)\b": "per second, per request",
    r"\btrade between companies\b": "B2B",
    r"\bnamed partials\b": "template partials",
    r"\bneeds? own\b": "need your own",
    r"\bon my shelf\b": "outside what I cover",
    r"\bguards? you against\b": "protects you from",
    r"\bof the rank of\b": "comparable to",
    r"\bguided choice\b": "the guide",
    r"\b(?:small|full) kind\b|\bin the box\b": "micro, full-stack; built in",
    r"\bmachinery\b|\bglu(?:e|ing)\b": "say what it is",
    r"\bscreens? to (?:maintain|edit)\b": "admin, CRUD pages",
    r"^Rather \w": "Leaning towards ...",
    r"\bspeaks? (?:as much|more|less) for\b": "favours",
}
"""Patterns, each with the usual terms."""


def knowledge_texts() -> Iterator[tuple[str, str]]:
    """Yield what the advisor says, with where it stands: answers, guide and refusals, no ways of asking."""
    for topic in KNOWLEDGE.topics.values():
        prose = [topic.title, topic.short, topic.choice or "", *topic.sides.values(), *topic.glance.values()]
        prose += [part for each in topic.corrections for part in (each.says, each.holds)]
        prose += [part for each in topic.questions for part in (each.answer, *each.sides.values())]
        yield from ((f"topics/{topic.id}.yaml", text) for text in prose)
    yield from (("out-of-scope.yaml", group.reply) for group in KNOWLEDGE.out_of_scope)
    guide = KNOWLEDGE.guide.model_dump(mode="json") if KNOWLEDGE.guide else {}
    yield from (("guide.yaml", text) for text in said(guide))


def said(part: object) -> Iterator[str]:
    """Yield what the guide says anywhere in a part of it."""
    for key, value in part.items() if isinstance(part, dict) else ():
        if key in ("ask", "help", "label", "why", "say", "text", "unless", "clear", "leaning", "verdict", "in_short"):
            yield from [value] if isinstance(value, str) else ()
        yield from said(value)
    for item in part if isinstance(part, list) else ():
        yield from said(item)


def page_texts() -> Iterator[tuple[str, str]]:
    """Yield the pages that people read, without code and without the glossary that lists these very words."""
    for page in [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]:
        text = page.read_text(encoding="utf-8").partition("### Its words")[0]
        yield page.name, re.sub(r"```.*?```|`[^`]*`", "", text, flags=re.DOTALL)


def test_words_of_the_field() -> None:
    wrong = [
        f"{where}: “{found[0]}” in “{text[max(0, found.start() - 30) : found.end() + 30]}”; say: {instead}"
        for where, text in [*knowledge_texts(), *page_texts()]
        for pattern, instead in INSTEAD.items()
        for found in re.finditer(pattern, text)
    ]
    assert not wrong, "\n".join(wrong)


QUOTED = (
    "starts with database queries",
    "advice is to begin with queries",
    "only Werkzeug and Jinja always",
    "names Werkzeug in two comments",
    "keeps them in SQL tables",
    "admin is made for SQL tables",
    "counts as its main strength",
    "every answer says where it is wrong",
    "two names to know",
    "One-way streams need no add-on",
    "nothing you did not ask for",
    "holds only the code that you use",
    "Slightly more overhead",
    "official backend for it",
    "32 security issues",
    "for three years or more",
    "Google Cloud Functions",
)
"""Statements that were found to be false, one-sided or out of date."""


@pytest.mark.parametrize("statement", QUOTED)
def test_statements_that_were_found_wrong_stay_away(statement: str) -> None:
    assert [where for where, text in knowledge_texts() if statement in text] == []


def test_sources_can_be_opened() -> None:
    guide = KNOWLEDGE.guide.sources if KNOWLEDGE.guide else ()
    for source in [*KNOWLEDGE.sources.values(), *guide]:
        assert source.url or source.reference, f"{source.id} has neither a link nor a reference"
        assert source.document is None or (ROOT / source.document).is_file(), source.document
    article = KNOWLEDGE.sources[KNOWLEDGE.about.article or ""]
    assert article.reference == "Hunter Johnson, Educative, 19 April 2022"


def test_the_language_test_reads_the_guide() -> None:
    texts = json.dumps([text for where, text in knowledge_texts() if where == "guide.yaml"])
    assert "What are you building?" in texts
