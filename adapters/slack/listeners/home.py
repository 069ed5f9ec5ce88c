"""People who open the app or invite it, and admins who choose how it behaves in their workspace."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.conversations.identity import Person
from adapters.conversations.ports import WorkspaceSettings
from adapters.conversations.service import Conversations
from adapters.slack import origins
from adapters.slack.config import SUGGESTED_PROMPTS
from adapters.slack.dispatcher import Dispatcher
from adapters.slack.origins import Origin
from adapters.slack.render.buttons import Commands
from adapters.slack.render.home import HELP_CHANNEL, NO_HELP_CHANNEL, PUBLIC_CHANNELS, Home, home

ORGANISATION = "E"
"""Begins the ids of organisations on Enterprise Grid."""
TITLE = "Ask me, or try one of these:"
HELLO = (
    "Hello! I answer questions about {subject}. Mention me with yours and I reply in a thread; `{command}` and a "
    "question is answered just for you."
)
Payload = dict[str, Any]
log = logging.getLogger(__name__)


def register(app: AsyncApp, dispatcher: Dispatcher) -> None:
    """Attach the listeners for the App Home, the agent view, invitations and settings."""

    @app.event("app_home_opened", matchers=[at_home])
    async def home_opened(event: Payload, context: AsyncBoltContext, client: AsyncWebClient) -> None:
        origin = origins.of_home(event, context)
        dispatcher.attempt(origin, client, publish(client, origin, dispatcher.conversations, dispatcher.commands))

    @app.event("app_home_opened", matchers=[at_messages])
    async def messages_opened(context: AsyncBoltContext) -> None:
        dispatcher.work.start(_suggest(context, dispatcher), context.get(origins.ACKNOWLEDGEMENT))

    @app.event("assistant_thread_started")
    async def thread_started(event: Payload, context: AsyncBoltContext) -> None:
        suggesting = _suggest(context, dispatcher, event["assistant_thread"]["thread_ts"])
        dispatcher.work.start(suggesting, context.get(origins.ACKNOWLEDGEMENT))

    @app.event("member_joined_channel", matchers=[is_invited])
    async def invited(event: Payload, context: AsyncBoltContext, client: AsyncWebClient) -> None:
        origin = origins.of_home(event, context)
        dispatcher.work.start(_greet(dispatcher, origin, client), origin.acknowledgement)

    @app.action(PUBLIC_CHANNELS)
    @app.action(HELP_CHANNEL)
    @app.action(NO_HELP_CHANNEL)
    async def chosen(ack: AsyncAck, body: Payload, action: Payload, context: Payload, client: AsyncWebClient) -> None:
        origin = origins.of_press(body, context)
        await ack()
        dispatcher.attempt(origin, client, _change(dispatcher, origin, client, action))


async def _suggest(context: AsyncBoltContext, dispatcher: Dispatcher, thread: str | None = None) -> None:
    """Offer the examples of the knowledge base. An app without the agent view has no right to, and that is fine."""
    examples = dispatcher.conversations.advisor().help().examples[:SUGGESTED_PROMPTS]
    try:
        if context.set_suggested_prompts:
            await context.set_suggested_prompts(list(examples), title=TITLE, thread_ts=thread)
    except SlackApiError as refused:
        log.info("Slack took no suggested prompts: %s", refused.response.get("error"))
    except Exception:
        log.exception("Slack: suggested prompts failed")


async def _greet(dispatcher: Dispatcher, origin: Origin, client: AsyncWebClient) -> None:
    """Say hello in a channel, once, where public words are allowed."""
    conversations = dispatcher.conversations
    channels = (await conversations.workspace_settings(origin.person)).channels
    allowed = not channels or origin.channel in channels
    if allowed and await conversations.first(f"slack/hello/{origin.channel}", "slack"):
        subject = conversations.advisor().knowledge.about.subject
        try:
            await client.chat_postMessage(
                channel=origin.channel, text=HELLO.format(subject=subject, command=dispatcher.commands.ask)
            )
        except SlackApiError as refused:
            log.info("Slack took no hello: %s", refused.response.get("error"))


async def _change(dispatcher: Dispatcher, origin: Origin, client: AsyncWebClient, action: Payload) -> None:
    """Keep what an admin has chosen and show the Home as it is then; whoever is no admin changes nothing."""
    conversations = dispatcher.conversations
    if await is_admin(client, origin.person):
        now = await conversations.workspace_settings(origin.person)
        await conversations.change_workspace_settings(origin.person, _chosen(now, action))
    await publish(client, origin, conversations, dispatcher.commands)


def _chosen(now: WorkspaceSettings, action: Payload) -> WorkspaceSettings:
    if action.get("action_id") == PUBLIC_CHANNELS:
        return replace(now, channels=tuple(action.get("selected_conversations") or ()))
    return replace(now, help_channel=action.get("selected_conversation") or "")


async def publish(client: AsyncWebClient, origin: Origin, conversations: Conversations, commands: Commands) -> None:
    """Show somebody their App Home.

    Raises:
        slack_sdk.errors.SlackApiError: Slack did not take it.
    """
    advisor, person = conversations.advisor(), origin.person
    admin = await is_admin(client, person)
    shown = Home(
        advisor.help(),
        advisor.topics(),
        commands,
        await conversations.last_result(person),
        await conversations.workspace_settings(person) if admin else None,
    )
    await client.views_publish(user_id=person.user, view=home(shown))


async def is_admin(client: AsyncWebClient, person: Person) -> bool:
    """Return whether Slack says that this person is an admin; False where the app may not ask.

    On Enterprise Grid the settings hold for the whole organisation, so its own admins count.
    """
    try:
        found = (await client.users_info(user=person.user)).get("user") or {}
    except SlackApiError:
        return False
    if person.workspace.startswith(ORGANISATION):
        found = found.get("enterprise_user") or {}
    return bool(found.get("is_admin") or found.get("is_owner") or found.get("is_primary_owner"))


async def at_home(event: Payload) -> bool:
    """Whether the Home tab was opened."""
    return event.get("tab") == "home"


async def at_messages(event: Payload) -> bool:
    """Whether the Messages tab was opened."""
    return event.get("tab") == "messages"


async def is_invited(event: Payload, context: AsyncBoltContext) -> bool:
    """Whether it is the advisor itself that joined a channel."""
    return bool(context.bot_user_id) and event.get("user") == context.bot_user_id
