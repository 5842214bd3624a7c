"""Publish, list, verify, compare and open snapshots."""

from dashboard.snapshots.manifest import SnapshotInfo
from dashboard.snapshots.publish import publish
from dashboard.snapshots.store import (
    catalogue_folder,
    compare,
    connect,
    data_folder,
    get,
    listing,
    prune,
    scan,
    verify,
)

__all__ = [
    "SnapshotInfo",
    "catalogue_folder",
    "compare",
    "connect",
    "data_folder",
    "get",
    "listing",
    "prune",
    "publish",
    "scan",
    "verify",
]
