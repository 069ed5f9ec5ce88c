"""`advisor recommend` and `advisor guide`: the guide on the command line."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from adapters.cli.shared import JsonOption, KnowledgeOption, dump, open_advisor, read_jsonl
from adapters.cli.streams import CHECK_FAILED, UsageError

if TYPE_CHECKING:
    from bot.guide import Dependencies, Guide
    from bot.replies import Recommendation

NOTHING_SAID = (
    "There is nothing to recommend from yet. Give answers, as in --answer kind=web_app, or a description that says "
    'what is built and for whom, as in --text "an online shop with customer accounts". At a terminal, '
    "`advisor recommend` asks."
)
guide_app = typer.Typer(help="Check, draw and measure the guide.", no_args_is_help=True)

AnswerOption = Annotated[
    list[str] | None,
    typer.Option("--answer", metavar="QUESTION=OPTION", help="An answer, such as kind=web_app; repeat as needed."),
]
TextOption = Annotated[str, typer.Option("--text", help="A description of the project.")]
CodeOption = Annotated[str, typer.Option("--code", help="Open a result again.")]
BatchOption = Annotated[bool, typer.Option("--batch", help="Read scenarios as JSONL, write one JSON line for each.")]
RecordOption = Annotated[Path | None, typer.Option("--record", metavar="FILE", help="Save a decision record here.")]
FromOption = Annotated[
    Path | None,
    typer.Option(
        "--from", metavar="FILE", help="Read what the project depends on: requirements.txt, pyproject.toml, imports."
    ),
]
FileOption = Annotated[Path | None, typer.Option(metavar="FILE")]


def recommend(
    *,
    answer: AnswerOption = None,
    text: TextOption = "",
    code: CodeOption = "",
    batch: BatchOption = False,
    json: JsonOption = False,
    record: RecordOption = None,
    stack: FromOption = None,
    knowledge: KnowledgeOption = None,
) -> None:
    """Help to choose: with questions, or at once from answers, a description, a list of packages or a result code."""
    guide = _guide(knowledge)
    if batch:
        _batch(guide, sys.stdin)
        return
    dependencies = _dependencies(guide, stack) if stack else None
    if answer or code or json or not sys.stdin.isatty():
        result, understood = _at_once(guide, _pairs(answer or []), text, code, dependencies)
        _print(result, understood, as_json=json)
    else:
        result = _asked(guide, text, dependencies)
    if record:
        _save(guide, result, record)


def _guide(folder: Path | None) -> Guide:
    guide = open_advisor(folder).guide
    if guide is None:
        raise UsageError("This knowledge base has no guide.")
    return guide


def _pairs(answers: Iterable[str]) -> dict[str, str]:
    pairs = [answer.partition("=") for answer in answers]
    for question, sign, option in pairs:
        if not (question and sign and option):
            raise UsageError(f"--answer needs a question and an option, such as kind=web_app; this is {question!r}.")
    return {question.strip(): option.strip() for question, _, option in pairs}


def _dependencies(guide: Guide, file: Path) -> Dependencies:
    from bot.guide import NoDependenciesError
    from bot.guide.dependencies import LONGEST

    try:
        with file.open("rb") as stream:
            return guide.dependencies(stream.read(LONGEST + 1).decode("utf-8", errors="replace"))
    except OSError as error:
        raise UsageError(f"I cannot read {file}: {error.strerror}.") from error
    except NoDependenciesError as error:
        raise UsageError(f"{file}: {error}") from error


def _at_once(
    guide: Guide, answers: Mapping[str, str], text: str, code: str, dependencies: Dependencies | None = None
) -> tuple[Recommendation, Mapping[str, str]]:
    from bot.guide import UnknownAnswerError
    from bot.replies import Recommendation

    if code:
        shown = guide.reopen(code)
        if not isinstance(shown, Recommendation):
            raise UsageError(getattr(shown, "text", "This code is of an unfinished run; it has no result yet."))
        return shown, {}
    try:
        return guide.recommend(answers, text, dependencies), guide.understand(text, dependencies)
    except UnknownAnswerError as error:
        mistake = str(error)
        raise UsageError(f"{mistake[:1].upper()}{mistake[1:]}.") from error


def _asked(guide: Guide, text: str, dependencies: Dependencies | None) -> Recommendation:
    """Ask question by question; the interview shows the result itself."""
    from adapters.terminal.interview import interview

    found = interview(guide, text, dependencies=dependencies)
    if found is None:
        raise typer.Exit(CHECK_FAILED)
    return found


def _print(result: Recommendation, understood: Mapping[str, str], *, as_json: bool) -> None:
    from adapters.terminal.json_output import recommendation_line

    if not result.given:
        raise UsageError(NOTHING_SAID)
    if as_json:
        print(dump(recommendation_line(result, understood)))
        return
    from rich.console import Console

    from adapters.terminal.printer import show
    from adapters.terminal.render.render import render

    show(Console(highlight=False), render(result))


def _save(guide: Guide, result: Recommendation, file: Path) -> None:
    from datetime import date

    from bot.actions import SaveRecord
    from bot.replies import DecisionRecord

    today = date.today()  # noqa: DTZ011  # a decision is dated by the day of whoever decides
    saved = guide.press(SaveRecord(result.token), on=today)
    if isinstance(saved, DecisionRecord):
        file.write_text(saved.markdown, encoding="utf-8")
        print(f"Saved {file}.", file=sys.stderr)


def _batch(guide: Guide, lines: Iterable[str]) -> None:
    """Answer every scenario in order; wrong ones get a recommendation_line with an error, and the exit code says so."""
    from adapters.terminal.json_output import recommendation_line

    failed = False
    for scenario in read_jsonl(lines, "standard input"):
        try:
            result, understood = _at_once(guide, _answers(scenario), str(scenario.get("text") or ""), "")
        except UsageError as mistake:
            failed = True
            print(dump({"error": str(mistake)}))
        else:
            print(dump(recommendation_line(result, understood)))
    if failed:
        raise typer.Exit(2)


def _answers(scenario: Mapping[str, Any]) -> dict[str, str]:
    given = scenario.get("answers") or {}
    if not isinstance(given, dict):
        raise UsageError('"answers" must be an object, such as {"kind": "web_app"}.')
    plain = {True: "yes", False: "no"}  # what a bare yes or no in YAML becomes on its way to JSON
    return {
        str(question): plain[option] if isinstance(option, bool) else str(option)
        for question, option in given.items()
        if option is not None
    }


@guide_app.command("audit")
def audit(json: JsonOption = False, knowledge: KnowledgeOption = None) -> None:
    """Walk every path of the guide; exit code 1 where something has to be mended."""
    found = _guide(knowledge).audit()
    if json:
        facts = {"shares": dict(found.shares), "mean": found.mean, "longest": found.longest, "states": found.states}
        print(dump({**facts, "failures": found.failures}))
    else:
        for result, share in found.shares.items():
            print(f"{result:10} {share:6.1%} of the paths")
        print(f"questions  {found.mean:.2f} on average, {found.longest} at most; {found.states} situations")
        for failure in found.failures:
            print(f"to mend: {failure}")
    if not found.ok:
        raise typer.Exit(CHECK_FAILED)


@guide_app.command("diagram")
def diagram(write: FileOption = None, check: FileOption = None, knowledge: KnowledgeOption = None) -> None:
    """Draw the guide as Mermaid; write it into a page, or check that a page is current."""
    chart = _guide(knowledge).diagram()
    page = PAGE.format(chart=chart)
    if write:
        write.write_text(page, encoding="utf-8")
    elif check is None:
        print(chart, end="")
    elif not check.exists() or check.read_text(encoding="utf-8") != page:
        print(f"{check} is not current; run `advisor guide diagram --write {check}`.", file=sys.stderr)
        raise typer.Exit(CHECK_FAILED)


PAGE = """# The guide

Drawn from `guide.yaml` by `advisor guide diagram --write docs/guide.md`; don't edit it by hand.

Every option says which side it favours and how far; `*` means that it depends on other answers. Dotted arrows lead
to questions that are only asked or left out in some cases, and to the exits that end in "neither", which several
answers take together. "Not sure" is an option everywhere.

```mermaid
{chart}```
"""
