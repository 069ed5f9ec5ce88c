"""How much of a message is said about each question."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from bot.knowledge import Knowledge
from bot.knowledge.models import TopicQuestion
from bot.matching import learn
from bot.matching.learning_config import QuestionIndexConfig
from bot.matching.lexicon import Lexicon
from bot.matching.message import words
from bot.matching.question_index import QuestionIndex, index_questions
from tests.matching.conftest import drinks

QUESTIONS = {
    "freezing": TopicQuestion(
        id="freezing", ask=("Can I freeze it?", "is the freezer fine"), answer="Freezing is fine, in a tight jar."
    ),
    "cupboard": TopicQuestion(
        id="cupboard", ask=("Which cupboard is dry?", "a dry place"), answer="One far from the kettle and its steam."
    ),
    "light": TopicQuestion(
        id="light",
        ask=("Does light harm it?", "is a glass jar fine"),
        answer="Light fades leaves.",
        sides={"tea": "A tight jar of tin keeps sunshine out."},
    ),
}


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    known = drinks()
    storage = known.topics["storage"].model_copy(update={"questions": tuple(QUESTIONS.values())})
    return replace(known, topics={**known.topics, "storage": storage})


@pytest.fixture(scope="module")
def index(knowledge: Knowledge) -> QuestionIndex:
    model = learn(knowledge)
    lexicon = Lexicon(knowledge)
    lexicon.recall(model.words, model.word_stems, model.word_sides)
    return QuestionIndex(knowledge, lexicon, model)


def scores(index: QuestionIndex, said: str) -> dict[str, float]:
    found = index.scores(words(said))
    return {question: float(found[index.place("storage", question) or 0]) for question in QUESTIONS}


@pytest.mark.parametrize(
    ("said", "about"),
    [
        ("kettle, much steam", "cupboard"),  # words of the answer
        ("tin against sunshine", "light"),  # of what is said of one side
        ("my freezer", "freezing"),  # of a wording
    ],
)
def test_a_question_is_found_by_all_that_is_written_about_it(index: QuestionIndex, said: str, about: str) -> None:
    found = scores(index, said)
    assert max(found, key=found.__getitem__) == about
    assert [question for question, score in found.items() if score > 0] == [about]


def test_a_pair_of_words_counts_beside_its_words(index: QuestionIndex) -> None:
    together, apart = scores(index, "a tight jar"), scores(index, "a jar that is tight")
    assert together["light"] > apart["light"] > 0
    assert together["cupboard"] == 0


def test_what_nothing_is_said_of_counts_nothing(index: QuestionIndex) -> None:
    assert not index.scores(["zeppelin", "quorum"]).any()
    assert not index.scores([]).any()


def test_a_word_counts_once_however_often_it_is_said(index: QuestionIndex) -> None:
    assert scores(index, "kettle") == scores(index, "kettle kettle kettle")


def test_a_topic_as_such_has_no_place(index: QuestionIndex) -> None:
    assert index.place("storage", None) is None


def test_weights_are_those_of_bm25(knowledge: Knowledge) -> None:
    indexed = index_questions(knowledge, Lexicon(knowledge), QuestionIndexConfig(saturation=1.2, by_length=0.0))
    row = int(np.searchsorted(indexed.terms, indexed.stems.index("tight")))
    begin, end = indexed.starts[row : row + 2]
    # in two of three questions, once in each: ln(1 + (3 - 2 + .5) / (2 + .5)) = .47
    assert indexed.questions[begin:end].tolist() == [0, 2]
    assert indexed.weights[begin:end] == pytest.approx([0.470, 0.470], abs=0.001)


def test_a_pair_that_is_rare_is_not_indexed(knowledge: Knowledge) -> None:
    few = index_questions(knowledge, Lexicon(knowledge), QuestionIndexConfig(common_pair=3))
    assert (few.terms < len(few.stems)).all()
    some = index_questions(knowledge, Lexicon(knowledge), QuestionIndexConfig(common_pair=2))
    assert (some.terms >= len(some.stems)).any()


def test_a_knowledge_base_without_questions_has_an_empty_index() -> None:
    known = drinks()
    indexed = index_questions(known, Lexicon(known), QuestionIndexConfig())
    assert (len(indexed.stems), len(indexed.terms), indexed.starts.tolist()) == (0, 0, [0])
