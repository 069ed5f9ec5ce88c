"""`advisor`: every verb, and what happens when one fails."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import Annotated, NoReturn

import typer

from adapters.cli import ask, chat, guide, knowledge, missed, platforms, recommendation, reports, service, streams
from adapters.cli.streams import INTERRUPTED, WRONG_USE, UsageError, end_when_nobody_reads

app = typer.Typer(
    help="Answers questions with sources, and helps to choose.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
VERBS: tuple[Callable[..., None], ...] = (
    chat.chat,
    chat.preview,
    ask.ask,
    ask.compare,
    ask.topics,
    ask.code,
    ask.explain,
    recommendation.recommend,
    recommendation.team,
    knowledge.new,
    knowledge.check,
    knowledge.evaluate,
    knowledge.learn,
    knowledge.schema,
    missed.missed,
    reports.feedback,
    reports.stats,
    service.export_workspace,
    service.forget_workspace,
    service.serve,
    service.doctor,
)
for verb in VERBS:
    app.command()(verb)
app.add_typer(guide.guide_app, name="guide")
app.add_typer(service.db, name="db")
app.add_typer(platforms.slack_app, name="slack")
app.add_typer(platforms.discord_app, name="discord")
app.add_typer(service.model_app, name="model")


def _print_version(wanted: bool) -> None:
    if wanted:
        from adapters.version import NAME, version

        print(f"{NAME} {version()}")
        raise typer.Exit


VersionOption = Annotated[
    bool, typer.Option("--version", help="Print the version.", callback=_print_version, is_eager=True)
]


@app.callback()
def advisor(version: VersionOption = False) -> None:
    """Answers questions with sources, and helps to choose."""


def main() -> None:
    """Run the command line of this process."""
    end_when_nobody_reads()
    streams.set_up()
    run(sys.argv[1:])


def run(arguments: Sequence[str]) -> NoReturn:
    """Run a command; a mistake of the user ends with a sentence and exit code 2.

    Raises:
        SystemExit: always, with the exit code.
    """
    from bot.knowledge import KnowledgeError

    try:
        app(list(arguments), prog_name="advisor")
        sys.exit(0)
    except (UsageError, KnowledgeError) as mistake:
        print(mistake, file=sys.stderr)
        sys.exit(WRONG_USE)
    except (FileNotFoundError, FileExistsError, PermissionError, IsADirectoryError, NotADirectoryError) as error:
        if not error.filename:
            raise
        print(f"{error.filename}: {error.strerror}.", file=sys.stderr)
        sys.exit(WRONG_USE)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)


if __name__ == "__main__":
    main()
