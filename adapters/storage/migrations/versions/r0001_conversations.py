"""Conversations and the worklist."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    _conversations()
    _questions()
    _feedback_and_counts()


def _conversations() -> None:
    op.create_table(
        "events",
        sa.Column("event", sa.String(32), primary_key=True),
        sa.Column("claimed_at", sa.Float, nullable=False),
    )
    op.create_index("events_claimed_at", "events", ["claimed_at"])
    op.create_table(
        "contexts",
        sa.Column("conversation", sa.String(32), primary_key=True),
        sa.Column("mark", sa.String(16), nullable=False),
        sa.Column("context", sa.JSON, nullable=False),
        sa.Column("expires_at", sa.Float, nullable=False),
    )
    op.create_index("contexts_mark", "contexts", ["mark"])
    op.create_index("contexts_expires_at", "contexts", ["expires_at"])


def _questions() -> None:
    op.create_table(
        "missed",
        sa.Column("ref", sa.String(32), primary_key=True),
        sa.Column("platform", sa.String(16), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("outcome", sa.String(16), nullable=False),
        sa.Column("nearest", sa.JSON, nullable=False),
        sa.Column("asked_at", sa.Float, nullable=False),
    )
    op.create_index("missed_asked_at", "missed", ["asked_at"])
    op.create_table(
        "choices",
        sa.Column("ref", sa.String(32), primary_key=True),
        sa.Column("topic", sa.String(100)),
        sa.Column("chosen_at", sa.Float, nullable=False),
    )
    op.create_index("choices_chosen_at", "choices", ["chosen_at"])


def _feedback_and_counts() -> None:
    op.create_table(
        "feedback",
        sa.Column("ref", sa.String(32), primary_key=True),
        sa.Column("about", sa.String(100), primary_key=True),
        sa.Column("mark", sa.String(16), primary_key=True),
        sa.Column("platform", sa.String(16), nullable=False),
        sa.Column("helpful", sa.Boolean, nullable=False),
        sa.Column("said_at", sa.Float, nullable=False),
    )
    op.create_index("feedback_mark", "feedback", ["mark"])
    op.create_index("feedback_said_at", "feedback", ["said_at"])
    op.create_table(
        "tallies",
        sa.Column("day", sa.String(10), primary_key=True),
        sa.Column("platform", sa.String(16), primary_key=True),
        sa.Column("what", sa.String(32), primary_key=True),
        sa.Column("about", sa.String(100), primary_key=True),
        sa.Column("count", sa.Integer, nullable=False),
    )
