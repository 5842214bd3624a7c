"""Opening a request: the snapshot, the as-at and the role that it asks by."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from dashboard import catalogue as catalogues
from dashboard import snapshots
from dashboard.access import LOCAL, Role
from dashboard.reports.request.request import Request


def open_request(
    as_at: date | None = None,
    snapshot_id: str | None = None,
    data: Path | None = None,
    role: Role = LOCAL,
    who: str = "",
) -> Request:
    """The request for a snapshot: by id, else the newest of the as-at, else the newest of all.

    who     reference of whoever asks, for the audit; else the system's user

    Its directorate is in force from then on: its words, its calendar.

    raises  NotFoundError where there is none; ContentError where it is damaged.
    """
    folder = snapshots.data_folder(data)
    whole, faults = snapshots.scan(folder)
    request = Request(snapshots.choose(whole, faults, as_at, snapshot_id), folder, role, who=who)
    vars(request)["_folder"] = tuple(whole)  # a page looks through the folder once
    catalogues.keep(request.catalogue.directorate)
    return request
