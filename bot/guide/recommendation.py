"""The end of the guide: a recommendation with everything that explains it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from bot.guide.compiled_guide import EITHER, CompiledGuide, given
from bot.guide.conditions import Facts, any_holds, holds
from bot.guide.explanation import Reasons, Sourcing, flips, open_points, result_name
from bot.guide.scoring import Result, outcome
from bot.guide.state import State
from bot.knowledge import Knowledge
from bot.knowledge.guide_models import Step
from bot.replies import Circumstance, FirstStep, Flip, OpenPoint, Recommendation, Strength


@dataclass(frozen=True)
class ResultExplainer:
    """Explains results."""

    guide: CompiledGuide
    knowledge: Knowledge

    @cached_property
    def reasons(self) -> Reasons:
        """What finds the reasons."""
        return Reasons(self.guide, Sourcing(self.guide.spec, self.knowledge))

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
        return f"What would change this: {answer} would make it {first.result_name}."
    turning = next((point for point in still_open if point.could_flip), None)
    if turning:
        return f"No single answer you gave changes this, but one open point could: \u201c{turning.ask}\u201d"
    return "No single answer changes this."
