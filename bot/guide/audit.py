"""Every path through a guide: where it leads, how long it is, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.guide.paths import Paths, Walked
from bot.guide.plan import EITHER, NEITHER, Plan
from bot.guide.reasons import Reasons
from bot.knowledge.guide_models import GuideSpec

_LINE = 300
"""The longest sentence about a flip that still reads well on every platform."""


@dataclass(frozen=True, slots=True)
class Audit:
    """What a walk over every path has found. Shares and means hold where every option is taken equally often."""

    shares: Mapping[str, float]
    """Result to share of the paths, 0 to 1."""
    mean: float
    """Questions on a path."""
    longest: int
    states: int
    """Situations that were told apart."""
    failures: tuple[str, ...]
    """What has to be mended; a sentence each."""

    @property
    def ok(self) -> bool:
        """Whether nothing has to be mended."""
        return not self.failures


def audit(plan: Plan, reasons: Reasons) -> Audit:
    """Walk every path and hold the guide against its own floors."""
    paths = Paths(plan, reasons)
    walked = paths.walk()
    failures = [
        *_unreached(plan, paths, walked),
        *(f"the question {key!r} never matters: its answers lead to the same results" for key in paths.idle()),
        *paths.unexplained,
        *_long(plan.spec),
        *_floors(plan.spec, walked),
    ]
    return Audit(walked.shares, walked.mean, walked.longest, paths.count, tuple(failures))


def _unreached(plan: Plan, paths: Paths, walked: Walked) -> list[str]:
    results = [result for result in (*plan.sides, EITHER, NEITHER) if result != NEITHER or plan.spec.exits]
    missed = [f"no path leads to the result {result!r}" for result in results if not walked.shares.get(result)]
    roads = [road.id for road in plan.spec.exits if road.id not in paths.roads and not _read_only(plan, road.id)]
    missed += [f"no path takes the road {road!r}" for road in roads]
    reached = paths.asked
    return missed + [f"the question {key!r} is never asked" for key in plan.questions if key not in reached]


def _read_only(plan: Plan, road: str) -> bool:
    """Whether a road needs a circumstance, which only a description or a button can bring in."""
    signs = next(exit_.signs for exit_ in plan.spec.exits if exit_.id == road)
    return any(key in plan.chips for sign in signs for key in sign.when)


def _long(spec: GuideSpec) -> list[str]:
    labels = [option.label for question in spec.questions for option in question.options]
    longest = max(map(len, labels)) + max(len(question.ask) for question in spec.questions)
    names = max(len(name) for name in (spec.either, spec.neither))
    return [f"a line on what would change a result can have {longest} characters"] if longest + names > _LINE else []


def _floors(spec: GuideSpec, walked: Walked) -> list[str]:
    low = [
        f"{result!r} is the result of {walked.shares.get(result, 0):.1%} of the paths, less than {floor:.1%}"
        for result, floor in spec.floors.share.items()
        if walked.shares.get(result, 0) < floor
    ]
    if walked.mean > spec.floors.mean:
        low.append(f"a path has {walked.mean:.2f} questions on average, more than {spec.floors.mean:g}")
    if walked.longest > spec.engine.most:
        low.append(f"a path has {walked.longest} questions, more than {spec.engine.most}")
    return low
