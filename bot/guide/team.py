"""What a team decides whose members each went through the guide on their own.

Facts go by the most common answer; a tie stays open, for the team to agree on. Opinions go by the mean of their
weights. What ends the choice by itself, to take neither or to keep what there is, needs a majority. Only counts leave
this module, and none of fewer than `LEAST` members.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from statistics import fmean, pvariance

from bot.guide.compiled_guide import EITHER, NEITHER, CompiledGuide, Facts, State
from bot.guide.results import Reasons, Result, by_points, outcome, result_name, score
from bot.knowledge.guide_models import ON, Question
from bot.replies import Share, Split, Strength, TeamFlip, TeamVerdict

LEAST = 3
"""Members from which on anything is shown: with fewer, a count would tell who said what."""
_MOST_SPLITS = 2
_MOST_FLIPS = 2


@dataclass(frozen=True)
class _Agreed:
    """What a team knows together."""

    facts: Facts
    """Facts and circumstances, without the opinions."""
    opinions: Mapping[str, float]
    """The mean weight of each question of opinion, in signed points."""
    tied: tuple[Question, ...]
    """Questions of fact on which as many say one thing as another."""


@dataclass(frozen=True)
class TeamDecision:
    """Puts the answers of members together. There must be at least `LEAST` of them."""

    guide: CompiledGuide
    reasons: Reasons
    names: Mapping[str, str]
    members: tuple[Facts, ...]

    def verdict(self, team: str = "", before: str = "") -> TeamVerdict:
        """Return the verdict; `before` is the result of an earlier round, where there was one."""
        agreed = self._agreed()
        result = self._decided(agreed)
        alone = Counter(outcome(self.guide, facts).result for facts in self.members)
        return TeamVerdict(
            team=team,
            result=result.result,
            result_name=self._name(result.result),
            strength=result.strength,
            headline=self._headline(result, alone[result.result]),
            members=len(self.members),
            alone=_shares({self._name(key): count for key, count in alone.items()}),
            reasons=self.reasons.favouring(result, self._with_opinions(agreed.facts)),
            splits=self._splits(agreed),
            to_agree=tuple(question.ask for question in agreed.tied),
            flips=self._flips(agreed, result),
            before=self._name(before) if before and before != result.result else None,
        )

    def _name(self, result: str) -> str:
        return result_name(self.guide, self.names, result)

    def _headline(self, result: Result, landing: int) -> str:
        own = f"{landing} of {len(self.members)} land there on their own"
        if result.result == EITHER:
            return f"Your team is undecided: together your answers favour both sides equally; {own}."
        if result.result == NEITHER:
            return f"Neither of the two for your team; {own}."
        clear = result.strength is Strength.CLEAR
        return f"{'A clear case for' if clear else 'Leaning towards'} {self._name(result.result)}; {own}."

    def _majority(self, count: int) -> bool:
        return 2 * count > len(self.members)

    def _agreed(self) -> _Agreed:
        answers: list[tuple[str, str]] = []
        tied: list[Question] = []
        for question in self.guide.spec.questions:
            if question.opinion or not any(question.id in facts for facts in self.members):
                continue
            option = self._common(question)
            answers.append((question.id, option or question.fallback))
            if option is None and len(self._counts(question)) > 1:
                tied.append(question)
        on = (c for c in self.guide.chips if self._majority(sum(facts[c] == ON for facts in self.members)))
        facts = self.guide.facts(State(answers=tuple(answers), chips=tuple(on)))
        opinions = {q.id: self._mean(q, facts) for q in self.guide.spec.questions if q.opinion}
        return _Agreed(facts, opinions, tuple(q for q in tied if q.id in facts))

    def _counts(self, question: Question) -> Counter[str]:
        """Count the members at each option; those who are not sure count nowhere."""
        found = (facts[question.id] for facts in self.members if question.id in facts)
        return Counter(option for option in found if not question.by_id[option].unsure)

    def _common(self, question: Question) -> str | None:
        """Return the most common answer; None where there is a tie, or where a gate has no majority."""
        ranked = self._counts(question).most_common(2)
        if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
            return None
        option, count = ranked[0]
        return None if question.by_id[option].stop and not self._majority(count) else option

    def _mean(self, question: Question, facts: Facts) -> float:
        return fmean(self._weights(question, facts) or [0.0])

    def _weights(self, question: Question, facts: Facts) -> list[float]:
        """Return what each member's answer to a question weighs, under what the team knows."""
        said = (question.by_id[own[question.id]] for own in self.members if question.id in own)
        return [self.guide.weight(option, facts) for option in said]

    def _decided(self, agreed: _Agreed) -> Result:
        points = round(score(self.guide, agreed.facts) + sum(agreed.opinions.values()), 3)
        own = [outcome(self.guide, facts) for facts in self.members]
        leaving = [result for result in own if result.exit_ is not None]
        if not self._majority(len(leaving)):
            return by_points(self.guide, points)
        exits = {result.exit_.id: result.exit_ for result in leaving if result.exit_}
        common = _shares(Counter(result.exit_.id for result in leaving if result.exit_))[0].label
        sure = self._majority(sum(result.strength is Strength.CLEAR for result in leaving))
        return Result(NEITHER, Strength.CLEAR if sure else Strength.LEANING, points, exits[common])

    def _with_opinions(self, facts: Facts) -> Facts:
        """Return what the team knows with its most common opinions, to find words for the reasons."""
        common = {q.id: self._common(q) for q in self.guide.spec.questions if q.opinion}
        return {**facts, **{question: option for question, option in common.items() if option}}

    def _splits(self, agreed: _Agreed) -> tuple[Split, ...]:
        """Return the questions whose answers pull furthest apart, the widest first."""
        split = [question for question in self.guide.spec.questions if len(self._counts(question)) > 1]
        spread = {question.id: round(pvariance(self._weights(question, agreed.facts)), 6) for question in split}
        split.sort(key=lambda question: -spread[question.id])
        return tuple(
            Split(q.ask, _shares({q.by_id[option].label: count for option, count in self._counts(q).items()}))
            for q in split[:_MOST_SPLITS]
        )

    def _flips(self, agreed: _Agreed, now: Result) -> tuple[TeamFlip, ...]:
        """Return the answers that some member gave and that, if all agreed on them, would turn the verdict."""
        found: list[tuple[float, TeamFlip]] = []
        for question in self.guide.spec.questions:
            for option in sorted(self._counts(question)) if len(self._counts(question)) > 1 else ():
                then = self._decided(self._supposing(agreed, question, option))
                if then.result != now.result:
                    label = question.by_id[option].label
                    flip = TeamFlip(question.ask, label, self._name(then.result))
                    found.append((abs(then.score - now.score), flip))
        return tuple(flip for _, flip in sorted(found, key=lambda pair: pair[0])[:_MOST_FLIPS])

    def _supposing(self, agreed: _Agreed, question: Question, option: str) -> _Agreed:
        if not question.opinion:
            return _Agreed(self.guide.supposing(agreed.facts, question.id, option), agreed.opinions, agreed.tied)
        weight = self.guide.weight(question.by_id[option], agreed.facts)
        return _Agreed(agreed.facts, {**agreed.opinions, question.id: weight}, agreed.tied)


def _shares(counted: Mapping[str, int]) -> tuple[Share, ...]:
    """Return counts, the largest first; equal ones by name, so that nothing shows who answered first."""
    return tuple(Share(label, count) for label, count in sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])))
