"""What the matcher makes of single messages about tea and coffee."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.matching import Decision, Matcher
from bot.matching.message import clean
from bot.matching.question_form import Choosing
from tests.matching.conftest import drinks


def best(matcher: Matcher, text: str) -> str:
    """Return the topic that a message is answered with."""
    reading = matcher.read(text)
    assert reading.outcome is Decision.ANSWER, reading
    return reading.ranked[0].topic


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("how much caffeine is in coffee?", "caffeine"),
        ("can i freeze it", "storage"),
        ("HOW LONG SHOULD TEA STEEP", "brewing"),
        ("how expensive is coffee", "price"),
        ("where do I put away the packet", "storage"),
        ("hi", "hello"),
        ("thanks!", "thank-you"),
        ("what can you do", "help"),
    ],
)
def test_a_question_finds_its_topic(matcher: Matcher, text: str, topic: str) -> None:
    assert best(matcher, text) == topic


@pytest.mark.parametrize(
    ("text", "topic"),
    [("how much cafeine is in it", "caffeine"), ("can i freze cofee", "storage"), ("brewng temprature", "brewing")],
)
def test_typing_errors_do_not_change_the_topic(matcher: Matcher, text: str, topic: str) -> None:
    assert best(matcher, text) == topic


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("does tea have caffeine", "tea"),
        ("does chai have caffeine", "tea"),
        ("how long does cofee stay fresh", "coffee"),
        ("caffeine in tea and coffee", "both"),
        ("do the two have caffeine", "both"),
        ("how much caffeine is in it", None),
    ],
)
def test_the_side_is_recognised_by_name_alias_and_typing_error(matcher: Matcher, text: str, side: str | None) -> None:
    assert matcher.read(text).side == side


def test_a_side_does_not_decide_the_topic(matcher: Matcher) -> None:
    assert best(matcher, "can I freeze tea") == "storage"


@pytest.mark.parametrize("side", ["tea", "coffee"])
def test_topics_of_one_side_are_kept_apart_by_their_phrasings(matcher: Matcher, side: str) -> None:
    assert best(matcher, f"advantages of {side}") == f"{side}-advantages"
    assert best(matcher, f"what is {side}") == f"what-is-{side}"


@pytest.mark.parametrize(
    "text",
    [
        "hey, does tea have caffeine",
        "<@U123ABC> does tea have caffeine?",
        "<@!42> does *tea* have caffeine :tea:",
        "does tea have caffeine https://example.org/tea?x=1",
        "> somebody asked about storage\ndoes tea have caffeine",
        "thanks, and does tea have caffeine?",
        "does\u200b tea have caf\u00adfeine 🙂",
    ],
)
def test_furniture_of_a_message_is_ignored(matcher: Matcher, text: str) -> None:
    assert best(matcher, text) == "caffeine"


@pytest.mark.parametrize("text", ["", "   ", "🙂🙂🙂", "<@U123>", "\u200b\u200b", "?!"])
def test_nothing_to_read_is_empty(matcher: Matcher, text: str) -> None:
    assert matcher.read(text).outcome is Decision.EMPTY


def test_a_sign_names_its_out_of_scope_group(matcher: Matcher) -> None:
    reading = matcher.read("coffee machine shows error code 7, how do I brew now")
    assert (reading.outcome, reading.out_of_scope) == (Decision.UNKNOWN, "machine-broken")


@pytest.mark.parametrize(
    "text", ["my kettle makes a strange noise", "who won the game last night", "purple elephants dance", "bake a cake"]
)
def test_what_cannot_be_known_is_not_answered(matcher: Matcher, text: str) -> None:
    assert matcher.read(text).outcome is not Decision.ANSWER


def test_a_question_about_other_products_alone_is_not_answered(matcher: Matcher) -> None:
    assert matcher.read("price of cola and lemonade").outcome is not Decision.ANSWER


def test_the_error_that_ends_a_code_block_is_read() -> None:
    message = clean("it broke\n```\nTraceback\n  x = brew()\ntea.PotError: the water is cold\nbye\n```\nany idea?")

    assert "tea.poterror: the water is cold" in message.text
    assert "brew" not in message.text


def test_a_code_block_alone_is_not_empty_but_unknown(matcher: Matcher) -> None:
    assert matcher.read("```x = brew()```").outcome is Decision.UNKNOWN


def test_suggestions_are_ranked_by_confidence(matcher: Matcher) -> None:
    confidences = [one.confidence for one in matcher.read("how long").ranked]
    assert confidences == sorted(confidences, reverse=True)
    assert all(0 <= confidence <= 1 for confidence in confidences)


def test_at_most_five_candidates_are_named(matcher: Matcher) -> None:
    assert len(matcher.read("which tea or coffee should I store, brew and drink").ranked) <= 5


def test_two_questions_are_read_one_by_one(matcher: Matcher) -> None:
    reading = matcher.read("how much caffeine is in coffee? can I freeze coffee?")
    assert [part.ranked[0].topic for part in reading.parts] == ["caffeine", "storage"]


def test_one_question_in_two_sentences_has_no_parts(matcher: Matcher) -> None:
    assert matcher.read("I bought a lot. can I freeze coffee?").parts == ()


def test_a_description_of_a_project_is_no_question(matcher: Matcher) -> None:
    reading = matcher.read("we are a team of three people and are starting a small cafe next to the station in May")
    assert reading.outcome is Decision.DESCRIPTION


def test_a_question_with_a_story_before_it_stays_a_question(matcher: Matcher) -> None:
    assert best(matcher, "I bought ten packets for our office last week, how long does coffee stay fresh") == "storage"


def test_asking_which_to_take_is_an_answer(matcher: Matcher) -> None:
    assert best(matcher, "should I drink tea or coffee?") == "which-to-choose"


def test_groups_without_a_readable_phrasing_do_no_harm() -> None:
    base = drinks()
    storage = base.topics["storage"].model_copy(update={"phrasings": ("🙂", "can I freeze it"), "title": "?!"})
    unsaid = base.out_of_scope[0].model_copy(
        update={"id": "unsaid", "phrasings": (), "title": "…", "signs": ("xyzzy",)}
    )
    topics = {**base.topics, "storage": storage}
    matcher = Matcher(replace(base, topics=topics, out_of_scope=(unsaid, *base.out_of_scope)))
    assert best(matcher, "can I freeze it") == "storage"
    assert matcher.read("say xyzzy").out_of_scope == "unsaid"


def test_a_base_without_out_of_scope_messages_works() -> None:
    assert best(Matcher(replace(drinks(), out_of_scope=())), "does tea have caffeine") == "caffeine"


@pytest.mark.parametrize("text", ["yet other words for storing leaves", "storing leaves in yet other words"])
def test_a_message_that_repeats_a_phrasing_is_answered_whatever_the_order(text: str) -> None:
    base = drinks()
    storage = base.topics["storage"]
    wordy = storage.model_copy(update={"phrasings": (*storage.phrasings, "storing leaves in yet other words")})
    matcher = Matcher(replace(base, topics={**base.topics, "storage": wordy}))
    assert best(matcher, text) == "storage"


def test_a_phrasing_that_two_groups_share_decides_nothing() -> None:
    base = drinks()
    said = "is there something in the tin"
    topics = {
        name: base.topics[name].model_copy(update={"phrasings": (*base.topics[name].phrasings, said)})
        for name in ("storage", "price")
    }
    ranked = Matcher(replace(base, topics={**base.topics, **topics})).read(said).ranked
    assert {one.topic for one in ranked[:2]} == {"storage", "price"}
    assert ranked[0].confidence < 0.9


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("compare tea and coffee as to caffeine", "caffeine"),
        ("compare tea and coffee as to storage", "storage"),
        ("compare tea and coffee as to the price", "price"),
        ("compare tea and coffee", "which-to-choose"),
    ],
)
def test_a_comparison_in_one_respect_is_about_that_respect(text: str, topic: str) -> None:
    base = drinks()
    choosing = base.topics["which-to-choose"]
    phrasings = ("compare tea and coffee", "compare the two", "compare coffee and tea for me", "a comparison of both")
    topics = {
        **{name: each.model_copy(update={"keywords": (name,)}) for name, each in base.topics.items()},
        "which-to-choose": choosing.model_copy(update={"phrasings": (*choosing.phrasings, *phrasings)}),
    }
    frames = ("compare tea and coffee as to {}", "which is better in {}, tea or coffee")
    vocabulary = base.vocabulary.model_copy(update={"frames": frames})
    assert best(Matcher(replace(base, topics=topics, vocabulary=vocabulary)), text) == topic


def test_two_nouns_about_one_thing_are_two_questions(matcher: Matcher) -> None:
    reading = matcher.read("caffeine and storage of coffee")
    assert [part.ranked[0].topic for part in reading.parts] == ["caffeine", "storage"]
    assert matcher.read("what are the caffeine and storage of tea and coffee").parts == ()


@pytest.mark.parametrize(("kind", "choosing"), [("drink", Choosing.YES), ("brewery", Choosing.NO), (None, Choosing.NO)])
def test_what_the_sides_are_called_asks_for_one_of_them(kind: str | None, choosing: Choosing) -> None:
    base = drinks()
    matcher = Matcher(replace(base, about=base.about.model_copy(update={"kind": kind})))

    assert matcher.read("which drink is it going to be?").choosing is choosing
