"""The end of the guide: a recommendation, what to say to whoever asks back about it, and its record in Markdown."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from bot.guide.compiled_guide import EITHER, NEITHER, CompiledGuide, Facts, State, any_holds, given, holds
from bot.guide.phrases import plain_words
from bot.guide.results import Reasons, Result, SourceLookup, flips, in_sentence, open_points, outcome, result_name
from bot.knowledge import Knowledge
from bot.knowledge.guide_models import Step
from bot.replies import Circumstance, DecisionRecord, FirstStep, Flip, OpenPoint, Reason, Recommendation, Strength

_LEAD = r"(?:and |but |so |ok |okay )?"
_CHANGES = re.compile(
    rf"{_LEAD}(?:what|when) (?:would|could|might|will) (?:change|flip|turn) (?:it|that|this|your mind|the result)"
)


@dataclass(frozen=True)
class ResultExplainer:
    """Explains results."""

    guide: CompiledGuide
    knowledge: Knowledge

    @cached_property
    def reasons(self) -> Reasons:
        """What finds the reasons."""
        return Reasons(self.guide, SourceLookup(self.guide.spec, self.knowledge))

    def recommendation(self, state: State, token: str, code: str, notice: str | None = None) -> Recommendation:
        """Return the recommendation for what a state knows."""
        facts = self.guide.facts(state)
        result = outcome(self.guide, facts)
        names = dict(self.knowledge.side_names)
        changes = flips(self.guide, facts, names)
        still_open = open_points(self.guide, facts)
        settled = self._settled(result, facts)
        return Recommendation(
            token=token,
            code=code,
            result=result.result,
            result_name=result_name(self.guide, names, result.result),
            strength=result.strength,
            headline=settled or self._headline(result),
            score=result.score,
            reasons=self.reasons.favouring(result, facts),
            against=self.reasons.opposing(result, facts),
            flips=changes,
            flip_text=flip_text(changes, still_open),
            open_points=still_open,
            first_step=None if settled else self._first_step(result, facts),
            notes=self._notes(result, facts),
            given=given(self.guide, state),
            asked=state.asked,
            chips=self._chips(state),
            team=state.team,
            names=result.exit_.names if result.exit_ else (),
            notice=notice,
        )

    def _settled(self, result: Result, facts: Facts) -> str | None:
        """Return the recommendation of an answer that settles the choice by itself, such as to keep what works."""
        name = self.knowledge.side_names.get(result.result)
        verdicts = (option.verdict for _, option in self.guide.taken(facts) if option.stop and option.verdict)
        return next((verdict.format(side=name) for verdict in verdicts), None) if name else None

    def _headline(self, result: Result) -> str:
        if result.exit_:
            return result.exit_.say
        if result.result == EITHER:
            return self.guide.spec.tie.say
        verdict = self.guide.spec.verdicts[result.result]
        return verdict.clear if result.strength is Strength.CLEAR else verdict.leaning

    def _first_step(self, result: Result, facts: Facts) -> FirstStep | None:
        """Return where to begin, for people who know what these say they know."""
        step = self._usual_step(result)
        if step is None:
            return None
        fits = next((case for case in step.cases if holds(case.when, facts)), step)
        return FirstStep(fits.text, str(fits.url) if fits.url else None)

    def _usual_step(self, result: Result) -> Step | None:
        if result.exit_:
            return result.exit_.first_step
        if result.result == EITHER:
            return self.guide.spec.tie.first_step
        return self.guide.spec.verdicts[result.result].first_step

    def _notes(self, result: Result, facts: Facts) -> tuple[str, ...]:
        """What to do in a tie comes first; then whatever else is worth knowing."""
        breaks = self.guide.spec.tie.breaks if result.result == EITHER else ()
        breaker = next((item.say for item in breaks if not item.when or any_holds(item.when, facts)), None)
        notes = [
            note.say
            for note in self.guide.spec.notes
            if (not note.results or result.result in note.results) and any_holds(note.when, facts)
        ]
        return (breaker, *notes) if breaker else tuple(notes)

    def _chips(self, state: State) -> tuple[Circumstance, ...]:
        return tuple(
            Circumstance(c.id, c.label, c.id in state.chips)
            for c in self.guide.spec.chips
            if c.offered or c.id in state.chips
        )


def flip_text(changes: tuple[Flip, ...], still_open: tuple[OpenPoint, ...]) -> str:
    """Return one line on what would change a result, also where nothing would."""
    if changes:
        first = changes[0]
        answer = f"answering \u201c{first.ask}\u201d with \u201c{first.label}\u201d"
        return f"What would change this: {answer} would make it {in_sentence(first.result, first.result_name)}."
    turning = next((point for point in still_open if point.could_flip), None)
    if turning:
        return f"No single answer you gave changes this, but one open point could: \u201c{turning.ask}\u201d"
    return "No single answer changes this."


_THIS = (None, "this", "that", "so", "it")
"""What a bare "why?" is about: the result itself."""


@dataclass(frozen=True)
class FollowUp:
    """Explains results to people who ask back."""

    side_names: Mapping[str, str]
    kind: str | None = None
    """What each side is, so that people can ask for "the other drink"."""

    def explained(self, result: Recommendation, text: str) -> str | None:
        """Return the answer to a question about a result; None where a message asks something else."""
        said = " ".join(plain_words(text.rstrip("?!. ")).replace("|", " ").replace(",", " ").split())
        if _CHANGES.fullmatch(said):
            return result.flip_text
        asked = self._whys.fullmatch(said)
        if asked is None:
            return None
        what = asked["what"]
        if asked["why"] and what in _THIS:
            return self._why_not(result, result.result)
        named = next((key for key, name in self.side_names.items() if what in (key, name.casefold())), None)
        return self._why_not(result, named)

    @cached_property
    def _whys(self) -> re.Pattern[str]:
        sides = "|".join(re.escape(word) for pair in self.side_names.items() for word in (pair[0], pair[1].casefold()))
        nouns = "|".join(re.escape(noun.casefold()) for noun in ("one", "side", "option", self.kind) if noun)
        others = rf"the other(?: (?:{nouns}))?|the others|both|either|neither|none|one of them|that|this|so|it"
        return re.compile(
            rf"{_LEAD}(?:(?P<why>why)|why not|what (?:is wrong with|speaks (?:for|against)|about))"
            rf"(?: (?P<what>{sides}|{others}))?(?: then| though)?"
        )

    def _why_not(self, result: Recommendation, named: str | None) -> str:
        """Say why a result is not another: the best reason for that, what weighs more, and what would turn it."""
        if result.result not in self.side_names:
            why = {EITHER: "Why not one of them?", NEITHER: "Why neither?"}[result.result]
            return " ".join([why, *(reason.text for reason in result.reasons[:2]), result.flip_text])
        if named == result.result:
            return " ".join(
                [f"Why {result.result_name}?", *(reason.text for reason in result.reasons), result.flip_text]
            )
        other = next(key for key in self.side_names if key != result.result)
        return f"Why not {self.side_names[other]}? {self._weighed(result, other)} {result.flip_text}"

    def _weighed(self, result: Recommendation, other: str) -> str:
        more = ", ".join(filter(None, map(_because, result.reasons)))
        against = result.against
        if against is None or against.side != other or not against.because:
            return (
                f"Nothing you said speaks for it; for {result.result_name} there is {more or result.reasons[0].text}."
            )
        return (
            f"The best reason for it is \u201c{against.because}\u201d: {against.text} "
            f"But what speaks for {result.result_name} weighs more: {more or result.reasons[0].text}."
        )


def _because(reason: Reason) -> str:
    return f"\u201c{reason.because}\u201d" if reason.because else ""


def decision_record(result: Recommendation, name: str, on: date | None) -> DecisionRecord:
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
    return [
        f"{f.ask} Answered with \u201c{f.label}\u201d, it would be {in_sentence(f.result, f.result_name)}."
        for f in result.flips
    ]


def _open(result: Recommendation) -> list[str]:
    return [f"Still open: {point.ask}" for point in result.open_points]
