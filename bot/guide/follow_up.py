"""Questions about a result that was just shown: why not the other one, and what would change it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from bot.guide.compiled_guide import EITHER, NEITHER
from bot.guide.phrases import plain_words
from bot.replies import Reason, Recommendation

_LEAD = r"(?:and |but |so |ok |okay )?"
_CHANGES = re.compile(
    rf"{_LEAD}(?:what|when) (?:would|could|might|will) (?:change|flip|turn) (?:it|that|this|your mind|the result)"
)


@dataclass(frozen=True)
class FollowUp:
    """Explains results to people who ask back."""

    side_names: Mapping[str, str]

    def explained(self, result: Recommendation, text: str) -> str | None:
        """Return the answer to a question about a result; None where a message asks something else."""
        said = " ".join(plain_words(text.rstrip("?!. ")).replace("|", " ").replace(",", " ").split())
        if _CHANGES.fullmatch(said):
            return result.flip_text
        asked = self._whys.fullmatch(said)
        if asked is None:
            return None
        named = next((key for key, name in self.side_names.items() if asked["what"] in (key, name.casefold())), None)
        return self._why_not(result, named)

    @cached_property
    def _whys(self) -> re.Pattern[str]:
        sides = "|".join(re.escape(word) for pair in self.side_names.items() for word in (pair[0], pair[1].casefold()))
        others = r"the other(?: one| side| framework| option)?|the others|both|either|one of them|that|this|so|it"
        return re.compile(
            rf"{_LEAD}(?:why(?: not)?|what (?:is wrong with|speaks (?:for|against)|about))"
            rf"(?: (?P<what>{sides}|{others}))?(?: then| though)?"
        )

    def _why_not(self, result: Recommendation, named: str | None) -> str:
        """Say why a result is not another: the best reason for that, what weighs more, and what would turn it."""
        if result.result not in self.side_names:
            why = {EITHER: "Why not one of them?", NEITHER: "Why neither?"}[result.result]
            return " ".join([why, *(reason.text for reason in result.reasons[:2]), result.flip_text])
        if named == result.result:
            return " ".join(
                [f"Why {result.result_name}?", *(reason.text for reason in result.reasons), result.flip_text]
            )
        other = next(key for key in self.side_names if key != result.result)
        return f"Why not {self.side_names[other]}? {self._weighed(result, other)} {result.flip_text}"

    def _weighed(self, result: Recommendation, other: str) -> str:
        more = ", ".join(filter(None, map(_because, result.reasons)))
        against = result.against
        if against is None or against.side != other or not against.because:
            return (
                f"Nothing you said speaks for it; for {result.result_name} there is {more or result.reasons[0].text}."
            )
        return (
            f"The best reason for it is \u201c{against.because}\u201d: {against.text} "
            f"But what speaks for {result.result_name} weighs more: {more or result.reasons[0].text}."
        )


def _because(reason: Reason) -> str:
    return f"\u201c{reason.because}\u201d" if reason.because else ""
