"""new, check, evaluate, schema, learn: the verbs of somebody who writes knowledge."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rapidfuzz import process

from adapters.cli.shared import (
    CHECK_FAILED,
    JsonOption,
    KnowledgeOption,
    UsageError,
    counted,
    dump,
    installed_encoder,
    knowledge_settings,
    learning_shown,
    open_advisor,
    read_floors,
    read_numbered,
    shown,
)
from bot.evaluation import EvaluatedQuestion, Evaluation, Labelled
from bot.knowledge.golden import LEAST_LIKENESS, row_problems

if TYPE_CHECKING:
    from bot.deep_check import DeepCheck
    from bot.knowledge import Knowledge
    from bot.knowledge.golden import Row

MOST = 35
"""Characters of a name that is made from the sides."""
BY_MEANING = "with the sentence encoder"
BY_WORDS = "by words alone: the sentence encoder is not there (`advisor model status`), and far fewer are right"
FolderArgument = Annotated[Path, typer.Argument(metavar="DIR", help="The folder to make.")]
WrongOption = Annotated[Path | None, typer.Option("--knowledge", hidden=True)]
SubjectOption = Annotated[str, typer.Option(help="What it can answer, as the end of “I know about ...”.")]
SideOption = Annotated[list[str] | None, typer.Option("--side", help="One of the things to compare; twice or more.")]
NameOption = Annotated[str, typer.Option("--name", help="What the advisor is called.")]


def learn(
    cache: Annotated[
        Path | None, typer.Argument(metavar="DIR", help="Where to keep it; the configured cache folder by default.")
    ] = None,
    knowledge: KnowledgeOption = None,
) -> None:
    """Learn from a knowledge base now, so that whatever starts later with this cache folder is ready at once.

    For the building of an image: run it with DIR, and set ADVISOR_CACHE_DIR to DIR. The folder may be read-only then.
    """
    from adapters.knowledge_base import model_cache, open_advisor

    settings = knowledge_settings()
    folder = cache or settings.cache_folder
    if folder is None:
        raise UsageError("ADVISOR_CACHE_DIR is off. Give a folder, as in: advisor learn DIR")
    if problem := model_cache.unwritable(folder):
        raise UsageError(f"Nothing can be kept in {problem}.")
    base = knowledge or settings.knowledge_folder
    with learning_shown() as progress:
        advisor = open_advisor(base, str(folder), progress=progress)
    count = sum(len(topic.all_phrasings) for topic in advisor.knowledge.topics.values())
    print(f"Learned from {count} phrasings of {base}, and kept it in {folder}.")


def evaluate(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Labelled questions, one JSON object a line.")],
    floor: Annotated[
        list[str] | None, typer.Option(help="A figure to reach, such as right=0.9; may be repeated.")
    ] = None,
    json: JsonOption = False,
    knowledge: KnowledgeOption = None,
) -> None:
    """Say how well labelled questions are answered."""
    from bot.evaluation import FIGURES
    from bot.evaluation import evaluate as run

    floors = read_floors(floor, FIGURES, "right=0.9")
    questions = read_labelled(file)
    advisor = open_advisor(knowledge)
    refuse_unknown_topics(file, questions, advisor.knowledge.topics)
    with shown("Asking") as progress:
        evaluation = run(advisor, counted(questions, progress))
    below = evaluation.below(floors)
    if json:
        encoder = not advisor.by_words_alone
        print(dump({"questions": len(questions), "encoder": encoder, **evaluation.figures, "below": below}))
    else:
        print(f"{len(questions)} questions, read {BY_WORDS if advisor.by_words_alone else BY_MEANING}.")
        _print_evaluation(evaluation)
        for sentence in below:
            print(sentence)
    if below:
        raise typer.Exit(CHECK_FAILED)


def _print_evaluation(evaluation: Evaluation) -> None:
    for miss in evaluation.misses():
        wanted = " or ".join(miss.labelled.right) or "nothing"
        print(f"- {miss.labelled.question!r}: {_became(miss, wanted)}")
    for name, value in evaluation.figures.items():
        print(f"{name:>22} {value:6.1%}")


def _became(miss: EvaluatedQuestion, wanted: str) -> str:
    """Return what became of a question that was not rightly answered."""
    if miss.answered or not miss.suggested:
        return f"{miss.answered or 'nothing'} instead of {wanted}"
    topics = ", ".join(dict.fromkeys(miss.suggested))
    return f"asked back: {topics} ({'right' if miss.found else f'instead of {wanted}'})"


def schema(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where to write the JSON Schemas.")],
    verify: Annotated[bool, typer.Option("--verify", help="Only check that they are current.")] = False,
) -> None:
    """Write the JSON Schemas that let an editor complete and check the YAML."""
    from bot.knowledge.loader import schemas

    stale = [name for name, text in schemas().items() if _text(folder / name) != text]
    if verify and stale:
        print(f"Out of date: {', '.join(stale)}. Run: advisor schema {folder}")
        raise typer.Exit(CHECK_FAILED)
    folder.mkdir(parents=True, exist_ok=True)
    for name in stale:
        (folder / name).write_text(schemas()[name], encoding="utf-8")


def _text(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.exists() else None


def read_labelled(file: Path) -> list[Labelled]:
    """Read labelled questions.

    Raises:
        UsageError: some lines cannot be one; names all of them.
    """
    rows = list(read_numbered(read_lines(file), str(file)))
    problems = [f"{file}, line {number}: {problem}" for number, row in rows for problem in row_problems(row)]
    if problems:
        raise UsageError("\n".join(problems))
    return [
        Labelled(
            row["q"],
            tuple(row["ok"]),
            row.get("kind", ""),
            row.get("context"),
            row.get("question"),
            tuple(row.get("says", ())),
        )
        for _, row in rows
    ]


def read_lines(file: Path) -> list[str]:
    """Read the lines of a text file.

    Raises:
        UsageError: there is no such file, or it is not text.
    """
    if not file.is_file():
        raise UsageError(f"There is no file {file}.")
    try:
        return file.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise UsageError(f"{file} is not UTF-8 text: save it with the encoding UTF-8.") from None


def refuse_unknown_topics(file: Path, questions: Iterable[Labelled], topics: Iterable[str]) -> None:
    """Refuse labels that no answer can meet.

    Raises:
        UsageError: a question names a topic that does not exist; names all such topics.
    """
    known = list(topics)
    wrong = []
    for question in questions:
        for topic in question.right:
            if topic not in known:
                near = process.extractOne(topic, known, score_cutoff=LEAST_LIKENESS)
                hint = f"did you mean `{near[0]}`?" if near else "`advisor topics` lists all of them."
                wrong.append(f"{file}: the question “{question.question}” names `{topic}`, which is no topic; {hint}")
    if wrong:
        raise UsageError("\n".join(wrong))


def new(folder: FolderArgument, subject: SubjectOption = "", side: SideOption = None, name: NameOption = "") -> None:
    """Begin a knowledge base of your own: asks for the subject and the sides, and writes one that runs at once."""
    from adapters.knowledge_base.scaffold import NewBase, ScaffoldError, write
    from adapters.version import documentation

    if not side or not subject:
        if not sys.stdin.isatty():
            raise UsageError(
                'Say what it is about: advisor new DIR --subject "tea and coffee" --side Tea --side Coffee'
            )
        print("Three questions, then you have an advisor that runs. Ctrl-C ends this.")
        side = side or _asked_sides()
        subject = subject or typer.prompt("I know about ...", default=_joined(side))
        name = name or typer.prompt("What is it called?", default=_name(side))
    try:
        write(folder, NewBase(subject.strip(), tuple(side), (name or _name(side)).strip()), datetime.now(UTC).date())
    except ScaffoldError as mistakes:
        raise UsageError(str(mistakes)) from None
    print(f"{folder} is ready: three topics with questions, a guide of three questions, expected answers.")
    print(f"\n  advisor chat --knowledge {folder}\n  advisor preview --knowledge {folder}\n  advisor check {folder}")
    print(f"  advisor evaluate {folder / 'golden.jsonl'} --knowledge {folder}")
    print(f"\nRewrite what is marked “(An example.)”; {folder / 'README.md'} says in which order.")
    print(f"Every file and key: {documentation('writing-knowledge.md')}")


def _asked_sides() -> list[str]:
    """Ask for what is compared, until there are two or more."""
    from adapters.knowledge_base.scaffold import FEWEST_SIDES, MOST_SIDES, read_sides

    while True:
        sides = read_sides(typer.prompt("What is compared? (as in: Tea, Coffee)"))
        if FEWEST_SIDES <= len(sides) <= MOST_SIDES:
            return sides
        print(f"Name {FEWEST_SIDES} to {MOST_SIDES} things, with commas between them.")


def _joined(sides: list[str]) -> str:
    return f"{', '.join(sides[:-1])} and {sides[-1]}" if len(sides) > 1 else "".join(sides)


def _name(sides: list[str]) -> str:
    short = _joined(sides)
    return short if len(short) <= MOST else short[:MOST].rsplit(" ", 1)[0]


def check(
    path: Annotated[
        Path | None, typer.Argument(metavar="DIR", help="The knowledge base; the configured one by default.")
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Advice counts as failure, too.")] = False,
    deep: Annotated[
        bool, typer.Option("--deep", help="Learn from it, too: say which phrasings are taken for something else.")
    ] = False,
    knowledge_option: WrongOption = None,
) -> None:
    """Validate and lint a knowledge base, and its expected answers in golden.jsonl.

    With --deep, phrasings are left out and asked again. It lists the worst that then go to another topic or question,
    those that are nearly the same or alone name a side, and topics without an expected answer.
    """
    from bot.knowledge import golden, load
    from bot.knowledge.advice import advice, ignored_files, placeholders

    if knowledge_option:
        raise UsageError(f"check takes the folder itself, without --knowledge: advisor check {knowledge_option}")
    folder = path or knowledge_settings().knowledge_folder
    knowledge = load(folder)
    rows = golden.read(folder, knowledge)
    found = [*ignored_files(folder), *placeholders(folder), *advice(knowledge, folder, today=datetime.now(UTC).date())]
    found += golden.learned_from(rows, knowledge, folder)
    looked = _looked_deep(knowledge, folder, rows) if deep else None
    if looked:
        found += [*looked.others, *looked.confused]
    for piece in found:
        print(piece)
    if looked:
        print(looked.summary)
    phrasings = sum(len(topic.all_phrasings) for topic in knowledge.topics.values())
    pieces = "1 piece" if len(found) == 1 else f"{len(found)} pieces"
    print(f"{folder}: {len(knowledge.topics)} topics, {phrasings} phrasings, {pieces} of advice.")
    if strict and found:
        raise typer.Exit(CHECK_FAILED)


def _looked_deep(knowledge: Knowledge, folder: Path, rows: Sequence[Row]) -> DeepCheck:
    from bot.deep_check import deep_check

    with shown("Leaving phrasings out") as progress:
        return deep_check(knowledge, folder, rows, installed_encoder(), progress)
