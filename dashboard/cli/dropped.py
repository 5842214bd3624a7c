"""What lies in a drop folder: KIND/NAME-YYYY-MM-DD.csv, the day on which it was known last."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from dashboard import ingest
from dashboard.errors import ContentError, DashboardError
from dashboard.ingest.sidecars import Sidecar
from dashboard.periods import parse_date
from dashboard.snapshots.manifest import sha256

ENDINGS = (".csv", ".csv.gz", ".parquet", ".xlsx")
DELTA = "-delta"  # ends the name of a file that holds only new and changed rows
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class Dropped:
    """A file of a drop folder.

    vintage  the last day in its name; None where it has none and says so itself
    fault    why it can't be imported; '' where it can
    """

    kind: str
    path: Path
    vintage: date | None = None
    delta: bool = False
    fault: str = ""


def dropped(drop: Path, kinds: Collection[str]) -> list[Dropped]:
    """All files of the drop folder in the order in which they became known, then by name.

    What begins with a dot is on its way, and passed over.
    raises  ContentError where the folder can't be read
    """
    try:
        paths = [path for path in drop.rglob("*") if path.is_file()]
    except OSError as error:
        raise ContentError(f"{drop} can't be read: {error.strerror or error}") from error
    inside = [(path, path.relative_to(drop)) for path in paths]
    files = [
        _read(path, name, kinds)
        for path, name in inside
        if not any(part.startswith(".") for part in name.parts)
    ]
    return sorted(files, key=lambda item: (item.vintage or date.max, str(item.path)))


def _read(path: Path, name: Path, kinds: Collection[str]) -> Dropped:
    ending = next((item for item in ENDINGS if path.name.lower().endswith(item)), None)
    kind = name.parts[0] if len(name.parts) == 2 else ""
    if ending is None:
        known = ", ".join(ENDINGS)
        return Dropped(kind, path, fault=f"{name} is refused: a file ends in one of {known}")
    if kind not in kinds:
        said = f"{name} is refused: it lies in no folder named for a source kind (see `kinds`)"
        return Dropped(kind, path, fault=said)
    stem = path.name[: -len(ending)]
    days = DAY.findall(stem)
    try:
        vintage = parse_date(days[-1], f"the day in the name of {name}") if days else None
    except DashboardError as error:
        return Dropped(kind, path, fault=f"{name} is refused: {error}")
    return Dropped(kind, path, vintage, stem.endswith(DELTA))


def new(files: list[Dropped], data: Path) -> list[Dropped]:
    """Those that were not imported before as they are; what was withdrawn was imported too."""
    there = {(kind, digest, day) for kind, digest, days in _imported(data) for day in (*days, None)}
    return [
        item for item in files if (item.kind, sha256(item.path), item.vintage) not in there
    ]  # fmt: skip


def _imported(data: Path) -> Iterator[tuple[str, str, tuple[date, ...]]]:
    for item in ingest.staged(data):
        yield item.kind, item.sha256, item.vintages
    for path in (data / "withdrawn").glob("*/*.json"):
        said: Sidecar = json.loads(path.read_text("utf-8"))
        yield said["kind"], said["sha256"], tuple(map(date.fromisoformat, said["vintages"]))
