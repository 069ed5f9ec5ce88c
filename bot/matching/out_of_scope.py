"""Signs that a message is about something the knowledge base cannot know, or is in another language than English."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from bot.knowledge import Knowledge
from bot.matching.config import DEFAULT
from bot.matching.message import Message, plain, word_set

_TERM = re.compile(r"[^\W_]+(?:\+\+|#)?")


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
        terms = _terms(message.whole or message.text)
        group = next(self._signs.found([*terms, *_terms(message.code)] if message.code else terms), None)
        return Signs(group, frozenset(self._products.found(terms)))


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
