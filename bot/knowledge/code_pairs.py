"""The same task done on each side, as code that runs.

A task is a folder below `code/`: `task.yaml`, and a folder for each side with files that run as they are. A file is
shown whole, or from each comment `--- show` to the next `--- end`; the rest is the frame that makes it run.
`code/versions.yaml` holds the versions with which all of it has passed its tests.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Annotated, TypeVar

from pydantic import BaseModel, Field, StringConstraints
from rapidfuzz import fuzz, process, utils

from bot.knowledge import yaml_documents
from bot.knowledge.models import Line, Model, Phrasing, SideId, Slug, Title, Word
from bot.knowledge.validation import validate
from bot.knowledge.yaml_documents import Document, Problem

FOLDER = "code"
LINES, CHARACTERS, WIDTH = 25, 900, 72
"""What one side may show: it fits one message of a chat, and a phone with few broken lines."""

NEAR = 75
"""Likeness, of 100, from which words stand for a task; below, typing errors and other tasks look alike."""

_SHOW, _END = "--- show", "--- end"
_COMMENTS = {".html": "{# %s #}", ".css": "/* %s */", ".js": "// %s"}
"""How a file name is written above its text; `# %s` elsewhere."""

FilePath = Annotated[str, StringConstraints(pattern=r"^\w[\w./-]*$", max_length=80)]
M = TypeVar("M", bound=BaseModel)


class CodeSide(Model):
    """How one side does a task, as task.yaml says it."""

    says: Line = Field(description="One sentence: what to look at, or what to know before using it.")
    needs: tuple[Word, ...] = Field(min_length=1, description="The packages to install, by their names in the index.")
    show: tuple[FilePath, ...] = Field(
        min_length=1, description="The files that are shown, in the order of reading, from the side's folder."
    )


class CodeTask(Model):
    """task.yaml: a task, and how each side does it."""

    id: Slug = Field(description="The name of this file's folder.")
    title: Title = Field(description="The task as a person would name it.")
    topics: tuple[Slug, ...] = Field(min_length=1, description="The topics that it belongs to, the closest first.")
    asks: tuple[Phrasing, ...] = Field(min_length=1, description="How people ask to be shown it.")
    sides: Mapping[SideId, CodeSide] = Field(description="How each side does it: one entry for each.")


class Run(Model):
    """One Python with which every example passed, and the packages it had."""

    python: Word = Field(description="Its version, such as 3.13.")
    packages: Mapping[Word, Word] = Field(description="The version of each package.")


class Versions(Model):
    """versions.yaml."""

    runs: tuple[Run, ...] = Field(min_length=1, description="The newest Python first.")


@dataclass(frozen=True)
class Snippet:
    """A file, or what is shown of it."""

    path: str
    """From the side's folder, with forward slashes."""
    text: str

    @property
    def language(self) -> str:
        """Return the language as code blocks name it: `python`, `html`, `sh`, ..."""
        suffix = PurePosixPath(self.path).suffix.removeprefix(".")
        return {"py": "python"}.get(suffix, suffix)


@dataclass(frozen=True)
class CodeExample:
    """How one side does a task."""

    says: str
    snippets: tuple[Snippet, ...]
    versions: Mapping[str, str]
    """The packages it needs, and the version of each that passed; empty where nobody recorded a run."""
    python: str | None
    """The Python of that run."""

    @property
    def tested_with(self) -> str:
        """Return the versions in words: `Flask 3.1.3 on Python 3.13`; empty where nobody recorded a run."""
        named = ", ".join(f"{name} {version}" for name, version in self.versions.items())
        return f"{named} on Python {self.python}" if self.python else ""

    @property
    def text(self) -> str:
        """Return everything that is shown, each file under its name where there are several."""
        if len(self.snippets) == 1:
            return self.snippets[0].text
        return "\n\n".join(f"{_comment(each.path)}\n{each.text}" for each in self.snippets)

    @property
    def language(self) -> str:
        """Return the language of most of the lines, for a code block that holds all of it."""
        return max(self.snippets, key=lambda each: each.text.count("\n")).language


@dataclass(frozen=True)
class CodePair:
    """One task, and an example for each side."""

    id: str
    title: str
    topics: tuple[str, ...]
    asks: tuple[str, ...]
    sides: Mapping[str, CodeExample]


@dataclass
class CodeFolder:
    """Everything below `code/`: what was understood, what was wrong, and the files by their path in the base."""

    base: Path
    pairs: dict[str, CodePair] = field(default_factory=dict)
    tasks: set[str] = field(default_factory=set)
    """Ids that exist, also of tasks that have mistakes."""
    problems: list[Problem] = field(default_factory=list)
    files: dict[str, Document] = field(default_factory=dict)

    def model(self, kind: type[M], path: Path) -> tuple[M, Document] | None:
        """Read a YAML file as a model."""
        document = yaml_documents.read(path)
        if isinstance(document, Problem):
            self.problems.append(document)
            return None
        self._remember(document)
        value, problems = validate(kind, document, document.data)
        self.problems += problems
        return None if value is None else (value, document)

    def text(self, path: Path) -> Document | None:
        """Read a file that is shown, or return nothing where there is none."""
        try:
            document = Document(path, path.read_text(encoding="utf-8"), None)
        except (OSError, UnicodeDecodeError):
            return None
        self._remember(document)
        return document

    def _remember(self, document: Document) -> None:
        self.files[document.path.relative_to(self.base).as_posix()] = document


def read_code(base: Path, topics: Collection[str], sides: Collection[str]) -> CodeFolder:
    """Read the tasks of the knowledge base in this folder; one without `code/` has none.

    Args:
        base: the folder of the knowledge base.
        topics: the ids of its topics.
        sides: the ids of its sides.
    """
    found = CodeFolder(base)
    runs: tuple[Run, ...] = ()
    recorded = base / FOLDER / "versions.yaml"
    if recorded.exists() and (versions := found.model(Versions, recorded)):
        runs = versions[0].runs
    for path in sorted((base / FOLDER).glob("*/task.yaml")):
        found.tasks.add(path.parent.name)
        if read := found.model(CodeTask, path):
            task, document = read
            found.problems += _contradictions(task, document, topics, sides)
            found.pairs[task.id] = _pair(task, document, runs, found)
    return found


def nearest(pairs: Mapping[str, CodePair], words: str) -> CodePair | None:
    """Return the task that these words name: its id, its title, or how people ask for it."""
    if words in pairs:
        return pairs[words]
    names = {(pair.id, name): name for pair in pairs.values() for name in (pair.title, *pair.asks)}
    names |= {(pair.id, ""): pair.id.replace("-", " ") for pair in pairs.values()}
    best = process.extractOne(
        words, names, scorer=fuzz.token_sort_ratio, processor=utils.default_process, score_cutoff=NEAR
    )
    return pairs[best[2][0]] if best else None


def _contradictions(
    task: CodeTask, document: Document, topics: Collection[str], sides: Collection[str]
) -> Iterator[Problem]:
    folder = document.path.parent.name
    if task.id != folder:
        what = f"the folder `{folder}` is not named after its task `{task.id}`"
        yield document.problem(("id",), what, f"Rename the folder to `{task.id}`, or the task to `{folder}`.")
    for index, topic in enumerate(task.topics):
        if topic not in topics:
            yield document.problem(("topics", index), f"there is no topic `{topic}`", "Name one that exists.")
    for side in [side for side in task.sides if side not in sides]:
        mend = "Use " + " and ".join(sides) + "."
        yield document.problem(("sides", side), f"`{side}` is not one of the sides", mend)
    for side in [side for side in sides if side not in task.sides]:
        what = f"nothing shows how `{side}` does it"
        yield document.problem(("sides",), what, f"Add `{side}:`, and its files in the folder `{side}`.")


def _pair(task: CodeTask, document: Document, runs: tuple[Run, ...], found: CodeFolder) -> CodePair:
    examples = {}
    for side, written in task.sides.items():
        snippets = [_snippet(document, side, index, path, found) for index, path in enumerate(written.show)]
        run = next((run for run in runs if all(name in run.packages for name in written.needs)), None)
        examples[side] = example = CodeExample(
            says=written.says,
            snippets=tuple(filter(None, snippets)),
            versions={name: run.packages[name] for name in written.needs} if run else {},
            python=run.python if run else None,
        )
        found.problems += [document.problem(("sides", side, "show"), *fault) for fault in _excess(example)]
        if runs and run is None:
            what = f"no run in versions.yaml has all of {', '.join(written.needs)}"
            mend = "Run the examples again, which records their versions, or mend the names."
            found.problems.append(document.problem(("sides", side, "needs"), what, mend))
    return CodePair(task.id, task.title, task.topics, task.asks, examples)


def _snippet(document: Document, side: str, index: int, path: str, found: CodeFolder) -> Snippet | None:
    file = found.text(document.path.parent / side / path)
    if file is not None and (text := shown(file.text)):
        return Snippet(path, text)
    what = f"there is no text to show in `{side}/{path}`" if file else f"there is no file `{side}/{path}`"
    mend = f"Write it, and end what is shown with `{_END}` only after a `{_SHOW}`." if file else "Write it."
    found.problems.append(document.problem(("sides", side, "show", index), what, mend))
    return None


def _excess(example: CodeExample) -> Iterator[tuple[str, str]]:
    if not example.snippets:
        return
    lines = example.text.splitlines()
    if len(lines) > LINES or len(example.text) > CHARACTERS:
        what = f"{len(lines)} lines and {len(example.text)} characters are shown"
        yield what, f"Show at most {LINES} lines and {CHARACTERS} characters; leave the rest to the frame."
    for line in [line for line in lines if len(line) > WIDTH]:
        yield f"“{line.strip()[:30]}...” is a line of {len(line)} characters", f"Break it: {WIDTH} fit."


def shown(text: str) -> str:
    """Return the part of a file that is shown: between its marks, or all of it where it has none."""
    lines = text.strip("\n").splitlines()
    if not any(_SHOW in line for line in lines):
        return "\n".join(lines)
    kept: list[str] = []
    showing, blank = False, 0
    for line in lines:
        if _SHOW in line:
            showing = True
            kept += [""] * blank if kept else []  # parts stand as far apart as the second does from what it follows
        elif _END in line:
            showing = False
            while kept and not kept[-1]:
                kept.pop()
        elif showing:
            kept.append(line)
        blank = 0 if line.strip() else blank + 1
    return "\n".join(kept).strip("\n")


def _comment(path: str) -> str:
    return _COMMENTS.get(PurePosixPath(path).suffix, "# %s") % path
