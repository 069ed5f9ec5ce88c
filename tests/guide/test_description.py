"""How a description is read: by what it says, by what its words say together, and by what it leaves out."""

from __future__ import annotations

import time
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.guide.description import DescriptionReader, longest_row
from bot.guide.phrases import PhraseIndex, Spelling, plain_words
from bot.knowledge import GuideSpec


@pytest.fixture(scope="session")
def reader(spec: GuideSpec) -> DescriptionReader:
    return DescriptionReader(spec)


def told_of(reader: DescriptionReader, text: str, questions: Iterable[str]) -> dict[str, str | None]:
    """Return what a text answers to these questions."""
    found = reader.read(text).said
    return {key: found.get(key) for key in questions}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "An inventory tool for our workshop: tools, loans, repairs, suppliers. The office corrects the entries.",
            {"kind": "web_app", "data": "many", "staff": "yes"},
        ),
        (
            "JSON endpoints in front of an old Oracle database with 40 tables",
            {"kind": "service", "data": "many"},
        ),
        ("A thumbnail service, stateless", {"kind": "service", "data": "none", "size": "tiny"}),
        ("Replace our PHP intranet, everybody has a Windows account", {"kind": "web_app", "accounts": "sso"}),
        (
            "A marketplace where hobby bakers sell cakes",
            {"kind": "web_app", "accounts": "roles"},
        ),
        ("A catalogue of fossils, no login for visitors", {"kind": "web_app", "accounts": "no"}),
        ("Streamlit or something else for eight plots", {"kind": "viewer", "viewer_kind": "charts"}),
        ("Scores are pushed to thousands of open websockets", {"live": "core"}),
        ("We are a Django shop and get a small API to write", {"kind": "service", "have": "know_django"}),
        ("It must not have an admin", {"staff": "no"}),
    ],
)
def test_everyday_words_are_put_together(reader: DescriptionReader, text: str, said: dict[str, str]) -> None:
    assert told_of(reader, text, said) == said


@pytest.mark.parametrize(
    "text",
    [
        "batteries included, but full control over every part",
        "we don't need something minimal",
    ],
)
def test_what_contradicts_itself_or_is_denied_is_left_open(reader: DescriptionReader, text: str) -> None:
    assert "style" not in reader.read(text).answers


@pytest.mark.parametrize(
    ("text", "question"),
    [
        # a side that a question names is known to nobody
        ("Should I use Flask or Django for a small shop that sells postcards?", "have"),
        ("Do you know Django? We need a booking system for three rooms", "have"),
        ("Who knows Flask here? I want to build an API for my thermostat", "have"),
        ("Can I use Django's admin with Flask? We plan an inventory of costumes", "have"),
        ("An app that talks to Firebase; should we build the new backend with Flask or Django?", "have"),
        ("I know Python, Flask seems small. A booking form for a cabin", "have"),
        # one of several is not the team
        ("One of us knows Django, the others come from Java. An API for our terminals", "have"),
        ("One developer knows Django, one knows Flask, the third knows neither: a tool for grants", "have"),
        ("The last agency used Django. Now we want a landing page", "have"),
        # somebody who learns, or learns from something, has no wish to choose by
        ("Our users want to learn languages with flash cards and accounts. Which one?", "style"),
        ("I heard Django is easy to learn. We want a tool for planning shifts", "style"),
        ("We want to learn from our customers what they like: a survey tool", "style"),
        ("I'm learning Python and would like to build a recipe site", "style"),
        # a table that people look at
        ("A site with a table of opening hours", "data"),
        ("An events calendar with registration for our club", "data"),
    ],
)
def test_nothing_is_invented(reader: DescriptionReader, text: str, question: str) -> None:
    assert question not in reader.read(text).said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Three devs who know Flask, should we use Django for a member list?", {"have": "know_flask"}),
        ("We use Django at work; a private plant diary, Flask or Django?", {"have": "know_django"}),
        ("I mainly want to learn. A recipe site, Flask or Django?", {"style": "learn"}),
        ("A table or two, and no login", {"data": "few", "accounts": "no"}),
        ("We sell insurance, not online. We want a tool to calculate offers for agents.", {"kind": "web_app"}),
        ("A landing page plus newsletter signup", {"kind": "viewer", "accounts": "no"}),
        ("A directory of independent cinemas with opening hours and films", {"kind": "web_app"}),
    ],
)
def test_what_is_told_beside_a_question_counts(reader: DescriptionReader, text: str, said: dict[str, str]) -> None:
    assert told_of(reader, text, said) == said


def test_silence_means_something_only_in_a_description_of_some_length(reader: DescriptionReader) -> None:
    short = reader.read("a booking tool for a dentist")
    long = reader.read(
        "a booking tool for a dentist with three rooms: patients, appointments, treatments, invoices, and the "
        "reception changes everything"
    )
    assert short.assumed == {}
    assert long.assumed == {"have": "fresh", "live": "none"}
    assert not long.assumed.keys() & long.said.keys()


def test_an_answer_that_the_guide_would_not_ask_for_is_not_read(reader: DescriptionReader) -> None:
    assert "staff" not in reader.read("a magazine, three editors publish articles and the office edits them").answers


@pytest.mark.parametrize(
    "text",
    [
        "flask or django for a school timetable app with logins?",
        "We're four people building an online shop with customer accounts, which one?",
        "My aunt has a bakery and wants a site where customers order cakes, she changes the prices herself. Django?",
        "Our Flask app works, but we keep reinventing logins and admin pages. Is it time to move to Django?",
        "REST backend for our mobile app, data in MongoDB, three devs who know Flask",
    ],
)
def test_a_described_project_is_told_though_it_asks(reader: DescriptionReader, text: str) -> None:
    assert reader.describes(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hello",
        "What is the difference between Flask and Django?",
        "How do I restrict a view to one role in our Django shop?",
        "We deploy our Flask API behind nginx, how many workers should we configure for four cores?",
        "My Flask app for the cafeteria crashes with a 500 error since yesterday, what did I miss?",
        "Which one is more popular?",
        "is django good for large sites",
    ],
)
def test_an_ordinary_message_describes_no_project(reader: DescriptionReader, text: str) -> None:
    assert not reader.describes(text)


def test_reading_takes_time_in_step_with_the_length(reader: DescriptionReader) -> None:
    def seconds(text: str) -> float:
        started = time.thread_time()  # what other processes do to a machine is not meant
        reader.read(text)
        return time.thread_time() - started

    sentence = "members register and staff edit bookings, rooms, invoices without any admin and not much more, maybe "
    reader.read(sentence)
    assert seconds(sentence * 50) < 40 * max(seconds(sentence * 5), 0.001)
    assert seconds("no " * 100_000) < 1
    assert seconds("x" * 1_000_000) < 1


@given(text=st.text(max_size=300))
def test_any_text_can_be_read_and_gives_options_that_exist(reader: DescriptionReader, text: str) -> None:
    found = reader.read(text)
    for question in reader.spec.questions:
        assert found.answers.get(question.id, question.fallback) in question.by_id
    assert not found.stated.keys() & found.implied.keys()
    assert reader.points(text) == reader.points(text)


def test_a_phrase_is_found_by_its_signs() -> None:
    index = PhraseIndex(
        [
            ("choice", "red|green car"),
            ("prefix", "auto* shop"),
            ("optional", "?big blue house"),
            ("gap", "sell .. online"),
            ("number", "# devs"),
            ("first", "^ how"),
        ]
    )

    def keys(text: str) -> set[str]:
        return {found.key for found in index.find(plain_words(text).split())}

    assert keys("a green car") == {"choice"}
    assert keys("an automobile shop") == {"prefix"}
    assert keys("the blue house") == keys("the big blue house") == {"optional"}
    assert keys("we sell old books online") == {"gap"}
    assert keys("we sell. We are online") == set()
    assert keys("three devs") == {"number"}
    assert keys("Well. How so") == {"first"}
    assert keys("see how") == set()


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("rooms, guests, late fees and staff", {"rooms", "guests", "late fees", "staff"}),
        ("we sell things that nobody needs, and more", {"more"}),
        ("rooms. guests, fees", {"guests", "fees"}),
        ("", set()),
    ],
)
def test_the_longest_list_is_found(text: str, row: set[str]) -> None:
    assert longest_row(plain_words(text).split()) == row


def test_only_sure_typos_are_set_right() -> None:
    spelling = Spelling(frozenset({"charts", "tables", "websocket", "membership"}), frozenset({"websockets"}))
    assert spelling.corrected(" tabels websoket ") == " tables websocket "
    assert spelling.corrected(" chats stables members websockets ") == " chats stables members websockets "
