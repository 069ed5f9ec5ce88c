"""code: the verb that shows how each side does a task."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any

import typer

from adapters.cli.shared import JsonOption, KnowledgeOption, UsageError, dump, load_knowledge

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
