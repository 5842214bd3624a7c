"""Which cells of a snapshot's tables were hidden; and the history by its time."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "kept_patterns",
        sa.Column("snapshot_id", sa.String(64), nullable=False),
        sa.Column("name", sa.String(255), nullable=False),
        sa.Column("as_at", sa.Date(), nullable=False),
        sa.Column("pattern", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("snapshot_id", "name", name="pk_kept_patterns"),
    )
    op.create_index("ix_kept_patterns_as_at", "kept_patterns", ["as_at"])
    op.create_index("ix_history_table_name_at", "history", ["table_name", "at"])
