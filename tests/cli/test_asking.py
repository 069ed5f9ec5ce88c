"""chat, ask, compare and topics, as somebody uses them in a shell."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

Advisor = Callable[..., CompletedProcess[str]]


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_a_question_is_answered_with_both_sides_and_a_source(advisor: Advisor) -> None:
    ran = advisor("ask", "is there an orm in it?")

    assert ran.returncode == 0
    assert "Object-relational mapping" in ran.stdout
    assert "Django has" in ran.stdout
    assert "Flask has" in ran.stdout
    assert "\n  Source: Flask documentation, “Design decisions”" in ran.stdout


def test_a_question_about_one_side_names_a_source_of_that_side(advisor: Advisor) -> None:
    ran = advisor("ask", "how do I pass a variable to every template in flask")

    assert "\n  Source: Flask documentation" in ran.stdout


def test_a_message_without_an_answer_has_no_source(advisor: Advisor, tea: Path) -> None:
    ran = advisor("ask", "what is the weather", "--knowledge", str(tea))

    assert "Source" not in ran.stdout


def test_a_question_needs_no_quotes(advisor: Advisor, tea: Path) -> None:
    quoted = advisor("ask", "how much caffeine is in tea", "--knowledge", str(tea))
    bare = advisor("ask", "how", "much", "caffeine", "is", "in", "tea", "--knowledge", str(tea))

    assert bare.stdout == quoted.stdout
    assert bare.stdout.startswith("Caffeine\n")


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "cp437"])
def test_signs_that_the_encoding_lacks_become_the_nearest_that_it_has(encoding: str) -> None:
    def recommend(*options: str) -> CompletedProcess[str]:
        command = [sys.executable, "-m", "adapters.cli.main", "recommend", "--answer", "kind=web_app", *options]
        environment = {**os.environ, "PYTHONIOENCODING": encoding}
        return subprocess.run(command, capture_output=True, encoding=encoding, check=False, env=environment)

    ran = recommend()
    assert (ran.returncode, ran.stderr) == (0, "")
    assert " -> " in ran.stdout
    assert json.loads(recommend("--json").stdout)["recommendation"]


@pytest.mark.parametrize("word", ["-h", "--help"])
def test_every_command_has_help(advisor: Advisor, word: str) -> None:
    for command in ([], ["ask"], ["guide"], ["guide", "audit"]):
        ran = advisor(*command, word)
        assert ran.returncode == 0
        assert "Usage: advisor" in ran.stdout


def test_the_version_is_that_of_the_project(advisor: Advisor) -> None:
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text())["project"]

    assert advisor("--version").stdout == f"framework-advisor {project['version']}\n"


def test_ask_in_json_has_the_fields_that_other_programs_rely_on(advisor: Advisor) -> None:
    [reply] = lines(advisor("ask", "does flask have an ORM?", "--json").stdout)

    assert list(reply) == [
        "kind", "topic", "side", "confidence", "candidates", "text", "lead", "question", "understood",
        "code", "sources",
    ]  # fmt: skip
    assert (reply["kind"], reply["topic"], reply["side"]) == ("answer", "orm", "flask")
    assert reply["candidates"][0] == {"topic": "orm", "confidence": reply["confidence"]}


def test_a_follow_up_is_read_after_the_question_before_it(advisor: Advisor) -> None:
    [reply] = lines(advisor("ask", "and django?", "--after", "does flask have an ORM?", "--json").stdout)

    assert (reply["topic"], reply["side"]) == ("orm", "django")


def test_a_batch_answers_each_line_in_order_and_ignores_other_keys(advisor: Advisor) -> None:
    rows = [
        {"q": "hello", "context": None, "best": "ignored"},
        {"q": "and django?", "context": "does flask have an ORM?"},
        {"q": ""},
        {"q": "which should I use?"},
    ]
    ran = advisor("ask", "--batch", typed="\n".join(map(json.dumps, rows)))

    assert [(r["kind"], r["topic"]) for r in lines(ran.stdout)] == [
        ("answer", "greeting"),
        ("answer", "orm"),
        ("unknown", None),
        ("guide", "which-to-choose"),
    ]


def test_a_broken_batch_line_is_named_and_ends_with_code_2(advisor: Advisor) -> None:
    ran = advisor("ask", "--batch", typed='{"q": "hello"}\nnot json\n')

    assert ran.returncode == 2
    assert "stdin, line 2: this is not JSON" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_a_batch_line_without_a_question_says_what_is_needed(advisor: Advisor) -> None:
    ran = advisor("ask", "--batch", typed='{"question": "hello"}\n')

    assert ran.returncode == 2
    assert 'needs "q" as text' in ran.stderr


def test_ask_without_a_question_says_how_to_ask(advisor: Advisor) -> None:
    ran = advisor("ask")

    assert ran.returncode == 2
    assert "advisor ask what is it for" in ran.stderr


def test_a_conversation_is_held_over_piped_lines(advisor: Advisor) -> None:
    ran = advisor("chat", typed="does flask have an ORM?\nand django?\nthanks\nquit\n")

    assert ran.returncode == 0
    assert ran.stdout.count("Object-relational mapping") == 2
    assert ran.stdout.rstrip().endswith("Bye.")


def test_a_number_chooses_from_what_was_offered(advisor: Advisor) -> None:
    ran = advisor("chat", typed="does flask have an ORM?\n1\n99\n")

    assert "2 And Django?" in ran.stdout
    assert "There is no choice 99." in ran.stdout


def test_compare_without_a_topic_is_a_table_of_everything(advisor: Advisor) -> None:
    ran = advisor("compare")

    assert ran.returncode == 0
    assert "Flask: " in ran.stdout
    assert ran.stdout.count("; Django: ") > 20


def test_compare_takes_a_topic_by_id_or_in_words(advisor: Advisor) -> None:
    by_id = advisor("compare", "orm").stdout
    in_words = advisor("compare", "object relational mapping").stdout

    assert by_id == in_words
    assert "Django: " in by_id


def test_topics_in_json_list_id_title_area_phrasings_and_keywords(advisor: Advisor) -> None:
    listed = json.loads(advisor("topics", "--json").stdout)

    assert len(listed) >= 73
    assert set(listed[0]) == {"id", "title", "area", "phrasings", "keywords", "questions"}


def test_any_knowledge_base_can_be_asked(advisor: Advisor, tea: Path) -> None:
    ran = advisor("ask", "how much caffeine is in coffee", "--knowledge", str(tea), "--json")
    [reply] = lines(ran.stdout)

    assert (reply["topic"], reply["side"]) == ("caffeine", "coffee")
    assert "90 mg" in reply["text"]


def test_a_missing_knowledge_base_is_a_sentence_not_a_traceback(advisor: Advisor) -> None:
    ran = advisor("ask", "hello", "--knowledge", "/nowhere")

    assert ran.returncode == 2
    assert "this is not a knowledge base" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_a_terminal_question_loads_no_platform(advisor: Advisor) -> None:
    import subprocess
    import sys

    code = (
        "import sys; from adapters.cli.main import app\n"
        "app(['ask', 'flask orm?', '--json'], standalone_mode=False)\n"
        "print([m for m in ('slack_bolt', 'discord', 'sqlalchemy', 'aiohttp') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize("verb", [("chat",), ("ask", "--batch"), ("recommend", "--answer", "kind=web_app")])
def test_a_closed_standard_input_is_one_with_nothing_in_it(verb: tuple[str, ...]) -> None:
    shell = ["sh", "-c", 'exec "$0" -m adapters.cli.main "$@" <&-', sys.executable, *verb]
    ran = subprocess.run(shell, capture_output=True, text=True, check=False)

    assert (ran.returncode, ran.stderr) == (0, "")


def test_without_a_terminal_the_guide_says_that_it_asked_nothing(advisor: Advisor) -> None:
    ran = advisor("recommend")

    assert ran.returncode == 0
    assert ran.stderr.startswith("Nothing was asked, since there is no terminal")
    assert advisor("recommend", "--text", "an online shop with customer accounts").stderr == ""
