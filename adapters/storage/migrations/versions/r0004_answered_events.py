"""When an event was answered, so that one whose process died can be taken over."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.add_column("events", sa.Column("answered_at", sa.Float))


def downgrade() -> None:
    op.drop_column("events", "answered_at")
