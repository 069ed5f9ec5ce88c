"""Answers, the overview and the topics as blocks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from adapters.conversations import texts
from adapters.terminal.render.layout import Block, Role
from bot.replies import (
    Answer,
    Answers,
    AreaTopics,
    CodeComparison,
    CodePassage,
    Comparison,
    CorrectionLine,
    Lead,
    Reply,
    SourceLine,
)

BLANK = Block(Role.VERBATIM, "")


def answer(said: Answer) -> Iterator[Block]:
    """Yield what is shown first of an answer; the rest is one choice away."""
    if said.meta:
        yield Block(Role.LEAD, said.lead.text)
        return
    yield Block(Role.TITLE, said.title)
    yield from lead(said.lead)
    if texts.doubt(said):
        yield Block(Role.NOTE, texts.doubt(said))


def lead(said: Lead) -> Iterator[Block]:
    """Yield a lead: its text, a line for each side, and a correction where the question touches one."""
    if said.text:
        yield Block(Role.LEAD, said.text)
    for passage in said.passages:
        yield Block(Role.SIDE, passage.text, label=passage.name)
    if said.correction:
        yield Block(Role.NOTE, _correction(said.correction), label=texts.ARTICLE_SAYS)


def details(said: Answer) -> Iterator[Block]:
    """Yield everything else that an answer says: the topic, its sides, corrections, sources."""
    yield Block(Role.TITLE, said.title)
    if said.short != said.lead.text:
        yield Block(Role.LEAD, said.short)
    for passage in (*said.passages, *said.other_sides):
        yield Block(Role.SIDE, passage.text, label=passage.name)
    if said.choice:
        yield Block(Role.TEXT, said.choice, label=texts.IF_CHOOSING)
    for correction in said.corrections:
        yield Block(Role.NOTE, _correction(correction), label=texts.ARTICLE_SAYS)
    yield from _sources(said)


def _correction(line: CorrectionLine) -> str:
    return f"{line.says.rstrip('.')}. {texts.verdict(line)} {line.holds} [{source(line.source)}]"


def _sources(said: Answer) -> Iterator[Block]:
    if said.sources:
        checked = f" (checked {said.checked:%Y-%m-%d})" if said.checked else ""
        yield Block(Role.SOURCE, "", label=f"Sources{checked}")
    for line in said.sources[: texts.MOST_SOURCES]:
        yield Block(Role.SOURCE, f"- {source(line)}")


def source(line: SourceLine) -> str:
    """Return a source in one line: what, where, and its address."""
    parts = [line.name]
    parts += [f"“{line.section}”"] if line.section else []
    return ", ".join(parts) + (f", {line.url}" if line.url else "")


def best_sources(reply: Reply) -> Iterator[Block]:
    """Yield the first source of an answer, or of each of several."""
    parts = reply.parts if isinstance(reply, Answers) else [reply]
    first = dict.fromkeys(part.sources[0] for part in parts if isinstance(part, Answer) and part.sources)
    for line in first:
        yield Block(Role.SOURCE, source(line), label="Source")


def comparison(table: Comparison) -> Iterator[Block]:
    """Yield the overview: a topic a row."""
    yield Block(Role.TITLE, table.title)
    yield Block(Role.LEAD, table.short)
    for row in table.rows:
        cells = "; ".join(f"{name}: {cell}" for name, cell in zip(table.sides, row.cells, strict=True))
        yield Block(Role.ITEM, cells, label=row.title)


def topics(areas: Iterable[AreaTopics]) -> Iterator[Block]:
    """Yield the topics by area."""
    for area in areas:
        yield Block(Role.TITLE, area.title)
        for link in area.topics:
            yield Block(Role.ITEM, link.title, label=link.topic)


def code(said: CodeComparison) -> Iterator[Block]:
    """Yield a task as code: each side under its name, and with what it was tested."""
    yield Block(Role.TITLE, said.title)
    for place, passage in enumerate(said.passages):
        yield from [BLANK] if place else []
        yield from _code_of(passage)


def _code_of(passage: CodePassage) -> Iterator[Block]:
    yield Block(Role.SIDE, passage.says, label=passage.name)
    for file in passage.files:
        yield BLANK
        yield from [Block(Role.SOURCE, file.path)] if len(passage.files) > 1 else []
        yield Block(Role.VERBATIM, file.text)
    if tested := texts.tested(passage):
        yield BLANK
        yield Block(Role.SOURCE, tested)
