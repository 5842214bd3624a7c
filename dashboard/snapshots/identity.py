"""What makes a snapshot, as one hash: its sources, its catalogue, and the code and SQL that turn
them into figures. The questions that pages ask are not in it: they change no published figure.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path

from dashboard import queries
from dashboard.catalogue import Catalogue, Target
from dashboard.ingest import Staged
from dashboard.queries.files import paths
from dashboard.snapshots import manifest, signal_marts

PACKAGE = Path(__file__).resolve().parents[1]
# Rooms whose code makes figures, and the kinds of SQL that do.
ROOMS = (
    "periods.py", "catalogue", "queries", "ingest", "stats", "signals", "snapshots",
    "access/records.py",
)  # fmt: skip
KINDS = ("measures", "faults", "macros", "marts", "series", "publish")
# The questions of pages that publishing itself asks.
ASKED = ("measure_coverage", *signal_marts.ASKED)


def identity(
    as_at: date, staged: list[Staged], catalogue: Catalogue, accepted: Sequence[Target] = ()
) -> str:
    """Twelve hex digits over all that goes in; another method, source or day gives another.

    accepted  targets that go in beside those of the catalogue
    """
    parts = [str(as_at), catalogue.hash, str(manifest.SCHEMA), method()]
    parts += [f"{item.kind} {item.sha256} {item.vintage} {item.delta}" for item in staged]
    parts += [f"accepted {item}" for item in accepted]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:12]


@lru_cache(maxsize=4)
def method(package: Path = PACKAGE) -> str:
    """A hash of the code and the SQL by which this program makes a snapshot."""
    digest = hashlib.sha256()
    files = [*_code(package), *(path for kind in KINDS for path in paths(kind))]
    files += [queries.report(name).path for name in ASKED]
    for path in files:
        digest.update(f"{path.name}\0".encode() + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _code(package: Path) -> list[Path]:
    rooms = [package / room for room in ROOMS]
    modules = [path for room in rooms if room.is_dir() for path in room.rglob("*.py")]
    return sorted([*modules, *(room for room in rooms if room.is_file())])
