"""The beginning of a knowledge base of one's own: a small one that runs at once, to be rewritten line by line."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from string import Template

import yaml

from bot.knowledge.loader import schemas

TEMPLATES = Path(__file__).parent / "new_base"
FEWEST_SIDES, MOST_SIDES = 2, 6
GUIDE, SCORED = Path("guide.yaml"), 2
"""The guide decides between the first two sides."""
LONGEST_SIDE, LONGEST_TITLE, LONGEST_SUBJECT = 20, 35, 120
"""Characters: titles stand in modals and app names, names of sides in buttons."""
SIDE = "${side_"
"""A line with this stands once for each side."""


class ScaffoldError(ValueError):
    """What was asked for cannot be made; says why and what to do."""


@dataclass(frozen=True, slots=True)
class NewBase:
    """What somebody wants advice about."""

    subject: str
    """The end of "I know about ..."."""
    sides: tuple[str, ...]
    """The names of what is compared."""
    title: str
    """What the advisor is called."""

    def problems(self) -> list[str]:
        """Return what is wrong with it, each with a remedy; nothing where all is well."""
        found = []
        if not FEWEST_SIDES <= len(self.sides) <= MOST_SIDES:
            found.append(f"Name {FEWEST_SIDES} to {MOST_SIDES} things to compare, such as: --side Tea --side Coffee")
        for name in self.sides:
            found += _line(f"The side “{name}”", name, LONGEST_SIDE)
        if len({name.casefold() for name in self.sides}) < len(self.sides):
            found.append("Two sides have the same name. Give each a name of its own.")
        found += _line("The subject", self.subject, LONGEST_SUBJECT)
        return [*found, *_line("The name", self.title, LONGEST_TITLE)]


def read_sides(text: str) -> list[str]:
    """Return what somebody wants to compare: parted by commas; without any, by "and", "or" or "vs"."""
    parts = text.split(",") if "," in text else re.split(r"\s+(?:and|or|vs\.?|versus)\s+", text, flags=re.IGNORECASE)
    parts = [re.sub(r"^(?:and|or)\s+", "", part.strip(), flags=re.IGNORECASE) for part in parts]
    return [part[:1].upper() + part[1:] for part in parts if part]


def write(folder: Path, wanted: NewBase, today: date) -> list[Path]:
    """Write a knowledge base into a folder and return its files.

    Args:
        folder: where; it is made if it does not exist.
        wanted: what it is about.
        today: the day that its sources and topics are said to be checked.

    Raises:
        ScaffoldError: what is wanted cannot be made, or the folder holds something already.
    """
    problems = wanted.problems()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        problems.append(f"{folder} holds something already. Name a folder that does not exist yet.")
    if problems:
        raise ScaffoldError("\n".join(problems))
    made = {path.relative_to(TEMPLATES): path.read_text(encoding="utf-8") for path in _templates()}
    texts = {name: _filled(text, wanted, today, SCORED if name == GUIDE else MOST_SIDES) for name, text in made.items()}
    texts |= {Path("schema") / name: text for name, text in schemas().items()}
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return [folder / name for name in texts]


def _templates() -> Iterator[Path]:
    return (path for path in sorted(TEMPLATES.rglob("*")) if path.is_file())


def _line(what: str, text: str, most: int) -> Iterator[str]:
    """Say what keeps a text from standing between quotation marks in YAML and on one line of a screen."""
    if not text.strip():
        yield f"{what} is empty. Write it in a few words."
    if len(text) > most:
        yield f"{what} has {len(text)} characters. Shorten it to {most}."
    if re.search(r"[\\\"`*_<>\x00-\x1f\x7f]", text):
        yield f"{what} has a sign that chats read as markup. Leave out quotation marks, backslashes and * _ ` < >."


def _filled(text: str, wanted: NewBase, today: date, repeated: int) -> str:
    """Return a template with its blanks filled; a line about a side is repeated for so many of them."""
    sides = list(zip(_side_ids(wanted.sides), wanted.sides, strict=True))
    values = {
        "id": _slug(wanted.title) or "advisor",
        "title": wanted.title,
        "subject": wanted.subject,
        "today": today.isoformat(),
        "first_id": sides[0][0],
        "first_name": sides[0][1],
        "second_id": sides[1][0],
        "second_name": sides[1][1],
    }
    lines = []
    for line in text.splitlines():
        for number, (side_id, name) in enumerate(sides[: repeated if SIDE in line else 1], 1):
            side = {"side_id": side_id, "side_name": name, "side_alias": name.casefold(), "side_number": str(number)}
            lines.append(Template(line).substitute(values, **side))
    return "\n".join(lines) + "\n"


def _side_ids(names: Sequence[str]) -> list[str]:
    """Return an id for each side: its name in small letters; a number where YAML reads no word in that."""
    made: list[str] = []
    for number, name in enumerate(names, 1):
        short = _slug(name).replace("-", "_")[:12].strip("_")
        plain = isinstance(yaml.safe_load(short), str) and short not in (*made, "nothing", "not_sure")
        made.append(short if plain else f"side_{number}")
    return made


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40].strip("-")
