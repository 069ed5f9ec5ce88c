"""Small mistakes, made one by one in a copy of the code: do the tests of that code notice?

Run as `make mutants`, or `python tests/mutations.py NAME ...` for some of the files. Says which mistakes survive, and
fails where more than `MOST` do. A mistake whose place is gone is said to be out of date: write a new one.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
COPIED = ("bot", "adapters", "knowledge", "tests", "pyproject.toml")
MOST = 4
"""Mistakes of all that may survive."""

DECIDING = tuple(f"tests/matching/test_{name}.py" for name in ("decision", "continuation", "fusion", "following_up"))
GUIDING = tuple(f"tests/guide/test_{name}.py" for name in ("transitions", "typed_steps", "steps"))
CONVERSING = tuple(
    f"tests/conversations/test_{name}.py"
    for name in (
        "service", "records", "ownership", "limits", "conversations", "usage", "texts", "acknowledgement", "redacting"
    )
)  # fmt: skip


class Mutation(NamedTuple):
    """A mistake: what stands in a file, and what is put there instead."""

    file: str
    tests: tuple[str, ...]
    before: str
    after: str


def _in(file: str, tests: tuple[str, ...], *changes: tuple[str, str]) -> list[Mutation]:
    return [Mutation(file, tests, before, after) for before, after in changes]


MUTATIONS = [
    *_in(
        "bot/matching/fusion.py",
        DECIDING,
        ("confidence >= self.answer_from and", "confidence > self.answer_from and"),
        ("self.answer_from and not outside", "self.answer_from"),
        ("confidence >= self.suggest_from else", "confidence > self.suggest_from else"),
        ("best if best >= self.topics", "best if best > self.topics"),
        ("return -one[1], one[0]", "return -one[1], -one[0]"),
    ),
    *_in(
        "bot/matching/learning_config.py",
        DECIDING,
        ("answer_from: float = 0.50", "answer_from: float = 0.55"),
        ("sure_from: float = 0.80", "sure_from: float = 0.95"),
        ("far: float = 6.0", "far: float = 12.0"),
    ),
    *_in("bot/matching/config.py", DECIDING, ("alike: float = 85.0", "alike: float = 40.0")),
    *_in(
        "bot/matching/ranking.py",
        DECIDING,
        ("max(likely.pop(group, 0.0), sure)", "likely.pop(group, 0.0)"),
        ("elsewhere = bool(products) and not mentions and", "elsewhere = bool(products) and"),
        ("if alone else ranked)[: self.config.limits.ranked]", "if alone else ranked)[:4]"),
    ),
    *_in(
        "bot/matching/continuation.py",
        DECIDING,
        ("len(words) > _LIMITS.longest", "len(words) >= _LIMITS.longest"),
        ("len(words) <= _LIMITS.short else", "len(words) < _LIMITS.short else"),
        ("if place < len(suggested) else None", "if place <= len(suggested) else None"),
    ),
    *_in(
        "bot/guide/transitions.py",
        GUIDING,
        ("return State(owner=state.owner, team=state.team)", "return State(team=state.team)"),
        (
            "case GuideFinish():\n            return replace(state, phase=Phase.DONE, pending=None)",
            "case GuideFinish():\n            return replace(state, phase=Phase.DONE)",
        ),
        (" or option not in guide.questions[question].by_id", ""),
        ("if key not in facts:", "if key in ():"),
        ("if state.phase is Phase.DONE else chosen", "if state.phase is not Phase.REVIEW else chosen"),
        ("if changed in q.needs)", "if q.needs)"),
        ("    if question not in guide.questions:\n        raise GoneError(question)\n", ""),
        ("Phase.REVIEW if state.answers else Phase.ASKING", "Phase.ASKING"),
        ("answers=state.answers[:-1], phase=Phase.ASKING", "answers=state.answers[:-1]"),
        ("    if chip not in guide.chips:\n        raise GoneError(chip)\n", ""),
        ("state.toggled(chip), phase=Phase.DONE, pending=None", "state.toggled(chip), pending=None"),
    ),
    *_in(
        "bot/guide/typed_steps.py",
        GUIDING,
        ("TypedStep(State(owner=state.owner, team=state.team))", "TypedStep(State(team=state.team))"),
        ("state.phase is Phase.REVIEW and not state.pending", "state.phase is Phase.REVIEW"),
        ("TypedStep(state, NOTHING_YET) if self.is_too_early(state) else TypedStep(done)", "TypedStep(done)"),
        ('if command in ("go", "unsure") and not question:', 'if command in ("go", "unsure"):'),
    ),
    *_in(
        "adapters/conversations/service.py",
        CONVERSING,
        ("FORGOTTEN if forgotten >= 0 else", "FORGOTTEN if forgotten > 0 else"),
        ("if message.event and not await", "if not await"),
        ("burst=10, per_minute=30", "burst=10, per_minute=60"),
        ("if person.workspace and not self.workspace_limit", "if not self.workspace_limit"),
        ("on=datetime.now(UTC).date()", "on=None"),
        ("await self._try(platform, lambda: self.store.answered(event), None)", "return"),
        ("case actions.ShowTopic(topic, ref) if ref:", "case actions.ShowTopic(topic, ref):"),
    ),
    *_in("adapters/conversations/flow_control.py", CONVERSING, ("ROUNDS = 5", "ROUNDS = 0")),
    *_in("bot/matching/config.py", CONVERSING, ("instead: float = 0.15", "instead: float = 0.2")),
    *_in("adapters/conversations/identity.py", CONVERSING, ("return bool(pseudonym) and ", "return ")),
    *_in(
        "adapters/conversations/identity.py",
        CONVERSING,
        ('return f"{self.platform}/{self.workspace}"', 'return f"{self.platform}"'),
    ),
    *_in(
        "adapters/conversations/journal.py",
        CONVERSING,
        ('return "unknown", reason.value', 'return "unknown", ""'),
        ("is replies.Unknown.EMPTY", "is replies.Unknown.NOT_FOUND"),
        ('"suggestions" if isinstance(reply, replies.Suggestions) else "unknown"', '"unknown"'),
    ),
    *_in("adapters/conversations/flow_control.py", CONVERSING, ("max(0.0, now - since)", "abs(now - since)")),
]


def main(names: list[str]) -> int:
    """Make every mistake whose file has one of these names in its path; return the exit code."""
    chosen = [each for each in MUTATIONS if not names or any(name in each.file for name in names)]
    with TemporaryDirectory() as folder:
        copy = Path(folder)
        for name in COPIED:
            copied = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
            copied(ROOT / name, copy / name)
        for tests in dict.fromkeys(each.tests for each in chosen):
            if not _pass(copy, tests):
                print(f"{' '.join(tests)} fail as they are: mend that first")
                return 2
        survivors = [
            each for number, each in enumerate(chosen, 1) if not _noticed(copy, each, f"{number}/{len(chosen)}")
        ]
    print(f"{len(chosen) - len(survivors)} of {len(chosen)} mistakes were noticed; {MOST} may survive.")
    return int(len(survivors) > MOST)


def _noticed(copy: Path, mutation: Mutation, place: str) -> bool:
    """Return whether the tests fail with this mistake in the copy; mends it again."""
    path = copy / mutation.file
    text = path.read_text(encoding="utf-8")
    if text.count(mutation.before) != 1:
        print(
            f"{place} OUT OF DATE {mutation.file}: {mutation.before!r} stands there {text.count(mutation.before)} times"
        )
        return False
    path.write_text(text.replace(mutation.before, mutation.after), encoding="utf-8")
    noticed = not _pass(copy, mutation.tests)
    path.write_text(text, encoding="utf-8")
    print(
        f"{place} {'noticed ' if noticed else 'SURVIVES'} {mutation.file}: {mutation.before!r} -> {mutation.after!r}",
        flush=True,
    )
    return noticed


def _pass(copy: Path, tests: tuple[str, ...]) -> bool:
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:xdist", "-p", "no:cacheprovider", *tests]
    environment = {**os.environ, "PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(command, cwd=copy, env=environment, capture_output=True, check=False).returncode == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
