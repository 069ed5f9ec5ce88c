"""What people read in a terminal, and what their numbers do."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.console import Console

from adapters.terminal.chat import GOODBYE, Chat, read_as, talk
from adapters.terminal.console import LEAVE, plain, show, typed_lines
from adapters.terminal.render.buttons import options
from adapters.terminal.render.layout import Block, Role
from adapters.terminal.render.render import render
from bot import actions, replies
from bot.advisor import Advisor
from bot.replies import Candidate, NoticeKind
from tests.conversations.tasks import every_code
from tests.trained import SHIPPED, TEA, trained_advisor

ROOT = Path(__file__).parents[2]


def tea() -> Advisor:
    return trained_advisor(TEA)


def shipped() -> Advisor:
    return trained_advisor(SHIPPED)


def conversation(advisor: Advisor, *lines: str) -> str:
    console = Console(file=io.StringIO(), width=80, color_system=None)
    talk(advisor, console, lines, greet=False)
    text: str = console.file.getvalue()  # type: ignore[attr-defined]  # the StringIO from above
    return text.removesuffix("\n")


def test_an_answer_shows_the_point_and_the_side_that_was_asked_about_first() -> None:
    assert plain(render(tea().ask("how much caffeine is in tea").reply)) == (
        "Caffeine\nBoth have it; a cup of coffee has about twice as much.\n  Tea: 40 mg a cup"
    )


def test_numbers_open_more_the_other_side_and_related_topics() -> None:
    said = conversation(tea(), "how much caffeine is in tea", "1", "how much caffeine is in tea", "2", "3")
    replies_ = said.split("\n\n")

    assert replies_[0].splitlines()[-3:] == ["  1 More", "  2 And Coffee?", "  3 Brewing"]
    assert "  - The big book of hot drinks, “What is in a cup”" in replies_[1]
    assert "About 90 mg a cup." in replies_[3]
    assert replies_[4].startswith("Brewing\n")


def test_the_code_of_an_answer_is_a_choice_and_so_is_the_other_side() -> None:
    chat = Chat(shipped())
    answer = chat.say("how do I run a background task in django")
    more = chat.say("more")
    shown = chat.say("show code")
    assert answer
    assert more
    assert shown

    assert [option.label for option in options(answer)][:3] == ["More", "And Flask?", "Show code"]
    assert options(more)[0].label == "Show code"
    assert isinstance(shown, replies.CodeComparison)
    lines = plain(render(shown)).splitlines()
    assert lines[0] == "A background task"
    assert lines[1].startswith("  Django: ")
    assert "from celery import Celery" in lines
    assert "  shop/celery.py" in lines
    assert lines[-1].startswith("  Tested with Django ")
    assert [option.label for option in options(shown)] == ["And Flask?"]
    assert "  Flask: " in plain(render(chat.say("1") or shown))


def test_no_line_of_code_is_broken_in_a_terminal_of_eighty_columns() -> None:
    for task, reply in every_code(shipped(), None).items():
        console = Console(file=io.StringIO(), width=80, color_system=None)
        show(console, render(reply))
        lines = console.file.getvalue().splitlines()  # type: ignore[attr-defined]  # the StringIO from above
        code = [each for passage in reply.passages for file in passage.files for each in file.text.splitlines()]
        assert [each for each in code if each.rstrip() not in lines] == [], task


def test_the_words_of_a_choice_choose_it_as_its_number_does() -> None:
    chat = Chat(tea())
    chat.say("how much caffeine is in tea")
    reply = chat.say("brewing")

    assert isinstance(reply, replies.Answer)
    assert (reply.topic, reply.side) == ("brewing", None)


def test_suggestions_always_come_with_none_of_these() -> None:
    suggested = replies.Suggestions((Candidate("caffeine", "Caffeine", 0.5), Candidate("brewing", "Brewing", 0.4)))

    assert [(o.label, o.press) for o in options(suggested)] == [
        ("Caffeine", actions.ShowTopic("caffeine")),
        ("Brewing", actions.ShowTopic("brewing")),
        ("None of these", actions.NoneOfThese("")),
    ]


def test_a_farewell_ends_the_conversation() -> None:
    assert conversation(tea(), "quit", "how much caffeine is in tea") == "Bye."


def test_the_guided_choice_can_be_walked_with_numbers_to_a_result_and_a_record() -> None:
    chat = Chat(shipped())
    reply = chat.say("which should I use?")
    steps = 0
    while isinstance(reply, replies.GuideQuestion):
        reply, steps = chat.say("1"), steps + 1

    assert isinstance(reply, replies.Recommendation)
    assert steps <= 8
    [record] = [n for n, option in enumerate(chat.offered, 1) if isinstance(option.press, actions.SaveRecord)]
    saved = chat.say(str(record))
    assert isinstance(saved, replies.DecisionRecord)
    assert plain(render(saved)).startswith("#")


def test_with_a_guide_open_quit_leaves_the_guide_and_not_the_program() -> None:
    told = conversation(shipped(), "recommend", "quit", "does flask have an orm?", "quit")

    assert "I have closed the guide" in told
    assert "SQLAlchemy" in told


def test_a_question_in_the_middle_is_answered_and_numbers_still_answer_the_guide() -> None:
    chat = Chat(shipped())
    chat.say("recommend")
    between = chat.say("does flask have an orm?")
    after = chat.say("3")

    assert isinstance(between, replies.Interrupted)
    assert isinstance(between.reply, replies.Answer)
    assert isinstance(after, replies.GuideQuestion)
    assert after.question == "have"


def test_every_kind_of_reply_is_rendered_and_says_something() -> None:
    advisor = shipped()
    guide = advisor.guide
    assert guide
    result = guide.recommend({"kind": "cms_shop"})
    shown: list[replies.Reply] = [
        advisor.ask("does flask have an orm").reply,
        replies.Answers((advisor.topic("orm"), advisor.topic("admin"))),  # type: ignore[arg-type]  # both exist
        replies.Suggestions((Candidate("orm", "ORM", 0.5),)),
        advisor.press(actions.NoneOfThese("")),
        advisor.help(),
        advisor.compare(),
        advisor.topics(),
        guide.begin(),
        guide.begin(text="an online shop for a museum"),
        result,
        guide.press(actions.SaveRecord(result.token)),
        replies.Notice(NoticeKind.BUSY, "Later."),
        advisor.press(actions.ShowMore("orm", "")),
        advisor.press(actions.ShowCode("orm")),
        replies.Interrupted(advisor.help(), guide.begin()),  # type: ignore[arg-type]  # it begins with a question
        replies.TeamCard("a1b2c3", 2, 3),
        guide.team_verdict([result.code] * 3),
    ]

    assert {type(reply) for reply in shown} == set(replies.Reply.__args__)
    assert all(plain(render(reply)) for reply in shown)


def test_lines_end_where_their_words_end_and_addresses_stay_whole() -> None:
    printed = conversation(shipped(), "we are 3 devs building an online shop with customer accounts", "1", "4").split(
        "\n"
    )

    assert [line for line in printed if line != line.rstrip()] == []
    assert [line for line in printed if len(line) > 80 and "https://" not in line] == []


@pytest.mark.parametrize("width", [20, 50, 80])
def test_an_address_that_is_longer_than_a_line_stays_whole(width: int) -> None:
    address = "https://example.com/practices/blob/master/project-structure/choosing-a-framework-for-a-project.md"
    console = Console(file=io.StringIO(), width=width, color_system=None)
    show(console, [Block(Role.SOURCE, f"- A guide to choosing, {address}, and more words behind it")])
    text: str = console.file.getvalue()  # type: ignore[attr-defined]  # the StringIO from above

    assert f"  {address}," in text.splitlines()


def test_the_examples_of_the_first_screen_can_be_chosen_by_number() -> None:
    console = Console(file=io.StringIO(), width=80, color_system=None)
    talk(shipped(), console, ["1"], greet=True)
    text: str = console.file.getvalue()  # type: ignore[attr-defined]  # the StringIO from above
    first, second = shipped().knowledge.about.examples[:2]

    assert f"  1 {first}\n  2 {second}\n" in text
    asked = plain(render(shipped().ask(first).reply)).splitlines()[0]
    assert asked in text.split(f"  2 {second}")[1]


def test_a_person_who_leaves_is_seen_off_and_a_program_is_not() -> None:
    for greet, last in ((True, GOODBYE), (False, "")):
        console = Console(file=io.StringIO(), width=80, color_system=None)
        talk(tea(), console, [], greet=greet)
        said: str = console.file.getvalue()  # type: ignore[attr-defined]  # the StringIO from above
        assert said.strip().splitlines()[-1:] == ([last] if last else [])


def test_addresses_are_links_on_a_terminal_without_the_signs_around_them() -> None:
    console = Console(file=io.StringIO(), width=60, force_terminal=True, color_system="truecolor")
    show(console, [Block(Role.SOURCE, "- the docs [see https://example.com/a/b-c.html]. Or (https://example.com/d).")])
    said: str = console.file.getvalue()  # type: ignore[attr-defined]  # the StringIO from above

    assert re.findall("\x1b]8;[^;]*;([^\x1b]+)\x1b", said) == [
        "https://example.com/a/b-c.html",
        "https://example.com/d",
    ]


def test_debug_says_how_a_message_was_read() -> None:
    advisor = tea()
    reply = advisor.ask("how much caffeine is in tea").reply

    assert read_as(reply, advisor).startswith("answer; topic caffeine; side tea; confidence caffeine 0.")


def test_the_line_editor_completes_whole_lines_and_keeps_a_history(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    readline = pytest.importorskip("readline")
    typed = iter(["how much caffeine is in tea", "  "])
    monkeypatch.setattr("builtins.input", lambda _prompt: next_or_end(typed))
    readline.clear_history()
    history = tmp_path / "state" / "history"
    lines = typed_lines(lambda text: [t for t in ("Caffeine", "Brewing") if t.startswith(text)], history)

    assert next(lines) == "how much caffeine is in tea"
    readline.add_history("how much caffeine is in tea")
    assert next(lines) == "  "
    assert history.stat().st_mode & 0o077 == 0
    complete = readline.get_completer()
    assert [complete("Caf", 0), complete("Caf", 1)] == ["Caffeine", None]
    assert list(lines) == []


def test_ctrl_c_clears_the_line_first_and_interrupts_when_pressed_again(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    typed = iter([KeyboardInterrupt(), "tea", KeyboardInterrupt(), KeyboardInterrupt()])
    monkeypatch.setattr("builtins.input", lambda _prompt: next_or_end(typed))
    lines = typed_lines(lambda _: [], tmp_path / "history")

    assert next(lines) == "tea"
    assert LEAVE in capsys.readouterr().out
    with pytest.raises(KeyboardInterrupt):
        next(lines)


def next_or_end(typed: Iterator[str | BaseException]) -> str:
    """Return what is typed next, or raise what the terminal does."""
    each = next(typed, EOFError())
    if isinstance(each, BaseException):
        raise each
    return each
