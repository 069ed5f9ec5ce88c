"""`advisor`: every verb, and what happens when one fails."""

from __future__ import annotations

import sys
from collections.abc import Callable
from io import StringIO

import typer

from adapters.cli import (
    ask_commands,
    code_commands,
    discord_commands,
    guide_commands,
    knowledge_commands,
    service_commands,
    slack_commands,
    worklist_commands,
)
from adapters.cli.failures import INTERRUPTED, WRONG_USE, UsageError
from adapters.cli.signals import end_when_nobody_reads

app = typer.Typer(
    help="Answers questions with sources, and helps to choose.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
VERBS: tuple[Callable[..., None], ...] = (
    ask_commands.chat,
    ask_commands.ask,
    ask_commands.compare,
    ask_commands.topics,
    code_commands.code,
    guide_commands.recommend,
    knowledge_commands.check,
    knowledge_commands.evaluate,
    knowledge_commands.schema,
    worklist_commands.missed,
    worklist_commands.feedback,
    worklist_commands.stats,
    service_commands.serve,
    service_commands.doctor,
)
for verb in VERBS:
    app.command()(verb)
app.add_typer(guide_commands.guide_app, name="guide")
app.add_typer(service_commands.db, name="db")
app.add_typer(slack_commands.app, name="slack")
app.add_typer(discord_commands.app, name="discord")


def main() -> None:
    """Run the command line; a mistake of the user ends with a sentence and exit code 2."""
    from bot.knowledge import KnowledgeError

    end_when_nobody_reads()
    sys.stdin = sys.stdin or StringIO()  # closed by whoever started us: nothing to read
    try:
        app()
    except (UsageError, KnowledgeError) as mistake:
        print(mistake, file=sys.stderr)
        sys.exit(WRONG_USE)
    except (FileNotFoundError, PermissionError, IsADirectoryError, NotADirectoryError) as error:
        if not error.filename:
            raise
        print(f"{error.filename}: {error.strerror}.", file=sys.stderr)
        sys.exit(WRONG_USE)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)


if __name__ == "__main__":
    main()
