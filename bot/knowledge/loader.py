"""From a folder of YAML files to a checked `Knowledge`, or to every mistake in it at once; and the files' schemas."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, Field

from bot.knowledge import yaml_documents
from bot.knowledge.checks import Known, contradictions
from bot.knowledge.code_pairs import CodeTask, Versions, read_code
from bot.knowledge.guide_checks import guide_problems, package_problems
from bot.knowledge.guide_models import GuideSpec
from bot.knowledge.guide_phrases import PackagesFile
from bot.knowledge.knowledge_base import Knowledge
from bot.knowledge.models import About, Model, OutOfScope, Source, Synonyms, Topic, Vocabulary
from bot.knowledge.validation import validate
from bot.knowledge.yaml_documents import Document, KnowledgeError, Problem

M = TypeVar("M", bound=BaseModel)
SHARED = Path(__file__).resolve().parents[2] / "knowledge" / "shared"
"""What comes with the program for every knowledge base to inherit."""

SUBJECT = "{subject}"
"""In a shared reply: stands for what the knowledge base says of itself."""


class SourcesFile(Model):
    """sources.yaml."""

    sources: tuple[Source, ...] = Field(description="Everything that statements can be traced to.")


class OutOfScopeFile(Model):
    """out-of-scope.yaml."""

    out_of_scope: tuple[OutOfScope, ...] = Field(
        description="Kinds of messages that this knowledge base cannot answer."
    )


@dataclass
class Draft:
    """A knowledge base while it is read: what was understood, and what was wrong."""

    folder: Path
    problems: list[Problem] = field(default_factory=list)
    files: dict[str, Document] = field(default_factory=dict)
    """By path relative to the folder, with forward slashes."""
    tasks: set[str] = field(default_factory=set)
    """The ids of the tasks below `code/`."""
    unreadable: set[str] = field(default_factory=set)
    """Files that are no YAML, by path as in `files`."""

    def document(self, path: Path) -> Document | None:
        """Read one file and remember it, or what is wrong with it."""
        read = yaml_documents.read(path)
        if isinstance(read, Problem):
            self.problems.append(read)
            self.unreadable.add(path.relative_to(self.folder).as_posix())
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
        named = (Path(name).stem for name in (*self.files, *self.unreadable) if name.startswith("topics/"))
        return Known(frozenset(named), self._sources(), frozenset(self.tasks))

    def _sources(self) -> frozenset[str] | None:
        document = self.files.get("sources.yaml")
        if document is None:
            return None if "sources.yaml" in self.unreadable else frozenset()
        entries = document.data.get("sources") if isinstance(document.data, dict) else None
        if not isinstance(entries, list):
            return None
        return frozenset(str(entry["id"]) for entry in entries if isinstance(entry, dict) and entry.get("id"))

    def fingerprint(self) -> str:
        """Return 16 hex digits that change with any byte of any file."""
        digest = blake2b(digest_size=8)
        for name in sorted(self.files):
            digest.update(name.encode() + b"\0" + self.files[name].text.encode() + b"\0")
        return digest.hexdigest()


def load(folder: Path, shared: Path = SHARED) -> Knowledge:
    """Read the knowledge base in `folder`.

    Args:
        folder: holds knowledge.yaml and topics/*.yaml; may hold sources.yaml, vocabulary.yaml, out-of-scope.yaml,
            guide.yaml and code/*/task.yaml.
        shared: holds the vocabulary.yaml and out-of-scope.yaml that it inherits, unless it says `inherit: false`.

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
    return _inheriting(knowledge, shared) if knowledge.about.inherit else knowledge


def _read(draft: Draft) -> Knowledge | None:
    about = draft.model(About, draft.folder / "knowledge.yaml")
    sources = draft.optional(SourcesFile, "sources.yaml") or SourcesFile(sources=())
    vocabulary = draft.optional(Vocabulary, "vocabulary.yaml") or Vocabulary()
    groups = draft.optional(OutOfScopeFile, "out-of-scope.yaml") or OutOfScopeFile(out_of_scope=())
    guide = draft.optional(GuideSpec, "guide.yaml")
    packages = draft.optional(PackagesFile, "packages.yaml") or PackagesFile(packages=())
    topics = _topics(draft)
    if about is None:
        return None
    code = read_code(draft.folder, draft.known().topics, [side.id for side in about.sides])
    draft.problems += code.problems
    draft.files |= code.files
    draft.tasks |= code.tasks
    knowledge = Knowledge(
        about=about,
        sources={source.id: source for source in sources.sources},
        topics=topics,
        vocabulary=vocabulary,
        out_of_scope=groups.out_of_scope,
        guide=guide,
        fingerprint=draft.fingerprint(),
        packages=packages.packages,
        code=code.pairs,
    )
    draft.problems += contradictions(knowledge, draft.known(), draft.files)
    if guide is not None:
        findings = guide_problems(guide, about, draft.known().sources)
        draft.problems += [draft.files["guide.yaml"].problem(*finding) for finding in findings]
    for finding in package_problems(packages.packages, guide):
        draft.problems.append(draft.files["packages.yaml"].problem(*finding))
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


def _inheriting(knowledge: Knowledge, shared: Path) -> Knowledge:
    """Return a knowledge base with what it inherits; where both say something, its own word counts."""
    draft = Draft(shared)
    vocabulary = draft.optional(Vocabulary, "vocabulary.yaml") or Vocabulary()
    written = draft.optional(OutOfScopeFile, "out-of-scope.yaml") or OutOfScopeFile(out_of_scope=())
    if draft.problems:
        raise KnowledgeError(draft.problems)
    groups = tuple(_inherited_groups(knowledge, written.out_of_scope))
    digest = blake2b(f"{knowledge.fingerprint} {draft.fingerprint()}".encode(), digest_size=8)
    return replace(
        knowledge,
        vocabulary=_joined(knowledge.vocabulary, vocabulary),
        out_of_scope=(*knowledge.out_of_scope, *groups),
        inherited=frozenset(group.id for group in groups),
        fingerprint=digest.hexdigest(),
    )


def _joined(own: Vocabulary, shared: Vocabulary) -> Vocabulary:
    taken = {word for group in own.synonyms for word in _written(group)}
    synonyms = (group for group in shared.synonyms if taken.isdisjoint(_written(group)))
    return own.model_copy(
        update={
            "synonyms": (*own.synonyms, *synonyms),
            "stop_words": _together(own.stop_words, shared.stop_words),
            "both": _together(own.both, shared.both),
            "frames": own.frames or shared.frames,
        }
    )


def _written(group: Synonyms) -> set[str]:
    return {word.casefold() for word in (group.word, *group.also)}


def _together(own: tuple[str, ...], shared: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*own, *shared)))


def _inherited_groups(knowledge: Knowledge, shared: tuple[OutOfScope, ...]) -> Iterator[OutOfScope]:
    """Yield the shared groups without what the knowledge base can be asked after all: a topic's words, or a side."""
    about = knowledge.about
    own = {group.id for group in knowledge.out_of_scope}
    asked = {text.casefold() for topic in knowledge.topics.values() for text in topic.all_phrasings}
    sides = {name.casefold() for side in about.sides for name in (side.id, side.name, *side.aliases)}
    for group in shared:
        kept = tuple(
            text
            for text in group.phrasings
            if text.casefold() not in asked and sides.isdisjoint(text.casefold().split())
        )
        if kept and group.id not in own:
            reply = group.reply.replace(SUBJECT, about.subject)
            yield group.model_copy(update={"reply": reply, "phrasings": kept})


_FILES: dict[str, type[BaseModel]] = {
    "knowledge": About,
    "sources": SourcesFile,
    "topic": Topic,
    "vocabulary": Vocabulary,
    "out-of-scope": OutOfScopeFile,
    "guide": GuideSpec,
    "packages": PackagesFile,
    "code-task": CodeTask,
    "code-versions": Versions,
}


def schemas() -> dict[str, str]:
    """Return the JSON Schema of every kind of file, for editors: its text by its file name."""
    return {f"{name}.schema.json": _schema(model) for name, model in _FILES.items()}


def _schema(model: type[BaseModel]) -> str:
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **model.model_json_schema()}
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
