"""preview: a local page that shows what Slack and Discord would show."""

from __future__ import annotations

import webbrowser
from typing import Annotated

import typer

from adapters.cli.shared import KnowledgeOption, knowledge_settings, learning_shown
from adapters.cli.streams import UsageError, run_on_network

PortOption = Annotated[int, typer.Option(help="Where the page is served; 0 takes any free port.", min=0, max=65535)]
OpenOption = Annotated[bool, typer.Option("--open/--no-open", help="Whether to open the page in the browser.")]


def preview(port: PortOption = 8321, opens: OpenOption = True, knowledge: KnowledgeOption = None) -> None:
    """Show on a local page what Slack and Discord would show; it follows the knowledge base as you write."""
    from adapters.preview.server import serve
    from adapters.service.reload import AdvisorHolder

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
