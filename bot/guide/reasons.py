"""Why a result is what it is, and the best that can be said against it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.guide.conditions import Facts, holds
from bot.guide.outcome import Outcome
from bot.guide.plan import EITHER, NEITHER, Plan
from bot.guide.scoring import Contribution, contributions
from bot.guide.sourcing import Sourcing
from bot.knowledge.guide_outcomes import Caveat, Exit
from bot.replies import Reason

_MOST = 3
NOTHING_SPEAKS = "None of your answers tips the balance."


@dataclass(frozen=True)
class Reasons:
    """Finds the reasons for and against a result."""

    plan: Plan
    sourcing: Sourcing

    def favouring(self, result: Outcome, facts: Facts) -> tuple[Reason, ...]:
        """Return up to three reasons for a result, the strongest first; at least one."""
        if result.road is not None:
            return self._signs(result.road, facts)[:_MOST]
        found = sorted(contributions(self.plan, facts), key=lambda c: -abs(c.amount))
        if result.result == EITHER:
            return self._for_tie(found)
        side = self._direction(result.result)
        chosen = [c for c in found if c.amount * side > 0][:_MOST]
        plain = Reason(self.plan.spec.verdicts[result.result].leaning, result.result, 0, "", (), from_article=False)
        return tuple(map(self._reason, chosen)) or (plain,)

    def opposing(self, result: Outcome, facts: Facts) -> Reason:
        """Return the strongest thing against a result; where no answer is, the honest weak point of the result."""
        found = sorted(contributions(self.plan, facts), key=lambda c: -abs(c.amount))
        side = self._direction(result.result)
        against = next((c for c in found if (c.amount * side < 0 if side else c.amount)), None)
        if result.result == EITHER:
            return self._caveat(self.plan.spec.tie.caveat, None)
        if against is not None and not (result.road and abs(against.amount) < 1):
            return self._reason(against)
        if result.road is not None:
            return Reason(result.road.unless, None, 0, "", (), from_article=False)
        return self._caveat(self.plan.spec.verdicts[result.result].caveat, self._other(result.result))

    def _for_tie(self, found: list[Contribution]) -> tuple[Reason, ...]:
        """One strong reason for each side, then what says that it does not matter."""
        pulls = [next((c for c in found if c.amount * way > 0), None) for way in (-1, 1)]
        even = [c for c in found if c.amount == 0 and c.sources]
        chosen = [c for c in (*pulls, *even) if c is not None][:_MOST]
        level = Reason(NOTHING_SPEAKS, None, 0, "", (), from_article=False)
        return tuple(map(self._reason, chosen)) or (level,)

    def _signs(self, road: Exit, facts: Facts) -> tuple[Reason, ...]:
        held = [sign for sign in road.signs if sign.points > 0 and sign.why and holds(sign.when, facts)]
        return tuple(
            Reason(
                sign.why or "",
                None,
                sign.points,
                self._labels(tuple(sign.when), facts),
                *self.sourcing.pair(sign.sources),
            )
            for sign in sorted(held, key=lambda sign: -sign.points)
        )

    def _labels(self, keys: Iterable[str], facts: Facts) -> str:
        questions, chips = self.plan.questions, self.plan.chips
        return ", ".join(
            questions[key].by_id[facts[key]].label if key in questions else chips[key].label for key in keys
        )

    def _reason(self, item: Contribution) -> Reason:
        side = None if item.amount == 0 else self.plan.sides[item.amount > 0]
        return Reason(item.why, side, abs(item.amount), item.label, *self.sourcing.pair(item.sources))

    def _caveat(self, caveat: Caveat, side: str | None) -> Reason:
        return Reason(caveat.text, side, 0, "", *self.sourcing.pair(caveat.sources))

    def _direction(self, result: str) -> int:
        return {EITHER: 0, NEITHER: 0, self.plan.sides[0]: -1}.get(result, 1)

    def _other(self, side: str) -> str:
        return self.plan.sides[side == self.plan.sides[0]]
