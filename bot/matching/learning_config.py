"""The numbers by which a knowledge base is learned, each with where it comes from: see `config.py`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CorpusConfig:
    """What is learned from."""

    introduced: int = 60
    """Phrasings below which a topic's title and short answer are one more. Sampled to 5 a topic, golden goes from 43 %
    right to 56, with 3 % wrong in either case."""
    beyond: float = 1.0
    """Out-of-scope examples for each phrasing of a topic, at most: 8,000 beside 384 refuse nearly everything."""
    beyond_least: int = 200
    """Out-of-scope examples that are kept however few phrasings there are. Of 16 messages beyond the tests' base about
    tea and coffee, with 69 phrasings, 2 are answered at 0, 1 at 100, none at 200 or 300."""


@dataclass(frozen=True, slots=True)
class ClassifierConfig:
    """How the linear classifier over words is fitted (AdaGrad)."""

    runs: int = 3
    """Orders in which all is learned: the mean depends less on any one of them. Ablation: one loses
    1.3 points."""
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

    epochs: int = 4
    steps: int = 400
    batch: int = 256
    rate: float = 0.1
    decay: float = 1e-6
    first: float = 0.9
    second: float = 0.999
    """Memory of the gradients' mean and square in each step, as Kingma and Ba (2015) advise."""


@dataclass(frozen=True, slots=True)
class QuestionIndexConfig:
    """How questions are indexed by what is written about them. Of 118 stories that were told without a look at the
    knowledge, 81 have their question found without the index, 96 with it; words alone, without pairs, find 92.
    """

    saturation: float = 1.2
    by_length: float = 0.75
    """The usual k1 and b of BM25. A b of .5 finds 94, a k1 of 2 as many."""
    common_pair: int = 2
    """Questions that a pair of words must be written about. Without that, 92 are found, and the index is twice as
    large."""


@dataclass(frozen=True, slots=True)
class CandidateConfig:
    """Which groups of a message are looked at closely, and what is counted of them."""

    topics: int = 6
    beyond: int = 4
    """Topics, and out-of-scope groups, that are looked at for each message."""
    far: float = 6.0
    farthest: float = 8.0
    """Leads over what is out of scope, and over the next topic, count no more beyond these."""
    tie: float = 0.2
    """Added to the lead over the next topic before its logarithm is taken: leads below this are as good as none."""
    telling: float = 3.0
    """The form of a message speaks for or against an answer at most so far."""


@dataclass(frozen=True, slots=True)
class UsualConfig:
    """The weights and thresholds that a fit leans towards: what the shipped base gave when it had 12,000 phrasings."""

    words: tuple[float, ...] = (1.29,)
    words_terms: tuple[float, ...] = (0.71, 0.17, 0.0, 0.0, 1.25, -0.38, -0.85, -2.32)
    both: tuple[float, ...] = (0.49, 0.54, 3.79)
    both_terms: tuple[float, ...] = (0.70, 0.25, 2.04, -1.65, 0.87, -0.34, -0.82, -2.39)
    """Weights of the scores, and of `candidates.TERMS`, by the words alone and with the vectors."""
    answer_from: float = 0.50
    suggest_from: float = 0.10
    """Confidences from which topics are answered and offered where nothing can be fitted."""
    sure_from: float = 0.80
    """Confidence by the words alone from which no vector is asked for. Of short questions, 52 % pay for one then; at
    .75 it is 43 %, and 1.6 % more are answered wrongly."""


@dataclass(frozen=True, slots=True)
class CalibrationConfig:
    """How confidence and thresholds are fitted to a knowledge base."""

    in_scope: float = 0.60
    outside: float = 0.20
    unseen_outside: float = 0.15
    unseen_topic: float = 0.05
    """What each kind of example weighs in all when the confidence is fitted, about as often as people send it."""
    prior: float = 300.0
    """Phrasings that the usual weights count for."""
    prior_of_threshold: float = 200.0
    """Phrasings that the usual threshold counts for."""
    folds: tuple[tuple[int, int], ...] = ((3_000, 10), (10_000, 5), (10**9, 3))
    """Up to how many phrasings they are divided in how many parts. On the shipped base 2, 3 and 5 parts give the same
    weights; with 15 phrasings a topic, 10 parts gain 2 points."""
    scored: int = 10_000
    """Phrasings that are scored by what was learned without them, part by part, until there are so many. On the shipped
    base one part of three, 17,000 phrasings, gives the same thresholds as all three in a third of the time."""
    wrong_answers: float = 0.27
    """Share of wrong ones among the answers that the examples get, from which down answers are given. People ask
    plainer questions than a phrasing that was left out: 66 % of these are answered rightly, of golden questions 96."""
    answer_between: tuple[float, float] = (0.45, 0.65)
    missed_offers: float = 0.08
    """Share of the phrasings with the right topic among the first three that may get no suggestions."""
    suggest_between: tuple[float, float] = (0.08, 0.14)
    """What the thresholds are at least and at most."""
    told: float = 0.15
    """What an example tells of a weight, in units of the variance of its input: p(1 - p), typically."""
    steps: int = 40
    halvings: int = 12
    enough: float = 1e-6
    """Newton steps at most, halvings of one that goes too far, and what one must gain for each example to go on."""


@dataclass(frozen=True, slots=True)
class FunctionWordConfig:
    """How the form of a message speaks for or against an answer."""

    common: float = 0.07
    """Share of the topics that use a word which is not masked. Ablation: without the form of messages .6 points are
    lost, and .7 % of what is out of scope is answered instead of nothing."""
    doubt: float = 10.0
    """Texts' worth of doubt that smooths each log ratio."""
    fewest: int = 4
    """Texts that a run of words must occur in to tell anything."""


@dataclass(frozen=True, slots=True)
class SidePriorConfig:
    """How the sides that a message names speak for a topic."""

    weight: float = 0.6
    """Per unit of the log ratio. Ablation: without this and `conflict` 1.3 points are lost."""
    conflict: float = 3.0
    """Lost, in log-odds, when the message names one side and the topic is asked about another."""
    doubt: float = 6.0
    """Phrasings' worth of doubt about which sides a topic is asked with."""
    least: float = -2.5
    most: float = 0.8
    """Bounds of the log ratio: that a topic is asked with a side says little for it, that it never is says much."""
