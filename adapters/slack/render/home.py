"""The App Home: a place to ask, three examples, the guide, the last result, and the topics by area."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from adapters.conversations.ports import WorkspaceSettings
from adapters.conversations.texts import HELP_ME_CHOOSE, STRENGTHS, WHAT_CAN_I_ASK
from adapters.slack.markup import bold, escape
from adapters.slack.render import layout
from adapters.slack.render.answers import EXAMPLES, area_row
from adapters.slack.render.buttons import USUAL_COMMANDS, Commands, ask
from adapters.slack.render.layout import (
    ACTION,
    ASK,
    Block,
    actions,
    button,
    context,
    divider,
    header,
    numbered,
    plain_text,
    section,
)
from bot.actions import GuideGo, OpenGuide, ShowHelp, ShowPrivacy
from bot.replies import Help, Recommendation, TopicList

PUBLIC_CHANNELS = "public-channels"
"""Action id of the menu in which admins choose where answers may be public."""
HELP_CHANNEL = "help-channel"
"""Action id of the menu in which admins choose where "Ask a person" posts."""

NO_HELP_CHANNEL = "no-help-channel"
"""Action id of the button with which admins turn that off."""


@dataclass(frozen=True, slots=True)
class Home:
    """What the App Home of one person shows."""

    welcome: Help
    topics: TopicList
    commands: Commands = USUAL_COMMANDS
    last: Recommendation | None = None
    settings: WorkspaceSettings | None = None
    """What the admins have chosen, where the person is one of them and may change it."""


def home(shown: Home) -> dict[str, Any]:
    """Return the view that is published as somebody's App Home."""
    return {"type": "home", "blocks": numbered(list(_blocks(shown)))[: layout.BLOCKS_IN_VIEW]}


def _blocks(shown: Home) -> Iterator[Block]:
    yield _ask_box(shown.welcome)
    yield from actions(ask(example) for example in shown.welcome.examples[:EXAMPLES])
    if shown.welcome.offers_guide:
        start = button(HELP_ME_CHOOSE, OpenGuide(), "Start the guide", style="primary")
        yield section(f"{bold('Not sure which one?')} About five questions, then a recommendation.", start)
    if shown.last:
        again = button("Open", GuideGo(shown.last.token), "Open your last result")
        strength = STRENGTHS[shown.last.strength].lower()
        yield section(f"{bold('Your last result:')} {escape(shown.last.result_name)}, {strength}", again)
    yield divider()
    yield from map(area_row, shown.topics.areas)
    yield context(
        f"In a channel: mention me, and everybody there can read the answer. `{shown.commands.ask}` and a question: "
        "only you can."
    )
    yield from actions([button(WHAT_CAN_I_ASK, ShowHelp()), button("Privacy", ShowPrivacy())])
    if shown.settings:
        yield from _settings(shown.settings)


def _ask_box(welcome: Help) -> Block:
    example = f"For example: {welcome.examples[-1]}" if welcome.examples else "Ask in your own words"
    return {
        "type": "input",
        "block_id": ASK,
        "dispatch_action": True,
        "label": plain_text("What would you like to know?", layout.LABEL_TEXT),
        "element": {
            "type": "plain_text_input",
            "action_id": ACTION,
            "max_length": layout.QUESTION_TEXT,
            "placeholder": plain_text(example, layout.PLACEHOLDER_TEXT),
            "dispatch_action_config": {"trigger_actions_on": ["on_enter_pressed"]},
        },
    }


def _settings(settings: WorkspaceSettings) -> Iterator[Block]:
    yield divider()
    yield header("For admins of this workspace")
    channels: Block = {
        "type": "multi_conversations_select",
        "action_id": PUBLIC_CHANNELS,
        "placeholder": plain_text("All channels", layout.PLACEHOLDER_TEXT),
        "filter": {"include": ["public", "private"], "exclude_bot_users": True},
    }
    if settings.channels:
        channels["initial_conversations"] = list(settings.channels)
    yield section(f"{bold('Public answers')} only in these channels; elsewhere only the asker sees them.", channels)
    people: Block = {
        "type": "conversations_select",
        "action_id": HELP_CHANNEL,
        "placeholder": plain_text("Off", layout.PLACEHOLDER_TEXT),
        "filter": {"include": ["public", "private"], "exclude_bot_users": True},
    }
    if settings.help_channel:
        people["initial_conversation"] = settings.help_channel
    yield section(f"{bold('Ask a person')} posts questions that I cannot answer here. Invite me there first.", people)
    if settings.help_channel:
        off = button("Turn off “Ask a person”", "off", "Take away the button that asks people")
        yield from actions([off | {"action_id": NO_HELP_CHANNEL}])
