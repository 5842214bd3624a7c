"""Roles: who may see which units, and whose records.

Until sign-in is configured the program serves this machine only, and whoever sits at it
works as the local analyst: all aggregates, and pseudonymous records.
"""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa

from dashboard.errors import NotAllowedError


@dataclass(frozen=True)
class Role:
    """A role in words, and whether it may open records."""

    name: str
    words: str
    records: bool


NEVER = ("SCD10", "SCD11")  # output measures only: no role sees their records
LOCAL = Role("analyst", "local, not signed in", records=True)


def permit(role: Role, rows: pa.Table) -> pa.Table:
    """The rows that `role` may see.

    raises  NotAllowedError for record-level rows where the role may not open records.
    """
    if "crime_ref" in rows.column_names and not role.records:
        raise NotAllowedError(f"the role {role.name} may not open records")
    return rows
