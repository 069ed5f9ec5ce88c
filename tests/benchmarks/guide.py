"""How long the guide takes: `python tests/benchmarks/guide.py`.

Prints the time of one press (token in, reply and token out), of a result, of reading a description, and of the audit.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from pathlib import Path

import yaml

from bot.actions import GuideChoose
from bot.guide import Guide
from bot.knowledge import load
from bot.replies import GuideQuestion, Reply

ROOT = Path(__file__).parents[2]
ROUNDS = 5


def timed(work: Callable[[], object]) -> float:
    """Return how long some work takes, in milliseconds."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def presses(guide: Guide, answers: dict[str, str]) -> list[tuple[str, float]]:
    """Walk through the guide; return the kind of every reply and how long it took."""
    shown: Reply = guide.begin()
    times = []
    while isinstance(shown, GuideQuestion):
        option = answers.get(shown.question, shown.choices[-1].option)
        press = GuideChoose(shown.token, shown.question, option)
        start = time.perf_counter()
        shown = guide.press(press)
        times.append((type(shown).__name__, (time.perf_counter() - start) * 1000))
    return times


def report(name: str, times: list[float]) -> None:
    """Print the middle and the slow end of some times."""
    slow = sorted(times)[int(len(times) * 0.99) - 1] if len(times) > 1 else times[0]
    print(f"{name:34} median {statistics.median(times):8.3f} ms   99th percentile {slow:8.3f} ms   ({len(times)})")


def main() -> None:
    """Measure with the golden scenarios."""
    knowledge = load(ROOT / "knowledge" / "flask-vs-django")
    assert knowledge.guide
    guide = Guide(knowledge.guide, knowledge)
    scenarios = yaml.safe_load((ROOT / "tests" / "guide" / "scenarios.yaml").read_text(encoding="utf-8"))["scenarios"]
    times = [pair for _ in range(ROUNDS) for scenario in scenarios for pair in presses(guide, scenario["answers"])]
    report("a press that leads to a question", [t for kind, t in times if kind == "GuideQuestion"])
    report("a press that leads to the result", [t for kind, t in times if kind == "Recommendation"])
    report("reading a description", [timed(lambda s=s: guide.understand(s["text"])) for s in scenarios])
    report("the audit of every path", [timed(guide.audit)])


if __name__ == "__main__":
    main()
