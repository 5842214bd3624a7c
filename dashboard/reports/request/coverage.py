"""What each measure is covered by, from which day to which, as the snapshot's manifest has it."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TypedDict

from dashboard import rows
from dashboard.snapshots import SnapshotInfo


class Covered(TypedDict):
    """A span of one source of a measure; `source` is crimes, returns or a publisher."""

    measure: str
    source: str
    grain: str
    since: date
    until: date  # exclusive
    unit_code: str  # the force of what was published; '' of any other
    n: int  # what was counted in all of it


@lru_cache(maxsize=64)
def covered(snapshot: SnapshotInfo) -> list[Covered]:
    """By measure, those that end last before others; one list for all who ask."""
    spans = [
        rows.typed_row(
            Covered,
            row | {name: date.fromisoformat(row[name]) for name in ("since", "until")},
        )
        for row in snapshot.manifest["served"]
    ]
    return sorted(spans, key=lambda row: (row["measure"], -row["until"].toordinal(), row["grain"]))
