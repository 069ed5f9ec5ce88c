"""A conversation in the terminal: lines in, replies out, numbers to choose."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from rich.console import Console

from adapters.conversations.text_commands import spoken
from adapters.terminal.printer import show
from adapters.terminal.render.blocks import Block, Role
from adapters.terminal.render.buttons import NumberedChoice, options
from adapters.terminal.render.render import render
from bot.actions import Action, ShowPrivacy
from bot.advisor import Advisor, remembered
from bot.context import Context
from bot.replies import Notice, NoticeKind, Reply

QUIT = {"quit", "exit", "bye", "q", ":q", "/quit", "/exit"}
PRIVATE = "In a terminal I keep nothing: what you type never leaves this program."
GOODBYE = "Bye. Good luck with the project."
OUT_OF_RANGE = "There is no choice {number}. Choose from 1 to {last}, or ask something."


@dataclass
class Chat:
    """One person's conversation with the advisor."""

    advisor: Advisor
    context: Context = field(default_factory=Context)
    offered: tuple[NumberedChoice, ...] = ()

    def say(self, text: str) -> Reply | None:
        """Return the reply to a line that was typed; None for a farewell."""
        line = text.strip()
        if line.casefold() in QUIT:
            return None
        if line.isdecimal() and self.offered:
            return self._choose(int(line))
        named = [number for number, o in enumerate(self.offered, start=1) if o.label.casefold() == line.casefold()]
        if named:
            return self._choose(named[0])
        command = spoken(line)
        if command:
            return self._press(command)
        turn = self.advisor.ask(line, self.context)
        self._remember(turn.reply, turn.context)
        return turn.reply

    def _choose(self, number: int) -> Reply:
        if not 1 <= number <= len(self.offered):
            return Notice(NoticeKind.STALE, OUT_OF_RANGE.format(number=number, last=len(self.offered)))
        return self._press(self.offered[number - 1].press)

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
    """Yield the first screen."""
    about = advisor.knowledge.about
    yield Block(Role.TITLE, about.title)
    yield Block(Role.LEAD, f"Ask me about {about.subject}. Type a number to choose, `quit` to leave. For example:")
    for example in about.examples:
        yield Block(Role.ITEM, example)


def talk(advisor: Advisor, console: Console, lines: Iterable[str], *, greet: bool) -> None:
    """Hold a conversation until the lines end or somebody says goodbye."""
    chat = Chat(advisor)
    if greet:
        show(console, welcome(advisor))
        console.print()
    for line in lines:
        if not line.strip():
            continue
        reply = chat.say(line)
        if reply is None:
            show(console, [Block(Role.LEAD, GOODBYE)])
            return
        show(console, render(reply), options(reply))
        console.print()
