"""Shows replies where there are no messages: in modals and in the App Home."""

from __future__ import annotations

from dataclasses import replace

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.conversations.service import Conversations
from adapters.slack.origins import Origin
from adapters.slack.render import Home, home, modal
from adapters.slack.render.context import Commands, RenderContext, Surface
from adapters.slack.reply_targets import ReplyTarget
from bot.replies import Reply


async def show(client: AsyncWebClient, origin: Origin, where: ReplyTarget, reply: Reply, around: RenderContext) -> None:
    """Show a reply in the modal that is open, in a page on top of it, or in a new one.

    Raises:
        slack_sdk.errors.SlackApiError: Slack did not take it.
    """
    view = modal(reply, replace(around, surface=Surface.MODAL))
    if not origin.view or origin.surface is Surface.HOME:
        await client.views_open(trigger_id=origin.trigger, view=view)
    elif where is not ReplyTarget.IN_PLACE and origin.trigger and not origin.is_top_view:
        await client.views_push(trigger_id=origin.trigger, view=view)
    else:
        await client.views_update(view_id=origin.view, view=view)


async def publish(client: AsyncWebClient, origin: Origin, conversations: Conversations, commands: Commands) -> None:
    """Show somebody their App Home.

    Raises:
        slack_sdk.errors.SlackApiError: Slack did not take it.
    """
    advisor, person = conversations.advisor(), origin.person
    admin = await is_admin(client, person.user)
    shown = Home(
        advisor.help(),
        advisor.topics(),
        commands,
        await conversations.last_result(person),
        await conversations.workspace_settings(person) if admin else None,
    )
    await client.views_publish(user_id=person.user, view=home(shown))


async def is_admin(client: AsyncWebClient, user: str) -> bool:
    """Return whether Slack says that this person is an admin; False where the app may not ask."""
    try:
        found = (await client.users_info(user=user)).get("user") or {}
    except SlackApiError:
        return False
    return bool(found.get("is_admin") or found.get("is_owner") or found.get("is_primary_owner"))
