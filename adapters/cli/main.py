"""`advisor`: every verb, and what happens when one fails."""

from __future__ import annotations

import codecs
import signal
import sys
from collections.abc import Callable, Sequence
from io import StringIO, TextIOWrapper
from typing import Annotated, NoReturn

import typer

from adapters.cli import ask, chat, code_examples, guide, knowledge, missed, platforms, recommendation, reports, service
from adapters.cli.shared import BROKEN_PIPE, UsageError

WRONG_USE = 2
INTERRUPTED = 130
"""What shells report of a program that Ctrl-C ended; 141, of one whose reader went away."""
_PLAIN = {
    "\N{LEFT DOUBLE QUOTATION MARK}": '"',
    "\N{RIGHT DOUBLE QUOTATION MARK}": '"',
    "\N{LEFT SINGLE QUOTATION MARK}": "'",
    "\N{RIGHT SINGLE QUOTATION MARK}": "'",
    "\N{RIGHTWARDS ARROW}": "->",
    "\N{HORIZONTAL ELLIPSIS}": "...",
    "\N{EN DASH}": "-",
    "\N{EM DASH}": "-",
    "\N{NON-BREAKING HYPHEN}": "-",
    "\N{BULLET}": "*",
    "\N{NO-BREAK SPACE}": " ",
}
"""What stands for a sign that an encoding does not have."""

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
    code_examples.code,
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
    set_up_streams()
    run(sys.argv[1:])


def end_when_nobody_reads() -> None:
    """From now on, let the system end us without a word at such a write, as it ends `cat` and `git`.

    Shells then report 141. Python would raise, and click and rich would turn that into the 1 of a check that failed.
    """
    if BROKEN_PIPE:
        signal.signal(BROKEN_PIPE, signal.SIG_DFL)


def set_up_streams() -> None:
    """Replace signs that the encoding of the output lacks by the nearest that it has; be ready for closed input."""
    codecs.register_error("plain", _replaced)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="plain")
    sys.stdin = sys.stdin or StringIO()  # closed by whoever started us: nothing to read
    if isinstance(sys.stdin, TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")


def _replaced(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    signs = error.object[error.start : error.end]
    return "".join(_PLAIN.get(sign, "?") for sign in signs), error.end


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
