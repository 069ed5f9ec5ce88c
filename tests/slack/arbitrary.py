"""Arbitrary replies: whatever the knowledge may say and people may type, and far more of it than is allowed."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from bot import replies
from bot.replies import Reply

NASTY = (
    "<!channel>",
    "<!here|x>",
    "<@U123>",
    "<https://evil.example|click>",
    "&amp;",
    "& < >",
    "`unclosed",
    "```",
    "*bold*",
    "_x_",
    "~~",
    "|",
    "\n\n",
    "\x00\x07",
    "\u2028",
    ":tada:",
    "é" * 40,
    "🎉" * 30,
    "<" * 200,
    "&" * 900,
    "word " * 300,
    "x" * 3_100,
)
texts = st.lists(st.one_of(st.sampled_from(NASTY), st.text(max_size=30)), max_size=4).map(" ".join)
names = st.one_of(texts, st.just("A name"))
slugs = st.from_regex(r"[a-z0-9]{1,10}(-[a-z0-9]{1,8}){0,2}", fullmatch=True)
keys = st.from_regex(r"[a-z0-9_]{1,12}", fullmatch=True)
tokens = st.from_regex(r"[A-Za-z0-9_.~-]{1,60}", fullmatch=True)
urls = st.one_of(st.none(), texts.map(lambda text: f"https://example.com/{text}"), texts)
unit = st.floats(0, 1)
dates = st.one_of(st.none(), st.just(date(2026, 11, 22)))


def many(what: st.SearchStrategy[object], most: int) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(what, max_size=most).map(tuple)


links = st.builds(replies.TopicLink, slugs, names)
candidates = st.builds(replies.Candidate, slugs, names, unit)
sources = st.builds(
    replies.SourceLine, names, st.sampled_from(["article", "official"]), st.one_of(st.none(), names), urls, dates
)
passages = st.builds(replies.SidePassage, keys, names, texts)
verdicts = st.sampled_from(["wrong", "outdated", "misleading", "another"])
corrections = st.builds(replies.CorrectionLine, texts, texts, verdicts, st.one_of(st.none(), texts), sources)
leads = st.builds(replies.Lead, texts, many(passages, 2), st.one_of(st.none(), corrections))
answers = st.builds(
    replies.Answer,
    lead=leads,
    topic=slugs,
    title=names,
    side=st.one_of(st.none(), keys),
    certainty=st.sampled_from(replies.Certainty),
    confidence=unit,
    short=texts,
    passages=many(passages, 3),
    other_sides=many(passages, 3),
    choice=st.one_of(st.none(), texts),
    corrections=many(corrections, 4),
    sources=many(sources, 12),
    related=many(links, 8),
    candidates=many(candidates, 5),
    offers_guide=st.booleans(),
    code=st.one_of(st.none(), slugs),
)
files = st.builds(replies.CodeFile, names, texts, st.sampled_from(["python", "html", ""]))
code = st.builds(
    replies.CodeComparison,
    slugs,
    names,
    slugs,
    st.one_of(st.none(), keys),
    many(st.builds(replies.CodePassage, keys, names, texts, many(files, 4), texts), 3),
    many(st.builds(replies.SideLink, keys, names), 3),
    st.one_of(st.none(), keys),
)
choices = st.builds(replies.Choice, keys, names)
given_ = st.builds(replies.Given, keys, names, keys, names)
questions = st.builds(
    replies.GuideQuestion,
    token=tokens,
    question=keys,
    ask=names,
    help=st.one_of(st.none(), texts),
    choices=many(choices, 5),
    number=st.integers(1, 30),
    about=st.integers(1, 30),
    given=many(given_, 16),
    can_go_back=st.booleans(),
    can_finish=st.booleans(),
    notice=st.one_of(st.none(), texts),
)
reasons = st.builds(replies.Reason, texts, st.none(), unit, names, many(sources, 3), st.booleans())
recommendations = st.builds(
    replies.Recommendation,
    token=tokens,
    code=tokens,
    result=keys,
    result_name=names,
    strength=st.sampled_from(replies.Strength),
    headline=texts,
    score=unit,
    reasons=many(reasons, 5),
    against=st.one_of(st.none(), reasons),
    flips=many(st.builds(replies.Flip, keys, names, keys, names, keys, names, unit), 8),
    flip_text=texts,
    open_points=many(st.builds(replies.OpenPoint, keys, names, st.booleans()), 8),
    first_step=st.one_of(st.none(), st.builds(replies.FirstStep, texts, urls)),
    notes=many(texts, 12),
    given=many(given_, 16),
    asked=many(keys, 3),
    chips=many(st.builds(replies.Circumstance, keys, names, st.booleans()), 30),
    names=many(names, 5),
    notice=st.one_of(st.none(), texts),
)
rows = st.builds(replies.ComparisonRow, slugs, names, st.tuples(names, names))
areas = st.builds(replies.AreaTopics, slugs, names, many(links, 60))

reviews = st.builds(
    replies.GuideReview, tokens, many(given_, 16), st.one_of(st.none(), texts), st.one_of(st.none(), texts)
)
teams = st.text("0123456789abcdef", min_size=6, max_size=6)
shares = many(st.builds(replies.Share, names, st.integers(1, 99)), 5)
verdicts = st.builds(
    replies.TeamVerdict,
    teams,
    keys,
    names,
    st.sampled_from(replies.Strength),
    texts,
    st.integers(3, 99),
    shares,
    many(reasons, 3),
    many(st.builds(replies.Split, names, shares), 2),
    many(names, 8),
    many(st.builds(replies.TeamFlip, names, names, names), 2),
    st.one_of(st.none(), names),
)

everything: st.SearchStrategy[Reply] = st.one_of(
    st.builds(replies.Interrupted, st.one_of(answers, code), st.one_of(questions, reviews)),
    st.builds(replies.TeamCard, teams, st.integers(0, 99), st.just(3), st.one_of(st.none(), texts)),
    verdicts,
    answers,
    code,
    st.builds(replies.AnswerDetails, answers),
    st.builds(replies.Answers, st.lists(answers, min_size=1, max_size=3).map(tuple)),
    st.builds(replies.Suggestions, many(candidates, 5)),
    st.builds(replies.NotKnown, st.sampled_from(replies.Unknown), texts, many(links, 6)),
    st.builds(replies.Help, texts, many(texts, 12), st.booleans()),
    st.builds(replies.Comparison, texts, texts, st.tuples(names, names), many(rows, 200), st.booleans()),
    st.builds(replies.TopicList, many(areas, 60), st.one_of(st.none(), slugs)),
    questions,
    reviews,
    recommendations,
    st.builds(replies.DecisionRecord, names, texts.map(lambda text: text * 3)),
    st.builds(replies.Notice, st.sampled_from(replies.NoticeKind), texts),
)
