"""What holds for every small knowledge base: some are made up at random."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.knowledge import Knowledge
from bot.knowledge.models import About, Area, OutOfScope, Side, Topic, Vocabulary
from bot.matching import Decision, Matcher

NOUNS = (
    *("price", "weight", "colour", "storage", "smell", "origin", "season", "texture", "acid", "sugar", "peel", "stem"),
    *("harvest", "orchard", "juice", "vitamin", "shape", "worm", "market", "recipe", "blossom", "graft", "export"),
)
FORMS = ("what about the {}", "how is the {}", "tell me about {} please", "{}", "is the {} important", "why the {}")
STOPS = ("what", "about", "the", "how", "is", "tell", "me", "please", "why", "a", "of", "do", "you", "to", "in", "and")
SIDED = ("apples", "what is a pear", "where do apples come from", "are pears nice")
STRANGE = ("zzyzx qwrtp", "brrfk", "xkcdq vvbnm plokij")
SETTINGS = settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def bases(draw: st.DrawFn) -> Knowledge:
    """Return a knowledge base of three to six topics, each about two or three things that no other is about."""
    nouns = draw(st.permutations(NOUNS))
    count = draw(st.integers(3, 6))
    topics = {}
    for number in range(count):
        own = nouns[3 * number : 3 * number + draw(st.integers(2, 3))]
        forms = draw(st.permutations(FORMS))
        phrasings = tuple(form.format(noun) for form, noun in zip(forms, own * 2, strict=False))
        topics[f"t{number}"] = Topic(
            id=f"t{number}",
            area="fruit",
            title=own[0].capitalize(),
            short="So it is.",
            sides={"apple": "Yes.", "pear": "No."},
            phrasings=phrasings,
        )
    sides = (Side(id="apple", name="Apple", aliases=("apples",)), Side(id="pear", name="Pear", aliases=("pears",)))
    about = About(id="fruit", title="Fruit", subject="fruit", sides=sides, areas=(Area(id="fruit", title="Fruit"),))
    other = OutOfScope(id="cars", title="Cars", reply="No cars.", phrasings=("my car broke down", "which engine oil"))
    return Knowledge(about, {}, topics, Vocabulary(stop_words=STOPS), (other,), None, "fruit")


def with_phrasing(base: Knowledge, topic: str, phrasing: str) -> Knowledge:
    """Return the base with one phrasing more."""
    known = base.topics[topic]
    more = known.model_copy(update={"phrasings": (*known.phrasings, phrasing)})
    return replace(base, topics={**base.topics, topic: more})


@given(bases(), st.sampled_from(["t0", "t1", "t2"]), st.sampled_from(["is the {} of an apple good", "pears and {}"]))
@SETTINGS
def test_one_phrasing_that_names_a_side_pulls_no_other_message(base: Knowledge, topic: str, form: str) -> None:
    noun = base.topics[topic].title.lower()
    before, after = Matcher(base), Matcher(with_phrasing(base, topic, form.format(noun)))
    for text in SIDED:
        old, new = before.read(text), after.read(text)
        assert new.outcome is not Decision.ANSWER or old.ranked[:1] == new.ranked[:1], text
    for other in base.topics.values():
        assert after.read(other.phrasings[0]).ranked[0].topic == other.id


@given(bases(), st.lists(st.sampled_from(["car", "oil", "what", "table", "of", "window", "is", "green"]), min_size=2))
@SETTINGS
def test_nothing_is_offered_that_shares_no_word_of_the_subject(base: Knowledge, message: list[str]) -> None:
    reading = Matcher(base).read(" ".join(message))
    assert reading.outcome is not Decision.SUGGEST
    assert reading.outcome is not Decision.ANSWER


@given(bases())
@SETTINGS
def test_where_no_word_is_known_nothing_is_guessed(base: Knowledge) -> None:
    matcher = Matcher(base)
    for text in STRANGE:
        reading = matcher.read(text)
        assert reading.outcome in (Decision.UNKNOWN, Decision.EMPTY), text
        assert reading.out_of_scope is None, text


@given(bases(), st.sampled_from(NOUNS))
@SETTINGS
def test_what_is_offered_shares_a_word_with_the_message(base: Knowledge, noun: str) -> None:
    reading = Matcher(base).read(f"something with {noun} somewhere")
    if reading.outcome is Decision.SUGGEST:
        assert all(any(noun in text for text in base.topics[one.topic].phrasings) for one in reading.ranked)
