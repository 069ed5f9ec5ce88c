"""chat, preview: a conversation, at a terminal, for programs, or on a page that shows what Slack and Discord would."""

from __future__ import annotations

import sys
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from adapters.cli.shared import (
    KnowledgeOption,
    UsageError,
    dump,
    knowledge_settings,
    learning_shown,
    open_advisor,
    run_on_network,
)

if TYPE_CHECKING:
    from adapters.knowledge_base.loader import Fingerprint
    from bot.advisor import Advisor

JsonLinesOption = Annotated[
    bool, typer.Option("--json", help="Print each reply as a line of JSON, with the choices that numbers take.")
]
DebugOption = Annotated[bool, typer.Option("--debug", help="Say below each reply how the message was read.")]
PortOption = Annotated[int, typer.Option(help="Where the page is served; 0 takes any free port.", min=0, max=65535)]
OpenOption = Annotated[bool, typer.Option("--open/--no-open", help="Whether to open the page in the browser.")]


def chat(as_json: JsonLinesOption = False, debug: DebugOption = False, knowledge: KnowledgeOption = None) -> None:
    """Talk with the advisor. Also reads piped lines."""
    from rich.console import Console

    from adapters.terminal.chat import talk
    from adapters.terminal.console import typed_lines

    advisor = open_advisor(knowledge)
    if as_json:
        _talk_in_json(advisor)
        return
    at_terminal = sys.stdin.isatty()
    lines = typed_lines(lambda text: [link.title for link in advisor.complete(text)]) if at_terminal else sys.stdin
    talk(advisor, Console(), lines, greet=at_terminal, debug=debug, refresh=Following(knowledge))


class Following:
    """Reads the knowledge base again once its files have changed, so that an author need not begin anew."""

    def __init__(self, folder: Path | None) -> None:
        self._given = folder
        self._folder = folder or knowledge_settings().knowledge_folder
        self._seen = self._now()

    def __call__(self, advisor: Advisor) -> tuple[Advisor, str]:
        """Return the advisor to go on with, and what happened to the knowledge base, if anything."""
        from bot.knowledge import KnowledgeError

        now = self._now()
        if now == self._seen:
            return advisor, ""
        self._seen = now
        try:
            return open_advisor(self._given), "(The knowledge base was read again.)"
        except (KnowledgeError, OSError) as mistakes:
            return advisor, f"{mistakes}\n(Until that is mended, I answer from what I read before.)"

    def _now(self) -> Fingerprint:
        from adapters.knowledge_base.loader import fingerprint

        return fingerprint(self._folder)


def _talk_in_json(advisor: Advisor) -> None:
    """Hold one conversation with a program: a line in, a line out."""
    from adapters.terminal.chat import Chat
    from adapters.terminal.json_output import line

    talking = Chat(advisor)
    for text in sys.stdin:
        if not text.strip():
            continue
        reply = talking.say(text)
        if reply is None:
            return
        choices = [choice.label for choice in talking.offered]
        print(dump(line(reply, advisor) | {"choices": choices}), flush=True)


def preview(port: PortOption = 8321, opens: OpenOption = True, knowledge: KnowledgeOption = None) -> None:
    """Show on a local page what Slack and Discord would show; it follows the knowledge base as you write."""
    from adapters.knowledge_base.loader import AdvisorHolder
    from adapters.preview.server import serve

    settings = knowledge_settings()

    def ready(address: str) -> None:
        print(f"{address}  (Ctrl-C ends it)", flush=True)
        if opens:
            webbrowser.open(address)

    with learning_shown() as progress:
        holder = AdvisorHolder(knowledge or settings.knowledge_folder, settings.cache_dir, progress)
    try:
        run_on_network(serve(holder, port, ready))
    except OSError:
        raise UsageError(f"Port {port} is taken. Choose another: advisor preview --port 0") from None
