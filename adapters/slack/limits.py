"""How much Slack takes: the lengths and counts that every payload stays within. Lengths are in characters."""

from __future__ import annotations

BLOCKS_IN_MESSAGE = 50
BLOCKS_IN_VIEW = 100
SECTION_TEXT = 3_000
HEADER_TEXT = 150
CONTEXT_ELEMENTS = 10
CONTEXT_TEXT = 2_000
ACTIONS_ELEMENTS = 25
BUTTON_TEXT = 75
ACCESSIBILITY_LABEL = 75
PREFORMATTED_TEXT = 3_000
MODAL_TITLE = 24
MODAL_BUTTON = 24
LABEL_TEXT = 2_000
PLACEHOLDER_TEXT = 150
OPTION_TEXT = 75
OPTION_VALUE = 75
"""Slack's sources disagree whether 75 or 150; the lower is right in any case."""
SELECT_OPTIONS = 100
RADIO_OPTIONS = 10
BLOCK_ID = 255
CONFIRM_TITLE = 100
CONFIRM_TEXT = 300
CONFIRM_BUTTON = 30
CONTAINER_BLOCKS = 10
CONTAINER_TITLE = 150
TABLE_ROWS = 100
CELL_TEXT = 300
"""No published limit of a cell; the longest that the knowledge holds is far below."""
THREAD_TITLE = 60
COMMENT_TEXT = 300
QUESTION_TEXT = 1_000
FALLBACK_TEXT = 3_000
"""Slack advises 4,000 for `text`; it is read aloud and shown in notifications, so less is better."""

MESSAGE_JSON = 12_000
"""Characters of a message's blocks as JSON. Undocumented: above some 13,200 Slack answers `msg_blocks_too_long`."""

VIEW_JSON = 250_000
SUGGESTED_PROMPTS = 4

MANIFEST_NAME = 35
MANIFEST_DESCRIPTION = 140
MANIFEST_BOT_NAME = 80
MANIFEST_AGENT_DESCRIPTION = 300

ANSWER_IN_ACKNOWLEDGEMENT = 1.5
"""Seconds that an answer has to travel inside the acknowledgement, for which Slack waits 3 seconds."""
