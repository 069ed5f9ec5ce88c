"""What each press makes of a state, and what it leaves alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.actions import (
    GuideAction,
    GuideAnswers,
    GuideBack,
    GuideChange,
    GuideChoose,
    GuideCircumstance,
    GuideFinish,
    GuideGo,
    GuideRestart,
    SaveRecord,
)
from bot.guide import Guide
from bot.guide.compiled_guide import CompiledGuide, Phase, State
from bot.guide.transitions import GoneError, step
from bot.knowledge import GuideSpec
from bot.replies import NoticeKind, Recommendation
from tests.guide.walking import question

TEA = Path(__file__).parent / "tea.yaml"
SUGAR = {
    "id": "sugar",
    "ask": "How much sugar goes into all that milk?",
    "needs": {"milk": ["lots"]},
    "options": [
        {"id": "one", "label": "One spoon", "why": "Sweet."},
        {"id": "two", "label": "Two spoons", "why": "Sweeter."},
        {"id": "not_sure", "label": "Not sure", "unsure": True, "why": "Open."},
    ],
}
LATE = {"id": "late", "label": "It is late", "toward": "tea", "points": 1, "why": "Tea lets you sleep."}

MORNING, EVENING, NIGHT = ("hour", "morning"), ("hour", "evening"), ("hour", "night")
LOTS, NONE, ONE = ("milk", "lots"), ("milk", "none"), ("sugar", "one")
T = "any token"
"""Presses carry one; the step itself does not look at it."""


@pytest.fixture(scope="module")
def spec() -> GuideSpec:
    """Return the guide to hot drinks, with a question that hangs on another and with two circumstances."""
    data: dict[str, Any] = yaml.safe_load(TEA.read_text(encoding="utf-8"))
    data["questions"].append(SUGAR)
    data["chips"].append(LATE)
    return GuideSpec.model_validate(data)


@pytest.fixture(scope="module")
def plan(spec: GuideSpec) -> CompiledGuide:
    return CompiledGuide(spec, ("tea", "coffee"))


def asking(*answers: tuple[str, str], **others: Any) -> State:
    return State(answers=answers, owner="anna", **others)


def reviewing(*answers: tuple[str, str], **others: Any) -> State:
    return asking(*answers, phase=Phase.REVIEW, **{"read": len(answers), **others})


def done(*answers: tuple[str, str], **others: Any) -> State:
    return asking(*answers, phase=Phase.DONE, **others)


PRESSES: dict[str, tuple[State, GuideAction, State]] = {
    "the first answer is taken": (asking(), GuideChoose(T, *MORNING), asking(MORNING)),
    "another answer comes after it": (asking(MORNING), GuideChoose(T, *LOTS), asking(MORNING, LOTS)),
    "a new answer replaces the old one and is the latest": (
        asking(MORNING, NONE),
        GuideChoose(T, *EVENING),
        asking(NONE, EVENING),
    ),
    "an answer ends a change": (asking(MORNING, pending="milk"), GuideChoose(T, *LOTS), asking(MORNING, LOTS)),
    "an answer keeps the circumstances": (
        asking(chips=("cold", "late")),
        GuideChoose(T, *MORNING),
        asking(MORNING, chips=("cold", "late")),
    ),
    "an answer that needed the old one is dropped": (
        asking(MORNING, LOTS, ONE),
        GuideChoose(T, *NONE),
        asking(MORNING, NONE),
    ),
    "an answer whose need still holds is kept": (
        asking(LOTS, ONE, MORNING),
        GuideChoose(T, *EVENING),
        asking(LOTS, ONE, EVENING),
    ),
    "an answer to what does not apply is not kept": (asking(NONE), GuideChoose(T, *ONE), asking(NONE)),
    "an answer that was read is no longer counted as read when it is changed": (
        reviewing(MORNING, LOTS),
        GuideChoose(T, *NONE),
        reviewing(MORNING, NONE, read=1),
    ),
    "after the result, what the change needs is asked next": (
        done(MORNING, NONE),
        GuideChoose(T, *LOTS),
        done(MORNING, LOTS, pending="sugar"),
    ),
    "after the result, what another answer needs is not asked": (
        done(LOTS, MORNING),
        GuideChoose(T, *EVENING),
        done(LOTS, EVENING),
    ),
    "before the result, nothing jumps the queue": (asking(MORNING), GuideChoose(T, *LOTS), asking(MORNING, LOTS)),
    "in the review, nothing jumps the queue": (
        reviewing(NONE),
        GuideChoose(T, *LOTS),
        reviewing(LOTS, read=0),
    ),
    "back takes the latest answer": (asking(MORNING, LOTS), GuideBack(T), asking(MORNING)),
    "back takes the only answer": (asking(MORNING), GuideBack(T), asking()),
    "back from the result asks the last question again": (done(MORNING, LOTS), GuideBack(T), asking(MORNING)),
    "back leaves a change and takes no answer": (
        asking(MORNING, LOTS, pending="hour"),
        GuideBack(T),
        asking(MORNING, LOTS),
    ),
    "back from a change of the result shows the result": (
        done(MORNING, LOTS, pending="hour"),
        GuideBack(T),
        done(MORNING, LOTS),
    ),
    "back from a change of the review shows the review": (
        reviewing(MORNING, pending="hour"),
        GuideBack(T),
        reviewing(MORNING),
    ),
    "back with nothing answered stays at the beginning": (asking(), GuideBack(T), asking()),
    "back from a result of nothing begins to ask": (done(chips=("cold",)), GuideBack(T), asking(chips=("cold",))),
    "back with nothing but read answers is the review": (asking(MORNING, read=1), GuideBack(T), reviewing(MORNING)),
    "back after read answers takes what was asked": (
        asking(MORNING, LOTS, read=1),
        GuideBack(T),
        asking(MORNING, read=1),
    ),
    "back from a result of nothing but read answers is the review": (
        done(MORNING, read=1),
        GuideBack(T),
        reviewing(MORNING),
    ),
    "a change asks again and keeps everything": (
        done(MORNING, LOTS, chips=("cold",)),
        GuideChange(T, "hour"),
        done(MORNING, LOTS, chips=("cold",), pending="hour"),
    ),
    "a change in the review stays in the review": (
        reviewing(MORNING),
        GuideChange(T, "hour"),
        reviewing(MORNING, pending="hour"),
    ),
    "a change can be of what was never answered": (
        done(MORNING),
        GuideChange(T, "milk"),
        done(MORNING, pending="milk"),
    ),
    "restart keeps its owner and no answer": (
        done(MORNING, LOTS, read=1, chips=("cold",), pending="hour"),
        GuideRestart(T),
        State(owner="anna"),
    ),
    "restart stays in the team": (
        done(MORNING, team="crew"),
        GuideRestart(T),
        State(owner="anna", team="crew"),
    ),
    "result now shows the result": (asking(MORNING), GuideFinish(T), done(MORNING)),
    "result now ends a change": (asking(MORNING, pending="hour"), GuideFinish(T), done(MORNING)),
    "result now leaves the review": (reviewing(MORNING), GuideFinish(T), done(MORNING, read=1)),
    "go leaves the review for the questions": (reviewing(MORNING), GuideGo(T), asking(MORNING, read=1)),
    "go ends a change in the review": (reviewing(MORNING, pending="hour"), GuideGo(T), asking(MORNING, read=1)),
    "go after the result shows the result": (done(MORNING, pending="hour"), GuideGo(T), done(MORNING)),
    "go between questions changes nothing": (asking(MORNING), GuideGo(T), asking(MORNING)),
    "a circumstance is put on": (done(MORNING), GuideCircumstance(T, "cold"), done(MORNING, chips=("cold",))),
    "a second circumstance is put beside the first": (
        done(chips=("late",)),
        GuideCircumstance(T, "cold"),
        done(chips=("late", "cold")),
    ),
    "a circumstance is taken off": (
        done(chips=("cold", "late")),
        GuideCircumstance(T, "cold"),
        done(chips=("late",)),
    ),
    "a circumstance ends a change": (
        done(MORNING, pending="milk"),
        GuideCircumstance(T, "cold"),
        done(MORNING, chips=("cold",)),
    ),
    "a circumstance between questions shows the result": (
        asking(MORNING),
        GuideCircumstance(T, "cold"),
        done(MORNING, chips=("cold",)),
    ),
    "saving a record changes nothing": (done(MORNING, pending="milk"), SaveRecord(T), done(MORNING, pending="milk")),
    "looking at the answers changes nothing": (asking(MORNING), GuideAnswers(T), asking(MORNING)),
}


@pytest.mark.parametrize(("before", "press", "after"), PRESSES.values(), ids=PRESSES)
def test_a_press_leads_to(before: State, press: GuideAction, after: State, plan: CompiledGuide) -> None:
    assert step(plan, before, press) == after


GONE = [
    GuideChoose(T, "cake", "yes"),
    GuideChoose(T, "hour", "noon"),
    GuideChoose(T, "hour", "lots"),
    GuideChange(T, "cake"),
    GuideCircumstance(T, "rain"),
]


@pytest.mark.parametrize("press", GONE, ids=repr)
@pytest.mark.parametrize("state", [asking(MORNING), done(MORNING, pending="milk")], ids=["asking", "done"])
def test_a_press_for_what_the_guide_has_not_any_more_is_gone(
    press: GuideAction, state: State, plan: CompiledGuide
) -> None:
    with pytest.raises(GoneError):
        step(plan, state, press)


@pytest.mark.parametrize(("kind", "name"), [(GuideChange, "cake"), (GuideCircumstance, "rain")])
def test_a_button_for_what_is_gone_shows_where_one_stands(kind: Any, name: str, tea: Guide) -> None:
    shown = question(tea.begin())
    again = question(tea.press(kind(shown.token, name)))

    assert (again.question, again.given) == ("hour", ())
    assert again.notice == "That choice is not part of the guide any more; here is where you stand."


def test_after_a_restart_nobody_else_may_go_on(tea: Guide) -> None:
    mine = question(tea.begin(owner="anna"))
    fresh = question(tea.press(GuideRestart(mine.token), "anna"))
    theirs = tea.press(GuideChoose(fresh.token, *MORNING), "ben")

    assert getattr(theirs, "kind", None) is NoticeKind.NOT_YOURS
    assert isinstance(tea.press(GuideChoose(fresh.token, *MORNING), "anna"), Recommendation)
