"""What each import rejected or left out, from the accounts in the manifest."""

from __future__ import annotations

from dashboard import rows
from dashboard.access import Disclosed
from dashboard.periods import day_words
from dashboard.reports.request import Request, accounts
from dashboard.reports.request.accounts import Account

SHOWN = 8  # files listed; the rest are in the download of the snapshots page


def rejected(request: Request) -> Disclosed:
    """The files of the open snapshot with rejected rows, most first; then those that left rows
    out by a rule; files that were taken whole are counted only."""
    every = accounts.rows(request)
    kept = [row for row in every if _left(row)]
    kept.sort(key=lambda row: (-(row["rows_rejected"] or 0), -_left(row), row["file"]))
    refused, n = sum(1 for row in every if row["rows_rejected"]), len(every)
    count = f"{refused} of {n} imports had rows rejected" if refused else ""
    return request.disclose(
        rows.table(Account, kept[:SHOWN]),
        title=count or f"No row of {n} imports was rejected",
        subtitle=f"{n - len(kept)} of {n} files were taken whole, as at {day_words(request.as_at)}",
        notes=("Left out: by a named rule of the format, or said before in the same vintage.",)
        if kept
        else (),
    )


def _left(row: Account) -> int:
    return sum(n or 0 for n in (row["rows_rejected"], row["rows_excluded"], row["rows_superseded"]))
