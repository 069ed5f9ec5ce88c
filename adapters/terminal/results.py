"""The guided choice as blocks."""

from __future__ import annotations

from collections.abc import Iterator

from adapters.terminal.answers import source
from adapters.terminal.blocks import Block, Role
from bot.replies import GuideQuestion, GuideReview, Reason, Recommendation

REVIEW = "This is what I understood. Is it right?"


def question(asked: GuideQuestion) -> Iterator[Block]:
    """Yield a question of the guide with its progress."""
    if asked.notice:
        yield Block(Role.NOTE, asked.notice)
    yield Block(Role.TITLE, asked.ask, label=f"Question {asked.number} of about {asked.about}")
    if asked.help:
        yield Block(Role.TEXT, asked.help)


def review(shown: GuideReview) -> Iterator[Block]:
    """Yield what a description already says."""
    if shown.notice:
        yield Block(Role.NOTE, shown.notice)
    yield Block(Role.LEAD, REVIEW)
    for given in shown.given:
        yield Block(Role.ITEM, given.label, label=given.ask)


def recommendation(result: Recommendation) -> Iterator[Block]:
    """Yield a result: the verdict, why, what speaks against it, what would change it, and how to begin."""
    if result.notice:
        yield Block(Role.NOTE, result.notice)
    yield Block(Role.TITLE, result.headline)
    if result.names:
        yield Block(Role.TEXT, ", ".join(result.names), label="Look at")
    for reason in result.reasons:
        yield Block(Role.ITEM, _reason(reason), label="For it")
    if result.against:
        yield Block(Role.ITEM, _reason(result.against), label="Against it")
    yield from _flips(result)
    for point in result.open_points:
        weight = " This could change the result." if point.could_flip else ""
        yield Block(Role.ITEM, f"{point.ask}{weight}", label="Still open")
    for note in result.notes:
        yield Block(Role.NOTE, note)
    if result.first_step:
        link = f" {result.first_step.url}" if result.first_step.url else ""
        yield Block(Role.TEXT, result.first_step.text + link, label="First step")
    yield Block(Role.SOURCE, result.code, label="Result code")


def _flips(result: Recommendation) -> Iterator[Block]:
    if len(result.flips) < 2:  # noqa: PLR2004  # one flip is a sentence, several are a list
        yield Block(Role.TEXT, result.flip_text)
        return
    yield Block(Role.TEXT, "", label="What would change it")
    for flip in result.flips:
        yield Block(Role.ITEM, f"“{flip.label}” would make it {flip.result_name}.", label=flip.ask)


def _reason(reason: Reason) -> str:
    said = f" (You said: {reason.because}.)" if reason.because else ""
    return f"{reason.text}{said}" + (f" [{_cited(reason)}]" if reason.sources else "")


def _cited(reason: Reason) -> str:
    """Name the article and one source beside it; the decision record has them all."""
    others = [line for line in reason.sources if not line.from_article]
    named = ["the article"] if reason.from_article else []
    named += [source(others[0])] if others else []
    more = f", and {len(others) - 1} more" if len(others) > 1 else ""
    return " and ".join(named) + more
