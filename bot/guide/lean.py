"""What a description leans to before anything was asked, in one or two sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.guide.compiled_guide import EITHER, CompiledGuide
from bot.guide.conditions import Facts, holds
from bot.guide.explanation import result_name
from bot.guide.next_question import run
from bot.guide.scoring import Result, contributions, outcome
from bot.guide.state import Phase, State
from bot.replies import Strength

_ENOUGH = 2
"""So many definite answers are enough to say where they lean."""
_MOST = 3
_COUNTS = ("No more questions are needed", "One question would settle it", "Two questions would settle it")
_FEW = "A few questions would settle it"


def lean(guide: CompiledGuide, state: State, names: Mapping[str, str]) -> str | None:
    """Return where the answers lean so far, why, and how much is still to be asked; None where they say too little."""
    facts = guide.facts(state)
    definite = [option for _, option in guide.taken(facts) if not option.unsure]
    if len(definite) < _ENOUGH:
        return None
    result = outcome(guide, facts)
    ended = run(guide, replace(state, phase=Phase.ASKING, pending=None), {})
    missing = len(ended.asked) - len(state.asked)
    left = _COUNTS[missing] if missing < len(_COUNTS) else _FEW
    return f"{_leaning(guide, facts, result, names)} {left}."


def _leaning(guide: CompiledGuide, facts: Facts, result: Result, names: Mapping[str, str]) -> str:
    if result.result == EITHER:
        return "What you say speaks as much for one as for the other so far."
    why = _listed(_grounds(guide, facts, result))
    rather = "rather " if result.strength is Strength.LEANING else ""
    because = f", because of {why}" if why else ""
    return f"From what you say: {rather}{result_name(guide, dict(names), result.result)}{because}."


def _grounds(guide: CompiledGuide, facts: Facts, result: Result) -> list[str]:
    """Return what speaks most for a result, each in a few words, the strongest first."""
    if result.exit_ is not None:
        keys = dict.fromkeys(key for s in result.exit_.signs if s.points > 0 and holds(s.when, facts) for key in s.when)
        return [_in_short(guide, key, facts) for key in keys][:_MOST]
    way = 1 if result.result == guide.sides[1] else -1
    found = sorted((c for c in contributions(guide, facts) if c.amount * way > 0), key=lambda c: -abs(c.amount))
    return [_in_short(guide, each.key, facts) for each in found[:_MOST]]


def _in_short(guide: CompiledGuide, key: str, facts: Facts) -> str:
    if key in guide.chips:
        return guide.chips[key].label.lower()
    option = guide.questions[key].by_id[facts[key]]
    return option.in_short or option.label[:1].lower() + option.label[1:]


def _listed(words: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))
