"""Every number of the matcher and of what hangs on its confidence, each with where it comes from.

"Ablation" means: a row of `python tests/benchmarks/ablation.py` on the shipped knowledge base, in points of its golden
questions answered rightly. "Leave-one-out" means: found on its phrasings, each read as if it were not there. Both were
measured in November 2026. A number without either was set by hand. Those of learning stand in `learning_config.py`,
those of choosing a question in `choice.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.matching.choice import FollowUpConfig, QuestionConfig
from bot.matching.learning_config import (
    CalibrationConfig,
    CandidateConfig,
    ClassifierConfig,
    CorpusConfig,
    FunctionWordConfig,
    QuestionIndexConfig,
    SemanticConfig,
    SidePriorConfig,
    UsualConfig,
)


@dataclass(frozen=True, slots=True)
class FeatureConfig:
    """What of a text is compared, and what each kind of feature weighs."""

    words: float = 1.0
    pairs: float = 0.8
    trigrams: float = 0.8
    """Ablation: without pairs 1.0 point is lost; without trigrams 1.0, and .9 with typing errors."""
    stop_word: float = 0.7
    """What a stop word weighs beside another word that is as rare. Ablation: at .1, 1.3 points are lost."""
    sided_few: float = 0.1
    sided_usual: float = 0.3
    """Shares of the texts that name a side: up to the first, names of sides tell nothing, from the second on they are
    words like any other."""
    sided_least: float = 0.02
    """What names of sides weigh at least, so that a message of nothing else still has a length."""
    common_pair: int = 2
    """Texts that a pair of words must occur in. Ablation: at 1, 1.0 point is lost."""


@dataclass(frozen=True, slots=True)
class ScoringConfig:
    """What is added to the linear score, in log-odds."""

    sharpness: float = 10.0
    """What a likeness of 1 to a centroid is worth where nothing was trained."""
    repeated: float = 4.0
    """What the group of a text gains that the message repeats word for word."""
    repeated_confidence: float = 0.95
    """Confidence that the topic of such a text has at least; of a text out of scope, topics have what is left."""
    other_products: float = 0.3
    """Confidence that a message about other products alone has at most."""
    side_alone: float = 0.3
    """The same for a message that says nothing but a side, or nothing that is known."""
    same_meaning: float = 0.6
    """Likeness to a phrasing, 0 to 1, from which a message of which no word is known is answered: "is it tasty?"."""
    alike: float = 85.0
    """Likeness to a phrasing that names the same product, in percent, from which it is answered all the same."""
    about_product: int = 40
    """Phrasings that name a product from which their topic is about it, too, and is not kept from answering."""
    long_from: int = 18
    long_answer_from: float = 0.28
    long_lead: float = 0.14
    """Words of a long message, confidence, and lead over the second topic, from which it is answered all the same: a
    story around the question lowers every confidence. Set by hand on the long golden messages."""
    told: float = 0.4
    asked_outside: float = 0.3
    """What a sentence of the story counts beside one that asks, and one that asks for something out of scope."""
    pooled: float = 0.01
    pooled_most: float = 0.1
    """What each text that was ranked adds to the confidence from which their sum is answered, and all at most: every
    further sentence is a further chance to be wrong. With neither, 4.2 % are answered wrongly instead of 3.4."""
    undoubted: float = 0.8
    despite_signs: float = 0.55
    """Confidences of a long message from which it is answered though its form, or a word in it, speaks for out of
    scope, of which stories are full. Of 12 golden ones with such a word, all above the second are answered rightly."""
    despite_signs_short: float = 0.75
    """The second for a message of fewer words."""
    offered: float = 0.35
    """Likeness to a phrasing, 0 to 1, from which a topic is offered that shares no word of the subject."""
    certain: float = 0.5
    """Confidence that each of several questions needs before they are answered one by one."""
    beside: float = 0.1
    """Confidence that a question inside a story needs in the story as a whole to be answered beside another one."""


@dataclass(frozen=True, slots=True)
class SpellingConfig:
    """Which typing errors are mended. Ablation: without that, 15.2 points are lost with typing errors."""

    one_edit_from: int = 4
    several_from: int = 6
    """Letters that a word needs for one edit, or several: shorter words have too many neighbours."""
    longest: int = 40
    """Letters from which a word is none that anybody would look for."""
    likeness: float = 0.70
    """Share of letters that must agree. Ablation: .60 is as good."""
    best: int = 3
    shortest_side: int = 5
    """Letters that a side's name needs before a typing error in it is mended."""
    rare: int = 2
    """A word this rare in the phrasings that looks like a misspelt side is one."""


@dataclass(frozen=True, slots=True)
class LimitConfig:
    """What of a message is read at most. These bound the work, not the quality."""

    head: int = 1_500
    tail: int = 500
    """Characters of the two ends of a long message that are read word by word; sides and products are sought in all."""
    words: int = 80
    first_words: int = 50
    """Words of one text that are read, and how many of them stand at its beginning; the others stand at its end."""
    whole: int = 20_000
    """Characters of a long message in which names of sides and products are sought."""
    questions: int = 4
    """Questions in one message that are told apart."""
    sentences: int = 12
    """Sentences that ask, and that tell, which are read one by one."""
    vectors: int = 128
    """Vectors of texts that are remembered, some messages' worth."""
    asks: int = 3
    """Words that a question inside a message has at least to be read without the rest."""
    parts: int = 3
    """Questions in one message that are answered."""
    ranked: int = 5
    """Topics that a reading names."""
    ranked_in_fold: int = 256
    """Messages that are scored at once when a knowledge base is learned, which bounds the memory."""
    spellings: int = 4_096
    spelt: int = 20_000
    """Unknown words whose neighbours are remembered, and words whose letter trigrams are."""
    framed: int = 4
    """Names of each topic, its id and first keywords, that are put into comparisons."""
    greeting: int = 5
    after_greeting: int = 3
    """Words of a greeting that is taken off at most, and words that must be left for that."""
    bare_remark: int = 6
    """Words of a remark at most."""
    side_asked: int = 5
    """Words at most of a phrasing that asks what a side is."""
    pick: int = 40
    """Characters of a message that picks a suggestion, at most."""
    described: int = 7
    told: int = 16
    """Words that a description of a project has at least, and from which a message that asks nothing is one."""
    readings: int = 2_048
    """Messages whose reading is remembered, as a team asks the same things again and again."""
    remembered: int = 300
    """Characters of the longest message that is remembered."""
    remark: int = 8
    """Words of a remark below a quoted line, at most, for it to be read together with that line."""


@dataclass(frozen=True, slots=True)
class LanguageConfig:
    """When a message is in another language than English."""

    telling: int = 2
    """Small words of one language that make a message one in it; in short messages, one is enough."""
    short: int = 3
    """Words of a short message, at most; a small word must be one of as many."""
    few: int = 4
    """One letter in so many of another script makes a message one in it: names of products stay Latin."""


@dataclass(frozen=True, slots=True)
class CompletionConfig:
    """Which topics are offered to somebody who is typing."""

    title: float = 4.0
    keyword: float = 3.0
    phrasing: float = 1.0
    """What a word weighs by where it stands."""
    begun: float = 0.6
    """What a word weighs of which only the beginning is typed; the longer that is, the more."""
    longest: int = 100
    words: int = 8
    endings: int = 60
    """Characters and words that are read, and words that a beginning is looked up in: these bound the work."""


@dataclass(frozen=True, slots=True)
class ReplyConfig:
    """What is said at which confidence."""

    sure: float = 0.8
    """From this confidence on, an answer is given without a word on how the message was read."""
    sure_question: float = 0.5
    """The same for the probability of the question. Of labelled stories 233 of 254 from there on were right, and 60 of
    76 below; of messages of one sentence 396 of 421, and 15 of 32."""
    offered: int = 3
    """Topics or questions that are offered at most."""
    near: float = 0.05
    """Confidence from which a topic is a way on from a message that no topic answers."""
    instead: float = 0.15
    """Confidence from which a topic is worth a button beside an answer that may be about something else."""
    share: float = 1 / 3
    """How likely a suggestion must be beside the first one."""
    not_choosing: float = 0.7
    """Confidence from which a sentence that weighs the sides, but says nothing of a project, asks about a topic."""
    near_wording: float = 0.45
    """Score of a question below which a project that asks which one to take is not read as asking that instead."""
    sides_alone: int = 4
    """Words at most of a question that is nothing but which side to take: "Flask or Django?"."""
    doubts: int = 2
    """Reasons to take a message for something else, from which the guide does not open, however much it tells."""
    word_for_word: float = 0.6
    short: int = 80
    """Confidence from which a message of so many characters at most is taken for a question that a topic answers."""


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
    question_index: QuestionIndexConfig = field(default_factory=QuestionIndexConfig)
    limits: LimitConfig = field(default_factory=LimitConfig)
    follow_ups: FollowUpConfig = field(default_factory=FollowUpConfig)
    languages: LanguageConfig = field(default_factory=LanguageConfig)
    candidates: CandidateConfig = field(default_factory=CandidateConfig)
    usual: UsualConfig = field(default_factory=UsualConfig)
    calibration: CalibrationConfig = field(default_factory=CalibrationConfig)
    completion: CompletionConfig = field(default_factory=CompletionConfig)
    replies: ReplyConfig = field(default_factory=ReplyConfig)


DEFAULT = MatcherConfig()
