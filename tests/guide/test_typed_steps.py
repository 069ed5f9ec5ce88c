"""Where each typed line leads while the guide waits, and what it leaves alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.guide import Guide
from bot.guide.compiled_guide import CompiledGuide, State
from bot.guide.description import DescriptionReader
from bot.guide.typed_answers import TypedAnswers
from bot.guide.typed_steps import NOTHING_YET, ONE_ONLY, VAGUE, WHAT_IS_WRONG, TypedStep, TypedSteps
from bot.knowledge import GuideSpec, Knowledge
from tests.guide.test_transitions import EVENING, LOTS, MORNING, NIGHT, NONE, asking, done, plan, reviewing, spec

__all__ = ["plan", "spec"]
"""Fixtures that are the same here."""


@pytest.fixture(scope="module")
def typed(spec: GuideSpec, plan: CompiledGuide) -> TypedSteps:
    reader = DescriptionReader(spec)
    return TypedSteps(plan, reader, TypedAnswers(reader))


LINES: dict[str, tuple[State, str, State | TypedStep | None]] = {
    "a number picks an option": (asking(), "2", asking(EVENING)),
    "a label picks an option": (asking(), "Past midnight", asking(NIGHT)),
    "a longer answer says more than was asked": (asking(), "before bed, with no milk", asking(NONE, EVENING, read=1)),
    "what was answered before is not read again": (asking(LOTS), "before bed, with no milk", asking(LOTS, EVENING)),
    "not sure is an answer": (asking(), "not sure", asking(("hour", "not_sure"))),
    "back takes the latest answer": (asking(MORNING, LOTS), "go back", asking(MORNING)),
    "restart keeps its owner, its team and no answer": (
        done(MORNING, chips=("cold",), team="crew"),
        "start over",
        State(owner="anna", team="crew"),
    ),
    "result now needs an answer": (asking(), "result now", TypedStep(asking(), NOTHING_YET)),
    "result now shows the result": (asking(MORNING, pending="hour"), "result now", done(MORNING)),
    "yes in the review goes on": (reviewing(MORNING), "yes", asking(MORNING, read=1)),
    "no in the review asks what is wrong": (
        reviewing(MORNING),
        "no",
        TypedStep(reviewing(MORNING), WHAT_IS_WRONG, shows_answers=True),
    ),
    "yes to an open question is vague": (asking(), "yes", TypedStep(asking(), VAGUE)),
    "no to an open question is vague": (asking(), "nope", TypedStep(asking(), VAGUE)),
    "yes after the result shows it": (done(MORNING), "yes", done(MORNING)),
    "yes answers the question that is asked again": (
        done(NIGHT, pending="thirst"),
        "yes",
        done(NIGHT, ("thirst", "yes")),
    ),
    "the words of an option count where the review asks again": (
        reviewing(MORNING, pending="milk"),
        "a lot",
        reviewing(MORNING, LOTS, read=1),
    ),
    "to stop leaves and changes nothing": (asking(MORNING), "cancel", TypedStep(asking(MORNING), leaves=True)),
    "anything else is nothing": (asking(), "what does tea cost", None),
}


@pytest.mark.parametrize(("before", "line", "after"), LINES.values(), ids=LINES)
def test_a_typed_line_leads_to(before: State, line: str, after: State | TypedStep | None, typed: TypedSteps) -> None:
    assert typed.after(before, line) == (TypedStep(after) if isinstance(after, State) else after)


def test_two_answers_at_once_are_asked_back(typed: TypedSteps) -> None:
    assert typed.after(asking(), "1 and 2") == TypedStep(asking(), ONE_ONLY)


@pytest.mark.parametrize("line", ["yes", "result now", "what does tea cost", "1"])
def test_once_the_result_stands_only_some_commands_steer(line: str, typed: TypedSteps) -> None:
    assert typed.steered(done(MORNING), line) is None
    assert typed.steered(done(MORNING), "start over") == TypedStep(State(owner="anna"))


def test_the_guide_can_be_asked_for_by_what_each_side_is(spec: GuideSpec) -> None:
    reader = DescriptionReader(spec)
    assert TypedAnswers(reader, "drink").command("Which drink should I use?") == "start"
    assert TypedAnswers(reader).command("Which drink should I use?") is None


def test_the_other_side_can_be_called_by_what_it_is(tea_spec: GuideSpec, tea_knowledge: Knowledge) -> None:
    drinks = replace(tea_knowledge, about=tea_knowledge.about.model_copy(update={"kind": "drink"}))
    token = Guide(tea_spec, drinks).recommend().token
    assert Guide(tea_spec, drinks).follow_up(token, "why not the other drink?") is not None
    assert Guide(tea_spec, tea_knowledge).follow_up(token, "why not the other drink?") is None
