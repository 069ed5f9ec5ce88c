"""Trace which files of ours a message passes, from the platform to the posted reply: `make journeys`.

Each journey is taken once to warm up, then traced with other words. Prints the files in the order in which they are
first entered, beside the number that a journey should pass, and fails where it is longer than it was.
"""

from __future__ import annotations

import asyncio
import logging
import os
import sys
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FrameType
from typing import Any

ROOT = Path(__file__).parents[1]
OURS = tuple(f"{ROOT / name}{os.sep}" for name in ("bot", "adapters"))
FIRST, SECOND = "how much caffeine is in tea?", "will I sleep after a coffee?"
"""Two questions: what was read before is remembered, and would hide the matcher."""
LONGEST = {
    "A question inside the matcher": (14, 14),
    "A mention in Slack, over HTTP, with SQLite": (35, 46),
    "A button of the guide in Discord": (25, 25),
}
"""Files that each journey should pass, and those that it passes at most today."""

Journey = Callable[[], Awaitable[list[str]]]


@contextmanager
def tracing(files: dict[str, None]) -> Iterator[None]:
    """Collect the files of ours whose functions run in this block, in any thread."""

    def note(frame: FrameType, event: str, _argument: object) -> None:
        name = frame.f_code.co_filename
        if event == "call" and name.startswith(OURS) and frame.f_code.co_name != "<module>":
            files.setdefault(name.removeprefix(f"{ROOT}{os.sep}"))

    threading.setprofile(note)
    sys.setprofile(note)
    try:
        yield
    finally:
        sys.setprofile(None)
        threading.setprofile(None)


async def traced(take: Callable[[str], Awaitable[Any]]) -> list[str]:
    """Return the files that something passes when it is done for the second time, with another question."""
    files: dict[str, None] = {}
    await take(FIRST)
    with tracing(files):
        await take(SECOND)
    return list(files)


async def in_the_matcher() -> list[str]:
    """Read a question with the matcher alone."""
    from tests.trained import TEA, trained_matcher

    matcher = trained_matcher(TEA)

    async def read(question: str) -> None:
        matcher.read(question)

    return await traced(read)


async def in_slack() -> list[str]:
    """Mention the advisor in a channel, and wait until it has posted."""
    from tests.service.running import running, slack_settings
    from tests.slack.stand_in import SlackStandIn

    slack = SlackStandIn()
    await slack.start()
    posted = 0
    with TemporaryDirectory() as folder:
        async with running(**slack_settings(slack), database_url=f"sqlite:///{folder}/advisor.db") as service:
            await service.until("/readyz", "ok")
            people = service.workspace(slack)

            async def mention(question: str) -> None:
                nonlocal posted
                posted += 1
                await people.mention(question)
                await slack.wait_for(posted)

            found = await traced(mention)
    await slack.stop()
    return found


async def in_discord() -> list[str]:
    """Press a button of the guide, and wait until the message has changed."""
    from adapters.conversations.service import Conversations
    from tests.conversations.recording import guided
    from tests.discord.conftest import connected
    from tests.discord.reading import press
    from tests.discord.standin import Discord

    discord = Discord()
    await discord.start()
    async with connected(discord, Conversations(guided)):
        asked = await discord.slash("recommend")
        found = await traced(lambda _question: press(discord, asked.last, "After six"))
    await discord.stop()
    return found


JOURNEYS: tuple[Journey, ...] = (in_the_matcher, in_slack, in_discord)


def main() -> int:
    """Take every journey, print its files, and return the exit code."""
    logging.disable()
    too_long = 0
    with TemporaryDirectory() as cache:
        os.environ.setdefault("ADVISOR_CACHE_DIR", cache)
        for (name, (goal, most)), journey in zip(LONGEST.items(), JOURNEYS, strict=True):
            files = asyncio.run(journey())
            too_long += len(files) > most
            apart = sum(not file.startswith("bot/matching/") for file in files)
            print(f"{name}: {len(files)} files, {apart} of them outside of the matcher; {goal} is the goal")
            print("".join(f"    {file}\n" for file in files))
    return int(too_long > 0)


if __name__ == "__main__":
    sys.exit(main())
