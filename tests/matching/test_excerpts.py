"""Who asks once more what was just answered is given the part of that answer that tells it."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from bot.advisor import Advisor
from bot.context import Context
from bot.knowledge.models import TopicQuestion
from bot.matching.arrays import Floats
from bot.matching.sides import OwnSide
from bot.replies import Answer, Suggestions
from tests.matching.conftest import drinks

SIZE = 256
ASK = (
    "Can I freeze it?",
    "freezing it, is that all right",
    "does it survive the freezer",
    "may it go into the freezer",
)
ANSWER = "Freezing is fine. Use a tight jar against smells. It keeps its taste for about three months."


class WordVectors:
    """A sentence encoder to which texts are alike as far as they share words."""

    name, size = "word-vectors", SIZE

    def knows(self, word: str) -> bool:
        return word.isalpha()

    def encode(self, texts: Sequence[str]) -> Floats:
        found = np.zeros((len(texts), SIZE), np.float32)
        for row, text in enumerate(texts):
            for word in text.lower().replace("?", "").replace(".", "").split():
                found[row, zlib.crc32(word.encode()) % SIZE] += 1
        lengths = np.linalg.norm(found, axis=1, keepdims=True)
        return found / np.maximum(lengths, 1)


@pytest.fixture(scope="module")
def advisor() -> Advisor:
    known = drinks()
    sides = {
        "tea": "Green leaves fade in the cold. A jar in a dry cupboard suits tea better.",
        "coffee": "Grind it frozen.",
    }
    freezing = TopicQuestion(id="freezing", ask=ASK, answer=ANSWER, sides=sides)
    cupboard = TopicQuestion(id="cupboard", ask=("Which cupboard is dry?",), answer="One far from the kettle.")
    storage = known.topics["storage"].model_copy(update={"questions": (freezing, cupboard)})
    return Advisor(replace(known, topics={**known.topics, "storage": storage}), encoder=WordVectors())


@pytest.mark.parametrize(
    ("side", "text", "said"),
    [
        (
            None,
            "can I freeze it in a tight jar?",
            "Use a tight jar against smells. It keeps its taste for about three months.",
        ),
        (None, "freeze it and the months of taste?", "It keeps its taste for about three months."),
        (
            None,
            "can I freeze green leaves?",
            "Tea: Green leaves fade in the cold. A jar in a dry cupboard suits tea better.",
        ),
        ("tea", "can I freeze green leaves?", "Tea: Green leaves fade in the cold."),
    ],
    ids=["from there on", "last sentence", "all of a text not shown", "first sentence alone"],
)
def test_the_part_that_tells_it_is_said(advisor: Advisor, side: str | None, text: str, said: str) -> None:
    reply = advisor.ask(text, Context("storage", side, question="freezing")).reply

    assert isinstance(reply, Answer)
    assert reply.question == "freezing"
    assert " ".join([reply.lead.text, *(f"{each.name}: {each.text}" for each in reply.lead.passages)]).strip() == said


def test_where_no_part_tells_it_the_nearest_other_questions_are_offered(advisor: Advisor) -> None:
    reply = advisor.ask("may I freeze it?", Context("storage", "tea", question="freezing")).reply

    assert isinstance(reply, Suggestions)
    assert [candidate.question for candidate in reply.candidates] == ["cupboard"]


def test_what_was_shown_is_not_said_again(advisor: Advisor) -> None:
    first = advisor.ask("Can I freeze it?")
    again = advisor.ask("can I freeze it in a tight jar?", first.context)

    assert isinstance(first.reply, Answer)
    assert isinstance(again.reply, Answer)
    assert first.reply.lead.text == ANSWER
    assert again.reply.lead.text != ANSWER
    assert again.context.question == "freezing"


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("that's for tea, we are on coffee", "coffee"),
        ("I've read that of coffee, but I use chai", "tea"),
        ("tea or coffee, whatever", None),
        ("we have tea and we have coffee", None),
    ],
)
def test_the_side_that_the_speaker_works_with(text: str, side: str | None) -> None:
    assert OwnSide(drinks().about.sides).of(text) == side
