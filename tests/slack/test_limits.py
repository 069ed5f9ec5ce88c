"""Whatever the knowledge says and people type, payloads stay within every limit, and nobody is pinged."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters.conversations.ports import WorkspaceSettings
from adapters.slack.render.buttons import RenderContext, Surface, read_value
from adapters.slack.render.home import Home, home
from adapters.slack.render.layout import ASK
from adapters.slack.render.render import message, modal
from bot import replies
from bot.action_codec import decode
from bot.advisor import Advisor
from bot.replies import Reply
from tests.conversations.tasks import every_code
from tests.slack.arbitrary import areas, everything, texts
from tests.slack.checking import check_message, check_view
from tests.slack.reading import buttons

surroundings = st.builds(
    RenderContext,
    st.sampled_from(Surface),
    st.just("abcdefgh"),
    st.sampled_from(["", "own_er12"]),
    st.sampled_from(["", "U123ABC"]),
    st.sampled_from(["", "U456DEF"]),
    st.booleans(),
    question=texts,
    share_to=st.sampled_from(["", "1800000000.000001"]),
    asks_people=st.booleans(),
)
relaxed = settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@relaxed
@given(everything, surroundings)
def test_messages_stay_within_the_limits(reply: Reply, around: RenderContext) -> None:
    check_message(message(reply, around))


@relaxed
@given(everything, surroundings)
def test_modals_stay_within_the_limits(reply: Reply, around: RenderContext) -> None:
    check_view(modal(reply, around))


@relaxed
@given(st.builds(replies.Help, texts, st.just(()), st.booleans()), st.lists(areas, max_size=60).map(tuple))
def test_the_home_stays_within_the_limits(welcome: replies.Help, shelves: tuple[replies.AreaTopics, ...]) -> None:
    check_view(home(Home(welcome, replies.TopicList(shelves))))


@relaxed
@given(everything, surroundings)
def test_every_button_can_be_read_again(reply: Reply, around: RenderContext) -> None:
    for said in buttons(message(reply, around)).values():
        action, _, _ = read_value(said)
        assert action == ASK or decode(action)


def test_everything_that_the_shipped_knowledge_says_stays_within_the_limits(advisor: Advisor) -> None:
    around = RenderContext(Surface.PRIVATE, "abcdefgh", "own_er12")
    for topic in advisor.knowledge.topics:
        for side in (None, "both", *advisor.knowledge.side_names):
            reply = advisor.topic(topic, side)
            check_message(message(reply, around))
            check_view(modal(reply, around))
    for listed in (advisor.help(), advisor.compare(), advisor.topics()):
        check_message(message(listed, around))
    check_view(home(Home(advisor.help(), advisor.topics(), settings=WorkspaceSettings(("C1",), "C2"))))


def test_all_code_of_the_shipped_knowledge_stands_whole_within_the_limits(advisor: Advisor) -> None:
    for task in advisor.knowledge.code:
        for side in (None, *advisor.knowledge.side_names):
            reply = every_code(advisor, side)[task]
            payload = message(reply, RenderContext(Surface.CHANNEL, "abcdefgh", "own_er12", "U123ABC"))
            check_message(payload)
            check_view(modal(reply, RenderContext(Surface.MODAL)))
            assert preformatted(payload) == [file.text for passage in reply.passages for file in passage.files]


def preformatted(payload: dict[str, Any]) -> list[str]:
    """Return the texts that Slack shows letter by letter, in order."""
    blocks = (block for block in payload["blocks"] if block["type"] == "rich_text")
    return [block["elements"][0]["elements"][0]["text"] for block in blocks]


def test_no_prose_of_the_shipped_knowledge_is_cut(advisor: Advisor) -> None:
    around = RenderContext(Surface.CHANNEL, "abcdefgh", "own_er12", shared_by="U123ABC")
    for topic in advisor.knowledge.topics:
        reply = advisor.topic(topic, "both")
        assert "…" not in str(message(reply, around)["blocks"]) or "…" in repr(reply), topic
