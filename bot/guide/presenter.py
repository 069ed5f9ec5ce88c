"""From a state of the guide to what the person is shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.guide.compiled_guide import EITHER, CompiledGuide, Facts, Phase, State, given, holds
from bot.guide.recommendation import ResultExplainer
from bot.guide.results import Result, contributions, outcome, result_name
from bot.guide.tokens import Tokens
from bot.guide.transitions import next_question, run
from bot.knowledge.guide_models import Question
from bot.replies import Choice, GuideQuestion, GuideReview, Recommendation, Strength

NOTHING_TO_GO_BY = "So far I know nothing about your project, and a guess would be no advice. Tell me roughly:"

_ENOUGH = 2
"""So many definite answers are enough to say where they lean."""
_MOST = 3
_COUNTS = ("No more questions are needed", "One question would settle it", "Two questions would settle it")
_FEW = "A few questions would settle it"


@dataclass(frozen=True)
class Presenter:
    """Shows states."""

    guide: CompiledGuide
    tokens: Tokens
    results: ResultExplainer

    def show(self, state: State, notice: str | None = None) -> GuideQuestion | GuideReview | Recommendation:
        """Return what to show for a state: what was read, the next question, or the result."""
        if state.phase is Phase.REVIEW and not state.pending:
            return self.answers(state, notice)
        question = next_question(self.guide, state)
        if question is None and state.phase is not Phase.DONE and not self.guide.knows_anything(state):
            question = self.guide.spec.questions[0]  # once more; whoever is still not sure then gets a tie
            again = replace(state, pending=question.id, phase=Phase.DONE)
            return self._question(again, question, notice or NOTHING_TO_GO_BY)
        return self.result(state, notice) if question is None else self._question(state, question, notice)

    def answers(self, state: State, notice: str | None = None) -> GuideReview:
        """Return the answers of a state, wherever it stands; its buttons lead back there."""
        reviewing = state.phase is Phase.REVIEW
        leaning = lean(self.guide, state, self.results.knowledge.side_names) if reviewing else None
        return GuideReview(self.tokens.write(state), given(self.guide, state), notice, leaning)

    def result(self, state: State, notice: str | None = None) -> Recommendation:
        """Return the recommendation for what a state knows, whether or not more could be asked."""
        done = replace(state, phase=Phase.DONE, pending=None)
        return self.results.recommendation(done, self.tokens.write(done), self._code(done), notice)

    def _code(self, state: State) -> str:
        return self.tokens.write(replace(state, owner="", team=""))

    def _question(self, state: State, question: Question, notice: str | None) -> GuideQuestion:
        engine = self.guide.spec.engine
        asked = [key for key in state.asked if key != question.id]
        number = min(len(asked) + 1, engine.most)
        return GuideQuestion(
            token=self.tokens.write(state),
            question=question.id,
            ask=question.ask,
            help=question.help,
            choices=tuple(Choice(option.id, option.label) for option in question.options),
            number=number,
            about=min(max(engine.usual, number), engine.most),
            given=given(self.guide, state),
            can_go_back=bool(state.answers) or bool(state.pending),
            can_finish=len(state.answers) >= engine.finish_after,
            notice=notice,
        )


def lean(guide: CompiledGuide, state: State, names: Mapping[str, str]) -> str | None:
    """Return where the answers lean so far, why, and how much is still to be asked; None where they say too little."""
    facts = guide.facts(state)
    definite = [option for _, option in guide.taken(facts) if not option.unsure]
    if len(definite) < _ENOUGH:
        return None
    result = outcome(guide, facts)
    ended = run(guide, replace(state, phase=Phase.ASKING, pending=None), {})
    missing = len(ended.asked) - len(state.asked)
    left = _COUNTS[missing] if missing < len(_COUNTS) else _FEW
    return f"{_leaning(guide, facts, result, names)} {left}."


def _leaning(guide: CompiledGuide, facts: Facts, result: Result, names: Mapping[str, str]) -> str:
    if result.result == EITHER:
        return "What you say speaks as much for one as for the other so far."
    why = _listed(_grounds(guide, facts, result))
    rather = "rather " if result.strength is Strength.LEANING else ""
    because = f", because of {why}" if why else ""
    return f"From what you say: {rather}{result_name(guide, dict(names), result.result)}{because}."


def _grounds(guide: CompiledGuide, facts: Facts, result: Result) -> list[str]:
    """Return what speaks most for a result, each in a few words, the strongest first."""
    if result.exit_ is not None:
        keys = dict.fromkeys(key for s in result.exit_.signs if s.points > 0 and holds(s.when, facts) for key in s.when)
        return [_in_short(guide, key, facts) for key in keys][:_MOST]
    way = 1 if result.result == guide.sides[1] else -1
    found = sorted((c for c in contributions(guide, facts) if c.amount * way > 0), key=lambda c: -abs(c.amount))
    return [_in_short(guide, each.key, facts) for each in found[:_MOST]]


def _in_short(guide: CompiledGuide, key: str, facts: Facts) -> str:
    if key in guide.chips:
        return guide.chips[key].label.lower()
    option = guide.questions[key].by_id[facts[key]]
    return option.in_short or option.label[:1].lower() + option.label[1:]


def _listed(words: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))
