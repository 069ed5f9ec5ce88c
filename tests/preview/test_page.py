from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.preview.browser import Browser
from tests.preview.conftest import Page

RENDERERS = Path(__file__).parents[2] / "adapters"
TEXTS = {"mrkdwn", "plain_text", "raw_text", "text", "rich_text_preformatted"}
"""What stands inside blocks and elements."""
VIEWS = {"modal", "home"}
DISCORD = {"ActionRow": 1, "Button": 2, "Select": 3, "TextDisplay": 10, "File": 13, "Separator": 14, "Container": 17}
"""Discord's numbers of the components that its renderers make."""


def say(browser: Browser, text: str, place: str = "channel") -> None:
    before = browser.evaluate("document.querySelectorAll('#slack .app, #discord .app').length")
    browser.evaluate(f"document.getElementById('place').value = '{place}'")
    browser.evaluate(f"document.getElementById('text').value = {text!r}")
    browser.evaluate("document.getElementById('composer').requestSubmit()")
    browser.wait(f"document.querySelectorAll('#slack .app, #discord .app').length >= {before} + 2")


def words(browser: Browser, pane: str) -> str:
    return str(browser.evaluate(f"document.querySelector('#{pane} .app:last-child').textContent"))


def slack_types() -> set[str]:
    """Return the types of blocks and elements that Slack's renderers write."""
    sources = "".join(path.read_text(encoding="utf-8") for path in (RENDERERS / "slack" / "render").glob("*.py"))
    return set(re.findall(r'"type": "(\w+)"', sources)) - TEXTS - VIEWS


def discord_types() -> set[int]:
    """Return the components that Discord's renderers make."""
    sources = "".join(path.read_text(encoding="utf-8") for path in (RENDERERS / "discord" / "render").glob("*.py"))
    return {DISCORD[name] for name in re.findall(r"\bui\.(\w+)\(", sources)}


def test_an_answer_is_shown_as_both_platforms_show_it(browser: Browser) -> None:
    say(browser, "are there hidden costs")

    assert "Yes, mostly the time to keep it running." in words(browser, "slack")
    assert "Yes, mostly the time to keep it running." in words(browser, "discord")
    assert browser.evaluate("getComputedStyle(document.querySelector('.discord .container')).borderLeftWidth") == "4px"


@pytest.mark.parametrize("place", ["private", "direct"])
def test_a_whole_guide_is_clicked_on_slack(browser: Browser, place: str) -> None:
    say(browser, "/recommend", place)
    for label in ("To spend little money", "Tea", "Yes, regularly"):
        browser.click("#slack .app:last-child button", label)
    browser.wait("document.querySelector('#slack').textContent.includes('Tea suits you.')")

    browser.click("#slack button", "Decision record")
    browser.wait("document.querySelector('#slack pre')?.textContent.includes('# ')")


def test_a_whole_guide_is_clicked_on_discord(browser: Browser) -> None:
    say(browser, "/recommend")
    for label in ("To spend little time", "Coffee", "Yes, regularly"):
        browser.click("#discord .app:last-child button", label)
    browser.wait("document.querySelector('#discord').textContent.includes('Coffee suits you.')")

    browser.click("#discord .ticks summary")
    browser.click("#discord .ticks input")
    browser.wait("document.querySelector('#discord .ticks input')?.checked")
    browser.click("#discord button", "📄")
    browser.wait("document.querySelector('#discord .file pre')?.textContent.includes('# ')")


def test_a_whole_guide_is_clicked_in_slacks_modal_and_shared(browser: Browser) -> None:
    browser.click("#modal")
    for label in ("To spend little money", "Tea", "Yes, regularly"):
        browser.click("#slack-view label", label)
        browser.click("#slack-view button", "Next")
    browser.wait("document.querySelector('#slack-view').textContent.includes('Tea suits you.')")
    browser.click("#slack-view button", "Share")

    browser.wait("document.querySelector('#slack .app')?.textContent.includes('@you asked me to share this:')")
    assert browser.evaluate("document.getElementById('slack-view').hidden")


def test_a_suggestion_is_chosen_where_it_stood(browser: Browser) -> None:
    say(browser, "learning or money")
    before = browser.evaluate("document.querySelectorAll('#slack .app').length")
    if "Did you mean" in words(browser, "slack"):
        browser.click("#slack .app:last-child .actions button")
        browser.wait("!document.querySelector('#slack .app:last-child').textContent.includes('Did you mean')")

    assert browser.evaluate("document.querySelectorAll('#slack .app').length") == before


def test_a_private_answer_is_shared(browser: Browser) -> None:
    say(browser, "is it free", "private")
    browser.click("#slack button", "Share")
    browser.click("#discord button", "📣")

    browser.wait("document.querySelector('#slack').textContent.includes('✓ Shared in the channel.')")
    browser.wait("document.querySelector('#discord').textContent.includes('Shared by @you')")


def test_a_thumb_down_asks_what_was_missing(browser: Browser) -> None:
    say(browser, "is it free")
    browser.click("#slack .thumbs button", "👎")
    browser.click("#slack-view button", "Send")
    browser.click("#discord button", "👎")
    browser.click("#discord-view button", "Submit")

    browser.wait("document.getElementById('slack-view').hidden && document.getElementById('discord-view').hidden")


def test_every_block_and_component_that_the_renderers_make_can_be_drawn(browser: Browser) -> None:
    slack = browser.evaluate("import('/static/slack.js').then((drawn) => drawn.DRAWN)")
    discord = browser.evaluate("import('/static/discord.js').then((drawn) => drawn.DRAWN)")

    assert slack_types() - set(slack) == set()
    assert discord_types() - set(discord) == set()


def test_a_tour_meets_every_block_and_component_and_nothing_unknown(browser: Browser) -> None:
    for text in (
        "help",
        "topics",
        "is it free",
        "/compare",
        "who won the game last night",
        "cost, and how do I begin?",
    ):
        say(browser, text)
    say(browser, "/recommend", "private")
    for label in ("To spend little money", "Tea", "Yes, regularly"):
        browser.click("#slack .app:last-child button", label)
        browser.click("#discord .app:last-child button", label)
    browser.click("#slack button", "Decision record")
    browser.click("#discord button", "📄")
    browser.wait("document.querySelectorAll('#slack pre, #discord .file').length > 1")
    browser.click("#home")
    browser.wait("document.querySelectorAll('#slack-home .section').length")
    browser.click("#chats")
    browser.click("#modal")
    browser.wait("document.querySelectorAll('#slack-view [data-slack=radio_buttons]').length")
    kinds = "[...document.querySelectorAll('[data-{0}]')].map((each) => each.dataset.{0})"

    seen = set(browser.evaluate(kinds.format("slack")))
    assert slack_types() - seen == {"conversations_select"} - seen
    assert discord_types() - {int(kind) for kind in browser.evaluate(kinds.format("discord"))} == set()
    assert browser.evaluate("document.querySelectorAll('.unknown').length") == 0


def test_what_is_shown_is_text_whatever_it_says(browser: Browser) -> None:
    say(browser, "<img src=x onerror=alert(1)> is it free", "private")

    assert browser.evaluate("document.querySelectorAll('#slack .body img, #discord .body img').length") == 0


def test_the_page_has_the_width_of_a_phone_and_dark_colours(browser: Browser) -> None:
    browser.click("#phone")
    browser.click("#dark")

    assert browser.evaluate("document.querySelector('.pane.slack').offsetWidth") == 390
    assert (
        browser.evaluate("getComputedStyle(document.querySelector('.pane.slack')).backgroundColor") == "rgb(31, 35, 40)"
    )


def test_the_third_tab_says_how_a_question_was_read(browser: Browser) -> None:
    say(browser, "are there hidden costs")
    browser.click("#reading")

    browser.wait("document.querySelector('#explained').textContent.includes('costs / hidden-costs')")
    assert "are there hidden costs" in browser.evaluate(
        "document.querySelector('#explained table:last-child').textContent"
    )


def test_a_changed_knowledge_base_is_shown_at_once(browser: Browser, page: Page) -> None:
    say(browser, "are there hidden costs")
    file = page.folder / "topics" / "costs.yaml"
    before = file.read_text(encoding="utf-8")
    file.write_text(before.replace("Yes, mostly the time", "No, but mind the time"), encoding="utf-8")
    browser.wait("document.querySelector('#discord').textContent.includes('No, but mind the time')")

    file.write_text(before.replace("area: deciding", "area: nowhere"), encoding="utf-8")
    browser.wait("document.getElementById('mistakes').textContent.includes('there is no area `nowhere`')")

    file.write_text(before, encoding="utf-8")
    browser.wait("document.getElementById('mistakes').hidden")
