"""Team choices: several people answer the guide in private, and a verdict is made of their answers."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "team_choices",
        sa.Column("team", sa.String(16), primary_key=True),
        sa.Column("starter", sa.String(16), nullable=False),
        sa.Column("revealed", sa.String(64), nullable=False),
        sa.Column("place", sa.String(200), nullable=False),
        sa.Column("begun_at", sa.Float, nullable=False),
    )
    op.create_index("team_choices_starter", "team_choices", ["starter"])
    op.create_index("team_choices_begun_at", "team_choices", ["begun_at"])
    op.create_table(
        "team_answers",
        sa.Column("team", sa.String(16), primary_key=True),
        sa.Column("mark", sa.String(16), primary_key=True),
        sa.Column("code", sa.String(80), nullable=False),
        sa.Column("answered_at", sa.Float, nullable=False),
    )
    op.create_index("team_answers_mark", "team_answers", ["mark"])
    op.create_index("team_answers_answered_at", "team_answers", ["answered_at"])


def downgrade() -> None:
    op.drop_table("team_answers")
    op.drop_table("team_choices")
