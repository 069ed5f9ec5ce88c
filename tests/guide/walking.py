"""How tests walk through a guide: by what is shown, as a person does."""

from __future__ import annotations

from bot.actions import GuideChoose
from bot.guide import Guide
from bot.replies import GuideQuestion, Recommendation, Reply


def question(reply: Reply | None) -> GuideQuestion:
    assert isinstance(reply, GuideQuestion), reply
    return reply


def result(reply: Reply | None) -> Recommendation:
    assert isinstance(reply, Recommendation), reply
    return reply


def choose(guide: Guide, shown: Reply, option: str, owner: str = "") -> Reply:
    """Press the button of an option of the question that is shown."""
    asked = question(shown)
    assert option in [choice.option for choice in asked.choices]
    return guide.press(GuideChoose(asked.token, asked.question, option), owner)


def walk(guide: Guide, answers: dict[str, str], owner: str = "") -> Reply:
    """Answer what is asked from `answers`, and stop at the first question that they leave open."""
    shown: Reply = guide.begin(owner=owner)
    while isinstance(shown, GuideQuestion) and shown.question in answers:
        shown = choose(guide, shown, answers[shown.question], owner)
    return shown
