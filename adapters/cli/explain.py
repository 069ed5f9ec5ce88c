"""explain: why a question is read as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from adapters.cli.shared import JsonOption, KnowledgeOption, dump, open_advisor

if TYPE_CHECKING:
    from bot.matching.interpretation import Explanation, NearPhrasing


def explain(
    question: Annotated[str, typer.Argument(help="What somebody asks, in their own words.")],
    after: Annotated[str | None, typer.Option(help="The question before, for a follow-up.")] = None,
    json: JsonOption = False,
    knowledge: KnowledgeOption = None,
) -> None:
    """Say why a question is read as it is: words, sides, nearest phrasings, scores, thresholds."""
    advisor = open_advisor(knowledge)
    context = advisor.ask(after).context if after else None
    found = advisor.explain(question, context)
    print(dump(_as_json(found)) if json else _as_text(found))


def _as_json(found: Explanation) -> dict[str, Any]:
    from dataclasses import asdict

    reading = found.reading
    return {
        "words": [asdict(word) for word in found.words],
        "side": reading.side,
        "asking": list(found.asking),
        "nearest": [asdict(near) for near in found.nearest],
        "outcome": reading.outcome.value,
        "decided_by": found.decided_by,
        "thresholds": {"answer_from": found.answer_from, "suggest_from": found.suggest_from},
        "out_of_scope": reading.out_of_scope,
        "question": reading.question._asdict() if reading.question else None,
        "form": reading.form.value,
        "yes_or_no": found.yes_or_no,
        "parts": [part.ranked[0].topic for part in reading.parts],
    }


def _as_text(found: Explanation) -> str:
    reading = found.reading
    lines = [
        "Words read",
        *(f"  {_word(word.written, word.read, known=word.known, side=word.side)}" for word in found.words),
    ]
    lines += ["", f"Side: {reading.side or 'none'}"]
    if len(found.asking) > 1:
        lines += ["", "Sentences that ask", *(f"  {sentence}" for sentence in found.asking)]
    lines += ["", "Nearest phrasings", *map(_near, found.nearest), "", f"Decision: {found.decided_by}"]
    if reading.parts:
        lines.append(f"Several questions: {', '.join(part.ranked[0].topic for part in reading.parts)}")
    if reading.question:
        asked = reading.question
        lines.append(f'Question: {asked.question} ({asked.score:.2f}), by the wording "{asked.wording}"')
    return "\n".join([*lines, f"Yes or No: {found.yes_or_no}"])


def _word(written: str, read: str, *, known: bool, side: str | None) -> str:
    if side:
        return f"{written}: names {side}"
    if not known:
        return f"{written}: not known"
    return written if written.startswith(read) else f"{written}: read as {read}"


def _near(near: NearPhrasing) -> str:
    meaning = "" if near.meaning is None else f", meaning {near.meaning:+.1f}"
    confidence = "out of scope" if near.confidence is None else f"confidence {near.confidence:.2f}"
    return (
        f'  {near.group}: {confidence}, words {near.words:+.1f}{meaning}; "{near.phrasing}" ({near.likeness:.2f} alike)'
    )
