"""Read a chat message: strip its markup and greeting, divide it into sentences and words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import NamedTuple

from bot.knowledge import Knowledge
from bot.matching.config import DEFAULT

HEAD, TAIL = DEFAULT.limits.head, DEFAULT.limits.tail

_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)
_FURNITURE = re.compile(r"[<>&:`]|www\.", re.IGNORECASE)
"""What every piece of furniture has something of; most messages have none."""
CODE_BLOCK = re.compile(r"```.*?(?:```|\Z)", re.DOTALL)
_LABELLED = re.compile(r"<(?:https?://|mailto:)[^<>|\s]*\|([^<>]*)>")
ENCLOSED = r"<(?:[@#!/]|a?:\w+:|[a-z][a-z0-9+.-]*:)[^<>]*>"
"""A mention, an emoji or a link as platforms write them, its label included."""
_MARKUP = re.compile(
    r"<(?:[@#!/]|a?:\w+:)[^<>]*>|<?\b(?:https?://|mailto:|www\.)[^\s<>]*>?|:[a-z0-9_+'-]+:", re.IGNORECASE
)
_QUOTED = re.compile(r"^[ \t]*(?:>|&gt;).*$", re.MULTILINE)
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))
_APOSTROPHES = str.maketrans({"\u2019": "'", "\u2018": "'", "\u02bc": "'", "\u00b4": "'", "`": " "})
THANKING = frozenset(("thanks", "thank", "thx", "thnx", "ty", "tysm", "cheers"))
_COURTESY = THANKING | {
    word
    for phrase in (
        "ah oh ok okay k got it you u so much very many a lot for the that this was all i needed need wanted today now",
        "help info answer quick again really great perfect nice cool super good works helps helped me us everyone all",
        "folks mate man and have day one will try is what exactly just awesome understood bye then to know",
    )
    for word in phrase.split()
}
"""Words that go with thanks."""


_ERROR_LINE = re.compile(
    r"^[ \t]*((?:[\w.]{1,80}\.)?[A-Z]\w{0,60}"
    r"(?:Error|Exception|Warning|DoesNotExist|NotFound|Invalid)\b:?[^\n`]{0,160})",
    re.MULTILINE,
)
"""The line of a traceback that names the error: the last of them says what went wrong, which the message may not."""


def word_set(listed: str) -> frozenset[str]:
    """Return the words of a list that is written with spaces between them."""
    return frozenset(listed.split())


@dataclass(frozen=True, slots=True)
class Message:
    """What somebody wrote, cleaned."""

    text: str
    """Lower case, without furniture; empty where nothing else was there."""
    code: str = ""
    """What stood in code blocks, lower case."""
    whole: str = ""
    """All of a message that is too long to be read word by word, lower case: for names of sides and products."""


def plain(text: str) -> str:
    """Return the text in lower case with one kind of apostrophe, for text that has no chat markup."""
    return text.replace("`", " ").lower() if text.isascii() else text.translate(_APOSTROPHES).casefold()


def clean(text: str) -> Message:
    """Return the message without chat markup; of a long one, both ends to be read and the whole to look for names."""
    message = _cleaned(text)
    return message if len(text) <= HEAD + TAIL else replace(message, whole=plain(text[: DEFAULT.limits.whole]))


def _cleaned(text: str) -> Message:
    kept = text if len(text) <= HEAD + TAIL else f"{text[:HEAD]} {text[-TAIL:]}"
    if not kept.isascii():
        kept = _INVISIBLE.sub("", unicodedata.normalize("NFKC", kept))[: 2 * (HEAD + TAIL)]
    if not _FURNITURE.search(kept):
        return Message(plain(kept).strip())
    code = " ".join(CODE_BLOCK.findall(kept))
    kept = _LABELLED.sub(r"\1", CODE_BLOCK.sub(" ", kept))
    errors = _ERROR_LINE.findall(code)
    kept = _MARKUP.sub(" ", _unquoted(kept))
    for entity, character in _ENTITIES:
        kept = kept.replace(entity, character)
    told = f"{kept}\n{errors[-1]}" if errors and kept.strip() else kept
    return Message(plain(told).strip(), plain(code))


_POINTING = re.compile(
    r"\b(?:this|that|it|true|right|correct|agree|he|she|they|really|thoughts?|opinions?|so)\b", re.IGNORECASE
)
"""Has a short remark below a quotation, if it is about what was quoted."""


def _unquoted(text: str) -> str:
    """Return a message without the lines that it quotes, unless the rest is about these, or hardly anything."""
    if not _QUOTED.search(text):
        return text
    own = _QUOTED.sub(" ", text).strip()
    quoted = " ".join(line.strip().removeprefix("&gt;").lstrip("> ").rstrip() for line in _QUOTED.findall(text))
    remarks = not own or (len(own.split()) <= DEFAULT.limits.remark and _POINTING.search(own))
    forwards = "?" in quoted and len(quoted) > len(own)  # somebody passes a question on
    return f"{quoted} {own}" if remarks or forwards else own


_SUBJECT = r"(?:i|you|u|we|it|this|that|these|those|they|he|she|there|the|an?|my|our|your|one|some\w*|any\w*|people)\b"
_PREDICATE = (
    r"(?:be|been|being|not|also|only|just|never|have|needed?|required|possible|used?|done|later|to|stay|come|get|go|grow"
    r"|run|see|live|work|edit|add|change|look|pay|\w+ed|\w+ing)\b"
)
_VERB = r"(?:is|are|was|were|do|does|did|can|could|should|shall|will|would|has|have|must|may|might)\b"
_ACTS = r"(?:do|does|should|can|could|would)\b"
_INVERTED = rf"(?:can|could|do|does|is|are|should)\s+(?!{_PREDICATE})|(?:will|would|has|have|did)\s+(?={_SUBJECT})"
"""Begins a question, unlike "will grow" and "can be edited", which leave out what they speak of."""
_OPEN = r"(?:what|how|why)\b(?!\s+(?:i|we|you|they|he|she|it|the|my|our|happened|ever)\b)(?!\s+i')"
"""The same, unlike "what I need" and "how it works", which are part of what is told."""
_ASKING = rf"(?:{_OPEN}|{_INVERTED}|(?:which|whose)\s+(?:of|ones?|\w+\s+{_ACTS})|(?:when|where)\s+{_ACTS})"
"""Begins a question inside a sentence, unlike "which was new", "who is twelve", "where we are"."""
_BEGINS = re.compile(
    rf"(?:(?:and|but|also|so|then|plus)\s+)*(?:{_ASKING}|(?:which|whose|who|when|where)(?:'s|\s+(?:\w+\s+)?{_VERB}))",
    re.IGNORECASE,
)
_END = re.compile(
    rf"(?P<asked>\?)[?!\s]*|[!\n;]+|(?<!\bvs)\.(?:\s+|$)|,?\s+(?:and|but)\s+also\s+"
    rf"|,?\s*\b(?:and|plus|also)\s+(?={_ASKING})|,\s+(?={_ASKING})"
)
_DIVIDED = re.compile(r"[?!\n;.,&/]| (?:and|but|plus|also) ")
"""Without any of these inside, there is one question; most messages are told apart by this alone."""

_PAIRED = re.compile(r"(?: and | & | ?/ ?)(?P<other>\w+) (?:of|in|with|to|for) (?=.)")
"""Two nouns with one thing that they are about, as in "pros and cons of it"."""


def divided(text: str) -> bool:
    """Return whether there may be several questions in a cleaned message."""
    return _DIVIDED.search(text.rstrip(" ?!.")) is not None


def paired(text: str) -> list[str]:
    """Return the two questions of a cleaned message such as "pros and cons of it"; empty for any other."""
    match = _PAIRED.search(text)
    before, _, one = text[: match.start()].rpartition(" ") if match else ("", "", "")
    if not (match and one.isalpha()):
        return []
    return [f"{before} {noun}{text[match.end('other') :]}".lstrip() for noun in (one, match["other"])]


class Sentences(NamedTuple):
    """The sentences of a message."""

    asking: tuple[str, ...]
    """Those that end or begin like a question, ..."""
    story: tuple[str, ...]
    """... and the others around them."""

    @property
    def tells(self) -> bool:
        """Whether a story is told around what is asked, or several things are asked."""
        return bool(self.asking) and (bool(self.story) or len(self.asking) > 1)


def sentences(text: str) -> Sentences:
    """Return the sentences of a cleaned message, those that ask apart from the others."""
    asking: list[str] = []
    story: list[str] = []
    begin = 0
    for end in (*_END.finditer(text), None):
        sentence = text[begin : end.start() if end else len(text)].strip(" ,.")
        begin = end.end() if end else len(text)
        if not sentence:
            continue
        asks = (end and end["asked"]) or _BEGINS.match(sentence)
        (asking if asks else story).append(sentence)
    return Sentences(tuple(asking), tuple(story))


MAX_WORDS, _FIRST_WORDS = DEFAULT.limits.words, DEFAULT.limits.first_words

NUMBER = "0"
"""Stands for every number: which one it is says nothing about the topic, ..."""
_STATUS_CODES = word_set("400 401 403 404 405 413 429 500 502 503 504")
"""... but for the HTTP status codes that people name an error by."""

_WORD = re.compile(r"[^\W_]+(?:'[a-z]+)?(?:\+\+|#)?")
_VERBS = {"s": "is", "re": "are", "ve": "have", "ll": "will", "m": "am", "d": "would"}
_BEFORE_IS = frozenset(
    {"what", "how", "who", "where", "when", "why", "that", "it", "there", "here", "he", "she", "this"}
)
_SPECIAL = re.compile(r"['0-9]")
_REPEATED = re.compile(r"(.)\1{2,}")


def words(text: str) -> list[str]:
    """Return the words of cleaned text, contractions undone, numbers made one."""
    if text.replace(" ", "").isalpha():
        return text.split()  # most texts are nothing but letters
    all_words: list[str] = _WORD.findall(text)
    if not _SPECIAL.search(text):
        return all_words
    found: list[str] = []
    for word in all_words:
        if "'" in word:
            found.extend(_contraction(word))
        else:
            found.append(NUMBER if word.isdigit() and word not in _STATUS_CODES else word)
    return found


def bounded(found: list[str]) -> list[str]:
    """Return at most `MAX_WORDS` of the words: both ends of a long message."""
    return found if len(found) <= MAX_WORDS else found[:_FIRST_WORDS] + found[_FIRST_WORDS - MAX_WORDS :]


def squeezed(word: str) -> str:
    """Return the word with letters that were held down written once."""
    return _REPEATED.sub(r"\1", word)


def _contraction(word: str) -> list[str]:
    if word.endswith("n't"):
        return ["can" if word == "can't" else word[:-3], "not"]
    stem, _, ending = word.partition("'")
    if ending == "s" and stem not in _BEFORE_IS:
        return [stem]
    return [stem, _VERBS.get(ending, ending)]


_LONGEST, _LEFT = DEFAULT.limits.greeting, DEFAULT.limits.after_greeting
_AND = re.compile(r"^(?:and|but|so|now)[ ,]+(?=\S)")
_GREETING_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")


class Greetings:
    """The greetings and thanks of a knowledge base: short phrasings of those two topics."""

    def __init__(self, knowledge: Knowledge) -> None:
        about = knowledge.about
        ids = (about.greeting, about.thanks)
        topics = [topic for topic in knowledge.topics.values() if topic.id in ids]
        self._known = {
            tuple(_GREETING_WORD.findall(plain(phrasing))) for topic in topics for phrasing in topic.all_phrasings
        }
        self._openers = {words[0] for words in self._known if words}

    def stripped(self, text: str) -> str:
        """Return the text without the greeting or thanks that it begins with, unless there is nothing else."""
        begins = _GREETING_WORD.search(text)
        if begins is None or begins.group() not in self._openers:
            return text
        found = list(islice(_GREETING_WORD.finditer(text), _LONGEST + _LEFT))
        for length in range(min(_LONGEST, len(found) - _LEFT), 0, -1):
            if tuple(word.group() for word in found[:length]) in self._known:
                rest = text[found[length - 1].end() :].lstrip(" ,.!:;-\n\t")
                return text if is_courtesy(words(rest)) else _AND.sub("", rest) or text
        return text


def is_courtesy(found: Sequence[str]) -> bool:
    """Return whether these words are nothing but what goes with thanks."""
    return bool(found) and _COURTESY.issuperset(found)
