"""No text that somebody can send keeps a process busy: what 40 kB cost is counted in ordinary questions."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from itertools import product

import pytest

from adapters.conversations.journal import redact
from adapters.conversations.texts import spoken
from adapters.discord import markup as discord_markup
from adapters.service.logs import Redactor
from adapters.slack import markup as slack_markup
from bot.action_codec import StaleActionError, decode
from bot.advisor import Advisor
from bot.context import Context
from bot.replies import GuideQuestion
from tests.trained import SHIPPED, trained_advisor

Door = Callable[[str], object]

LENGTH = 40_000
"""Characters of the longest message that a platform passes on."""
MOST = 2_500
"""What such a message may cost, in ordinary questions of the same machine at the same moment."""
MOST_FOR_TYPOS = 600
ORDINARY = [f"does {side} {verb} {what}?" for side in ("flask", "django") for verb, what in (
    ("have", "an orm"), ("support", "async views"), ("need", "a database"), ("come with", "user accounts"),
    ("validate", "forms"), ("scale", "well"), ("cache", "pages"), ("run on", "windows"),
)]  # fmt: skip
UNITS = {
    "spaces": " ", "tabs": "\t", "newlines": "\n", "zero width": "\u200b", "no-break spaces": "\u00a0",
    "brackets": "[", "parentheses": "(", "angles": "<", "closing angles": ">", "fences": "```", "ticks": "`",
    "one letter": "a", "capitals": "A", "digits": "1", "dots": ".", "exclamations": "!", "questions": "?",
    "dashes": "-", "long dashes": "\u2014", "underscores": "_", "commas": ",", "colons": ":", "entities": "&lt;",
    "mentions": "<@U123ABC>", "open mentions": "<@", "at signs": "@", "half addresses": "a@", "dotted": "a.",
    "schemes": "http://", "www": "www.", "emoji names": ":smile:", "half emoji": ":a", "quotes": "> \n",
    "labelled links": "<https://a|b", "open links": "<https://", "mails": "mailto:", "conjunctions": ", and also ",
    "half tokens": "a1-", "numbers": "1 ", "hosts": "1.1.", "stars": "*", "pipes": "|", "backslashes": "\\",
    "slashes": "/a", "passwords": "password=", "surrogates": "\ud800", "zeros": "\0", "combining": "e\u0301",
    "ideographs": "\u6f22", "apostrophes": "a'", "list items": "1. ", "lines": "a\n", "negations": "do not ",
    "plans": "we need ", "sides": "flask vs django ", "single letters": "a ",
}  # fmt: skip
TYPOS = "misspelt words"


def _misspelt() -> str:
    chance = random.Random(7)
    letters = "aeioubcdfgjklmnprst"
    return " ".join("".join(chance.choice(letters) for _ in range(8)) for _ in range(LENGTH // 9))


def _texts(kind: str) -> tuple[str, ...]:
    """Return messages of one kind: alone, and with a letter at either end, which keeps an expression from matching."""
    whole = _misspelt() if kind == TYPOS else (UNITS[kind] * LENGTH)[:LENGTH]
    return whole, f"{whole}x", f"x{whole}x"


def _cost(door: Door, text: str) -> float:
    """Return seconds of CPU: the least of some tries, as other processes cost a cache now and then."""
    return min(_once(door, text) for _ in range(2))


def _once(door: Door, text: str) -> float:
    begun = time.thread_time()
    door(text)
    return time.thread_time() - begun


@pytest.fixture(scope="module")
def advisor() -> Advisor:
    return trained_advisor(SHIPPED)


@pytest.fixture(scope="module")
def ordinary(advisor: Advisor) -> float:
    """What an ordinary question costs, in seconds of CPU."""
    advisor.ask("is flask faster than django?")
    return sorted(_once(advisor.ask, question) for question in ORDINARY)[len(ORDINARY) // 2]


@pytest.fixture(scope="module")
def doors(advisor: Advisor) -> dict[str, Door]:
    """Everything that takes a text from outside."""
    begun = advisor.begin_guide()
    assert isinstance(begun, GuideQuestion)
    waiting, following = Context(guide=begun.token), Context(topic="orm", side="django")
    return {
        "ask": advisor.ask,
        "ask while the guide waits": lambda text: advisor.ask(text, waiting),
        "ask further": lambda text: advisor.ask(text, following),
        "compare": advisor.compare,
        "complete": advisor.complete,
        "describe": advisor.begin_guide,
        "code": lambda text: advisor.guide and advisor.guide.reopen(text),
        "dependencies": lambda text: _listed(advisor, text),
        "press": _pressed,
        "command": spoken,
        "redact": redact,
        "log": Redactor(["a-known-secret"]),
        "slack": lambda text: (slack_markup.prose(text), slack_markup.bold(text), slack_markup.link("https://x", text)),
        "discord": lambda text: (discord_markup.prose(text, 2_000), discord_markup.link(text, "https://x", 2_000)),
    }


def _listed(advisor: Advisor, text: str) -> None:
    try:
        assert advisor.guide
        advisor.guide.dependencies(text)
    except ValueError:
        return


def _pressed(text: str) -> None:
    try:
        decode(text)
    except StaleActionError:
        return


@pytest.mark.parametrize("kind", [*UNITS, TYPOS])
def test_forty_kilobytes_of_anything_cost_little(doors: dict[str, Door], ordinary: float, kind: str) -> None:
    most = MOST_FOR_TYPOS if kind == TYPOS else MOST
    costs = {
        (name, number): _cost(door, text) / ordinary
        for (name, door), (number, text) in product(doors.items(), enumerate(_texts(kind)))
    }

    assert {where: round(cost) for where, cost in costs.items() if cost > most} == {}
