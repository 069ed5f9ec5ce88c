"""From a state of the guide to what the person is shown."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.guide.compiled_guide import CompiledGuide, given
from bot.guide.lean import lean
from bot.guide.next_question import next_question
from bot.guide.recommendation import ResultExplainer
from bot.guide.state import Phase, State
from bot.guide.tokens import Tokens
from bot.knowledge.guide_models import Question
from bot.replies import Choice, GuideQuestion, GuideReview, Recommendation

NOTHING_TO_GO_BY = "So far I know nothing about your project, and a guess would be no advice. Tell me roughly:"


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
