"""Messages that tell about a project instead of asking something. The lists are English, not of any knowledge base."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.matching.config import DEFAULT

_ASKS = re.compile(
    r"\?|\b(?:how|what|whats|which|who|whose|where|why|should|recommend\w*|anyone|anybody|vs|versus|advice|wondering)\b"
    r"|\b(?:explain|compar\w+|opinions?|thoughts|suggest\w*|tell me|show me|give me|help me|let me know)\b"
    r"|(?:^|[,;.:] )(?:please |so |and |or )?(?:can|could|do|does|is|are|will|would|has|make|list|write|when)\b"
    r"|\b(?:can|do|does|is|are|will|would) (?:i|we|you|it|that|there|they|one|someone)\b"
)
_BROKEN = re.compile(
    r"\b(?:errors?|fails?|failed|failing|broken|crash\w*|exception|traceback|not work\w*|bug|stuck|never)\b|n't work"
    r"|n't show|isn't \w+ed\b"
)
_FIRST_PERSON = re.compile(r"\b(?:i|im|i'm|i'd|we|we're|we'd|our|my|us)\b")
_PLANS = re.compile(
    r"\b(?:build|building|create|creating|develop|developing|starting|planning|working on|launch|launching"
    r"|setting up|want to|wants|need to|needs|looking to|going to|about to|would like|have to|knows?|experience)\b"
)
_MAKING = re.compile(
    r"(?:build|building|make|making|create|creating|develop|developing|plan|planning|start|starting|writing|launching)"
    r" (?:an?|our|my|the|some|new|something)\b"
)
_MAKERS = re.compile(
    r"\b(?:team of|(?:\d+|two|three|four|five|six|seven|eight|ten|solo|a few|some) \w*\s?"
    r"(?:devs?|developers?|people|persons?|engineers?|students?|founders?|guys)"
    r"|(?:nobody|none|all|most|both|half) (?:of us|on the|in the|knows?)|we know|i know)\b"
)
_DESCRIBES_FROM, _LONG = DEFAULT.limits.described, DEFAULT.limits.told


def describes(text: str, words: Sequence[str]) -> bool:
    """Return whether a cleaned message tells what somebody is making, and asks nothing."""
    told = _tells(text, words)
    return told and (len(words) >= _LONG or bool(_MAKING.search(text) and _MAKERS.search(text)))


def may_describe(text: str, words: Sequence[str]) -> bool:
    """Return whether a cleaned message asks nothing and may tell what somebody is making."""
    first = bool(_FIRST_PERSON.search(text))
    return first and _tells(text, words) and bool(_PLANS.search(text) or _MAKING.search(text) or _MAKERS.search(text))


def _tells(text: str, words: Sequence[str]) -> bool:
    asks = _ASKS.search(text) or _BROKEN.search(text)
    return len(words) >= _DESCRIBES_FROM and not asks
