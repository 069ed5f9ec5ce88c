"""From a state of the guide to what the person is shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.guide.compiled_guide import EITHER, CompiledGuide, Facts, Phase, State, given, holds
from bot.guide.recommendation import ResultExplainer
from bot.guide.results import Result, contributions, named, outcome
from bot.guide.tokens import Tokens
from bot.guide.transitions import next_question, run
from bot.knowledge.guide_models import Question
from bot.replies import Choice, GuideQuestion, GuideReview, Recommendation, Strength

NOTHING_TO_GO_BY = "So far I know nothing about your project, and a guess would be no advice. Tell me roughly:"

_ENOUGH = 2
"""So many definite answers are enough to say where they lean."""
_MOST, _PAIR = 3, 2
_SETTLED = "No more questions are needed."
_LEFT = (
    "One question would settle it: \u201c{}\u201d",
    "Two questions would settle it, beginning with \u201c{}\u201d",
    "A few questions would settle it, beginning with \u201c{}\u201d",
)
"""What is still to be asked: one, two or more questions, the next of them in words."""
_JOINED = frozenset(("and", "or"))


@dataclass(frozen=True)
class Presenter:
    """Shows states."""

    guide: CompiledGuide
    tokens: Tokens
    results: ResultExplainer

    def show(
        self, state: State, notice: str | None = None, heard: str | None = None
    ) -> GuideQuestion | GuideReview | Recommendation:
        """Return what to show for a state: what was read, the next question, or the result.

        `notice` is said first; `heard`, on what else was read, after where the answers lean.
        """
        if state.phase is Phase.REVIEW and not state.pending:
            leaning = lean(self.guide, state, self.results.knowledge.side_names)
            if leaning:
                return replace(self.answers(state, notice), lean=joined(leaning, heard))
            return self.answers(state, joined(notice, heard))
        notice = joined(notice, heard)
        question = next_question(self.guide, state)
        if question is None and state.phase is not Phase.DONE and not self.guide.knows_anything(state):
            question = self.guide.spec.questions[0]  # once more; whoever is still not sure then gets a tie
            again = replace(state, pending=question.id, phase=Phase.DONE)
            return self._question(again, question, notice or NOTHING_TO_GO_BY)
        return self.result(state, notice) if question is None else self._question(state, question, notice)

    def leans(self, state: State) -> bool:
        """Return whether the answers so far say enough to lean, and were shown to."""
        reviewing = state.phase is Phase.REVIEW and not state.pending
        return reviewing and lean(self.guide, state, self.results.knowledge.side_names) is not None

    def answers(self, state: State, notice: str | None = None) -> GuideReview:
        """Return the answers of a state, wherever it stands; its buttons lead back there."""
        return GuideReview(self.tokens.write(state), given(self.guide, state), notice)

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
    asked = ended.asked[len(state.asked) :]
    return f"{_leaning(guide, facts, result, names)} {_still_to_ask(guide, asked)}"


def _still_to_ask(guide: CompiledGuide, asked: Sequence[str]) -> str:
    return _LEFT[min(len(asked), len(_LEFT)) - 1].format(guide.questions[asked[0]].ask) if asked else _SETTLED


def _leaning(guide: CompiledGuide, facts: Facts, result: Result, names: Mapping[str, str]) -> str:
    if result.result == EITHER:
        return "So far, what you say speaks equally for both."
    why = listed(_grounds(guide, facts, result))
    likely = "more likely " if result.strength is Strength.LEANING else ""
    favour = "In its favour" if result.result in names else "In favour of that"
    grounds = f" {favour}: {why}." if why else ""
    return f"From what you say: {likely}{named(guide, result, names)}.{grounds}"


def _grounds(guide: CompiledGuide, facts: Facts, result: Result) -> list[str]:
    """Return what speaks most for a result, each in a few words, the strongest first."""
    if result.exit_ is not None:
        keys = dict.fromkeys(key for s in result.exit_.signs if s.points > 0 and holds(s.when, facts) for key in s.when)
        return list(dict.fromkeys(_in_short(guide, key, facts) for key in keys))[:_MOST]
    way = 1 if result.result == guide.sides[1] else -1
    found = sorted((c for c in contributions(guide, facts) if c.amount * way > 0), key=lambda c: -abs(c.amount))
    return [_in_short(guide, each.key, facts) for each in found[:_MOST]]


def _in_short(guide: CompiledGuide, key: str, facts: Facts) -> str:
    return guide.chips[key].label.lower() if key in guide.chips else guide.in_short(key, facts[key])


def joined(*said: str | None) -> str | None:
    """Return what is there of several sentences, one after the other; None where nothing is."""
    return " ".join(filter(None, said)) or None


def listed(items: Sequence[str]) -> str:
    """Return a list in running text; a comma stands before its last "and" where an item has an "and" of its own."""
    last = ", and " if any(_JOINED & set(item.split()) for item in items) or len(items) > _PAIR else " and "
    return last.join(filter(None, [", ".join(items[:-1]), *items[-1:]]))
