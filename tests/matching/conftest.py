"""A small knowledge base about tea and coffee, made by hand, and the shipped one."""

from __future__ import annotations

from pathlib import Path

import pytest

from adapters.encoder import open_encoder
from adapters.knowledge_base.loader import learned
from adapters.knowledge_base.model_cache import cache_folder, recalled
from bot.knowledge import Knowledge, load
from bot.knowledge.models import About, Area, OutOfScope, Side, Synonyms, Topic, Vocabulary
from bot.matching import Matcher

SHIPPED = Path(__file__).parents[2] / "knowledge" / "flask-vs-django"

PHRASINGS: dict[str, tuple[str, ...]] = {
    "what-is-tea": ("what is tea", "what exactly is tea", "tea", "explain tea to me", "what sort of thing is tea"),
    "what-is-coffee": ("what is coffee", "what exactly is coffee", "coffee", "explain coffee to me", "coffee in short"),
    "tea-advantages": ("advantages of tea", "why drink tea", "why is tea better than coffee", "what is good about tea"),
    "coffee-advantages": (
        "advantages of coffee",
        "why drink coffee",
        "why is coffee better than tea",
        "what is good about coffee",
    ),
    "caffeine": (
        "how much caffeine is in it",
        "caffeine in coffee",
        "does tea have caffeine",
        "will tea keep me awake at night",
        "caffeine of green tea",
        "can I sleep after a coffee",
        "is the caffeine content of coffee higher",
    ),
    "brewing": (
        "how do I brew it",
        "how long should tea steep",
        "brewing temperature for coffee",
        "how hot must the water be",
        "temperature when brewing",
        "how many minutes does tea need in the pot",
        "do I need a filter or a press to make coffee",
    ),
    "storage": (
        "how do I store it",
        "how long does coffee stay fresh",
        "can I freeze coffee",
        "does tea go stale",
        "where should I keep the packet",
        "storage of coffee beans",
        "storing leaves or beans for long",
        "storing tea in a tin",
    ),
    "price": ("what does it cost", "is tea cheaper than coffee", "price of coffee", "which one is more expensive"),
    "which-to-choose": (
        "which should I drink",
        "tea or coffee",
        "coffee or tea",
        "which one is right for me",
        "help me choose",
        "should I buy tea or coffee for the office",
    ),
    "hello": ("hello", "hi", "hi there", "good morning", "hey"),
    "thank-you": ("thanks", "thank you", "thanks a lot", "cheers"),
    "help": ("help", "what can you do", "who are you", "what can I ask"),
}
RELATED = {"brewing": ("storage",)}
META = ("hello", "thank-you", "help")


def topic(topic_id: str) -> Topic:
    """Return a topic about hot drinks with its phrasings."""
    sides = {} if topic_id in META else {"tea": "So it is with tea.", "coffee": "So it is with coffee."}
    return Topic(
        id=topic_id,
        area="drinks",
        title=topic_id.replace("-", " ").capitalize(),
        short="It depends.",
        sides=sides,
        related=RELATED.get(topic_id, ()),
        phrasings=PHRASINGS[topic_id],
    )


def drinks() -> Knowledge:
    """Return the knowledge base about tea and coffee."""
    about = About(
        id="drinks",
        title="Tea and coffee",
        subject="tea and coffee",
        sides=(Side(id="tea", name="Tea", aliases=("chai",)), Side(id="coffee", name="Coffee", aliases=("java",))),
        areas=(Area(id="drinks", title="Drinks"),),
        greeting="hello",
        thanks="thank-you",
        help="help",
        choosing="which-to-choose",
    )
    broken = OutOfScope(
        id="machine-broken",
        title="Broken machines",
        reply="I cannot mend machines.",
        signs=("error code", "water leaks"),
        phrasings=("my machine makes a strange noise", "the kettle does not switch on", "my grinder is stuck"),
    )
    vocabulary = Vocabulary(
        synonyms=(Synonyms(word="price", also=("costs", "how expensive")), Synonyms(word="store", also=("put away",))),
        stop_words=("what", "is", "the", "a", "do", "i", "how", "it"),
        both=("both", "the two"),
        products=("lemonade", "cola"),
    )
    topics = {topic_id: topic(topic_id) for topic_id in PHRASINGS}
    return Knowledge(about, {}, topics, vocabulary, (broken,), None, "drinks")


@pytest.fixture(scope="session")
def matcher() -> Matcher:
    """Return a matcher for tea and coffee."""
    return Matcher(drinks())


@pytest.fixture(scope="session")
def shipped() -> Matcher:
    """Return a matcher for the shipped knowledge base, with the sentence encoder: without that, floors are lower."""
    knowledge, cache = load(SHIPPED), cache_folder(None)
    encoder = open_encoder(cache)
    if cache is None or encoder is None:
        pytest.skip("there is no sentence encoder")
    return Matcher(knowledge, recalled(knowledge, cache, encoder.name) or learned(SHIPPED, cache), encoder)
