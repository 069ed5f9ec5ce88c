"""`advisor model`: the sentence encoder, which understands messages that share no words with the phrasings."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from adapters.cli.shared import JsonOption, dump, knowledge_settings
from adapters.cli.streams import CHECK_FAILED, UsageError

app = typer.Typer(help="The sentence encoder.", no_args_is_help=True)

FolderOption = Annotated[
    Path | None,
    typer.Option(
        "--from",
        metavar="FOLDER",
        help="Take model.safetensors and tokenizer.json from this folder instead of the installed package.",
    ),
]


@app.command()
def install(from_folder: FolderOption = None) -> None:
    """Build the encoder into the cache folder, once. Needs no network."""
    from adapters import encoder
    from bot.matching.semantic import EncoderError

    try:
        folder = encoder.install(_cache(), from_folder, lambda step: print(f"{step} ...", flush=True))
    except EncoderError as error:
        raise UsageError(str(error)) from None
    print(f"The sentence encoder is ready in {folder}.")


@app.command()
def status(as_json: JsonOption = False) -> None:
    """Say whether the encoder is there and works; exit code 1 if not."""
    from adapters import encoder

    found = encoder.status(_cache())
    if as_json:
        print(dump(asdict(found)))
    elif found.ready:
        print(f"The sentence encoder {found.name} is ready: {found.size / 1e6:.0f} MB in {found.folder}.")
    else:
        print(f"{found.problem}\nUntil then, questions are understood by their words alone.")
    if not found.ready:
        raise typer.Exit(CHECK_FAILED)


def _cache() -> Path:
    cache = knowledge_settings().cache_folder
    if cache is None:
        raise UsageError("ADVISOR_CACHE_DIR is off, so the encoder has no place. Set it to a folder, or unset it.")
    return cache
