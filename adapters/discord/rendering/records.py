"""Decision records, as a file."""

from __future__ import annotations

import re

from adapters.discord import limits
from adapters.discord.frames import Frame
from adapters.discord.rendering import controls
from adapters.discord.rendering.components import file
from adapters.discord.rendering.layout import Accent, Attachment, Box, Line, Payload, message
from bot.replies import DecisionRecord

LEAD = "Here is your decision record. It is Markdown: put it beside your code, or paste it into your wiki."


def record(said: DecisionRecord, frame: Frame) -> Payload:
    """Return the record as an attachment."""
    attachment = attached(said)
    box = Box([[Line(LEAD)]], Accent.RESULT)
    return message([box], [file(attachment.name), *controls.closing(frame)], attachment)


def attached(said: DecisionRecord) -> Attachment:
    """Return the file, under a name that Discord leaves as it is."""
    stem = re.sub(r"[^A-Za-z0-9_-]+", "-", said.filename.removesuffix(".md")).strip("-") or "decision"
    content = said.markdown.encode()[: limits.FILE_BYTES]
    return Attachment(f"{stem[: limits.FILE_NAME - 3]}.md", content)
