"""The guide and conversations in the terminal: lines in, replies out; numbers or arrow keys to choose."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from rich.console import Console

from adapters.conversations.texts import spoken
from adapters.terminal import json_output
from adapters.terminal.console import show
from adapters.terminal.render.buttons import NumberedChoice, options
from adapters.terminal.render.layout import Block, Role
from adapters.terminal.render.render import render
from bot.actions import Action, GuideAction, GuideChange, GuideRestart, SaveRecord, ShowPrivacy
from bot.advisor import Advisor
from bot.context import Context, remembered
from bot.replies import GuideQuestion, GuideReview, Notice, NoticeKind, Recommendation, Reply

QUIT = {"quit", "exit", "bye", "q", ":q", "/quit", "/exit"}
PRIVATE = "In a terminal I keep nothing: what you type never leaves this program."
HOW_TO = "Type a number to choose, Tab to complete, `quit` to leave; in the guide, that closes the guide first."
GOODBYE = "Bye."
OUT_OF_RANGE = "There is no choice {number}. Choose from 1 to {last}, or ask something."
Refresh = Callable[[Advisor], tuple[Advisor, str]]
"""Given the advisor in use, returns the one to go on with, and what to tell about it, if anything."""
Choose = Callable[[str, Sequence[str]], int | None]
"""Shows a title and labels; returns the place of the one that was chosen, or None to leave."""
LEAVE = "Done"
_SHORTCUTS = 36
"""questionary has a key for so many lines, and refuses more."""


@dataclass(frozen=True, slots=True)
class Example:
    """A question to try, chosen by its number."""

    label: str


@dataclass
class Chat:
    """One person's conversation with the advisor."""

    advisor: Advisor
    context: Context = field(default_factory=Context)
    offered: tuple[NumberedChoice | Example, ...] = ()

    def greet(self) -> Iterable[Block]:
        """Return the first screen; its examples can be chosen by their numbers."""
        self.offered = tuple(map(Example, self.advisor.knowledge.about.examples))
        return welcome(self.advisor)

    def say(self, text: str) -> Reply | None:
        """Return the reply to a line that was typed; None for a farewell."""
        line = text.strip()
        if line.casefold() in QUIT and not self.context.guide:  # with a guide open, it is the guide that is left
            return None
        if line.isdecimal() and self.offered:
            return self._choose(int(line))
        named = [number for number, o in enumerate(self.offered, start=1) if o.label.casefold() == line.casefold()]
        if named:
            return self._choose(named[0])
        command = spoken(line)
        if command:
            return self._press(command)
        return self._ask(line)

    def _choose(self, number: int) -> Reply:
        if not 1 <= number <= len(self.offered):
            return Notice(NoticeKind.STALE, OUT_OF_RANGE.format(number=number, last=len(self.offered)))
        chosen = self.offered[number - 1]
        return self._ask(chosen.label) if isinstance(chosen, Example) else self._press(chosen.press)

    def _ask(self, question: str) -> Reply:
        turn = self.advisor.ask(question, self.context)
        self._remember(turn.reply, turn.context)
        return turn.reply

    def _press(self, press: Action) -> Reply:
        if isinstance(press, ShowPrivacy):
            return Notice(NoticeKind.PRIVACY, PRIVATE)
        reply = self.advisor.press(press, on=datetime.now(UTC).date())
        self._remember(reply, remembered(reply, self.context))
        return reply

    def _remember(self, reply: Reply, context: Context) -> None:
        self.context = context
        self.offered = options(reply) or self.offered


def welcome(advisor: Advisor) -> Iterable[Block]:
    """Yield the first screen, without the examples."""
    about = advisor.knowledge.about
    yield Block(Role.TITLE, about.title)
    yield Block(Role.LEAD, f"Ask me about {about.subject}. {HOW_TO}{' For example:' if about.examples else ''}")


def _same(advisor: Advisor) -> tuple[Advisor, str]:
    return advisor, ""


def talk(
    advisor: Advisor,
    console: Console,
    lines: Iterable[str],
    *,
    greet: bool,
    debug: bool = False,
    refresh: Refresh = _same,
) -> None:
    """Hold a conversation until the lines end or somebody says goodbye.

    Args:
        advisor: answers.
        console: where replies are printed.
        lines: what is said.
        greet: whether a person looks on, who is greeted and seen off.
        debug: whether to say how each message was read.
        refresh: is asked before each reply for the advisor that gives it.
    """
    chat = Chat(advisor)
    if greet:
        show(console, chat.greet(), chat.offered)
        console.print()
    for line in lines:
        if not line.strip():
            continue
        chat.advisor, news = refresh(chat.advisor)
        if news:
            show(console, [Block(Role.SOURCE, news)])
        reply = chat.say(line)
        if reply is None:
            break
        show(console, render(reply), options(reply))
        if debug:
            show(console, [Block(Role.SOURCE, read_as(reply, chat.advisor))])
        console.print()
    else:
        if not greet:
            return
    show(console, [Block(Role.LEAD, GOODBYE)])


def read_as(reply: Reply, advisor: Advisor) -> str:
    """Return in one line how a message was read: kind of reply, topic, question, side, and what else came near."""
    facts = json_output.line(reply, advisor)
    named = [f"{name} {facts[name]}" for name in ("topic", "question", "side") if facts[name]]
    near = [f"{one['topic']} {one['confidence']:.2f}" for one in facts["candidates"]]
    return "; ".join([facts["kind"], *named, *([f"confidence {', '.join(near)}"] if near else [])])


if TYPE_CHECKING:
    from bot.guide import Dependencies, Guide


def interview(
    guide: Guide, text: str = "", choose: Choose | None = None, dependencies: Dependencies | None = None
) -> Recommendation | None:
    """Lead a person through the guide, and show the result.

    Args:
        guide: the guide to step through.
        text: a description to begin with.
        choose: how a menu is shown; with arrow keys and numbers by default.
        dependencies: what the project depends on.

    Returns:
        The result that the person was content with; None where they left before there was one.
    """
    ask = choose or with_arrows
    console = Console(highlight=False)
    reply: Reply = guide.begin(text=text, dependencies=dependencies)
    while isinstance(reply, GuideQuestion | GuideReview | Recommendation):
        show(console, render(reply))
        menu = menu_of(reply)
        place = ask("", [label for label, _ in menu])
        press = None if place is None else menu[place][1]
        if press is None:
            return reply if isinstance(reply, Recommendation) else None
        console.print()
        reply = guide.press(press)
    return None


def menu_of(reply: Reply) -> list[tuple[str, GuideAction | None]]:
    """Return what can be chosen after a reply: a label, and what it does; None ends the interview."""
    steps = [(o.label, o.press) for o in options(reply) if isinstance(o.press, GuideAction)]
    menu: list[tuple[str, GuideAction | None]] = [(label, press) for label, press in steps if not _saves(press)]
    if isinstance(reply, Recommendation):
        return [(LEAVE, None), *menu]
    if isinstance(reply, GuideQuestion) and reply.given:
        menu += [(f"Change: {item.ask}", GuideChange(reply.token, item.question)) for item in reply.given]
        menu.append(("Start again", GuideRestart(reply.token)))
    return menu


def _saves(press: GuideAction) -> bool:
    """Leave the decision record to `--record`, which knows the file."""
    return isinstance(press, SaveRecord)


def with_arrows(title: str, labels: Sequence[str]) -> int | None:
    """Show a menu for arrow keys and numbers; None when it is left with Ctrl-C."""
    import questionary

    shortcuts = len(labels) <= _SHORTCUTS
    choices = [questionary.Choice(label, value=place) for place, label in enumerate(labels)]
    asked = questionary.select(title or "Your answer", choices=choices, use_shortcuts=shortcuts, use_arrow_keys=True)
    place: int | None = asked.ask()
    return place
