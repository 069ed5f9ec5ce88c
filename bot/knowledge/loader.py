"""From a folder of YAML files to a checked `Knowledge`, or to every mistake in it at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from rapidfuzz import process

from bot.knowledge import yaml_documents
from bot.knowledge.checks import Known, contradictions
from bot.knowledge.guide_checks import problems as guide_problems
from bot.knowledge.guide_models import GuideSpec
from bot.knowledge.knowledge_base import Knowledge
from bot.knowledge.models import About, Model, OutOfScope, Source, Topic, Vocabulary
from bot.knowledge.yaml_documents import Document, KnowledgeError, Problem

Validated = TypeVar("Validated", bound=BaseModel)


def validate(
    model: type[Validated], document: Document, data: object, at: tuple[object, ...] = ()
) -> tuple[Validated | None, list[Problem]]:
    """Check `data`, which stands at `at` in the document; return the model, or every mistake."""
    try:
        return model.model_validate(data), []
    except ValidationError as error:
        details = error.errors(include_url=False)
        return None, [_problem(model, document, at, detail) for detail in details]


def _problem(model: type[BaseModel], document: Document, at: tuple[object, ...], detail: ErrorDetails) -> Problem:
    location = detail["loc"]
    name = ".".join(map(str, location)) or "the whole entry"
    if detail["type"] == "extra_forbidden":
        what, mend = f"`{name}` is not a known key", _nearest_key(model, location)
    else:
        what, mend = _words(name, detail)
    return document.problem((*at, *location), what, mend)


_WORDS = {
    "missing": ("`{name}` is missing", "Add `{key}:`."),
    "string_too_long": ("`{name}` has {length} characters, {max_length} fit", "Shorten it by {excess}."),
    "string_too_short": ("`{name}` is empty", "Write something, or remove the entry."),
    "string_pattern_mismatch": ("`{name}` is {input!r}", "Use lower-case letters, digits and hyphens: `my-topic`."),
    "too_long": ("`{name}` has too many entries", "Keep at most {max_length}."),
    "too_short": ("`{name}` has too few entries", "Give at least {min_length}."),
    "string_type": ("`{name}` is not text", "Put it in quotes."),
    "value_error": ("{error}", "Shorten the prose, or move a part of it to a related topic."),
}
"""What is wrong and how to mend it, by pydantic's type of error."""


def _words(name: str, detail: ErrorDetails) -> tuple[str, str]:
    what, mend = _WORDS.get(detail["type"], ("`{name}`: {message}", "It is {input!r} now."))
    context = detail.get("ctx", {})
    length = len(detail["input"]) if isinstance(detail["input"], str) else 0
    values = {
        **context,
        "name": name,
        "key": name.rpartition(".")[2],
        "input": detail["input"],
        "message": detail["msg"].lower(),
        "length": length,
        "excess": length - context.get("max_length", 0),
    }
    return what.format(**values), mend.format(**values)


def _nearest_key(model: type[BaseModel], location: Sequence[Any]) -> str:
    known = list(model.model_fields) if len(location) == 1 else []
    near = process.extractOne(str(location[-1]), known, score_cutoff=60)
    if near:
        return f"Did you mean `{near[0]}`?"
    return f"Remove it. Known keys are {', '.join(sorted(known))}." if known else "Remove it, or check its spelling."


M = TypeVar("M", bound=BaseModel)


class SourcesFile(Model):
    """sources.yaml."""

    sources: tuple[Source, ...]


class OutOfScopeFile(Model):
    """out-of-scope.yaml."""

    out_of_scope: tuple[OutOfScope, ...]


@dataclass
class Draft:
    """A knowledge base while it is read: what was understood, and what was wrong."""

    folder: Path
    problems: list[Problem] = field(default_factory=list)
    files: dict[str, Document] = field(default_factory=dict)
    """By path relative to the folder, with forward slashes."""

    def document(self, path: Path) -> Document | None:
        """Read one file and remember it, or what is wrong with it."""
        read = yaml_documents.read(path)
        if isinstance(read, Problem):
            self.problems.append(read)
            return None
        self.files[path.relative_to(self.folder).as_posix()] = read
        return read

    def model(self, kind: type[M], path: Path) -> M | None:
        """Read one file as a model."""
        document = self.document(path)
        if document is None:
            return None
        value, problems = validate(kind, document, document.data)
        self.problems += problems
        return value

    def optional(self, kind: type[M], name: str) -> M | None:
        """Read a file that a knowledge base may leave out."""
        path = self.folder / name
        return self.model(kind, path) if path.exists() else None

    def known(self) -> Known:
        """Return the ids that the files mention as theirs, whether or not the rest of the entry is right."""
        topics = (Path(name).stem for name in self.files if name.startswith("topics/"))
        document = self.files.get("sources.yaml")
        entries = document.data.get("sources") if document and isinstance(document.data, dict) else None
        sources = (entry.get("id") for entry in entries or () if isinstance(entry, dict))
        return Known(frozenset(topics), frozenset(filter(None, sources)))

    def fingerprint(self) -> str:
        """Return 16 hex digits that change with any byte of any file."""
        digest = blake2b(digest_size=8)
        for name in sorted(self.files):
            digest.update(name.encode() + b"\0" + self.files[name].text.encode() + b"\0")
        return digest.hexdigest()


def load(folder: Path) -> Knowledge:
    """Read the knowledge base in `folder`.

    Args:
        folder: holds knowledge.yaml and topics/*.yaml; may hold sources.yaml, vocabulary.yaml, out-of-scope.yaml and
            guide.yaml.

    Raises:
        KnowledgeError: something in it is wrong; it lists everything that is.
    """
    if not (folder / "knowledge.yaml").is_file():
        here = Problem(folder, 0, "this is not a knowledge base", "Give a folder that holds `knowledge.yaml`.")
        raise KnowledgeError([here])
    draft = Draft(folder)
    knowledge = _read(draft)
    if knowledge is None or draft.problems:
        raise KnowledgeError(draft.problems)
    return knowledge


def _read(draft: Draft) -> Knowledge | None:
    about = draft.model(About, draft.folder / "knowledge.yaml")
    sources = draft.optional(SourcesFile, "sources.yaml") or SourcesFile(sources=())
    vocabulary = draft.optional(Vocabulary, "vocabulary.yaml") or Vocabulary()
    groups = draft.optional(OutOfScopeFile, "out-of-scope.yaml") or OutOfScopeFile(out_of_scope=())
    guide = draft.optional(GuideSpec, "guide.yaml")
    topics = _topics(draft)
    if about is None:
        return None
    knowledge = Knowledge(
        about=about,
        sources={source.id: source for source in sources.sources},
        topics=topics,
        vocabulary=vocabulary,
        out_of_scope=groups.out_of_scope,
        guide=guide,
        fingerprint=draft.fingerprint(),
    )
    draft.problems += contradictions(knowledge, draft.known(), draft.files)
    if guide is not None:
        findings = guide_problems(guide, about, draft.known().sources)
        draft.problems += [draft.files["guide.yaml"].problem(*finding) for finding in findings]
    return knowledge


def _topics(draft: Draft) -> dict[str, Topic]:
    topics = {}
    for path in sorted((draft.folder / "topics").glob("*.yaml")):
        topic = draft.model(Topic, path)
        if topic is None:
            continue
        if topic.id != path.stem:
            mend = f"Rename the file to {topic.id}.yaml, or give the topic the id `{path.stem}`."
            draft.problems.append(Problem(path, 0, f"the file is not named after its topic `{topic.id}`", mend))
        topics[topic.id] = topic
    if not topics and not draft.problems:
        mend = "Write at least one topic in the folder `topics`."
        draft.problems.append(Problem(draft.folder, 0, "there is no topic", mend))
    return topics
