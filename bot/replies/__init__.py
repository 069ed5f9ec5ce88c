"""Everything the advisor can say, as a closed union of frozen records.

A renderer matches on `Reply` and ends in `assert_never`: a new kind of reply that one platform forgot does not
type-check. Records hold plain text (with `code` spans in prose) and ids; no markup, no platform words.
"""

from bot.replies.answers import (
    Answer,
    AnswerDetails,
    Answers,
    AreaTopics,
    Candidate,
    Certainty,
    Comparison,
    ComparisonRow,
    CorrectionLine,
    Help,
    Lead,
    Notice,
    NoticeKind,
    NotKnown,
    SidePassage,
    SourceLine,
    Suggestions,
    TopicLink,
    TopicList,
    Unknown,
)
from bot.replies.code import CodeComparison, CodeFile, CodePassage, SideLink
from bot.replies.guide import (
    Aside,
    Choice,
    Circumstance,
    DecisionRecord,
    FirstStep,
    Flip,
    Given,
    GuideQuestion,
    GuideReview,
    Interrupted,
    OpenPoint,
    Reason,
    Recommendation,
    Share,
    Split,
    Strength,
    TeamCard,
    TeamFlip,
    TeamVerdict,
)

Reply = (
    Answer
    | AnswerDetails
    | Answers
    | CodeComparison
    | Suggestions
    | NotKnown
    | Help
    | Comparison
    | TopicList
    | GuideQuestion
    | GuideReview
    | Interrupted
    | Recommendation
    | TeamCard
    | TeamVerdict
    | DecisionRecord
    | Notice
)

__all__ = [
    "Answer",
    "AnswerDetails",
    "Answers",
    "AreaTopics",
    "Aside",
    "Candidate",
    "Certainty",
    "Choice",
    "Circumstance",
    "CodeComparison",
    "CodeFile",
    "CodePassage",
    "Comparison",
    "ComparisonRow",
    "CorrectionLine",
    "DecisionRecord",
    "FirstStep",
    "Flip",
    "Given",
    "GuideQuestion",
    "GuideReview",
    "Help",
    "Interrupted",
    "Lead",
    "NotKnown",
    "Notice",
    "NoticeKind",
    "OpenPoint",
    "Reason",
    "Recommendation",
    "Reply",
    "Share",
    "SideLink",
    "SidePassage",
    "SourceLine",
    "Split",
    "Strength",
    "Suggestions",
    "TeamCard",
    "TeamFlip",
    "TeamVerdict",
    "TopicLink",
    "TopicList",
    "Unknown",
]
