"""What could be better in a knowledge base that is not wrong."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from rapidfuzz import fuzz, process

from bot.knowledge import yaml_documents
from bot.knowledge.checks import Finding, topic_file
from bot.knowledge.knowledge_base import Knowledge
from bot.knowledge.models import LEAD_LIMIT, SENTENCE_END, Topic
from bot.knowledge.yaml_documents import Document, Problem

FEWEST_PHRASINGS = 10
"""With fewer, people who use other words are not understood."""
ENOUGH_PHRASINGS = 40
"""With so many, eight of ten new questions are understood at once."""
STALE_AFTER = timedelta(days=400)
FILES = ("knowledge.yaml", "sources.yaml", "vocabulary.yaml", "out-of-scope.yaml", "guide.yaml", "packages.yaml")
"""What is read beside topics and code, ..."""
LISTS = ("golden.jsonl", "descriptions.jsonl")
"""... by commands alone, ..."""
ABOUT = ("README", "LICENSE", "LICENCE", "CONTRIBUTING", "CHANGELOG", "NOTICE", "COPYING")
"""... and what people read."""
PLACEHOLDER = "(An example"
"""Marks what `advisor new` wrote for somebody to replace."""

_CODE = re.compile(r"`[^`]*`")
_MARKUP = re.compile(r"\*\*|__|</?[a-z]+>|\]\(|^#", re.MULTILINE)

Place = tuple[object, ...]

LEAST_LIKENESS = 45.0
"""From 0 to 100. Below it, a phrasing shares hardly a word with any question, so nobody thought of an answer to it."""
FEWEST_ASKS = 10
"""With fewer ways of asking its questions, a topic is answered by its general text on purpose."""
MOST_GENERAL = 20
"""So many phrasings that are like no question are about the subject as such, as they should be; more ask for more."""
_LEANS = re.compile(
    r"^(?:it,? too\b|also\b|likewise\b|similarly\b|the same\b|as well\b|(?:here|there),? (?:too|as well)\b)"
    r"|\b(?:it,? too|also (?:here|there)|(?:here|there),? (?:too|as well)|likewise)(?=[ .,:;]|$)"
    r"|\b(?:is|are|does|has|have|runs?|needs?|works?|comes?|holds?)(?: \w+)? as well(?=[.,:;]|$)"
    r"|\bthe same (?:goes|holds|applies|is true|ground|set|jobs?|way)\b"
    r"|\b(?:those|these) (?:\w+ )?(?:decisions|costs|parts|things|points|reasons|features|jobs)\b",
    re.IGNORECASE,
)


def advice(knowledge: Knowledge, folder: Path, today: date) -> list[Problem]:
    """Return everything that is worth a second look, with its place, file by file.

    Args:
        knowledge: what was loaded from the folder.
        folder: where it was loaded from.
        today: the day that dates of checking are compared with.
    """
    found: list[Finding] = [*_phrasings(knowledge)]
    for topic in knowledge.topics.values():
        found += [*_topic(topic, today), *_prose_advice(topic)]
    found += [*_shared_keywords(knowledge), *_uncited(knowledge), *_old_sources(knowledge, today)]
    return sorted(placed(folder, each) for each in found)


def ignored_files(folder: Path) -> list[Problem]:
    """Return the files that are not read, though whoever put them there may think so; of a folder of others, itself."""
    found = []
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder)
        if path.is_dir() or _expected(name):
            continue
        if path.suffix in (".yaml", ".yml"):
            found.append(Problem(path, 0, "this file is not read", _right_name(name)))
        elif len(name.parts) == 1 or name.parts[0] == "topics":
            found.append(Problem(path, 0, "this file is not read", _right_text(name)))
        else:
            found.append(Problem(folder / name.parts[0], 0, "this folder is not read", "Move it out of here."))
    return list(dict.fromkeys(found))


def _expected(name: Path) -> bool:
    """Return whether a file belongs to a knowledge base, or is there for people and programs around it."""
    first = name.parts[0]
    if any(part.startswith(".") for part in name.parts) or first == "code":
        return True
    if name.suffix == ".json" and first == "schema":
        return True
    if name.parent.as_posix() == "topics":
        return name.suffix == ".yaml"
    about = name.stem.upper() in ABOUT and name.suffix in ("", ".md", ".txt")
    return len(name.parts) == 1 and (about or name.as_posix() in (*FILES, *LISTS))


def _right_text(name: Path) -> str:
    near = process.extractOne(name.name, LISTS, score_cutoff=75)
    if near and name.parent == Path():
        return f"Did you mean {near[0]}?"
    return "Move it out of this folder, or begin its name with a dot."


def placeholders(folder: Path) -> list[Problem]:
    """Return the files in which something is still as `advisor new` wrote it: what is left to do."""
    found = []
    for path in sorted([*folder.glob("*.yaml"), *folder.glob("topics/*.yaml")]):
        lines = path.read_text(encoding="utf-8").splitlines()
        marked = [number for number, line in enumerate(lines, start=1) if PLACEHOLDER in line]
        if marked:
            texts = "1 text is" if len(marked) == 1 else f"{len(marked)} texts are"
            where = f" (lines {', '.join(map(str, marked))})" if len(marked) > 1 else ""
            what = f"{texts} still marked “{PLACEHOLDER} ...)”{where}"
            found.append(Problem(path, marked[0], what, "Write what holds, and take the mark away."))
    return found


def _right_name(name: Path) -> str:
    if name.suffix == ".yml" and (name.parent.name == "topics" or f"{name.stem}.yaml" in FILES):
        return f"Rename it to {name.stem}.yaml."
    near = process.extractOne(f"{name.stem}.yaml", FILES, score_cutoff=75)
    if near and name.parent == Path():
        return f"Did you mean {near[0]}?"
    return f"Move it into `topics` if it is a topic; else remove it. Beside topics, {', '.join(FILES)} are read."


def placed(folder: Path, found: Finding) -> Problem:
    """Return a finding with the line of its place."""
    name, place, what, mend = found
    document = yaml_documents.read(folder / name) if place else None
    if isinstance(document, Document):
        return document.problem(place, what, mend)
    return Problem(folder / name, 0, what, mend)


def _phrasings(knowledge: Knowledge) -> Iterator[Finding]:
    """Say in one sentence which topics have too few: at first that is every one."""
    few = {topic.id: len(topic.all_phrasings) for topic in knowledge.topics.values()}
    few = {topic: count for topic, count in few.items() if count < FEWEST_PHRASINGS}
    if few:
        names = ", ".join(f"{topic} ({count})" for topic, count in few.items())
        topics = "1 topic has" if len(few) == 1 else f"{len(few)} topics have"
        what = f"{topics} fewer than {FEWEST_PHRASINGS} phrasings: {names}"
        yield "topics", (), what, f"Give each at least {FEWEST_PHRASINGS}, better {ENOUGH_PHRASINGS}, in other words."


def _topic(topic: Topic, today: date) -> Iterator[Finding]:
    name = topic_file(topic.id)
    if topic.checked and today - topic.checked > STALE_AFTER:
        yield name, ("checked",), f"last checked on {topic.checked}", "Compare it with its sources again."
    if topic.sides and not topic.checked:
        yield name, (), "it has no `checked` date", "Compare it with its sources, and write that day."
    plain = [" ".join(re.findall(r"\w+", phrasing.casefold())) for phrasing in topic.all_phrasings]
    twice = sorted({p for p in plain if plain.count(p) > 1}) if len(set(plain)) < len(plain) else []
    if twice:
        yield name, ("phrasings",), f"these phrasings are there twice: {', '.join(twice)}", "Keep one of each."
    for place, prose in _prose(topic):
        if _MARKUP.search(_CODE.sub("", prose)):
            what = f"“{prose[:40]}...” holds markup that people would see"
            yield name, place, what, "Write plain text; only `code` is understood."
        if prose.count("`") % 2:
            yield name, place, f"“{prose[:40]}...” has a ` without its partner", "Close the code with another `."


def _prose(topic: Topic) -> Iterator[tuple[Place, str]]:
    yield ("short",), topic.short
    yield ("choice",), topic.choice or ""
    yield from ((("sides", side), said) for side, said in topic.sides.items())
    for number, question in enumerate(topic.questions):
        yield ("questions", number, "answer"), question.answer
        yield from ((("questions", number, "sides", side), said) for side, said in question.sides.items())


def _shared_keywords(knowledge: Knowledge) -> Iterator[Finding]:
    owners: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for topic in knowledge.topics.values():
        for number, keyword in enumerate(topic.keywords):
            owners[keyword.casefold()].append((topic.id, number))
    for keyword, places in owners.items():
        topics = dict(places)
        if len(topics) > 1:
            last, number = places[-1]
            what = f"the keyword `{keyword}` points to {' and '.join(topics)}"
            yield topic_file(last), ("keywords", number), what, "Keep it where it points to one."


def _uncited(knowledge: Knowledge) -> Iterator[Finding]:
    cited = {knowledge.about.article}
    for topic in knowledge.topics.values():
        cited |= {citation.source for citation in topic.sources}
        cited |= {correction.source.source for correction in topic.corrections}
        cited |= {citation.source for question in topic.questions for citation in question.sources}
    if knowledge.guide is not None:
        cited |= set(_grounds(knowledge.guide.model_dump()))
    for number, source in enumerate(knowledge.sources):
        if source not in cited:
            what = f"the source `{source}` is cited nowhere"
            yield "sources.yaml", ("sources", number), what, "Cite it where it is used, or remove it."


def _grounds(part: object) -> Iterator[str]:
    """Yield the ids of sources that stand anywhere in a guide."""
    for key, value in part.items() if isinstance(part, dict) else ():
        if key in ("sources", "against"):
            yield from (ground for ground in value if isinstance(ground, str))
        else:
            yield from _grounds(value)
    for item in part if isinstance(part, list | tuple) else ():
        yield from _grounds(item)


def _old_sources(knowledge: Knowledge, today: date) -> Iterator[Finding]:
    for number, source in enumerate(knowledge.sources.values()):
        if today - source.checked > STALE_AFTER:
            what = f"the source `{source.id}` was last checked on {source.checked}"
            yield "sources.yaml", ("sources", number), what, "Read it again, and date it anew."


def _prose_advice(topic: Topic) -> Iterator[Finding]:
    """Yield what could be better in the prose of one topic."""
    name = topic_file(topic.id)
    for place, text in _side_texts(topic):
        opening = SENTENCE_END.split(text)[0]
        if found := _LEANS.search(opening):
            what = f"“{opening[:40]}...” leans on another text (“{found[0]}”)"
            yield name, place, what, "Name what is meant: each side's text is read alone."
    for place, text in _leads(topic):
        words = len(text.split())
        if words > LEAD_LIMIT:
            what = f"“{text[:40]}...” has {words} words, and {LEAD_LIMIT} can come first"
            yield name, place, what, "Shorten it, or divide the sentence."
    yield from _unanswered(topic, name)


def _side_texts(topic: Topic) -> Iterator[tuple[Place, str]]:
    """Yield the texts that hold for one side only, each with its place."""
    yield from ((("sides", side), text) for side, text in topic.sides.items())
    for number, question in enumerate(topic.questions):
        yield from ((("questions", number, "sides", side), text) for side, text in question.sides.items())


def _leads(topic: Topic) -> Iterator[tuple[Place, str]]:
    """Yield what can be shown first: answers as a whole, of the general texts the first sentence."""
    yield ("short",), SENTENCE_END.split(topic.short)[0]
    yield ("choice",), SENTENCE_END.split(topic.choice or "")[0]
    yield from (
        (place, SENTENCE_END.split(text)[0] if place[0] == "sides" else text) for place, text in _side_texts(topic)
    )
    yield from ((("questions", number, "answer"), question.answer) for number, question in enumerate(topic.questions))


def _unanswered(topic: Topic, name: str) -> Iterator[Finding]:
    """Say of a topic that much is asked about it which no question answers; a few general phrasings are as they should.

    Those are answered by the general text, and where people keep asking something else, that is too little.
    """
    asked = [] if topic.meta else [_plain(ask) for question in topic.questions for ask in question.ask]
    if len(asked) < FEWEST_ASKS or len(topic.phrasings) <= MOST_GENERAL:
        return
    unlike = [
        number
        for number, phrasing in enumerate(topic.phrasings)
        if not process.extractOne(_plain(phrasing), asked, scorer=fuzz.token_set_ratio, score_cutoff=LEAST_LIKENESS)
    ]
    if len(unlike) > MOST_GENERAL:
        some = "”, “".join(topic.phrasings[number] for number in unlike[:3])
        what = f"{len(unlike)} of its {len(topic.phrasings)} phrasings are like none of its questions, such as “{some}”"
        mend = "Where several ask the same thing, make that a question; the general text has to answer all others."
        yield name, ("phrasings", unlike[0]), what, mend


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
