"""Every number of the matcher, each with where it comes from.

"Leave-one-out" means: found on the phrasings of the shipped knowledge base, each read as if it were not there.
"Golden" means: chosen on its golden questions. What neither measure could tell apart says so.
`python tests/benchmarks/ablation.py` prints what each part buys; README.md beside this file explains the parts.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class FeatureConfig:
    """What of a text is compared, and what each kind of feature weighs."""

    words: float = 1.0
    pairs: float = 0.8
    trigrams: float = 0.8
    """Golden: .5 to 1 differ by less than half a point; 0 loses 2 points with typing errors."""
    stop_word: float = 0.7
    """What a stop word weighs beside another word that is as rare. Golden: 0 loses "how" against "what"."""
    sided_few: float = 0.1
    sided_usual: float = 0.3
    """Shares of the texts that name a side: up to the first, names of sides tell nothing, from the second on they are
    words like any other. In the shipped base a third name one."""
    sided_least: float = 0.02
    """What names of sides weigh at least, so that a message of nothing else still has a length."""
    common_pair: int = 2
    """Texts that a pair of words must occur in. At 1 the model is three times as large and no better."""


@dataclass(frozen=True, slots=True)
class CorpusConfig:
    """What is learned from."""

    introduced: int = 60
    """Phrasings below which a topic's title and short answer are one more. Sampled to 5 a topic, golden goes from 43 %
    right to 56, with 3 % wrong in either case."""
    beyond: float = 1.0
    """Out-of-scope examples for each phrasing of a topic, at most: 8,000 beside 384 refuse nearly everything."""


@dataclass(frozen=True, slots=True)
class ClassifierConfig:
    """How the linear classifier over words is fitted (AdaGrad)."""

    runs: int = 3
    """Orders in which all is learned: the mean depends less on any one of them."""
    epochs: int = 3
    steps: int = 400
    """How often all texts are seen at least in a run, and how many steps are taken where they are few."""
    batch: int = 128
    rate: float = 0.2
    decay: float = 1e-5
    """What each weight loses per text, so that no feature is trusted without end."""
    largest: int = 30_000_000
    """Features x groups above which centroids have to do: a base of 100,000 phrasings then loads within a minute."""


@dataclass(frozen=True, slots=True)
class SemanticConfig:
    """How the linear classifier over sentence vectors is fitted (Adam)."""

    epochs: int = 16
    steps: int = 400
    batch: int = 256
    rate: float = 0.05
    decay: float = 1e-6


@dataclass(frozen=True, slots=True)
class ScoringConfig:
    """What is added to the linear score, in log-odds."""

    sharpness: float = 10.0
    """What a likeness of 1 to a centroid is worth where nothing was trained."""
    repeated: float = 4.0
    """What the group of a text gains that the message repeats word for word."""
    repeated_confidence: float = 0.95
    """Confidence that the topic of such a text has at least."""
    other_products: float = 0.3
    """Confidence that a message about other products alone has at most."""
    alike: float = 85.0
    """Likeness to a phrasing that names the same product, in percent, from which it is answered all the same."""
    certain: float = 0.5
    """Confidence that each of several questions needs before they are answered one by one."""


@dataclass(frozen=True, slots=True)
class FunctionWordConfig:
    """How the form of a message speaks for or against an answer."""

    common: float = 0.07
    """Share of the topics that use a word which is not masked. Golden: .05 to .1 are alike."""
    doubt: float = 10.0
    """Texts' worth of doubt that smooths each log ratio."""
    fewest: int = 4
    """Texts that a run of words must occur in to tell anything."""


@dataclass(frozen=True, slots=True)
class SidePriorConfig:
    """How the sides that a message names speak for a topic."""

    weight: float = 0.6
    """Per unit of the log ratio. Golden: 0 loses .6 points of right."""
    conflict: float = 3.0
    """Lost, in log-odds, when the message names one side and the topic is asked about another."""
    doubt: float = 6.0
    """Phrasings' worth of doubt about which sides a topic is asked with."""
    least: float = -2.5
    most: float = 0.8
    """Bounds of the log ratio: that a topic is asked with a side says little for it, that it never is says much."""


@dataclass(frozen=True, slots=True)
class SpellingConfig:
    """Which typing errors are mended. Without mending, golden with typing errors falls from .95 to .79."""

    one_edit_from: int = 4
    several_from: int = 6
    """Letters that a word needs for one edit, or several: shorter words have too many neighbours."""
    longest: int = 40
    """Letters from which a word is none that anybody would look for."""
    likeness: float = 0.70
    """Share of letters that must agree. .60 to .80 differ by .4 points on public sets."""
    best: int = 3
    shortest_side: int = 5
    """Letters that a side's name needs before a typing error in it is mended."""
    rare: int = 2
    """A word this rare in the phrasings that looks like a misspelt side is one."""


@dataclass(frozen=True, slots=True)
class QuestionConfig:
    """Which question of a topic is asked."""

    semantic_share: float = 0.7
    """Share of the vectors in a likeness. Leave-one-out: .4 finds 80.7 %, .55 81.3, .7 81.6."""
    ridge: float = 0.3
    """Added to the likeness of each wording to itself. Leave-one-out: .1, .3 and 1 find 81.2, 81.6 and 80.6 %."""
    asked_from: float = 0.22
    """Score from which a question is answered: 95 % of the wordings reach it when they are left out."""
    sure_by_words: float = 0.6
    """Score by words alone from which no vector is asked for."""


@dataclass(frozen=True, slots=True)
class LimitConfig:
    """What of a message is read at most. These bound the work, not the quality."""

    head: int = 1_500
    tail: int = 500
    """Characters of the two ends of a long message that are read word by word; sides and products are sought in all."""
    words: int = 80
    """Words of one text that are read: 50 at its beginning and 30 at its end."""
    whole: int = 20_000
    """Characters of a long message in which names of sides and products are sought."""
    questions: int = 4
    """Questions in one message that are told apart."""
    parts: int = 3
    """Questions in one message that are answered."""
    ranked: int = 5
    """Topics that a reading names."""
    remark: int = 8
    """Words of a remark below a quoted line, at most, for it to be read together with that line."""


@dataclass(frozen=True, slots=True)
class FollowUpConfig:
    """How a message hangs on the one before. Golden has only 36 follow-ups: these were set by hand and kept."""

    longest: int = 14
    short: int = 5
    """Words that a message has at most to point back, and to be elliptical without pointing."""
    sure: float = 0.85
    """Confidence in the previous topic where a message only changes the side or asks for more."""
    guessed: float = 0.6
    """The same where the message asks one of its questions, going by both messages together."""
    points: float = 0.8
    opens: float = 0.6
    elliptical: float = 0.5
    """Confidence from which a message of each kind still stands for itself."""
    points_gain: float = 3.5
    opens_gain: float = 2.5
    elliptical_gain: float = 1.5
    """What the topic before gains from such a message, in log-odds; topics related to it gain a quarter."""
    shared: float = 0.25
    """Share of such a message that the topic must have words for: what is about something else stays unknown."""
    asked_from: float = 0.3
    """Score of a question of the previous topic from which it is taken where nothing else can be answered."""


@dataclass(frozen=True, slots=True)
class MatcherConfig:
    """All numbers of the matcher."""

    corpus: CorpusConfig = field(default_factory=CorpusConfig)
    features: FeatureConfig = field(default_factory=FeatureConfig)
    classifier: ClassifierConfig = field(default_factory=ClassifierConfig)
    semantic: SemanticConfig = field(default_factory=SemanticConfig)
    scoring: ScoringConfig = field(default_factory=ScoringConfig)
    function_words: FunctionWordConfig = field(default_factory=FunctionWordConfig)
    side_prior: SidePriorConfig = field(default_factory=SidePriorConfig)
    spelling: SpellingConfig = field(default_factory=SpellingConfig)
    questions: QuestionConfig = field(default_factory=QuestionConfig)
    limits: LimitConfig = field(default_factory=LimitConfig)
    follow_ups: FollowUpConfig = field(default_factory=FollowUpConfig)


DEFAULT = MatcherConfig()
