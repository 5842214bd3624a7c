"""Targets that OCUs propose, and what the board decided of them."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "target_proposals",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_by", sa.String(255), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("measure", sa.String(64), nullable=False),
        sa.Column("unit_code", sa.String(64), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("target", sa.Numeric(16, 4), nullable=False),
        sa.Column("basis", sa.String(16), nullable=False),
        sa.Column("priority", sa.String(64), nullable=False),
        sa.Column("reason", sa.String(4000), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("decided_on", sa.Date()),
        sa.Column("decided_by", sa.String(255)),
        sa.Column("decision", sa.String(4000)),
        sa.Column("proposed_by", sa.String(255), nullable=False),
        sa.Column("as_at", sa.Date(), nullable=False),
        sa.Column("snapshot_id", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_target_proposals"),
    )
    op.create_index("ix_target_proposals_state", "target_proposals", ["state"])
