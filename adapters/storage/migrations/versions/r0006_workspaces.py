"""From which workspace a missed question and a word on a reply came, so that they can be removed with it."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.add_column("missed", sa.Column("workspace", sa.String(32)))
    op.add_column("feedback", sa.Column("workspace", sa.String(32)))


def downgrade() -> None:
    op.drop_column("feedback", "workspace")
    op.drop_column("missed", "workspace")
