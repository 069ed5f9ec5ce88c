"""What people read in a terminal, and what their numbers do."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path

from rich.console import Console

from adapters.terminal.chat import Chat, talk
from adapters.terminal.printer import plain
from adapters.terminal.render.buttons import options
from adapters.terminal.render.render import render
from bot import actions, replies
from bot.advisor import Advisor
from bot.knowledge import load
from bot.replies import Candidate, NoticeKind

ROOT = Path(__file__).parents[2]


@cache
def tea() -> Advisor:
    return Advisor(load(ROOT / "tests" / "bases" / "tea-and-coffee"))


@cache
def shipped() -> Advisor:
    return Advisor(load(ROOT / "knowledge" / "flask-vs-django"))


def conversation(advisor: Advisor, *lines: str) -> str:
    console = Console(file=io.StringIO(), width=80, color_system=None)
    talk(advisor, console, lines, greet=False)
    text: str = console.file.getvalue()  # type: ignore[attr-defined]  # the StringIO from above
    return text.removesuffix("\n")


def test_an_answer_reads_point_first_then_the_side_then_where_it_is_from() -> None:
    assert plain(render(tea().ask("how much caffeine is in tea").reply)) == (
        "Caffeine\n"
        "Both have it; a cup of coffee has about twice as much.\n"
        "  Tea: About 40 mg a cup.\n"
        "  Sources (checked 2026-11-01):\n"
        "  - The big book of hot drinks, “What is in a cup”"
    )


def test_numbers_open_the_other_side_and_related_topics() -> None:
    assert conversation(tea(), "how much caffeine is in tea", "1", "2") == (
        "Caffeine\n"
        "Both have it; a cup of coffee has about twice as much.\n"
        "  Tea: About 40 mg a cup.\n"
        "  Sources (checked 2026-11-01):\n"
        "  - The big book of hot drinks, “What is in a cup”\n"
        "  1 And Coffee?\n"
        "  2 Brewing\n"
        "\n"
        "Caffeine\n"
        "Both have it; a cup of coffee has about twice as much.\n"
        "  Coffee: About 90 mg a cup.\n"
        "  Sources (checked 2026-11-01):\n"
        "  - The big book of hot drinks, “What is in a cup”\n"
        "  1 And Tea?\n"
        "  2 Brewing\n"
        "\n"
        "Brewing\n"
        "Pour hot water over it, and wait.\n"
        "  Tea: Three minutes at 90 degrees.\n"
        "  Coffee: Four minutes in a press.\n"
        "  Sources (checked 2026-11-01):\n"
        "  - The big book of hot drinks, “Brewing”\n"
        "  1 Caffeine\n"
    )


def test_a_number_without_a_choice_behind_it_says_how_many_there_are() -> None:
    chat = Chat(tea())
    chat.say("how much caffeine is in tea")
    reply = chat.say("7")

    assert isinstance(reply, replies.Notice)
    assert reply.text == "There is no choice 7. Choose from 1 to 2, or ask something."


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
    assert conversation(tea(), "quit", "how much caffeine is in tea") == "Bye. Good luck with the project."


def test_the_guided_choice_can_be_walked_with_numbers_to_a_result_and_a_record() -> None:
    chat = Chat(shipped())
    chat.say("which should I use?")
    [start] = [n for n, option in enumerate(chat.offered, 1) if option.press == actions.OpenGuide()]
    reply = chat.say(str(start))
    steps = 0
    while isinstance(reply, replies.GuideQuestion):
        reply, steps = chat.say("1"), steps + 1

    assert isinstance(reply, replies.Recommendation)
    assert steps <= 8
    [record] = [n for n, option in enumerate(chat.offered, 1) if isinstance(option.press, actions.SaveRecord)]
    saved = chat.say(str(record))
    assert isinstance(saved, replies.DecisionRecord)
    assert plain(render(saved)).startswith("#")


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
    ]

    assert {type(reply) for reply in shown} == set(replies.Reply.__args__)
    assert all(plain(render(reply)) for reply in shown)


def test_lines_end_where_their_words_end_and_addresses_stay_whole() -> None:
    address = (
        "https://github.com/canonical-web-and-design/practices/blob/master/project-structure/choosing-a-framework.md"
    )
    printed = conversation(shipped(), "we are 3 devs building an online shop with customer accounts", "1", "4").split(
        "\n"
    )

    assert [line for line in printed if line != line.rstrip()] == []
    assert [line for line in printed if address in line]
    assert [line for line in printed if len(line) > 80 and "https://" not in line] == []
