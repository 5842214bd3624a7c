"""The history, which only grows, and drafts."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0001"
down_revision = None

CONTENT = sa.JSON().with_variant(JSONB(), "postgresql")
MOMENT = sa.DateTime(timezone=True)
REFUSED = "the history only grows"


def upgrade() -> None:
    op.create_table(
        "history",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("table_name", sa.String(63), nullable=False),
        sa.Column("row_id", sa.String(64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("by", sa.String(255), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("written_at", MOMENT, nullable=False),
        sa.Column("before", CONTENT),
        sa.Column("after", CONTENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_history"),
        sa.UniqueConstraint(
            "table_name", "row_id", "version", name="uq_history_table_name_row_id_version"
        ),
    )
    op.create_table(
        "drafts",
        sa.Column("person", sa.String(255), nullable=False),
        sa.Column("form", sa.String(255), nullable=False),
        sa.Column("content", CONTENT, nullable=False),
        sa.Column("written_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("person", "form", name="pk_drafts"),
    )
    if op.get_bind().dialect.name == "sqlite":
        for what in ("update", "delete"):
            op.execute(
                f"create trigger history_no_{what} before {what} on history"
                f" begin select raise(abort, '{REFUSED}'); end"
            )
        return
    op.execute(
        "create or replace function history_grows() returns trigger language plpgsql as"
        f" $$ begin raise exception '{REFUSED}'; end $$"
    )
    op.execute(
        "create trigger history_no_change before update or delete or truncate on history"
        " for each statement execute function history_grows()"
    )
