"""How well the guide advises on the golden scenarios: `python tests/benchmarks/guide_accuracy.py`.

Prints, for both coders and with and without the description: how often the result is exactly the expert's, how often
it is acceptable, easy cases that are acceptable, and questions asked. Then the same with answers recoded at random
(options that people confuse, swapped in `CONFUSED` shares of the cases), and how often what was read is right.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import yaml

from bot.guide import Guide
from bot.knowledge import load

ROOT = Path(__file__).parents[2]
ROUNDS = 8
Scenario = dict[str, Any]

CONFUSED = {
    "kind": (0.2, {"web_app": ["cms_shop", "service"], "cms_shop": ["web_app"], "service": ["web_app", "not_sure"],
                   "viewer": ["web_app", "service", "cms_shop"], "not_sure": ["web_app", "service"]}),
    "viewer_kind": (0.2, {"static": ["charts", "not_sure"], "charts": ["charts_plus", "static"],
                          "charts_plus": ["charts", "not_sure"]}),
    "have": (0.1, {"fresh": ["know_flask", "know_django"], "know_flask": ["fresh", "flask_code"],
                   "know_django": ["fresh"], "flask_code": ["know_flask", "fresh"], "django_code": ["know_django"]}),
    "pain": (0.25, {"works": ["not_sure"], "rebuild": ["not_sure", "fight"], "fight": ["not_sure", "rebuild"],
                    "not_sure": ["works", "rebuild"]}),
    "live": (0.15, {"core": ["some"], "some": ["none", "not_sure", "core"], "none": ["not_sure", "some"]}),
    "data": (0.25, {"many": ["few", "not_sure"], "few": ["many", "not_sure", "none"], "nosql": ["not_sure", "none"],
                    "none": ["few", "not_sure"]}),
    "staff": (0.3, {"yes": ["later", "custom", "not_sure"], "later": ["yes", "no", "not_sure"],
                    "custom": ["yes", "no"], "no": ["not_sure", "later"]}),
    "accounts": (0.2, {"roles": ["sso", "not_sure"], "sso": ["roles", "no"], "no": ["not_sure", "sso"]}),
    "size": (0.4, {"tiny": ["throwaway", "medium", "not_sure"], "throwaway": ["tiny", "medium"],
                   "medium": ["large", "tiny", "not_sure"], "large": ["medium"]}),
    "style": (0.4, {"ready": ["not_sure"], "own": ["not_sure"], "learn": ["not_sure", "ready"],
                    "not_sure": ["ready", "own"]}),
}  # fmt: skip
"""Question to: how often it is answered differently, and what is taken for what."""


def first(scenario: Scenario) -> dict[str, str]:
    """Return the answers of the first coder."""
    return dict(scenario["answers"])


def second(scenario: Scenario) -> dict[str, str]:
    """Return the answers of the second coder."""
    return {**scenario["answers"], **scenario["second"]}


def recoded(chance: random.Random) -> Callable[[Scenario], dict[str, str]]:
    """Return a coder who confuses options at random."""

    def answers(scenario: Scenario) -> dict[str, str]:
        given = first(scenario)
        for question, option in given.items():
            share, confusable = CONFUSED[question]
            if option in confusable and chance.random() < share:
                given[question] = chance.choice(confusable[option])
        return given

    return answers


def report(
    name: str, guide: Guide, scenarios: Iterable[Scenario], coder: Callable[[Scenario], dict[str, str]], *, text: bool
) -> None:
    """Print how well the guide does with the answers of one coder."""
    runs = [(guide.recommend(coder(s), s["text"] if text else ""), s) for s in scenarios]
    exact = sum(run.result == s["best"] for run, s in runs) / len(runs)
    fine = sum(run.result in s["ok"] for run, s in runs) / len(runs)
    easy = [run.result in s["ok"] for run, s in runs if s.get("easy")]
    asked = [len(run.asked) for run, _ in runs]
    print(
        f"{name:32} exact {exact:6.1%}   acceptable {fine:6.1%}   easy {sum(easy)}/{len(easy)}"
        f"   asked {sum(asked) / len(asked):.2f}, at most {max(asked)}"
    )


def main() -> None:
    """Measure on the golden scenarios."""
    knowledge = load(ROOT / "knowledge" / "flask-vs-django")
    assert knowledge.guide
    guide = Guide(knowledge.guide, knowledge)
    scenarios = yaml.safe_load((ROOT / "tests" / "guide" / "scenarios.yaml").read_text(encoding="utf-8"))["scenarios"]
    for text in (False, True):
        with_text = " and the description" if text else ""
        report(f"first coder{with_text}", guide, scenarios, first, text=text)
        report(f"second coder{with_text}", guide, scenarios, second, text=text)
        report(f"recoded{with_text}", guide, scenarios * ROUNDS, recoded(random.Random(7)), text=text)
    read = [(o, {first(s).get(q), second(s).get(q)}) for s in scenarios for q, o in guide.understand(s["text"]).items()]
    print(f"read in descriptions: {len(read)} answers, {sum(o in right for o, right in read) / len(read):.1%} right")


if __name__ == "__main__":
    main()
