"""The guide as blocks: its questions, the result, and a team's choice."""

from __future__ import annotations

from collections.abc import Iterator

from adapters.conversations import texts
from adapters.terminal.render.answers import source
from adapters.terminal.render.layout import Block, Role
from bot.replies import GuideQuestion, GuideReview, Reason, Recommendation, TeamCard, TeamVerdict


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
    if shown.lean:
        yield Block(Role.LEAD, shown.lean)
    yield Block(Role.LEAD, texts.REVIEW)
    for given in shown.given:
        yield Block(Role.ITEM, given.label, label=given.ask)


def recommendation(result: Recommendation) -> Iterator[Block]:
    """Yield a result: the verdict, why, what speaks against it, what would change it, and how to begin."""
    if result.notice:
        yield Block(Role.NOTE, result.notice)
    yield Block(Role.TITLE, result.headline)
    if result.names:
        yield Block(Role.TEXT, ", ".join(result.names), label=texts.LOOK_AT)
    for reason in result.reasons:
        yield Block(Role.ITEM, _reason(reason), label=texts.WHY)
    if result.against:
        yield Block(Role.ITEM, _reason(result.against), label=texts.AGAINST)
    yield from _flips(result)
    for points in texts.open_points(result.open_points):
        yield Block(Role.ITEM, points)
    for note in result.notes:
        yield Block(Role.NOTE, note)
    if result.first_step:
        link = f" {result.first_step.url}" if result.first_step.url else ""
        yield Block(Role.TEXT, result.first_step.text + link, label=texts.FIRST_STEP)
    yield Block(Role.SOURCE, result.code, label="Result code")


def _flips(result: Recommendation) -> Iterator[Block]:
    yield Block(Role.TEXT, "" if result.flips else result.flip_text, label=texts.WHAT_WOULD_CHANGE)
    for flip in result.flips[: texts.MOST_FLIPS]:
        yield Block(Role.ITEM, f"- {flip.ask} “{flip.label}” → {flip.result_name}")


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


def card(said: TeamCard) -> Iterator[Block]:
    """Yield what a team choice is, and how many have answered."""
    yield Block(Role.TITLE, texts.TEAM_TITLE)
    yield Block(Role.TEXT, f"{texts.TEAM_HOW} {texts.team_count(said)}")


def verdict(said: TeamVerdict) -> Iterator[Block]:
    """Yield what a team decides together, and what divides it."""
    yield Block(Role.TITLE, said.headline)
    yield from (Block(Role.ITEM, text, label=label) for label, text in texts.team_lines(said))
