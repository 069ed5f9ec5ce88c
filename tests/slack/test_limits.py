"""Whatever the knowledge says and people type, payloads stay within every limit, and nobody is pinged."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters.slack.render import home, message, modal
from adapters.slack.render.context import RenderContext, Surface
from bot import replies
from bot.actions import decode
from bot.advisor import Advisor
from bot.replies import Reply
from tests.slack.arbitrary import areas, everything, texts
from tests.slack.checking import check_message, check_view
from tests.slack.reading import buttons

frames = st.builds(
    RenderContext,
    st.sampled_from(Surface),
    st.just("abcdefgh"),
    st.sampled_from(["", "own_er12"]),
    st.sampled_from(["", "U123ABC"]),
    st.booleans(),
)
relaxed = settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@relaxed
@given(everything, frames)
def test_messages_stay_within_the_limits(reply: Reply, frame: RenderContext) -> None:
    check_message(message(reply, frame))


@relaxed
@given(everything, frames)
def test_modals_stay_within_the_limits(reply: Reply, frame: RenderContext) -> None:
    check_view(modal(reply, frame))


@relaxed
@given(st.builds(replies.Help, texts, st.just(()), st.booleans()), st.lists(areas, max_size=60).map(tuple))
def test_the_home_stays_within_the_limits(welcome: replies.Help, shelves: tuple[replies.AreaTopics, ...]) -> None:
    check_view(home(welcome, replies.TopicList(shelves)))


@relaxed
@given(everything, frames)
def test_every_button_can_be_read_again(reply: Reply, frame: RenderContext) -> None:
    for said in buttons(message(reply, frame)).values():
        decode(said)


def test_everything_that_the_shipped_knowledge_says_stays_within_the_limits(advisor: Advisor) -> None:
    frame = RenderContext(Surface.PRIVATE, "abcdefgh", "own_er12")
    for topic in advisor.knowledge.topics:
        for side in (None, "both", *advisor.knowledge.side_names):
            reply = advisor.topic(topic, side)
            check_message(message(reply, frame))
            check_view(modal(reply, frame))
    for listed in (advisor.help(), advisor.compare(), advisor.topics()):
        check_message(message(listed, frame))
    check_view(home(advisor.help(), advisor.topics()))


def test_no_prose_of_the_shipped_knowledge_is_cut(advisor: Advisor) -> None:
    frame = RenderContext(Surface.CHANNEL, "abcdefgh", "own_er12", shared_by="U123ABC")
    for topic in advisor.knowledge.topics:
        reply = advisor.topic(topic, "both")
        assert "…" not in str(message(reply, frame)["blocks"]) or "…" in repr(reply), topic
