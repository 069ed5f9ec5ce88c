"""What holds for knowledge bases with few phrasings."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.knowledge.models import OutOfScope, TopicQuestion
from bot.matching import Decision, Matcher
from bot.matching.training import gather
from tests.matching.conftest import drinks

SIDE_NAMING = ("tea", "coffee", "where does coffee come from", "is tea expensive to grow")
UNSIDED = {
    "caffeine": (
        "how much caffeine is in it",
        "will it keep me awake",
        "is there a stimulant inside",
        "caffeine content",
    ),
    "brewing": ("how do I brew it", "how hot must the water be", "how many minutes in the pot", "which filter fits"),
    "storage": ("how do I store it", "does it go stale", "where should I keep the packet", "how long is it fresh"),
    "price": ("what does it cost", "which is more expensive", "price of a packet", "cheap or dear"),
}


def small(**more: str) -> Matcher:
    """Return a matcher for a base that names no side, with a phrasing more for some topics."""
    base = drinks()
    topics = {
        topic: base.topics[topic].model_copy(update={"phrasings": (*texts, *([more[topic]] if topic in more else []))})
        for topic, texts in UNSIDED.items()
    }
    about = base.about.model_copy(update={"greeting": None, "thanks": None, "help": None, "choosing": None})
    return Matcher(replace(base, about=about, topics=topics))


@pytest.mark.parametrize(
    ("topic", "phrasing"),
    [("storage", "how long does coffee keep"), ("price", "is tea dear"), ("brewing", "coffee from a press")],
)
def test_one_phrasing_that_names_a_side_pulls_no_other_message(topic: str, phrasing: str) -> None:
    before, after = small(), small(**{topic: phrasing})
    for text in SIDE_NAMING:
        old, new = before.read(text), after.read(text)
        assert new.outcome is old.outcome or new.outcome is not Decision.ANSWER, (text, old, new)


def test_examples_out_of_scope_are_thinned_out_to_the_number_of_phrasings() -> None:
    base = drinks()
    many = tuple(f"my machine number {number} makes a noise" for number in range(8_000))
    groups = (OutOfScope(id="noises", title="Noises", reply="No.", phrasings=many), *base.out_of_scope)
    flooded = replace(base, out_of_scope=groups)
    source = gather(flooded)

    assert (source.labels >= source.topics).sum() <= 200 + len(groups)
    assert Matcher(flooded).read("how much caffeine is in coffee").outcome is Decision.ANSWER


def test_a_phrasing_word_for_word_is_answered_as_what_it_is_a_phrasing_of() -> None:
    known = drinks()
    general, special = known.topics["storage"].phrasings[0], "how long does it keep in the freezer"
    freezing = TopicQuestion(id="freezing", ask=(special, general + " in the freezer"), answer="For months.")
    storage = known.topics["storage"].model_copy(update={"questions": (freezing,)})
    matcher = Matcher(replace(known, topics={**known.topics, "storage": storage}))

    as_such, asked = matcher.read(general), matcher.read(special)

    assert as_such.ranked[0].topic == "storage"
    assert as_such.question is None
    assert asked.question
    assert asked.question.question == "freezing"


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("tea vs coffee", "overview"),
        ("compare tea and coffee", "overview"),
        ("what is the difference between tea and coffee", "overview"),
        ("tea or coffee?", "which-to-choose"),
        ("which is better, tea or coffee", "which-to-choose"),
        ("what is tea", "telling"),
        ("coffee", "telling"),
    ],
)
def test_what_asks_of_nothing_but_the_sides_needs_no_phrasing(text: str, topic: str) -> None:
    known = drinks()
    blank = known.topics["price"]
    topics = {name: blank.model_copy(update={"id": name, "phrasings": UNSIDED[name]}) for name in UNSIDED}
    topics |= {
        "overview": blank.model_copy(update={"id": "overview", "phrasings": ("give me a table",)}),
        "which-to-choose": blank.model_copy(update={"id": "which-to-choose", "phrasings": ("what fits me",)}),
        "telling": blank.model_copy(update={"id": "telling", "phrasings": ("what is it", "what are they exactly")}),
    }
    update = {"greeting": None, "thanks": None, "help": None, "choosing": "which-to-choose", "overview": "overview"}
    matcher = Matcher(replace(known, about=known.about.model_copy(update=update), topics=topics))

    reading = matcher.read(text)

    assert reading.outcome is Decision.ANSWER
    assert reading.ranked[0].topic == topic
