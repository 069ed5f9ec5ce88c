"""Signs that a message is about something that the knowledge base cannot know: names, another language, its shape.

Its shape: words that many topics use ("how", "my", "get") stay, the others are masked. The runs of up to three of them,
the words and a few counts tell what is asked from what cannot be known, by how often they occur in either kind of text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from math import ceil, sqrt
from typing import Final, NamedTuple

import numpy as np

from bot.knowledge import Knowledge
from bot.matching.arrays import Bools, Floats, Ints, Texts, split
from bot.matching.config import DEFAULT
from bot.matching.learning_config import FunctionWordConfig
from bot.matching.lexicon import Token
from bot.matching.message import Message, plain, word_set

_TERM = re.compile(r"[^\W_]+(?:\+\+|#)?")

_START, _TOPICAL, _UNKNOWN, _SIDE, _FIRST = 0, 1, 2, 3, 4


class Signs(NamedTuple):
    """What a message shows of things that the knowledge base cannot know."""

    group: str | None
    """The out-of-scope group that it shows a sign of."""
    products: frozenset[str]
    """The other products that it names, in lower case."""


class OutOfScopeSigns:
    """Recognises the signs and the names of other products in a message."""

    def __init__(self, knowledge: Knowledge) -> None:
        signs = [(sign, group.id) for group in knowledge.out_of_scope for sign in group.signs]
        self._signs = _Runs(signs)
        self._products = _Runs([(product, plain(product)) for product in knowledge.vocabulary.products])

    def signs(self, message: Message) -> Signs:
        """Return what the message shows of either."""
        text = message.whole or message.text
        terms = _terms(text)
        group = next(self._signs.found([*terms, *_terms(message.code)] if message.code else terms), None)
        return Signs(group, self.products(text))

    def products(self, text: str) -> frozenset[str]:
        """Return the other products that a text names, which is plain already, in lower case."""
        return frozenset(self._products.found(_terms(text)))


class _Runs:
    """Runs of words, each with what it stands for."""

    def __init__(self, runs: Iterable[tuple[str, str]]) -> None:
        self._by_first: dict[str, list[tuple[list[str], str]]] = {}
        for text, meaning in runs:
            terms = _terms(plain(text))
            if terms:
                self._by_first.setdefault(terms[0], []).append((terms, meaning))

    def found(self, terms: list[str]) -> Iterator[str]:
        """Return what the runs in these words stand for, from the left."""
        if self._by_first.keys().isdisjoint(terms):
            return
        for place, term in enumerate(terms):
            for run, meaning in self._by_first.get(term, ()):
                if terms[place : place + len(run)] == run:
                    yield meaning


def _terms(text: str) -> list[str]:
    """Return the words of a text that is plain already."""
    return _TERM.findall(text.replace("'", ""))


# ruff: noqa: RUF001
GREEK: Final = 0x370
"""Letters from here on are no Latin ones, ..."""
LATIN_ADDITIONAL: Final = range(0x1E00, 0x1F00)
"""... except for these."""
_CONFIG = DEFAULT.languages


_ENGLISH = word_set(
    "the a an of to and or but is are be do does did can could should would will have has i you he she it we they my "
    "your this that what which who how why when where with for from in on at by not if than then there about use using "
    "need want any some get me so as into vs"
)
"""Small words of English."""
_OTHERS = {
    "German": word_set(
        "der das und ist nicht ich du wir sie mit für fuer von dem den ein eine einen wie wo warum welche welches kann "
        "mache macht auf zu bei oder aber auch habe brauche gibt es mir dein mein wird zwischen unterschied danke bitte"
    ),
    "French": word_set(
        "le les des du une est et ou pas je tu nous vous avec dans qui que quoi quel quelle comment pourquoi "
        "puis-je peut "
        "ce cette mon ma différence utiliser il elle sont merci bonjour entre sur faire faut"
    ),
    "Spanish": word_set(
        "el los las una es y que qué cómo como por para con puedo cuál cual mi su está son del entre diferencia "
        "usar hola "
        "gracias mejor tiene hay quiero dónde cuándo aprender hacer se"
    ),
    "Portuguese": word_set(
        "o os um uma é e que não nao como para com por qual quais posso você voce meu minha são do da dos das entre "
        "diferença usar olá obrigado obrigada melhor tem devo fazer em"
    ),
    "Italian": word_set(
        "il lo gli una è che come quale quali posso mio sono della del dei tra differenza usare ciao grazie "
        "meglio ha devo fare perché cosa qual"
    ),
    "Dutch": word_set(
        "de het een is niet ik je wij met voor van hoe waarom welke kan ik mijn zijn tussen verschil gebruiken "
        "dank hallo "
        "beter wat moet maken ook heb naar"
    ),
    "Polish": word_set(
        "jest nie jak czy dla się sie z w na co który która mogę lepszy między różnica dziękuję cześć to są"
    ),
    "Turkish": word_set(
        "bir ve mi mı ne nasıl için ile hangi bu daha iyi var yok arasında fark kullanmak merhaba nedir olarak"
    ),
    "Swedish": word_set(
        "och är inte jag du vi med för hur varför vilken kan min mellan skillnad använda tack hej bättre det som en"
    ),
    "Danish": word_set(
        "og er ikke jeg du vi med for hvordan hvorfor hvilken kan min mellem forskel bruge tak hej bedre det som en"
    ),
    "Indonesian": word_set(
        "yang dan adalah tidak saya kamu dengan untuk bagaimana mengapa apa bisa ini itu lebih baik antara terima kasih"
    ),
    "Czech": word_set("je není jak proč který která můžu mezi rozdíl používat děkuji ahoj lepší se na pro s co to já"),
    "Romanian": word_set("este nu cum și si pentru cu care pot mai bun între diferența mulțumesc ce un o la în să"),
    "Finnish": word_set("on ei ja miten miksi mikä voi minä sinä kanssa onko parempi ero kiitos hei käyttää se että"),
}
"""Small words of other languages that are written in Latin letters."""
_FOREIGN = {name: words - _ENGLISH for name, words in _OTHERS.items()}
_SHARED = word_set("is on to do me so as an in at of can for was en de la as man war hat bin my no a i o e s z w y")
"""Of those, words that English messages have too, if only as letters or in names."""


def is_foreign(text: str, found: Sequence[str]) -> bool:
    """Return whether a cleaned message with these words is not English."""
    letters = [letter for letter in text if letter.isalpha()]
    strange = sum(ord(letter) >= GREEK and ord(letter) not in LATIN_ADDITIONAL for letter in letters)
    if strange >= _CONFIG.telling and strange * _CONFIG.few >= len(letters):
        return True
    english = sum(word in _ENGLISH for word in found)
    counts = Counter(name for name, words in _FOREIGN.items() for word in set(found) if word in words - _SHARED)
    most = max(counts.values(), default=0)
    short = len(found) <= _CONFIG.short and english == 0
    return most > english and most >= (1 if short and most * _CONFIG.short >= len(found) else _CONFIG.telling)


class FunctionWordWeights(NamedTuple):
    """What was learned of the shape of messages."""

    common: tuple[str, ...]
    """The stems that are not masked."""
    runs: Ints
    """Runs of masked words, as numbers, ..."""
    against: Floats
    """... and how far each speaks against the knowledge base."""


class FunctionWordScorer:
    """How telling each run of masked words is: above zero speaks against the knowledge base."""

    def __init__(self, stems: Iterable[str], shapes: FunctionWordWeights) -> None:
        self._alphabet = _Alphabet(stems, shapes.common)
        self._weights = dict(zip(shapes.runs.tolist(), shapes.against.tolist(), strict=True))

    def against(self, text: Sequence[Token]) -> float:
        """Return how far the text looks like one that the knowledge base cannot answer; 0 is undecided."""
        found = [weight for weight in map(self._weights.get, self._alphabet.runs(text)) if weight is not None]
        return sum(found) / sqrt(len(found)) if found else 0.0


class _Alphabet:
    """Numbers for words when masked, and for runs of them."""

    def __init__(self, stems: Iterable[str], common: Iterable[str]) -> None:
        unmasked = {stem: _FIRST + i for i, stem in enumerate(common)}
        self._symbols = {**dict.fromkeys(stems, _TOPICAL), **unmasked}
        self._base = base = _FIRST + len(unmasked)
        self._third, self._words = base + base**2, base + base**2 + base**3

    def runs(self, text: Sequence[Token]) -> set[int]:
        """Return the runs of up to three words of a text, and a few counts."""
        symbols = [_START, *map(self._symbol, text), _START]
        base, third, words = self._base, self._third, self._words
        return {
            *symbols,
            *[base + a * base + b for a, b in pairwise(symbols)],
            *[third + (a * base + b) * base + c for a, b, c in zip(symbols, symbols[1:], symbols[2:], strict=False)],
            words + min(len(text), 20) // 3,
            words + 10 + min(symbols.count(_TOPICAL), 5),
            words + 20 + min(symbols.count(_UNKNOWN), 4),
            words + 30 + (_SIDE in symbols),
        }

    def runs_of_all(self, texts: Texts[Token]) -> tuple[Ints, Ints]:
        """Return the same runs for many texts: the row of each, and the run."""
        lengths = texts.lengths
        count = len(lengths)
        rows = np.repeat(np.arange(count), lengths + 2)
        symbols = np.zeros(len(rows), np.int64)
        inner = np.ones(len(rows), bool)
        ends = np.cumsum(lengths + 2)
        inner[ends - 1] = inner[ends - lengths - 2] = False
        symbols[inner] = np.array([*map(self._symbol, texts.words)], np.int64)[texts.numbers]
        two, three = rows[:-1] == rows[1:], rows[:-2] == rows[2:]
        base, third, words = self._base, self._third, self._words
        pairs = base + symbols[:-1] * base + symbols[1:]
        threes = third + (symbols[:-2] * base + symbols[1:-1]) * base + symbols[2:]
        each = np.arange(count)
        topical = np.bincount(rows, weights=symbols == _TOPICAL, minlength=count).astype(np.int64)
        sided = np.bincount(rows, weights=symbols == _SIDE, minlength=count) > 0
        counts = (np.minimum(lengths, 20) // 3, 10 + np.minimum(topical, 5), np.full(count, 20), 30 + sided)
        found = (symbols, pairs[two], threes[three], *(words + one for one in counts))
        of_rows = (rows, rows[:-1][two], rows[:-2][three], each, each, each, each)
        return np.concatenate(of_rows), np.concatenate(found)

    def _symbol(self, word: Token) -> int:
        return _SIDE if word.side else self._symbols.get(word.stem, _UNKNOWN)


def learn_function_words(
    texts: Texts[Token], outside: Bools, spread: Mapping[str, int], groups: int, config: FunctionWordConfig
) -> FunctionWordWeights:
    """Return how telling each run of masked words is.

    Args:
        texts: read by the lexicon.
        outside: which of them are out of scope.
        spread: in how many groups each stem occurs.
        groups: how many groups there are.
        config: what counts as a function word, and how far counts are trusted.
    """
    least = max(2, ceil(config.common * groups))
    common = tuple(stem for stem, count in spread.items() if count >= least)
    rows, runs = _Alphabet(spread, common).runs_of_all(texts)
    return FunctionWordWeights(common, *_weighed(rows, runs, outside, config))


def _weighed(rows: Ints, keys: Ints, outside: Bools, config: FunctionWordConfig) -> tuple[Ints, Floats]:
    inside_texts, outside_texts = int((~outside).sum()), int(outside.sum())
    if not outside_texts or not inside_texts:
        return np.zeros(0, np.int64), np.zeros(0, np.float32)
    texts = len(outside)
    once = np.sort(keys * texts + rows)
    once = once[np.diff(once, prepend=-1) > 0]
    keys, rows = split(once, texts)
    begins = np.flatnonzero(np.diff(keys, prepend=-1))
    distinct = keys[begins]
    counts = np.diff(begins, append=len(keys))
    beyond = np.add.reduceat(outside[rows].astype(np.int64), begins)
    expected = config.doubt * counts / (inside_texts + outside_texts)
    against = (beyond + expected) / (outside_texts + config.doubt)
    speaks_for = (counts - beyond + expected) / (inside_texts + config.doubt)
    kept = counts >= config.fewest
    return distinct[kept], np.log(against[kept] / speaks_for[kept]).astype(np.float32)
