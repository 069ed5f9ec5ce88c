"""Draws the pictures of the docs, which is `make pictures`: the page of `advisor preview`, and the terminal.

Beside the pictures stands what they were made from, as digests: a test without a browser sees when they are old.
"""

from __future__ import annotations

import asyncio
import hashlib
import io
import json
import re
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from rich.console import Console

from adapters.conversations.ports import WorkspaceSettings
from adapters.discord.render.buttons import Audience
from adapters.discord.render.buttons import RenderContext as OnDiscord
from adapters.discord.render.render import render as on_discord
from adapters.knowledge_base import open_advisor
from adapters.knowledge_base.loader import AdvisorHolder
from adapters.preview.server import STATIC, serve
from adapters.service.settings import KnowledgeSettings
from adapters.slack.render.buttons import RenderContext, Surface
from adapters.slack.render.home import Home, home
from adapters.slack.render.render import message
from adapters.terminal.chat import talk
from bot import actions, replies
from bot.answers import Answering
from bot.guide import Guide
from bot.knowledge import load
from bot.orientation import Orientation
from tests.preview.browser import Background, Browser
from tests.preview.png import smaller

ROOT = Path(__file__).parents[2]
PICTURES = ROOT / "docs" / "pictures"
RECORD = PICTURES / "made-from.json"
KNOWLEDGE = ROOT / "knowledge" / "flask-vs-django"
LARGEST = 120_000
"""Bytes of one picture."""
WIDTH, SCALES = 1180, (1.5, 1.25, 1.0)
"""CSS pixels of the page, and pixels of the picture for each: as many as stay below `LARGEST`."""
QUESTION, NEAR = "does flask have an orm?", "keeping people out"
PROJECT = "an online shop with customer accounts, orders and staff who edit the products"
TYPED = (QUESTION, "and django?", "how do I migrate from rails to phoenix")
TODAY = date(2026, 11, 30)


def made_from() -> dict[str, str]:
    """Return a digest of what each picture shows, without reading a question: that would have to be learned first."""
    page = [path.read_text(encoding="utf-8") for path in sorted(STATIC.iterdir())]
    return {name: _digest([*page, shown]) for name, shown in _shown()}


def _shown() -> Iterator[tuple[str, str]]:
    knowledge = load(KNOWLEDGE)
    assert knowledge.guide
    asking, guide = Orientation(knowledge), Guide(knowledge.guide, knowledge)
    answer = Answering(knowledge).topic(knowledge.topics["orm"], "flask", "included")
    near = [
        replies.Candidate(topic, knowledge.topics[topic].title, 0.3) for topic in ("cookies-sessions", "authentication")
    ]
    review = guide.begin(text=PROJECT)
    assert isinstance(review, replies.GuideReview)
    result = guide.press(actions.GuideFinish(review.token), on=TODAY)
    assert isinstance(result, replies.Recommendation)
    yield "answer", _payloads(answer)
    yield "did-you-mean", _payloads(replies.Suggestions(tuple(near)))
    yield "guide", _payloads(guide.begin())
    yield "result", _payloads(result)
    settings = WorkspaceSettings(channels=("C0GENERAL",))
    yield "home", json.dumps(home(Home(asking.help(), asking.topics(), settings=settings)))


def _payloads(reply: replies.Reply) -> str:
    slack = message(reply, RenderContext(Surface.CHANNEL, "ref", "owner", "U1"))
    return json.dumps([slack, on_discord(reply, OnDiscord("ref", "owner", Audience.CHANNEL)).components])


def _digest(parts: list[str]) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


class Photographer:
    """Makes pictures of the page."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.browser, self.address = browser, address

    def take(self, name: str, act: Callable[[Browser], None], part: str = "main") -> None:
        """Open the page anew, act on it, and keep a picture of some of it, no larger than it may be."""
        self.browser.open(self.address)
        act(self.browser)
        self.browser.evaluate("document.querySelector('main').style.flex = 'none'; document.body.style.height = 'auto'")
        box = self.browser.evaluate(f"document.querySelector('{part}').getBoundingClientRect().toJSON()")
        box = {name: box[name] for name in ("x", "y", "width", "height")}
        for scale in SCALES:
            self.browser.resize(WIDTH, max(700, int(box["y"] + box["height"]) + 100), scale)
            picture = smaller(self.browser.picture(box))
            if len(picture) <= LARGEST:
                break
        else:
            raise SystemExit(f"The picture “{name}” has {len(picture)} bytes; {LARGEST} are allowed.")
        (PICTURES / f"{name}.png").write_bytes(picture)
        self.browser.resize(WIDTH, 900)


def _say(text: str, place: str = "channel") -> Callable[[Browser], None]:
    def said(browser: Browser) -> None:
        browser.evaluate(f"document.getElementById('place').value = '{place}'")
        browser.evaluate(f"document.getElementById('text').value = {text!r}")
        browser.evaluate("document.getElementById('composer').requestSubmit()")
        browser.wait(
            "document.querySelectorAll('#slack .app').length && document.querySelectorAll('#discord .app').length"
        )

    return said


def _result(browser: Browser) -> None:
    _say(f"/recommend {PROJECT}", "direct")(browser)
    for pane in ("slack", "discord"):
        browser.click(f"#{pane} .app:last-child button", "Yes, go on")
        browser.click(f"#{pane} .app:last-child button", "Starting fresh")
        browser.click(f"#{pane} .app:last-child button", "Result now")
        browser.wait(f"document.querySelector('#{pane}').textContent.includes('Start again')")


def _home(browser: Browser) -> None:
    browser.click("#home")
    browser.wait("document.querySelectorAll('#slack-home .section').length")


def photograph(background: Background) -> None:
    """Draw the pictures of Slack and Discord."""
    holder = AdvisorHolder(KNOWLEDGE, KnowledgeSettings().cache_dir, lambda _done, _all: None)
    ready: asyncio.Future[str] = background.loop.create_future()
    serving = asyncio.run_coroutine_threadsafe(serve(holder, 0, ready.set_result), background.loop)
    browser = Browser(background, WIDTH, 900)
    photographer = Photographer(browser, background.run(_value(ready)))
    try:
        photographer.take("answer", _say(QUESTION))
        photographer.take("did-you-mean", _say(NEAR))
        photographer.take("guide", _say("/recommend", "direct"))
        photographer.take("result", _result)
        photographer.take("home", _home, "#home-pane")
    finally:
        browser.close()
        serving.cancel()


async def _value(future: asyncio.Future[str]) -> str:
    return await future


def record_terminal() -> str:
    """Return a conversation in the terminal as SVG, with fonts that every machine has."""
    advisor = open_advisor(KNOWLEDGE, KnowledgeSettings().cache_dir)
    console = Console(record=True, width=92, file=io.StringIO(), force_terminal=True, color_system="truecolor")

    def typed() -> Iterator[str]:
        for line in TYPED:
            console.print(f"[bold]you>[/bold] {line}")
            yield line

    talk(advisor, console, typed(), greet=True)
    drawn = console.export_svg(title="advisor chat", unique_id="terminal")
    return re.sub(r"\s*@font-face \{[^}]*\}", "", drawn)


def main() -> None:
    """Draw everything, and note what it was made from."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    (PICTURES / "terminal.svg").write_text(record_terminal(), encoding="utf-8")
    shutil.copyfile(STATIC / "icon.svg", PICTURES / "icon.svg")
    background = Background()
    try:
        photograph(background)
    finally:
        background.close()
    RECORD.write_text(json.dumps(made_from(), indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
