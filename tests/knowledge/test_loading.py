"""A knowledge base is loaded whole, or refused with every mistake, its place and its remedy."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.knowledge import KnowledgeError, load

TEA = Path(__file__).parents[1] / "bases" / "tea-and-coffee"


@pytest.fixture
def base(tmp_path: Path) -> Path:
    return Path(shutil.copytree(TEA, tmp_path / "base"))


def change(base: Path, name: str, old: str, new: str) -> None:
    path = base / name
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def mistakes(base: Path) -> list[tuple[str, int, str]]:
    with pytest.raises(KnowledgeError) as caught:
        load(base)
    return [(p.file.relative_to(base).as_posix(), p.line, p.what) for p in caught.value.problems]


def test_a_sound_base_is_loaded_with_everything_in_it() -> None:
    knowledge = load(TEA)

    assert knowledge.about.title == "Tea and coffee"
    assert list(knowledge.topics) == ["brewing", "caffeine", "hello", "help", "storage"]
    assert dict(knowledge.side_names) == {"tea": "Tea", "coffee": "Coffee"}
    assert knowledge.guide is None


def test_the_fingerprint_changes_with_any_byte(base: Path) -> None:
    before = load(base).fingerprint
    change(base, "topics/caffeine.yaml", "About 40 mg", "About 41 mg")

    assert load(base).fingerprint != before


def test_a_folder_without_knowledge_is_refused_with_a_hint(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="this is not a knowledge base"):
        load(tmp_path)


def test_mistakes_in_several_files_are_reported_at_once_with_their_lines(base: Path) -> None:
    change(base, "topics/caffeine.yaml", "related: [brewing]", "related: [brewing, nowhere]")
    change(base, "topics/brewing.yaml", "title: Brewing", "titel: Brewing")
    change(base, "sources.yaml", "kind: guide", "kind: rumour")

    assert mistakes(base) == [
        ("sources.yaml", 3, "`sources.0.kind` is `rumour`"),
        ("topics/brewing.yaml", 1, "`title` is missing"),
        ("topics/brewing.yaml", 4, "`titel` is not a known key"),
        ("topics/caffeine.yaml", 9, "`nowhere` is no other topic"),
    ]  # fmt: skip


def test_a_misspelt_key_names_the_one_that_was_meant(base: Path) -> None:
    change(base, "topics/brewing.yaml", "title: Brewing", "titel: Brewing")

    with pytest.raises(KnowledgeError, match="Did you mean `title`"):
        load(base)


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        ("topics/storage.yaml", "title: Storage", "title: A\ntitle: B", (5, "the key 'title' is there twice")),
        ("topics/storage.yaml", "area: drinks", "area: cellar", (3, "there is no area `cellar`")),
        ("topics/storage.yaml", "coffee: Beans", "cocoa: Beans", (6, "`cocoa` is not one of the sides")),
        ("topics/storage.yaml", "source: cookbook", "source: hearsay", (7, "there is no source `hearsay`")),
        ("topics/storage.yaml", "  - can I freeze it", "  - ''", (13, "`phrasings.2` is empty")),
        ("topics/storage.yaml", "  - can I freeze it", "  - Steeping time!",
         (13, "the phrasing “Steeping time!” also belongs to `brewing`")),
        ("topics/storage.yaml", "A tin keeps", "keeps " * 120, (6, "`sides.tea` has 738 characters, 650 fit")),
        ("topics/storage.yaml", "id: storage", "id: Storage!", (2, "`id` is `Storage!`")),
        ("topics/storage.yaml", "id: storage", "id: cellar", (0, "the file is not named after its topic `cellar`")),
        ("topics/storage.yaml", "checked: 2026-11-01", "checked: last week",
         (21, "`checked` is no date: `last week`")),
        ("topics/storage.yaml", "title: Storage", "title: a: b", (4, "mapping values are not allowed in this context")),
        ("knowledge.yaml", "help: help", "help: manual", (12, "`help` names `manual`, which is no topic")),
        ("knowledge.yaml", "id: coffee,", "id: tea,", (7, "the id `tea` is there twice")),
    ],
)  # fmt: skip
def test_each_kind_of_mistake_is_placed(base: Path, file: str, old: str, new: str, expected: tuple[int, str]) -> None:
    change(base, file, old, new)

    assert (file, *expected) in mistakes(base)


def test_a_topic_without_sides_or_sources_is_refused(base: Path) -> None:
    change(
        base,
        "topics/storage.yaml",
        "sides: {tea: A tin keeps it for two years., coffee: Beans are best within six weeks.}\n",
        "",
    )
    change(base, "topics/storage.yaml", "sources: [{source: cookbook, section: The pantry}]\n", "")

    assert mistakes(base) == [
        ("topics/storage.yaml", 1, "no source is given"),
        ("topics/storage.yaml", 1, "there is no answer for any side"),
    ]


def test_a_tag_that_does_not_fit_its_value_is_a_mistake_like_any_other(base: Path) -> None:
    change(base, "topics/storage.yaml", "title: Storage", 'title: !!int "a b"')

    [(file, line, what)] = mistakes(base)

    assert (file, line) == ("topics/storage.yaml", 0)
    assert what.startswith("a value is not what its tag says")


def test_a_file_that_is_not_utf_8_is_named_with_the_line(base: Path) -> None:
    (base / "topics" / "storage.yaml").write_bytes(b"id: storage\ntitle: caf\xe9\n")

    assert ("topics/storage.yaml", 2, "this is not UTF-8 text") in mistakes(base)


DEEP = "[" * 3_000 + "]" * 3_000
BOMB = "\n".join(["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9)])


@pytest.mark.parametrize(
    ("added", "what"),
    [
        ("? [a, b]\n: c", "a key is not a text"),
        ("? {a: b}\n: c", "a key is not a text"),
        ("{[a]: b}: c", "a key is not a text"),
        (f"deep: {DEEP}", "nested too deeply"),
        ("again: &again [*again]", "nested too deeply"),
        (BOMB, "aliases repeat too much"),
        ("day: 2026-99-99", "month must be in 1..12"),
        (f"number: {'9' * 5_000}", ""),
        ("tag: !!python/object/apply:os.system [ls]", "could not determine a constructor"),
        ("nothing: *nobody", "undefined alias"),
        ("<<: 3", "expected a mapping"),
        ("control: \x07", "control characters"),
    ],
)  # fmt: skip
def test_nothing_in_a_file_ends_otherwise_than_with_a_mistake(base: Path, added: str, what: str) -> None:
    """Also what the YAML library itself stumbles on: a service that reads its files again must go on."""
    path = base / "topics" / "storage.yaml"
    path.write_text(f"{path.read_text()}\n{added}\n")

    assert any(file == "topics/storage.yaml" and what in said for file, _, said in mistakes(base))


def test_an_answer_longer_than_one_message_is_refused(base: Path) -> None:
    long = "word " * 69
    correction = f"\n  - {{says: x, holds: {long}, verdict: wrong, since: {'y' * 100}, source: {{source: cookbook}}}}"
    change(base, "topics/storage.yaml", "A tin keeps it for two years.", "word " * 125)
    change(base, "topics/storage.yaml", "Beans are best within six weeks.", "word " * 125)
    change(base, "topics/storage.yaml", "short: Keep", "short: " + "word " * 70 + "Keep")
    change(base, "topics/storage.yaml", "related:", "corrections:" + correction * 4 + "\nrelated:")

    assert mistakes(base) == [
        ("topics/storage.yaml", 1, "the whole answer has 3414 characters, more than the 3300 that fit")
    ]


REMEDIES = [
    (("knowledge.yaml", "id: coffee,", "id: cof-fee,"), "`sides.1.id` is `cof-fee`",
     "Use lower-case letters, digits and underscores: `my_side`."),
    (("topics/storage.yaml", "id: storage", "id: Storage!"), "`id` is `Storage!`",
     "Use lower-case letters, digits and hyphens: `my-topic`."),
    (("topics/storage.yaml", "  - can I freeze it", "  - no"),
     "`phrasings.2` is `no`, which YAML reads as true or false", 'Put it in quotes: "no".'),
    (("topics/storage.yaml", "  - can I freeze it", "  - 2024"),
     "`phrasings.2` is `2024`, which YAML reads as a number", 'Put it in quotes: "2024".'),
    (("topics/storage.yaml", "  - can I freeze it", "  - a: b"),
     "`phrasings.2` is a group of keys, not text", "Write a text behind it."),
    (("topics/storage.yaml", "area: drinks", "area: [drinks]"),
     "`area` is a list, not text", "Write a text behind it."),
    (("sources.yaml", "kind: guide", "kind: rumour"), "`sources.0.kind` is `rumour`",
     "Use one of 'article', 'official', 'standard', 'measurement', 'survey', 'project' or 'guide'."),
    (("topics/storage.yaml", "checked: 2026-11-01", "checked: soon"), "`checked` is no date: `soon`",
     "Write it as 2026-11-30."),
    (("topics/storage.yaml", "title: Storage", "title: `Storage`"), "found character that cannot start any token",
     "Put the text in quotes: a value must not begin with ` or @, nor a line with a tab."),
    (("knowledge.yaml", "sides:\n", "sides: yes\nareas_:\n"), "`sides` has to be a list",
     "Write one item a line, each behind `- `."),
]  # fmt: skip


@pytest.mark.parametrize(("wrong", "what", "mend"), REMEDIES)
def test_each_mistake_comes_with_its_remedy(base: Path, wrong: tuple[str, str, str], what: str, mend: str) -> None:
    change(base, *wrong)
    with pytest.raises(KnowledgeError) as caught:
        load(base)

    assert (what, mend) in [(problem.what, problem.mend) for problem in caught.value.problems]


def test_a_frame_without_its_gap_says_what_a_frame_is(base: Path) -> None:
    (base / "vocabulary.yaml").write_text("frames: [who does it better]\n")

    with pytest.raises(KnowledgeError, match="once where the respect belongs: `who does"):
        load(base)


def test_an_empty_file_says_what_to_begin_with(base: Path) -> None:
    (base / "topics" / "storage.yaml").write_text("# nothing yet\n")

    with pytest.raises(KnowledgeError, match="the file is empty\n    Write its keys, beginning with `id:`"):
        load(base)


@pytest.mark.parametrize("text", ["sources: [unclosed", "- a\n- b\n", "sources: none\n", "sources:\n  a: b\n"])
def test_a_list_of_sources_that_cannot_be_read_is_one_mistake(base: Path, text: str) -> None:
    (base / "sources.yaml").write_text(text)

    assert [name for name, _, _ in mistakes(base)] == ["sources.yaml"]


def test_a_topic_that_is_no_yaml_is_not_missed_by_others(base: Path) -> None:
    (base / "topics" / "brewing.yaml").write_text("title: [unclosed")

    assert [name for name, _, _ in mistakes(base)] == ["topics/brewing.yaml"]
