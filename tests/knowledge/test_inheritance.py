"""What a knowledge base inherits, and how it says no."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.knowledge import Knowledge, load
from bot.knowledge.loader import SHARED
from bot.matching import Decision, Matcher

ROOT = Path(__file__).parents[2]
TEA = ROOT / "tests" / "bases" / "tea-and-coffee"
BEYOND = (
    "my phone does not charge any more",
    "who is the prime minister of spain",
    "is it going to snow at the weekend",
    "can you write a song for my brother",
    "how much is a train ticket to oslo",
    "what is the best film of the year",
    "I have a sore throat since tuesday",
    "when will my parcel get here",
    "how do I bake a cake without sugar",
    "is the meeting still at four",
    "what is the capital of chile",
    "does my lease end in june",
    "the screen went dark after the update",
    "how do I learn to play the piano",
    "good to see everybody yesterday",
    "which shares are going up",
)
INSIDE = ("how much caffeine is in it", "how do I brew it", "does tea have caffeine", "hello")


def written(folder: Path, **texts: str) -> Path:
    """Return the folder with the tea base and other words in some of its files."""
    for file in TEA.rglob("*.yaml"):
        copy = folder / file.relative_to(TEA)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(file.read_text("utf-8"), "utf-8")
    for name, text in texts.items():
        with (folder / f"{name}.yaml").open("a", encoding="utf-8") as file:
            file.write(text)
    return folder


def unasked(base: Knowledge) -> list[str]:
    """Return the messages beyond the subject that are answered, or that topics are offered for."""
    matcher = Matcher(base)
    return [text for text in BEYOND if matcher.read(text).outcome in (Decision.ANSWER, Decision.SUGGEST)]


def test_shared_examples_keep_a_small_base_from_guessing(tmp_path: Path) -> None:
    alone = load(written(tmp_path, knowledge="inherit: false\n"))
    inheriting = load(TEA)

    assert len(unasked(inheriting)) <= len(unasked(alone)) - 3
    matcher = Matcher(inheriting)
    assert [text for text in INSIDE if matcher.read(text).outcome is not Decision.ANSWER] == []


def test_a_base_may_switch_off_what_it_would_inherit(tmp_path: Path) -> None:
    alone = load(written(tmp_path, knowledge="inherit: false\n"))
    assert [group.id for group in alone.out_of_scope] == ["broken-machine"]
    assert alone.vocabulary.stop_words == ("please",)


def test_a_shared_reply_names_the_subject() -> None:
    travel = next(group for group in load(TEA).out_of_scope if group.id == "travel")
    assert travel.reply == "I can't help with journeys. I know about tea and coffee."


def test_the_words_of_a_base_come_before_shared_ones(tmp_path: Path) -> None:
    folder = written(tmp_path)
    (folder / "vocabulary.yaml").write_text("synonyms: [{word: pricey, also: [costly]}]\nframes: ['{} of both']\n")
    vocabulary = load(folder).vocabulary
    assert vocabulary.synonyms[0].word == "pricey"
    assert "expensive" not in {group.word for group in vocabulary.synonyms}
    assert vocabulary.frames == ("{} of both",)


def test_a_shared_example_that_names_a_side_is_left_out(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    text = "out_of_scope: [{id: a, title: A, reply: No., phrasings: [is tea a plant, is it a plant]}]\n"
    (shared / "out-of-scope.yaml").write_text(text)
    group = load(TEA, shared).out_of_scope[-1]
    assert (group.id, group.phrasings) == ("a", ("is it a plant",))


def test_a_change_of_what_is_inherited_changes_the_fingerprint(tmp_path: Path) -> None:
    assert load(TEA, tmp_path).fingerprint != load(TEA).fingerprint


@pytest.mark.parametrize("other", ["day-and-news", "does-not-work"])
def test_every_shared_group_weighs_the_same(other: str) -> None:
    groups = {group.id: group for group in load(TEA, SHARED).out_of_scope[1:]}
    assert len(groups) == 12
    assert len(groups[other].phrasings) == 25
