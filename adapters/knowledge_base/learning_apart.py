"""Learns from a knowledge base in a process of its own, for a service that runs on.

What learning needs for a second, a process keeps for as long as it runs: some twenty megabytes. And a service that
reads its knowledge again goes on answering meanwhile.

    python -m adapters.knowledge_base.learning_apart FOLDER CACHE
"""

from __future__ import annotations

import logging
import subprocess
import sys
from pathlib import Path

from adapters import apart

log = logging.getLogger(__name__)

PATIENCE = 300.0
"""Seconds that the other process may take."""


def learn_apart(folder: Path, cache: Path) -> None:
    """Leave in the cache what can be learned from the knowledge base in this folder; a failure changes nothing."""
    try:
        subprocess.run(  # noqa: S603  # our own module
            apart.command(__name__, str(folder), str(cache)),
            env=apart.environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=PATIENCE,
            check=True,
            start_new_session=True,  # Ctrl-C is for the service, which then learns by itself or ends
        )
    except (OSError, subprocess.SubprocessError) as error:
        log.info("Learning in a process of its own failed (%s); this one does it.", error)


def _here(folder: Path, cache: Path) -> None:
    from adapters.knowledge_base.loader import open_advisor

    open_advisor(folder, str(cache))


if __name__ == "__main__":
    _here(Path(sys.argv[1]), Path(sys.argv[2]))
