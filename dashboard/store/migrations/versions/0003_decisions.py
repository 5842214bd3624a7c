"""Decisions of the tasking meeting, what was said of them, sealed with them and found."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0003"
down_revision = "0002"

CONTENT = sa.JSON().with_variant(JSONB(), "postgresql")


def own(name: str) -> list[sa.Column[Any] | sa.Constraint]:
    """The columns that every versioned table has."""
    return [
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_by", sa.String(255), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=f"pk_{name}"),
    ]


def of_decision(name: str) -> list[sa.Column[Any] | sa.Constraint]:
    """The column that names the decision."""
    key = f"fk_{name}_decision_id_decisions"
    return [
        sa.Column("decision_id", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(["decision_id"], ["decisions.id"], name=key),
    ]


def upgrade() -> None:
    op.create_table(
        "decisions",
        *own("decisions"),
        sa.Column("meeting", sa.Date(), nullable=False),
        sa.Column("raised_from", sa.String(16), nullable=False),
        sa.Column("origin", CONTENT),
        sa.Column("what", sa.String(4000), nullable=False),
        sa.Column("tactic", sa.String(20), nullable=False),
        sa.Column("four_p", sa.String(12)),
        sa.Column("priority", sa.String(64)),
        sa.Column("owner_unit", sa.String(64), nullable=False),
        sa.Column("owner_post", sa.String(120), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("moves", CONTENT),
        sa.Column("measure", sa.String(64)),
        sa.Column("unit", sa.String(64)),
        sa.Column("boroughs", CONTENT),
        sa.Column("ratio", sa.Numeric(5, 3)),
        sa.Column("horizon", sa.Integer()),
        sa.Column("sure", sa.Integer()),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("done_on", sa.Date()),
        sa.Column("reason", sa.String(4000)),
        sa.Column("as_at", sa.Date(), nullable=False),
        sa.Column("snapshot_id", sa.String(64), nullable=False),
    )
    op.create_index("ix_decisions_state", "decisions", ["state"])
    op.create_index("ix_decisions_meeting", "decisions", ["meeting"])
    op.create_table(
        "decision_comments",
        *own("decision_comments"),
        *of_decision("decision_comments"),
        sa.Column("words", sa.String(4000), nullable=False),
    )
    op.create_index("ix_decision_comments_decision_id", "decision_comments", ["decision_id"])
    op.create_table(
        "decision_seals",
        *own("decision_seals"),
        *of_decision("decision_seals"),
        sa.Column("as_at", sa.Date(), nullable=False),
        sa.Column("snapshot_id", sa.String(64), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("sealed", CONTENT, nullable=False),
    )
    op.create_index("ix_decision_seals_snapshot_id", "decision_seals", ["snapshot_id"])
    op.create_table(
        "decision_results",
        *own("decision_results"),
        *of_decision("decision_results"),
        sa.Column("as_at", sa.Date(), nullable=False),
        sa.Column("snapshot_id", sa.String(64), nullable=False),
        sa.Column("verdict", sa.String(20), nullable=False),
        sa.Column("found", CONTENT, nullable=False),
    )
