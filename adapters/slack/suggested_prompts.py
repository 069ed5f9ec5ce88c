"""Suggested prompts: what people see before they have asked anything."""

from __future__ import annotations

import logging

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import limits
from bot.advisor import Advisor

TITLE = "Ask me, or try one of these:"
log = logging.getLogger(__name__)


async def suggest(client: AsyncWebClient, channel: str, thread: str, advisor: Advisor) -> None:
    """Offer the examples of the knowledge base. An app without the agent view has no right to, and that is fine."""
    examples = advisor.help().examples[: limits.SUGGESTED_PROMPTS]
    prompts = [{"title": example, "message": example} for example in examples]
    try:
        await client.assistant_threads_setSuggestedPrompts(
            channel_id=channel, thread_ts=thread or None, title=TITLE, prompts=prompts
        )
    except SlackApiError as refused:
        log.info("Slack took no suggested prompts: %s", refused.response.get("error"))
    except Exception:
        log.exception("Slack: suggested prompts failed")
