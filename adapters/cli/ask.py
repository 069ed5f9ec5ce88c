"""ask, compare, topics, explain: the verbs of somebody with a question."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from adapters.cli.shared import JsonOption, KnowledgeOption, UsageError, dump, load_knowledge, open_advisor, read_jsonl

if TYPE_CHECKING:
    from bot.advisor import Advisor, Turn
    from bot.knowledge.models import Topic
    from bot.replies import Reply


NEAREST = 3
"""Topics that are named where none was meant for sure."""


def ask(
    words: Annotated[
        list[str] | None, typer.Argument(metavar="QUESTION", help="What you want to know, in your own words.")
    ] = None,
    after: Annotated[str | None, typer.Option(help="The question before, for a follow-up.")] = None,
    batch: Annotated[
        bool, typer.Option("--batch", help='Answer JSON lines {"q": ..., "context": ...} from stdin.')
    ] = False,
    json: JsonOption = False,
    knowledge: KnowledgeOption = None,
) -> None:
    """Answer one question, or many."""
    question = " ".join(words or ())
    if batch == bool(question.strip()):
        raise UsageError("Give a question, as in: advisor ask what is it for - or --batch and JSON lines, not both.")
    advisor = open_advisor(knowledge)
    if batch:
        _ask_batch(advisor)
        return
    turn = _asked(advisor, question, after)
    if json:
        _print_json(turn.reply, advisor)
    else:
        _print(turn.reply)
        _print_source(turn.reply)


def _asked(advisor: Advisor, question: str, before: str | None) -> Turn:
    context = advisor.ask(before).context if before else None
    return advisor.ask(question, context)


def _ask_batch(advisor: Advisor) -> None:
    for row in read_jsonl(sys.stdin, "stdin"):
        question, before = row.get("q"), row.get("context")
        if not isinstance(question, str) or not isinstance(before, str | None):
            raise UsageError(f'Each line needs "q" as text, and "context" as text or null; this is {dump(row)}.')
        _print_json(_asked(advisor, question, before).reply, advisor)


def compare(
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="TOPIC", help="A topic, by id or in words; everything where it is left out."),
    ] = None,
    json: JsonOption = False,
    knowledge: KnowledgeOption = None,
) -> None:
    """Put the sides next to each other."""
    advisor, named = open_advisor(knowledge), " ".join(words or ())
    reply = advisor.compare(named)
    _refuse_unknown_topic(reply, named, advisor)
    if json:
        _print_json(reply, advisor, details=True)
    else:
        _print(reply)


def _refuse_unknown_topic(reply: Reply, named: str, advisor: Advisor) -> None:
    """Refuse what names nothing to compare, with the names that are near.

    Raises:
        UsageError: the reply compares nothing.
    """
    from rapidfuzz import fuzz, process

    from bot.knowledge.golden import LEAST_LIKENESS
    from bot.replies import NotKnown, Suggestions

    if not isinstance(reply, NotKnown | Suggestions):
        return
    knowledge = advisor.knowledge
    compared = [topic for topic in knowledge.topics if topic not in knowledge.about.meta_topics]
    written = process.extract(named, compared, scorer=fuzz.ratio, score_cutoff=LEAST_LIKENESS, limit=NEAREST)
    read = reply.candidates if isinstance(reply, Suggestions) else ()
    found = dict.fromkeys([*(topic for topic, *_ in written), *(each.topic for each in read)])
    near = [topic for topic in found if topic in compared][:NEAREST]
    hint = f"Did you mean {' or '.join(f'`{topic}`' for topic in near)}?" if near else "`advisor topics` lists all."
    raise UsageError(f"“{named}” is no topic. {hint}")


def topics(json: JsonOption = False, knowledge: KnowledgeOption = None) -> None:
    """List everything that can be asked about."""
    from bot.orientation import Orientation

    base = load_knowledge(knowledge)
    if not json:
        _print(Orientation(base).topics())
        return
    print(dump([_described(topic) for topic in base.topics.values()]))


def _described(topic: Topic) -> dict[str, Any]:
    said = topic.model_dump(mode="json", include={"id", "title", "area", "keywords"})
    return said | {"phrasings": list(topic.all_phrasings), "questions": [question.id for question in topic.questions]}


def _print(reply: Reply) -> None:
    from rich.console import Console

    from adapters.terminal.console import show
    from adapters.terminal.render.render import render

    show(Console(), render(reply), _as_hints(reply))


def _print_source(reply: Reply) -> None:
    """Name the best source of each answer; there is no "More" to press."""
    from rich.console import Console

    from adapters.terminal.console import show
    from adapters.terminal.render.answers import best_sources

    show(Console(), best_sources(reply))


def _as_hints(reply: Reply) -> tuple[Any, ...]:
    from adapters.terminal.render.buttons import options
    from bot.replies import Suggestions

    return options(reply)[:-1] if isinstance(reply, Suggestions) else ()


def _print_json(reply: Reply, advisor: Advisor, *, details: bool = False) -> None:
    from dataclasses import asdict

    from adapters.terminal.json_output import line

    print(dump(line(reply, advisor) | ({"reply": asdict(reply)} if details else {})), flush=True)


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
