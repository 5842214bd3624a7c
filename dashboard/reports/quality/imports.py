"""What each import rejected or left out, from the accounts in the manifest."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from dashboard.access import Disclosed
from dashboard.periods import day_words
from dashboard.reports import accounts
from dashboard.reports.request import Request

SHOWN = 8  # files listed; the rest are in the download of the snapshots page


def rejected(request: Request) -> Disclosed:
    """The files of the open snapshot with rejected rows, most first; then those that left rows
    out by a rule; files that were taken whole are counted only."""
    rows = accounts.rows(request)
    kept = [row for row in rows if _left(row)]
    kept.sort(key=lambda row: (-(row["rows_rejected"] or 0), -_left(row), row["file"]))
    refused = sum(1 for row in rows if row["rows_rejected"])
    whole = len(rows) - len(kept)
    count = f"{refused} of {len(rows)} imports had rows rejected" if refused else ""
    return request.disclose(
        pa.Table.from_pylist(kept[:SHOWN], accounts.ROWS),
        title=count or f"No row of {len(rows)} imports was rejected",
        subtitle=f"{whole} of {len(rows)} files were taken whole, as at {day_words(request.as_at)}",
        notes=("Left out: by a named rule of the format, or said before in the same vintage.",)
        if kept
        else (),
    )


def _left(row: dict[str, Any]) -> int:
    return sum(row[f"rows_{part}"] or 0 for part in ("rejected", "excluded", "superseded"))
