"""Decision records, as a file."""

from __future__ import annotations

import re
from dataclasses import replace

from adapters.discord import limits
from adapters.discord.frames import Frame
from adapters.discord.markdown import clip
from adapters.discord.rendering import controls
from adapters.discord.rendering.components import file
from adapters.discord.rendering.layout import Accent, Attachment, Box, Line, Payload, message
from bot.replies import DecisionRecord

PLAIN = 3_500
"""Characters of a record that is written out where files are not allowed."""
LEAD = "Here is your decision record. It is Markdown: put it beside your code, or paste it into your wiki."


def record(said: DecisionRecord, frame: Frame) -> Payload:
    """Return the record as an attachment."""
    attachment = attached(said)
    rows = controls.closing(frame)
    payload = message([Box([[Line(LEAD)]], Accent.RESULT)], [file(attachment.name), *rows], attachment)
    written = said.markdown.replace("```", "'''")
    plain = message([Box([[Line(LEAD)], [Line(f"```md\n{clip(written, PLAIN)}\n```")]], Accent.RESULT)], rows)
    return replace(payload, plain=plain.components)


def attached(said: DecisionRecord) -> Attachment:
    """Return the file, under a name that Discord leaves as it is."""
    stem = re.sub(r"[^A-Za-z0-9_-]+", "-", said.filename.removesuffix(".md")).strip("-") or "decision"
    content = said.markdown.encode()[: limits.FILE_BYTES]
    return Attachment(f"{stem[: limits.FILE_NAME - 3]}.md", content)
