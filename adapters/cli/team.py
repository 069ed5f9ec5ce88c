"""`advisor team`: what a team decides, from the result codes of its members."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from adapters.cli.shared import JsonOption, KnowledgeOption, dump, open_advisor
from adapters.cli.streams import UsageError

CodesArgument = Annotated[
    list[str], typer.Argument(metavar="CODE...", help="The result codes of three or more people.")
]


def team(codes: CodesArgument, json: JsonOption = False, knowledge: KnowledgeOption = None) -> None:
    """Say what a team decides whose members each went through the guide."""
    from rich.console import Console

    from adapters.terminal.printer import show
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

    guide = open_advisor(folder).guide
    if guide is None:
        raise UsageError("This knowledge base has no guide.")
    try:
        return guide.team_verdict(codes)
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
