"""A result as an architecture decision record."""

from __future__ import annotations

from datetime import date

from bot.replies import DecisionRecord, Reason, Recommendation


def record(result: Recommendation, name: str, on: date | None) -> DecisionRecord:
    """Return a Markdown decision record of a result, in a file called `name`; `on` is the date it bears, if any."""
    parts = [
        f"# {_title(result)}",
        f"- Status: proposed\n- Date: {on.isoformat()}" if on else "- Status: proposed",
        _section("Context", [f"{item.ask} **{item.label}**" for item in result.given] + _circumstances(result)),
        f"## Decision\n\n{result.headline}",
        _section("Reasons", [_reason(reason) for reason in result.reasons]),
        _section("Strongest point against", [_reason(result.against)] if result.against else []),
        _section("What would change it", [*_flips(result), *_open(result)] or [result.flip_text]),
        _section("Notes", [*result.notes, *([result.first_step.text] if result.first_step else [])]),
        f"Result code: `{result.code}`",
    ]
    day = f"{on.isoformat()}-" if on else ""
    return DecisionRecord(f"{day}{name}.md", "\n\n".join(part for part in parts if part) + "\n")


def _title(result: Recommendation) -> str:
    return f"Choice: {result.result_name} ({result.strength.value})"


def _section(title: str, lines: list[str]) -> str:
    return f"## {title}\n\n" + "\n".join(f"- {line}" for line in lines) if lines else ""


def _circumstances(result: Recommendation) -> list[str]:
    return [f"Circumstance: **{chip.label}**" for chip in result.chips if chip.on]


def _reason(reason: Reason) -> str:
    because = f" (because: {reason.because})" if reason.because else ""
    sources = "; ".join(f"[{s.title}]({s.url})" if s.url else s.name for s in reason.sources)
    article = " The article says so too." if reason.from_article and len(reason.sources) > 1 else ""
    return f"{reason.text}{because}{f' Source: {sources}.' if sources else ''}{article}"


def _flips(result: Recommendation) -> list[str]:
    return [f"{f.ask} Answered with \u201c{f.label}\u201d, it would be {f.result_name}." for f in result.flips]


def _open(result: Recommendation) -> list[str]:
    return [f"Still open: {point.ask}" for point in result.open_points]
