"""What each part of the matcher buys: the golden questions with one part switched off at a time.

    python tests/benchmarks/ablation.py [PART ...]

Each row learns the shipped knowledge base anew, which takes about a minute. In percent: answered rightly, right
topic answered or offered, answered wrongly, out of scope answered; then right and wrong with one letter lost in about
every third longer word.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from adapters.encoder import KeptVectors, open_encoder
from adapters.knowledge_base.model_cache import cache_folder
from bot.context import Context
from bot.knowledge import load
from bot.matching import Decision, Matcher, learn
from bot.matching.config import DEFAULT, MatcherConfig

KNOWLEDGE = Path(__file__).parents[2] / "knowledge" / "flask-vs-django"
OFFERED = 3
Row = dict[str, Any]

CONFIGS: dict[str, MatcherConfig] = {
    "everything": DEFAULT,
    "without vectors": DEFAULT,
    "without pairs": replace(DEFAULT, features=replace(DEFAULT.features, pairs=0.0)),
    "without trigrams": replace(DEFAULT, features=replace(DEFAULT.features, trigrams=0.0)),
    "without sides": replace(DEFAULT, side_prior=replace(DEFAULT.side_prior, weight=0.0, conflict=0.0)),
    "without mending": replace(DEFAULT, spelling=replace(DEFAULT.spelling, one_edit_from=99, several_from=99)),
    "without the form of messages": replace(DEFAULT, function_words=replace(DEFAULT.function_words, fewest=10**9)),
    "stop words weigh little": replace(DEFAULT, features=replace(DEFAULT.features, stop_word=0.1)),
    "pairs that occur once": replace(DEFAULT, features=replace(DEFAULT.features, common_pair=1)),
    "mending up to .60 alike": replace(DEFAULT, spelling=replace(DEFAULT.spelling, likeness=0.60)),
    "messages read whole": replace(DEFAULT, limits=replace(DEFAULT.limits, sentences=0)),
    "without the question index": replace(
        DEFAULT,
        questions=replace(
            DEFAULT.questions, plain=(*DEFAULT.questions.plain[:-1], 0.0), story=(*DEFAULT.questions.story[:-1], 0.0)
        ),
    ),
    "learned once": replace(DEFAULT, classifier=replace(DEFAULT.classifier, runs=1)),
}


def spoilt(text: str, rng: random.Random) -> str:
    """Return the text with one letter lost in about every third longer word."""
    words = text.split()
    for place, word in enumerate(words):
        if len(word) >= 5 and rng.random() < 1 / 3:
            letter = rng.randrange(len(word))
            words[place] = word[:letter] + word[letter + 1 :]
    return " ".join(words)


def shares(matcher: Matcher, rows: Iterable[Row]) -> tuple[float, ...]:
    """Return the shares answered rightly, found, and answered wrongly, and that of out-of-scope messages answered."""
    right = found = wrong = beyond = inside = outside = 0
    for row in rows:
        reading = matcher.read(row["q"], Context())
        answered = reading.outcome is Decision.ANSWER
        if not row["ok"]:
            outside += 1
            beyond += answered
            continue
        inside += 1
        topics = [one.topic for one in reading.ranked[:OFFERED]]
        hit = answered and topics[0] in row["ok"]
        right += hit
        wrong += answered and not hit
        found += hit or (reading.outcome is Decision.SUGGEST and not set(topics).isdisjoint(row["ok"]))
    return (*(100 * count / max(1, inside) for count in (right, found, wrong)), 100 * beyond / max(1, outside))


def main() -> None:
    """Print a row for each part, or for those that are named."""
    rows: list[Row] = [json.loads(line) for line in (KNOWLEDGE / "golden.jsonl").read_text("utf-8").splitlines()]
    rows = [row for row in rows if row["kind"] in ("question", "oos")]
    rng = random.Random(7)
    errors = [{**row, "q": spoilt(row["q"], rng)} for row in rows]
    knowledge, cache = load(KNOWLEDGE), cache_folder(None)
    encoder = open_encoder(cache)
    print(f"{'':30} right found wrong   oos | with typing errors: right wrong")
    for name, config in CONFIGS.items():
        if sys.argv[1:] and name not in sys.argv[1:]:
            continue
        used = None if name == "without vectors" else encoder
        model = learn(knowledge, KeptVectors(used, cache) if used and cache else used, config)
        matcher = Matcher(knowledge, model, used, config)
        clean, typos = shares(matcher, rows), shares(matcher, errors)
        print(
            f"{name:30} " + " ".join(f"{each:5.1f}" for each in clean) + f" | {typos[0]:5.1f} {typos[2]:5.1f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
