"""Publish, list, verify, compare and open snapshots."""

from typing import TYPE_CHECKING

from dashboard import late

if TYPE_CHECKING:
    from dashboard.snapshots.batch import File, begin, begun, end, import_and_publish
    from dashboard.snapshots.checking import faults
    from dashboard.snapshots.listed import choose, data_folder, get, listing, prune, scan, verify
    from dashboard.snapshots.manifest import SnapshotInfo
    from dashboard.snapshots.publishing import WAYS, day_to_publish, publish
    from dashboard.snapshots.relations import catalogue_of
    from dashboard.snapshots.store import compare, connect, forget, refuse_damaged

__all__ = [
    "File",
    "WAYS",
    "SnapshotInfo",
    "begin",
    "begun",
    "catalogue_of",
    "choose",
    "compare",
    "connect",
    "data_folder",
    "day_to_publish",
    "end",
    "faults",
    "forget",
    "get",
    "import_and_publish",
    "listing",
    "prune",
    "publish",
    "refuse_damaged",
    "scan",
    "verify",
]

__getattr__ = late.names(__name__)
