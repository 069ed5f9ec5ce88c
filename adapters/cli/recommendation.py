"""recommend, team: what the guide recommends to somebody, and what a team decides from its members' result codes."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from adapters.cli.shared import CHECK_FAILED, JsonOption, KnowledgeOption, UsageError, dump, open_guide, read_jsonl

if TYPE_CHECKING:
    from bot.guide import Dependencies, Guide
    from bot.replies import Recommendation

NOTHING_SAID = (
    "There is nothing to recommend from yet. Give answers, as in --answer kind=web_app, or a description that says "
    'what is built and for whom, as in --text "an online shop with customer accounts". At a terminal, '
    "`advisor recommend` asks."
)
NOTHING_ASKED = (
    "Nothing was asked, since there is no terminal, so this rests on no answer. Give some, as in --answer kind=web_app "
    'or --text "an online shop with customer accounts".'
)

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
CodesArgument = Annotated[
    list[str], typer.Argument(metavar="CODE...", help="The result codes of three or more people.")
]


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
    guide = open_guide(knowledge)
    if batch:
        _batch(guide, sys.stdin)
        return
    dependencies = _dependencies(guide, stack) if stack else None
    if answer or code or json or not sys.stdin.isatty():
        if not (answer or text or code or stack or json):
            print(NOTHING_ASKED, file=sys.stderr)
        result, understood = _at_once(guide, _pairs(answer or []), text, code, dependencies)
        _print(result, understood, as_json=json)
    else:
        result = _asked(guide, text, dependencies)
    if record:
        _save(guide, result, record)


def _pairs(answers: Iterable[str]) -> dict[str, str]:
    pairs = [answer.partition("=") for answer in answers]
    for question, sign, option in pairs:
        if not (question and sign and option):
            raise UsageError(f"--answer needs a question and an option, such as kind=web_app; this is {question!r}.")
    return {question.strip(): option.strip() for question, _, option in pairs}


def _dependencies(guide: Guide, file: Path) -> Dependencies:
    from adapters.version import documentation
    from bot.guide import NoDependenciesError, NoPackagesError
    from bot.guide.dependencies import LONGEST

    try:
        with file.open("rb") as stream:
            return guide.dependencies(stream.read(LONGEST + 1).decode("utf-8", errors="replace"))
    except OSError as error:
        raise UsageError(f"I cannot read {file}: {error.strerror}.") from error
    except NoDependenciesError as error:
        raise UsageError(f"{file}: {error}") from error
    except NoPackagesError as error:
        written = f"Say in its packages.yaml what each one means: {documentation('writing-knowledge.md')} shows how."
        raise UsageError(f"{error} {written}") from error


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
    from adapters.terminal.chat import interview

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

    from adapters.terminal.console import show
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


def team(codes: CodesArgument, json: JsonOption = False, knowledge: KnowledgeOption = None) -> None:
    """Say what a team decides whose members each went through the guide."""
    from rich.console import Console

    from adapters.terminal.console import show
    from adapters.terminal.render.render import render
    from bot.replies import TeamVerdict

    verdict = _verdict(codes, knowledge)
    if not isinstance(verdict, TeamVerdict):
        raise UsageError(verdict.text)
    if json:
        print(dump(_facts(verdict)))
    else:
        show(Console(highlight=False), render(verdict))


def _verdict(codes: list[str], folder: Path | None) -> Any:
    from bot.guide import UnreadableTokenError

    try:
        return open_guide(folder).team_verdict(codes)
    except UnreadableTokenError as unreadable:
        raise UsageError(f"I can\u2019t read the result code {unreadable}. Please check that code.") from None


def _facts(verdict: Any) -> dict[str, Any]:
    return {
        "recommendation": verdict.result,
        "strength": verdict.strength.value,
        "headline": verdict.headline,
        "members": verdict.members,
        "alone": {share.label: share.members for share in verdict.alone},
        "reasons": [reason.text for reason in verdict.reasons],
        "splits": [{"ask": s.ask, "answers": {one.label: one.members for one in s.shares}} for s in verdict.splits],
        "to_agree": list(verdict.to_agree),
        "flips": [{"ask": flip.ask, "label": flip.label, "result": flip.result_name} for flip in verdict.flips],
    }
