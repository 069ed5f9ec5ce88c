"""The door to the guide."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cached_property

from bot.actions import GuideAction, GuideAnswers, SaveRecord
from bot.guide.audit import Audit, audit
from bot.guide.compiled_guide import CompiledGuide
from bot.guide.decision_record import record
from bot.guide.dependencies import Dependencies, read_dependencies
from bot.guide.description import Description, DescriptionReader
from bot.guide.diagram import diagram
from bot.guide.next_question import check, run
from bot.guide.presenter import Presenter
from bot.guide.recommendation import ResultExplainer
from bot.guide.state import Phase, State
from bot.guide.tokens import Opened, Tokens, UnreadableTokenError, guide_mark, owner_mark
from bot.guide.transitions import GoneError, TypedSteps, step
from bot.guide.typed_answers import TypedAnswers
from bot.knowledge import GuideSpec, Knowledge
from bot.replies import GuideQuestion, GuideReview, Notice, NoticeKind, Recommendation, Reply

Shown = GuideQuestion | GuideReview | Recommendation


class Guide:
    """Leads a person to a recommendation. Keeps nothing: every reply's token holds the whole run."""

    def __init__(self, spec: GuideSpec, knowledge: Knowledge) -> None:
        first, second, *_ = knowledge.side_names
        self._plan = CompiledGuide(spec, (first, second))
        self._tokens = Tokens(self._plan, knowledge.about.id, guide_mark(spec))
        self._results = ResultExplainer(self._plan, knowledge)
        self._showing = Presenter(self._plan, self._tokens, self._results)
        self._understanding = DescriptionReader(spec)

    def begin(
        self,
        given: Mapping[str, str] | None = None,
        text: str = "",
        owner: str = "",
        dependencies: Dependencies | None = None,
    ) -> Shown:
        """Begin with what is `given` (options by question), what a description says, and what the project depends on.

        Returns the review of what was read, or else the first question (or a result, where everything is given).
        `owner` is whoever may press the buttons; empty for anybody.

        Raises:
            UnknownAnswerError: `given` names a question or an option that the guide does not have.
        """
        check(self._plan, given or {})
        found = self._understanding.read(text)
        state = self._described(
            State(answers=tuple((given or {}).items()), owner=owner_mark(owner)), found, dependencies
        )
        phase = Phase.REVIEW if state.read else Phase.ASKING
        notices = (_depends(dependencies), self._heard(found) if text else None)
        return self._showing.show(replace(state, phase=phase), " ".join(filter(None, notices)) or None)

    def press(self, press: GuideAction, owner: str = "", on: date | None = None) -> Reply:
        """Return what a press leads to; `on` is the date that a saved decision record bears.

        A button that cannot be read, or that is another person's, gives a `Notice`.
        """
        opened = self._open(press.token, owner)
        if isinstance(opened, Notice):
            return opened
        if isinstance(press, SaveRecord):
            return record(self._showing.result(opened.state), self._plan.spec.record, on)
        if isinstance(press, GuideAnswers):
            return self._showing.answers(opened.state, changes(opened) or WHAT_IS_WRONG)
        try:
            state = step(self._plan, opened.state, press)
        except GoneError:
            return self._showing.show(opened.state, GONE)
        return self._showing.show(state, changes(opened))

    def answer_text(self, token: str, text: str, owner: str = "") -> Reply | None:
        """Return what a typed line leads to where the guide waits; None where it is no answer, or somebody else's.

        It may be a number, the words of a button, a description, or "back", "restart", "result", "not sure".
        """
        opened = self._open(token, owner)
        if isinstance(opened, Notice):
            return None
        state = self._messages.after(opened.state, text)
        if state is None and self._messages.vague(opened.state, text):
            reviewing = opened.state.phase is Phase.REVIEW
            return self._showing.show(opened.state, WHAT_IS_WRONG if reviewing else VAGUE)
        return self._showing.show(state, changes(opened)) if state else None

    def understand(self, text: str, dependencies: Dependencies | None = None) -> Mapping[str, str]:
        """Return the answers that a description and a list of dependencies give: options by question."""
        return dict(self._described(State(), self._understanding.read(text), dependencies).answers)

    def describes(self, text: str) -> bool:
        """Return whether a text tells enough of a project to begin the guide from it."""
        return self._understanding.describes(text)

    def names_a_project(self, text: str) -> bool:
        """Return whether a text says what is to be built: whether it answers a question that leads."""
        said = self._understanding.read(text).said
        return any(self._plan.questions[question].lead for question in said)

    def dependencies(self, text: str) -> Dependencies:
        """Return what a list of dependencies says: requirements.txt, pyproject.toml, imports, `pip freeze`.

        Raises:
            NoDependenciesError: the text is something else, or too long.
        """
        return read_dependencies(text, self._results.knowledge.packages)

    def recommend(
        self, answers: Mapping[str, str] | None = None, text: str = "", dependencies: Dependencies | None = None
    ) -> Recommendation:
        """Run the whole guide: first what was read, then `answers` to what is asked, else "not sure".

        Raises:
            UnknownAnswerError: `answers` names a question or an option that the guide does not have.
        """
        check(self._plan, answers or {})
        state = self._described(State(), self._understanding.read(text), dependencies)
        return self._showing.result(run(self._plan, state, answers or {}))

    def reopen(self, code: str, owner: str = "") -> Reply:
        """Return the result that a code stands for, for `owner` to go on with.

        A code that cannot be read gives a `Notice`.
        """
        try:
            opened = self._tokens.read(code.strip())
        except UnreadableTokenError:
            return Notice(NoticeKind.STALE, UNREADABLE_CODE)
        return self._showing.show(replace(opened.state, owner=owner_mark(owner)), changes(opened))

    def audit(self) -> Audit:
        """Walk every path of the guide and return what was found."""
        return audit(self._plan, self._results.reasons)

    def diagram(self) -> str:
        """Return the guide as a Mermaid flow chart."""
        return diagram(self._plan, dict(self._results.knowledge.side_names))

    def _described(self, state: State, found: Description, dependencies: Dependencies | None) -> State:
        """Return a state with what was read; where a text and the packages differ, the question stays open."""
        packages = dependencies.answers if dependencies else {}
        said = {key: option for key, option in found.said.items() if packages.get(key, option) == option}
        seen = {key: option for key, option in packages.items() if found.said.get(key, option) == option}
        read = {**found.assumed, **seen, **said}
        facts = self._plan.facts(replace(state, answers=tuple(read.items())))
        ordered = tuple((key, read[key]) for key in self._plan.questions if key in read and key in facts)
        return replace(state.with_read(ordered), chips=found.chips)

    def _heard(self, found: Description) -> str | None:
        """Say what else was read in a description, what was assumed in its silence, or that nothing was read."""
        if not (found.answers or found.chips):
            return NOTHING_READ
        noted = ", ".join(self._plan.chips[chip].label.lower() for chip in found.chips)
        asks = " and ".join(f"\u201c{self._plan.questions[question].ask}\u201d" for question in found.assumed)
        said = [f"Also noted: {noted}." if noted else "", ASSUMED.format(asks) if asks else ""]
        return " ".join(filter(None, said)) or None

    def _open(self, token: str, owner: str) -> Opened | Notice:
        try:
            opened = self._tokens.read(token)
        except UnreadableTokenError:
            return Notice(NoticeKind.STALE, UNREADABLE)
        mark = owner_mark(owner)
        if opened.state.owner and opened.state.owner != mark:
            return Notice(NoticeKind.NOT_YOURS, NOT_YOURS)
        return replace(opened, state=replace(opened.state, owner=mark))

    @cached_property
    def _messages(self) -> TypedSteps:
        return TypedSteps(self._plan, self._understanding, TypedAnswers(self._understanding))


def _depends(dependencies: Dependencies | None) -> str | None:
    """Say which known packages were found, and what they stand for."""
    if dependencies is None:
        return None
    found = [f"{one.package} ({one.words})" for one in dependencies.evidence]
    more = f" and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
    return f"Found: {', '.join(found[:_SHOWN])}{more}." if found else "None of these packages says anything to me."


_SHOWN = 8
"""Packages that are named at most."""
ASSUMED = "You don\u2019t say {}; I took the usual answer, so change it if it\u2019s wrong."
NOTHING_READ = "I could not read any answers in that, so let\u2019s go one by one."
WHAT_IS_WRONG = "Which of these should I change?"
VAGUE = "Which of these is closest?"
UNREADABLE = "I can\u2019t read this button any more. Start again with a fresh one; it takes about five taps."
UNREADABLE_CODE = "I can\u2019t read this code. Check that all of it was copied, and that it is from this advisor."
NOT_YOURS = "These buttons belong to somebody else\u2019s run. Start your own, and you get your own."
GONE = "That choice is not part of the guide any more; here is where you stand."


def changes(opened: Opened) -> str | None:
    """Return what to tell a person whose button is older than the guide; None where it is not."""
    if opened.lost == 1:
        return "The guide has changed since: one of your answers no longer exists. The others are kept."
    if opened.lost:
        return f"The guide has changed since: {opened.lost} of your answers no longer exist. The others are kept."
    if opened.changed:
        return "The guide has been updated since you started. Your answers are kept; the result may differ."
    return None
