"""What is called the same and put in the same words on every platform, and what people can type as a command."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from bot.action_codec import LONGEST
from bot.actions import Action, ShareAnswers, ShowArea, ShowHelp, ShowPrivacy
from bot.matching.config import DEFAULT
from bot.replies import (
    Answer,
    Candidate,
    Certainty,
    CodePassage,
    CorrectionLine,
    OpenPoint,
    Share,
    Strength,
    TeamCard,
    TeamVerdict,
    TopicLink,
)

HELP_ME_CHOOSE = "Help me choose"
ALL_TOPICS = "All topics"
WHAT_CAN_I_ASK = "What can I ask?"
NONE_OF_THESE = "None of these"
MORE = "More"
SHOW_CODE = "Show code"
YES_GO_ON = "Yes, go on"
BACK = "Back"
RESULT_NOW = "Result now"
START_AGAIN = "Start again"
CHANGE_AN_ANSWER = "Change an answer"
DECISION_RECORD = "Decision record"
FOR_MY_PROJECT = "Find out for my project"
"""What others can press under a result that somebody has shared."""

FAILED = "Something broke on my side, and I have made a note of it. Please try again in a moment."

IF_CHOOSING = "If you are choosing"
REVIEW = "This is what I understood. Is it right?"
LOOK_AT = "Look at"
WHY = "Why"
AGAINST = "Against it"
WHAT_WOULD_CHANGE = "What would change it"
FIRST_STEP = "First step"

TEAM_TITLE = "Which one? Your team decides"
TEAM_HOW = (
    "Each of you answers about five questions in private. The verdict counts all answers and shows nobody\u2019s."
)
TEAM_ANSWER = "Answer in private"
TEAM_ANSWER_AGAIN = "Answer again"
TEAM_REVEAL = "Reveal the verdict"
TEAM_REVEAL_AGAIN = "Count again"
TEAM_ALONE = "On their own"
TEAM_DIVIDES = "What divides you"
TEAM_AGREE = "Please agree on"

ARTICLE_SAYS = "The article says"
VERDICTS = {"wrong": "That is not so", "outdated": "That has changed", "misleading": "That is only half of it"}
"""What to say of something in the article, by the verdict on it."""
STRENGTHS = {
    Strength.CLEAR: "A clear case",
    Strength.LEANING: "A leaning, not a verdict",
    Strength.TIE: "A tie",
}

MOST_SOURCES = 6
"""Sources that are named under an answer; answers with more of them repeat themselves."""
MOST_ROWS = 24
"""Topics of the overview that are written out in a chat."""
MOST_RELATED = 4
"""Related topics that are offered after an answer."""
MOST_FLIPS = 4
"""Ways to another result that are written out."""

WORDS: dict[str, Action] = {
    "help": ShowHelp(),
    "topics": ShowArea(),
    "all topics": ShowArea(),
    "privacy": ShowPrivacy(),
    "forget me": ShowPrivacy(),
}
"""What stands alone in a message means this; forgetting takes the button that comes with the notice."""
_MENTION = re.compile(r"<@[!&]?\w+>")
_AROUND = re.compile(rf"^(?:\s*{_MENTION.pattern}[\s,:]*)+|(?:\s*{_MENTION.pattern}\s*)+$")


def did_you_mean(candidates: int) -> str:
    """Return the question that stands over so many suggestions."""
    return "Did you mean one of these?" if candidates > 1 else "Did you mean this?"


def likely(candidates: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """Return the suggestions worth a button: the first, and those at least a third as likely."""
    least = candidates[0].confidence * DEFAULT.replies.share if candidates else 0.0
    return tuple(each for each in candidates if each.confidence >= least)


def meant(title: str) -> str:
    """Return the label of what may have been meant instead of what was answered."""
    return f"I meant: {title}"


def doubt(said: Answer) -> str:
    """Return a word of doubt to put beside an answer; nothing where it is certain what was meant."""
    if said.certainty is Certainty.SURE:
        return ""
    ways = "choose below, or ask again in other words" if alternatives(said) else "ask again in other words"
    asked = next((c.asks for c in said.candidates if c.asks and c.question == said.question), "")
    taken = f"I read that as: {asked}" if asked else "I think this is what you mean."
    return f"{taken} If not, {ways}."


def alternatives(said: Answer) -> tuple[Candidate, ...]:
    """Return what may have been meant instead, the likeliest first: two at most, none where it is certain."""
    if said.certainty is Certainty.SURE:
        return ()
    others = (c for c in said.candidates if c.topic != said.topic or c.question not in ("", said.question))
    return tuple(c for c in others if c.confidence >= DEFAULT.replies.instead)[:2]


def related(said: Answer) -> tuple[TopicLink, ...]:
    """Return what to read next, without what is offered as an alternative already."""
    offered = {other.topic for other in alternatives(said)}
    return tuple(link for link in said.related if link.topic not in offered)[:MOST_RELATED]


def tested(passage: CodePassage) -> str:
    """Return with which versions an example passed its tests; empty where nobody recorded that."""
    return f"Tested with {passage.tested_with}." if passage.tested_with else ""


def brief(part: Answer) -> Answer:
    """Return an answer that stands in one message with others: without advice, alternatives and most sources."""
    return replace(part, choice=None, candidates=(), sources=part.sources[:2])


def verdict(line: CorrectionLine) -> str:
    """Return what to say of something in the article, with the day or version from which on that holds."""
    said = VERDICTS.get(line.verdict, "That needs a correction")
    return f"{said} ({line.since})." if line.since else f"{said}."


def open_points(points: Iterable[OpenPoint]) -> list[str]:
    """Return what nobody knew yet in at most two lines, what could change the result first."""
    asked: dict[bool, list[str]] = {True: [], False: []}
    for point in points:
        asked[point.could_flip].append(point.ask)
    heads = ((True, "Still open, and could change the result"), (False, "Still open"))
    return [f"{head}: {' '.join(asked[flips])}" for flips, head in heads if asked[flips]]


def progress(number: int, about: int) -> str:
    """Return a row of dots: full ones for the questions that are answered and the one that is asked."""
    done = max(0, min(number, 10))
    return "●" * done + "○" * max(0, min(about, 10) - done)


def team_count(card: TeamCard) -> str:
    """Return how many have answered, and what that is enough for."""
    said = "Nobody has answered yet." if not card.answered else f"{card.answered} answered so far."
    return f"{said} The verdict needs at least {card.least}." if not card.ready else said


def shares(counted: Iterable[Share]) -> str:
    """Return how members are divided: "Django 4, Flask 1"."""
    return ", ".join(f"{share.label} {share.members}" for share in counted)


def team_lines(said: TeamVerdict) -> list[tuple[str, str]]:
    """Return what a team's verdict says below its headline, as labels and texts."""
    lines = [(WHY, reason.text) for reason in said.reasons]
    lines.append((TEAM_ALONE, shares(said.alone)))
    lines += [(TEAM_DIVIDES, f"{split.ask} {shares(split.shares)}") for split in said.splits]
    lines += [(TEAM_AGREE, " ".join(said.to_agree))] if said.to_agree else []
    lines += [(WHAT_WOULD_CHANGE, f"{f.ask} If all said \u201c{f.label}\u201d: {f.result_name}") for f in said.flips]
    return [("Last time", f"{said.before}."), *lines] if said.before else lines


def sharing(parts: Iterable[Answer]) -> ShareAnswers | None:
    """Return the press that shares these very answers; None where a button cannot hold them all."""
    joined = "~".join(f"{part.topic}.{part.side or ''}.{part.question or ''}".rstrip(".") for part in parts)
    press = ShareAnswers(joined)
    return press if len(joined) <= LONGEST - len(press.code) - 1 else None


def without_mention(text: str) -> str:
    """Return a message without the mentions that it begins or ends with: they only call the advisor."""
    return _AROUND.sub("", text)


def spoken(text: str) -> Action | None:
    """Return what a message asks for where it is nothing but a command; None for everything else."""
    return WORDS.get(" ".join(_MENTION.sub(" ", text).split()).strip("/.! ").casefold())
