"""Shows replies where there are no messages: in modals and in the App Home."""

from __future__ import annotations

from slack_sdk.web.async_client import AsyncWebClient

from adapters.conversations.service import Delivery
from adapters.slack.origins import Origin
from adapters.slack.render import home, modal
from adapters.slack.render.context import RenderContext, Surface
from adapters.slack.reply_targets import ReplyTarget
from bot.advisor import Advisor
from bot.replies import TopicList


async def show(client: AsyncWebClient, place: Origin, where: ReplyTarget, delivery: Delivery, advisor: Advisor) -> None:
    """Show a reply in the modal that is open, in a page on top of it, or in a new one.

    Raises:
        slack_sdk.errors.SlackApiError: Slack did not take it.
    """
    if place.surface is Surface.HOME and where is ReplyTarget.IN_PLACE and isinstance(delivery.reply, TopicList):
        await publish(client, place, advisor, delivery.reply)
        return
    view = modal(delivery.reply, RenderContext(Surface.MODAL, delivery.ref, delivery.owner))
    if not place.view or place.surface is Surface.HOME:
        await client.views_open(trigger_id=place.trigger, view=view)
    elif where is ReplyTarget.ASIDE:
        await client.views_push(trigger_id=place.trigger, view=view)
    else:
        await client.views_update(view_id=place.view, view=view)


async def publish(client: AsyncWebClient, place: Origin, advisor: Advisor, topics: TopicList | None = None) -> None:
    """Show the App Home, with all areas of topics or with the one that was opened.

    Raises:
        slack_sdk.errors.SlackApiError: Slack did not take it.
    """
    view = home(advisor.help(), topics or advisor.topics())
    await client.views_publish(user_id=place.person.user, view=view)
