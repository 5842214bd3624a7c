"""Drafts: what a person has typed and not saved, kept also over a new sign-in.

A draft is seen by its person alone and has no history: it is gone when it is saved. Where nobody
signs in it is a browser's, and nobody's once that is closed: so what nobody has gone on with for as
many days as DASHBOARD_DRAFT_DAYS says goes when any draft is kept.
"""

from __future__ import annotations

import os
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, select

from dashboard.errors import UsageError
from dashboard.store.plain import storable
from dashboard.store.store import Store
from dashboard.store.tables import person_drafts as table
from dashboard.store.upsert import insert_or
from dashboard.store.writing import now

VARIABLE = "DASHBOARD_DRAFT_DAYS"
DAYS = 90


def lasting() -> timedelta:
    """How long a draft stays that nobody goes on with.

    raises  UsageError where DASHBOARD_DRAFT_DAYS is no number of days, 1 or more
    """
    said = os.environ.get(VARIABLE) or str(DAYS)
    if not said.isdecimal() or not 1 <= int(said) <= 99_999:
        raise UsageError(f"{VARIABLE} is a whole number of days, 1 or more; got: {said}")
    return timedelta(days=int(said))


def keep_draft(store: Store, person: str, form: str, content: dict[str, Any]) -> None:
    """Keeps what `person` has typed into `form`, in place of the draft before; drafts of anybody
    that nobody has gone on with for long are gone.

    raises  UsageError as `lasting` does
    """
    moment = now()
    values = storable({"person": person, "form": form, "content": content}) | {"written_at": moment}
    left = delete(table).where(table.c.written_at < moment - lasting())
    with store.writing(person) as writing:
        writing.connection.execute(insert_or(writing.connection, table, values, replace=True))
        writing.connection.execute(left)


def draft(store: Store, person: str, form: str) -> dict[str, Any] | None:
    """What `person` has typed into `form`; None where there is no draft."""
    chosen = select(table.c.content).where(table.c.person == person, table.c.form == form)
    with store.reading() as connection:
        return connection.execute(chosen).scalar_one_or_none()


def drafts(store: Store, person: str) -> dict[str, dict[str, Any]]:
    """All drafts of a person, by form, the last written first."""
    chosen = (
        select(table.c.form, table.c.content)
        .where(table.c.person == person)
        .order_by(table.c.written_at.desc(), table.c.form)
    )
    with store.reading() as connection:
        return {row.form: row.content for row in connection.execute(chosen)}


def forget_draft(store: Store, person: str, form: str) -> None:
    """Removes a draft, as it is saved or given up; nothing where there is none."""
    gone = delete(table).where(table.c.person == person, table.c.form == form)
    with store.writing(person) as writing:
        writing.connection.execute(gone)
