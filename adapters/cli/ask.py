"""ask, compare, topics, code, explain: the verbs of somebody with a question."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any

import typer

from adapters.cli.shared import JsonOption, KnowledgeOption, UsageError, dump, load_knowledge, open_advisor, read_jsonl

if TYPE_CHECKING:
    from bot.advisor import Advisor, Turn
    from bot.knowledge.models import Topic
    from bot.replies import Reply


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
    advisor = open_advisor(knowledge)
    reply = advisor.compare(" ".join(words or ()))
    if json:
        _print_json(reply, advisor, details=True)
    else:
        _print(reply)


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


if TYPE_CHECKING:
    from rich.console import Console

    from bot.knowledge import CodePair, Knowledge
    from bot.knowledge.code_pairs import CodeExample


def code(
    task: Annotated[
        str | None, typer.Argument(help="A task, by id or in words; the list of tasks where it is left out.")
    ] = None,
    side: Annotated[str | None, typer.Option(metavar="SIDE", help="Show only this side.")] = None,
    json: JsonOption = False,
    knowledge: KnowledgeOption = None,
) -> None:
    """Show how each side does a task, as code that runs."""
    base = load_knowledge(knowledge)
    if not base.code:
        raise UsageError(f"“{base.about.title}” has no code to show.")
    if side is not None and side not in base.side_names:
        raise UsageError(f"--side {side}: there is no such side; there are {', '.join(base.side_names)}.")
    if task is None:
        _list(base, as_json=json)
        return
    pair = _found(base, task)
    examples = {name: example for name, example in pair.sides.items() if side in (None, name)}
    if json:
        print(dump(_data(pair, examples)))
    else:
        _show(pair, examples, base.side_names)


def _found(base: Knowledge, words: str) -> CodePair:
    from bot.knowledge.code_pairs import nearest

    pair = nearest(base.code, words)
    if pair is None:
        raise UsageError(f"There is no code for “{words}”. List the tasks with: advisor code")
    return pair


def _list(base: Knowledge, *, as_json: bool) -> None:
    if as_json:
        rows = [
            {"id": pair.id, "title": pair.title, "topics": pair.topics, "asks": pair.asks}
            for pair in base.code.values()
        ]
        print(dump(rows))
        return
    width = max(map(len, base.code))
    for pair in base.code.values():
        print(f"{pair.id:<{width}}  {pair.title}")
    print("\nShow one with: advisor code TASK")


def _data(pair: CodePair, examples: Mapping[str, CodeExample]) -> dict[str, Any]:
    return {
        "id": pair.id,
        "title": pair.title,
        "topics": pair.topics,
        "sides": {
            name: {
                "says": example.says,
                "files": [{"path": each.path, "text": each.text} for each in example.snippets],
                "versions": dict(example.versions),
                "python": example.python,
            }
            for name, example in examples.items()
        },
    }


def _show(pair: CodePair, examples: Mapping[str, CodeExample], names: Mapping[str, str]) -> None:
    from rich.console import Console

    console = Console(highlight=False)
    console.print(f"[bold cyan]{pair.title}[/]")
    for side, example in examples.items():
        console.print(f"\n[bold]{names[side]}[/]")
        console.print(example.says, markup=False, soft_wrap=True)
        console.print()
        if console.is_terminal:
            _print_coloured(console, example)
        else:
            print(example.text)
        if example.tested_with:
            console.print(f"\nTested with {example.tested_with}.", style="dim", markup=False, soft_wrap=True)


def _print_coloured(console: Console, example: CodeExample) -> None:
    """Print each file in the colours of its language."""
    from rich.syntax import Syntax

    for snippet in example.snippets:
        if len(example.snippets) > 1:
            console.print(snippet.path, style="dim", markup=False)
        console.print(Syntax(snippet.text, snippet.language, theme="ansi_dark", background_color="default"))
