"""The code knows no subject: whatever a base about tea and coffee shows anywhere, it speaks of nothing else."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date

import pytest

from adapters.discord.render.buttons import Audience
from adapters.discord.render.buttons import RenderContext as OnDiscord
from adapters.discord.render.render import render as on_discord
from adapters.knowledge_base.scaffold import NewBase, write
from adapters.slack.config import Wanted, manifest
from adapters.slack.oauth import install_page, success_page
from adapters.slack.render.buttons import RenderContext, Surface
from adapters.slack.render.home import Home, home
from adapters.slack.render.render import comment_modal, message, modal
from adapters.terminal.console import plain
from adapters.terminal.render.render import render as in_terminal
from bot import actions, replies
from bot.advisor import Advisor
from bot.knowledge import load

FOREIGN = re.compile(r"flask|django|framework|\bweb\b|website|database|python|\bapi\b|\borm\b|template", re.IGNORECASE)
QUESTIONS = ("help", "hello", "what does it cost", "money or learning", "is it free and where do I start", "qwertz")
GUIDE = (actions.OpenGuide(), actions.ShowArea(), actions.ShowHelp())


@pytest.fixture(scope="module")
def advisor(tmp_path_factory: pytest.TempPathFactory) -> Advisor:
    folder = tmp_path_factory.mktemp("subject") / "tea"
    write(folder, NewBase("tea and coffee", ("Tea", "Coffee"), "Hot drinks"), date(2026, 11, 1))
    return Advisor(load(folder))


def said(advisor: Advisor) -> Iterator[replies.Reply]:
    """Yield replies of every kind."""
    yield from (advisor.ask(question).reply for question in QUESTIONS)
    yield from (advisor.press(action) for action in GUIDE)
    yield from (advisor.topic(topic) for topic in advisor.knowledge.topics)
    yield advisor.compare("")
    assert advisor.guide
    shown = advisor.guide.begin()
    while isinstance(shown, replies.GuideQuestion):
        yield shown
        choice = actions.GuideChoose(shown.token, shown.question, shown.choices[0].option)
        shown = advisor.press(choice)
    assert isinstance(shown, replies.Recommendation)
    yield shown
    yield advisor.press(actions.SaveRecord(shown.token), on=date(2026, 11, 1))


def shown(advisor: Advisor) -> Iterator[str]:
    """Yield all that people see of the advisor, as text."""
    about, name = advisor.knowledge.about, advisor.knowledge.about.called
    for reply in said(advisor):
        for surface in (Surface.CHANNEL, Surface.PRIVATE):
            around = RenderContext(surface, "ref", "owner", "U1", question="x", name=name)
            yield json.dumps(message(reply, around))
        yield json.dumps(modal(reply, RenderContext(Surface.MODAL, "ref", name=name)))
        yield json.dumps(on_discord(reply, OnDiscord("ref", "owner", Audience.CHANNEL)).components)
        yield plain(in_terminal(reply))
    yield json.dumps(comment_modal("x y", (), RenderContext(Surface.MODAL, name=name)))
    yield json.dumps(home(Home(advisor.help(), advisor.topics())))
    yield install_page("https://slack.example", about) + success_page("A team", "https://slack.example", about)
    yield json.dumps(manifest(Wanted(about.subject, name, about.examples, direct_messages=True)))


def test_nothing_that_is_shown_speaks_of_another_subject(advisor: Advisor) -> None:
    foreign = {found for text in shown(advisor) for found in FOREIGN.findall(text)}

    assert foreign == set()


def test_the_name_of_the_advisor_is_the_one_in_its_knowledge_base(advisor: Advisor) -> None:
    page = install_page("https://slack.example", advisor.knowledge.about)
    made = manifest(Wanted("tea", advisor.knowledge.about.called, ()))
    view = modal(advisor.help(), RenderContext(Surface.MODAL, name=advisor.knowledge.about.called))

    assert "Add Hot drinks to Slack" in page
    assert "It answers questions in your channels about tea and coffee." in page
    assert made["display_information"]["name"] == "Hot drinks"
    assert view["title"]["text"] == "Hot drinks"
