"""What holds whatever people press."""

from __future__ import annotations

import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.action_codec import encode
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
)
from bot.guide import Guide
from bot.knowledge import GuideSpec
from bot.replies import GuideQuestion, GuideReview, Recommendation, Reply
from tests.guide.walking import choose, question

relaxed = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
picks = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 40)), max_size=14)
answers = st.lists(st.integers(0, 4), min_size=8, max_size=8)


def presses(shown: Reply) -> list[GuideAction]:
    """Return every button under a reply of the guide, and a few that are stale."""
    assert isinstance(shown, GuideQuestion | GuideReview | Recommendation)
    token = shown.token
    found: list[GuideAction] = [
        GuideRestart(token),
        GuideFinish(token),
        GuideGo(token),
        GuideCircumstance(token, "no_such"),
    ]
    found.append(GuideAnswers(token))
    found += [GuideChange(token, item.question) for item in shown.given]
    found += [GuideChoose(token, "kind", option) for option in ("web_app", "viewer", "no_such")]
    if isinstance(shown, GuideQuestion):
        found += [GuideChoose(token, shown.question, choice.option) for choice in shown.choices] * 3
        found.append(GuideBack(token))
    if isinstance(shown, Recommendation):
        found += [GuideCircumstance(token, chip.chip) for chip in shown.chips]
    return found


@relaxed
@given(picks)
def test_any_sequence_of_presses_leads_to_something_that_can_be_shown(
    guide: Guide, picked: list[tuple[int, int]]
) -> None:
    shown: Reply = guide.begin(owner="somebody with a long name")
    for _, pick in picked:
        buttons = presses(shown)
        press = buttons[pick % len(buttons)]
        assert len(encode(press)) <= 95
        shown = guide.press(press, "somebody with a long name")
        assert isinstance(shown, GuideQuestion | GuideReview | Recommendation)
        assert re.fullmatch(r"[A-Za-z0-9_-]{10,60}", shown.token)
        if isinstance(shown, Recommendation):
            assert shown.reasons
            assert shown.against
            assert shown.flip_text


@relaxed
@given(answers)
def test_there_are_never_more_than_eight_questions(guide: Guide, picked: list[int]) -> None:
    shown: Reply = guide.begin()
    count = 0
    for pick in picked:
        if isinstance(shown, GuideQuestion):
            count += 1
            assert shown.number == count
            assert count <= shown.about <= 8
            shown = choose(guide, shown, shown.choices[pick % len(shown.choices)].option)
    assert isinstance(shown, Recommendation)
    assert len(shown.asked) == count <= 8


@relaxed
@given(answers, st.integers(1, 7))
def test_back_undoes_a_choice(guide: Guide, picked: list[int], steps: int) -> None:
    shown: Reply = guide.begin()
    for pick in picked[:steps]:
        if not isinstance(shown, GuideQuestion):
            break
        before = shown
        shown = choose(guide, shown, shown.choices[pick % len(shown.choices)].option)
        assert isinstance(shown, GuideQuestion | Recommendation)
        assert guide.press(GuideBack(shown.token)) == before


@relaxed
@given(answers, st.randoms(use_true_random=False))
def test_the_result_does_not_depend_on_the_order_of_the_answers(
    guide: Guide, picked: list[int], random: object
) -> None:
    shown: Reply = guide.begin()
    for pick in picked:
        if isinstance(shown, GuideQuestion):
            shown = choose(guide, shown, shown.choices[pick % len(shown.choices)].option)
    assert isinstance(shown, Recommendation)
    given_answers = [(item.question, item.option) for item in shown.given]
    random.shuffle(given_answers)  # type: ignore[attr-defined]  # hypothesis gives a random.Random
    token = question(guide.begin()).token
    for key, option in given_answers:
        token = guide.press(GuideFinish(token)).token  # type: ignore[union-attr]  # no result is a notice here
        token = guide.press(GuideChoose(token, key, option)).token  # type: ignore[union-attr]
    again = guide.press(GuideFinish(token))
    kept = {item.question for item in again.given}  # type: ignore[union-attr]
    if kept == {key for key, _ in given_answers}:
        assert (again.result, again.score) == (shown.result, shown.score)  # type: ignore[union-attr]


@relaxed
@given(answers)
def test_a_flip_is_what_really_happens_when_that_answer_is_changed(guide: Guide, picked: list[int]) -> None:
    shown: Reply = guide.begin()
    for pick in picked:
        if isinstance(shown, GuideQuestion):
            shown = choose(guide, shown, shown.choices[pick % len(shown.choices)].option)
    assert isinstance(shown, Recommendation)
    sizes = [abs(flip.change) for flip in shown.flips]
    assert sizes == sorted(sizes)
    for flip in shown.flips[:3]:
        changed = guide.press(GuideFinish(guide.press(GuideChoose(shown.token, flip.question, flip.option)).token))  # type: ignore[union-attr]
        assert isinstance(changed, Recommendation)
        assert changed.result == flip.result != shown.result


@relaxed
@given(st.text(max_size=60))
def test_no_text_is_taken_for_a_token_or_breaks_the_guide(guide: Guide, text: str) -> None:
    assert guide.answer_text(text, text) is None
    assert getattr(guide.reopen(text), "kind", None) == "stale"
    assert isinstance(guide.begin(text=text), GuideQuestion | GuideReview)
    guide.answer_text(question(guide.begin()).token, text)


def test_every_option_and_circumstance_fits_a_button(spec: GuideSpec) -> None:
    longest = max(len(q.id) + max(len(option.id) for option in q.options) for q in spec.questions)
    assert len("gc:::") + 60 + longest <= 95
    assert all(len(chip.id) <= 12 for chip in spec.chips)
