"""How much Discord takes: the lengths and counts that every payload stays within. Lengths are in characters."""

from __future__ import annotations

MESSAGE_TEXT = 4_000
"""All text displays of a message together."""
MESSAGE_COMPONENTS = 40
"""Components of a message, nested ones included."""
ROW_BUTTONS = 5
BUTTON_LABEL = 80
BUTTON_LABEL_IN_VIEW = 38
"""Screens cut longer labels; such a button gets a row of its own."""
SELECT_OPTIONS = 25
OPTION_TEXT = 100
"""Label, value and description of an option of a select menu, each."""
SELECT_PLACEHOLDER = 150

CHOICES = 25
CHOICE_TEXT = 100
"""Name and value of an autocomplete choice, each."""
QUESTION = 300
PROJECT = 1_000
"""What a person may type into an option. Discord would take 6,000; a question is shorter."""
COMMENT = 300
"""What a person may type about an answer that did not help; as much as is kept of it."""

FILE_BYTES = 10 * 1024 * 1024
FILE_NAME = 100
"""Our own limit; Discord names none."""

PATIENCE = 1.5
"""Seconds to wait for an answer before deferring; Discord gives up after 3, and the network needs its share."""
