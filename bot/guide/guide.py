"""The guide as the advisor uses it: every press, line or code leads to the reply that is shown next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import cached_property

from bot.actions import GuideAction, GuideAnswers, GuideFinish, GuideGo, SaveRecord
from bot.guide.audit import Audit, audit, diagram
from bot.guide.compiled_guide import CompiledGuide, Phase, State
from bot.guide.dependencies import Dependencies, read_dependencies
from bot.guide.description import Description, DescriptionReader
from bot.guide.presenter import Presenter, joined
from bot.guide.recommendation import FollowUp, ResultExplainer, decision_record
from bot.guide.team import LEAST, TeamDecision
from bot.guide.tokens import Opened, Tokens, UnreadableTokenError, guide_mark, owner_mark, pasted
from bot.guide.transitions import GoneError, check, run, step
from bot.guide.typed_answers import TypedAnswers
from bot.guide.typed_steps import NOTHING_YET, WHAT_IS_WRONG, TypedStep, TypedSteps
from bot.knowledge import GuideSpec, Knowledge
from bot.replies import GuideQuestion, GuideReview, Notice, NoticeKind, Recommendation, Reply, TeamVerdict

Shown = GuideQuestion | GuideReview | Recommendation


class Guide:
    """Leads a person to a recommendation. Keeps nothing: every reply's token holds the whole run."""

    def __init__(self, spec: GuideSpec, knowledge: Knowledge) -> None:
        first, second, *_ = knowledge.side_names
        self._compiled = CompiledGuide(spec, (first, second))
        self._tokens = Tokens(self._compiled, knowledge.about.id, guide_mark(spec))
        self._results = ResultExplainer(self._compiled, knowledge)
        self._showing = Presenter(self._compiled, self._tokens, self._results)
        self._understanding = DescriptionReader(spec)

    def begin(
        self,
        given: Mapping[str, str] | None = None,
        text: str = "",
        owner: str = "",
        dependencies: Dependencies | None = None,
        team: str = "",
    ) -> Shown:
        """Begin with what is `given` (options by question), what a description says, and what the project depends on.

        Returns the review of what was read, or else the first question (or a result, where everything is given).
        `owner` is whoever may press the buttons; empty for anybody. `team` names the team choice that the result counts
        in, if any.

        Raises:
            UnknownAnswerError: `given` names a question or an option that the guide does not have.
        """
        check(self._compiled, given or {})
        found = self._understanding.read(text)
        state = self._described(
            State(answers=tuple((given or {}).items()), owner=owner_mark(owner), team=team), found, dependencies
        )
        phase = Phase.REVIEW if state.read else Phase.ASKING
        heard = self._heard(found, state) if text else None
        return self._showing.show(replace(state, phase=phase), dependencies.found if dependencies else None, heard)

    def resume(self, token: str, owner: str = "") -> Reply:
        """Return the guide after what was read of a project; its start where nothing was, or of somebody else's."""
        reply = self.press(GuideGo(token), owner) if token else None
        return self.begin(owner=owner) if reply is None or isinstance(reply, Notice) else reply

    def press(self, press: GuideAction, owner: str = "", on: date | None = None) -> Reply:
        """Return what a press leads to; `on` is the date that a saved decision record bears.

        A button that cannot be read, or that is another person's, gives a `Notice`.
        """
        opened = self._open(press.token, owner)
        if isinstance(opened, Notice):
            return opened
        if isinstance(press, SaveRecord):
            return decision_record(self._showing.result(opened.state), self._compiled.spec.record, on)
        if isinstance(press, GuideAnswers):
            return self._showing.answers(opened.state, changes(opened) or WHAT_IS_WRONG)
        if isinstance(press, GuideFinish) and self._messages.is_too_early(opened.state):
            return self._showing.show(opened.state, NOTHING_YET)
        try:
            state = step(self._compiled, opened.state, press)
        except GoneError:
            return self._showing.show(opened.state, GONE)
        return self._showing.show(state, changes(opened))

    def starts(self, text: str) -> bool:
        """Return whether a message, as a whole, asks to begin the guide."""
        return self._typed.command(text) == "start"

    def answer_text(self, token: str, text: str, owner: str = "") -> Reply | None:
        """Return what a typed line leads to where the guide waits; None where it is no answer, or somebody else's.

        It may be a number, a letter, a button's words, something of the project, "back", "change 2", "start again",
        "result", "not sure", "stop", or "why?" where the answers lean. To leave the guide gives a `Notice`.
        """
        opened = self._open(token, owner)
        if isinstance(opened, Notice):
            return None
        if after := self._messages.after(opened.state, text):
            return self._stepped(after, changes(opened))
        leans = self._showing.leans(opened.state)
        explained = self._follow_up.explained(self._showing.result(opened.state), text) if leans else None
        return self._showing.show(opened.state, explained) if explained else None

    def still_open(self, token: str, owner: str = "", notice: str | None = None) -> GuideQuestion | GuideReview | None:
        """Return what waits for an answer, to be shown again; None where it is somebody else's, or nothing waits."""
        opened = self._open(token, owner)
        shown = None if isinstance(opened, Notice) else self._showing.show(opened.state, notice)
        return None if isinstance(shown, Recommendation) else shown

    def follow_up(self, token: str, text: str, owner: str = "") -> Reply | None:
        """Return what a line leads to that is typed after a result: "why not the other?", "change 2", "start again".

        None where it is about something else, or the result is another person's.
        """
        opened = self._open(token, owner)
        if isinstance(opened, Notice):
            return None
        steered = self._messages.steered(opened.state, text)
        if steered:
            return self._stepped(steered, None)
        explained = self._follow_up.explained(self._showing.result(opened.state), text)
        return self._showing.result(opened.state, explained) if explained else None

    def _stepped(self, after: TypedStep, changed: str | None) -> Reply:
        if after.leaves:
            return Notice(NoticeKind.LEFT, LEFT)
        if after.shows_answers:
            return self._showing.answers(after.state, after.notice)
        return self._showing.show(after.state, after.notice or changed)

    def understand(self, text: str, dependencies: Dependencies | None = None) -> Mapping[str, str]:
        """Return the answers that a description and a list of dependencies give: options by question."""
        return dict(self._described(State(), self._understanding.read(text), dependencies).answers)

    def describes(self, text: str, *, doubts: int = 0) -> bool:
        """Return whether a text tells enough of a project to begin the guide: more, the more doubts there are."""
        return self._understanding.describes(text, doubts=doubts)

    def asks(self, text: str) -> bool:
        """Return whether a text is a question."""
        return self._understanding.asks(text)

    def names_a_project(self, text: str) -> bool:
        """Return whether a text says what is to be built: whether it answers a question that leads."""
        said = self._understanding.read(text).said
        return any(self._compiled.questions[question].lead for question in said)

    def tells_of_friction(self, text: str) -> bool:
        """Return whether a text says that what there is already stands in the way: then the choice is open again."""
        said = self._understanding.read(text).said
        settling = (one for one in self._compiled.questions.values() if any(option.stop for option in one.options))
        return any(one.id in said and not one.by_id[said[one.id]].stop for one in settling)

    def dependencies(self, text: str) -> Dependencies:
        """Return what a list of dependencies says: requirements.txt, pyproject.toml, imports, `pip freeze`.

        Raises:
            NoDependenciesError: the text is something else, or too long.
            NoPackagesError: the knowledge base knows no packages.
        """
        return read_dependencies(text, self._results.knowledge.packages)

    def recommend(
        self, answers: Mapping[str, str] | None = None, text: str = "", dependencies: Dependencies | None = None
    ) -> Recommendation:
        """Run the whole guide: first what was read, then `answers` to what is asked, else "not sure".

        Raises:
            UnknownAnswerError: `answers` names a question or an option that the guide does not have.
        """
        check(self._compiled, answers or {})
        state = self._described(State(), self._understanding.read(text), dependencies)
        return self._showing.result(run(self._compiled, state, answers or {}))

    def reopen(self, code: str, owner: str = "") -> Reply:
        """Return the result that a code stands for, for `owner` to go on with.

        A code that cannot be read gives a `Notice`.
        """
        try:
            opened = self._tokens.read(code.strip())
        except UnreadableTokenError:
            return Notice(NoticeKind.STALE, UNREADABLE_CODE)
        return self._showing.show(replace(opened.state, owner=owner_mark(owner)), changes(opened))

    def reopen_in(self, text: str, owner: str = "") -> Reply | None:
        """Return the result whose code stands in a message, alone or among other words; None where there is no code.

        What is plainly meant as a code but cannot be read gives a `Notice`.
        """
        damaged: Reply | None = None
        for code, alike in pasted(text):
            reply = self.reopen(code, owner)
            if not isinstance(reply, Notice):
                return reply
            damaged = damaged or (reply if alike else None)
        return damaged

    def team_verdict(self, codes: Iterable[str], team: str = "", before: str = "") -> TeamVerdict | Notice:
        """Return what the members decide whose results these codes are; a notice where they are too few.

        `before` is the result of an earlier round.

        Raises:
            UnreadableTokenError: one of the codes cannot be read; the error names it.
        """
        states = [self._tokens.read(code.strip()).state for code in codes]
        members = tuple(self._compiled.facts(state) for state in states if not state.empty)
        if len(members) < LEAST:
            return Notice(NoticeKind.INFO, TOO_FEW)
        names = self._results.knowledge.side_names
        return TeamDecision(self._compiled, self._results.reasons, names, members).verdict(team, before)

    def audit(self) -> Audit:
        """Walk every path of the guide and return what was found."""
        return audit(self._compiled, self._results.reasons)

    def diagram(self) -> str:
        """Return the guide as a Mermaid flow chart."""
        return diagram(self._compiled, dict(self._results.knowledge.side_names))

    def _described(self, state: State, found: Description, dependencies: Dependencies | None) -> State:
        """Return a state with what was read; where a text and the packages differ, the question stays open."""
        packages = dependencies.answers if dependencies else {}
        said = {key: option for key, option in found.said.items() if packages.get(key, option) == option}
        seen = {key: option for key, option in packages.items() if found.said.get(key, option) == option}
        read = {**found.assumed, **seen, **said}
        facts = self._compiled.facts(replace(state, answers=tuple(read.items())))
        ordered = tuple((key, read[key]) for key in self._compiled.questions if key in read and key in facts)
        return replace(state.with_read(ordered), chips=found.chips)

    def _heard(self, found: Description, state: State) -> str | None:
        """Say what else was read in a description, what was assumed in its silence, or that nothing was read."""
        if not (found.answers or found.chips):
            return NOTHING_READ
        shown = {self._compiled.in_short(*pair) for pair in state.answers}
        labels = (self._compiled.chips[chip].label.lower() for chip in found.chips)
        noted = ", ".join(label for label in labels if label not in shown)
        assumed = " and ".join(
            self._compiled.in_short(*pair) for pair in found.assumed.items() if pair in state.answers
        )
        return joined(f"Also noted: {noted}." if noted else None, ASSUMED.format(assumed) if assumed else None)

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
    def _typed(self) -> TypedAnswers:
        return TypedAnswers(self._understanding, self._results.knowledge.about.kind or "")

    @cached_property
    def _messages(self) -> TypedSteps:
        return TypedSteps(self._compiled, self._understanding, self._typed, self._results.knowledge.side_names)

    @cached_property
    def _follow_up(self) -> FollowUp:
        return FollowUp(self._results.knowledge.side_names, self._results.knowledge.about.kind)


ASSUMED = "You didn\u2019t say otherwise, so I assumed {}. Change that if it\u2019s wrong."
NOTHING_READ = "I could not read any answers in that, so let\u2019s go one by one."
LEFT = "All right, I have closed the guide. Say \u201crecommend\u201d to begin again; until then, just ask."
UNREADABLE = "I can\u2019t read this button any more. Start again with a fresh one; it takes about five taps."
UNREADABLE_CODE = "I can\u2019t read this code. Please check that code: a character may be wrong or missing."
TOO_FEW = "A team verdict needs the answers of at least three people, so that nobody can be picked out."
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
