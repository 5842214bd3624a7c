"""What is asked of an import: a file, and how it is to be read."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from dashboard.ingest import lookups
from dashboard.ingest.adapters import Adapter
from dashboard.ingest.sidecars import Options


def sha256(path: Path) -> str:
    """Hex sha256 of a file, read in pieces."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


@dataclass(frozen=True)
class Request:
    """One file to import, and how.

    recall       where nothing is told, what the last file of its layout was told holds
    usual_dates  the order of days that it was told, for where the file leaves it open
    """

    kind: str
    path: Path
    data: Path
    vintage: date | None
    delta: bool
    columns: dict[str, str]
    dates: str | None
    sheet: str | None
    areas: lookups.Areas | None = None
    adapter: Adapter | None = None
    recall: bool = False
    usual_dates: str | None = None

    @property
    def recalled(self) -> bool:
        """Whether it is read as the last file of its layout was."""
        return self.recall and not (self.columns or self.dates or self.sheet)

    @property
    def staged_kind(self) -> str:
        return "counts" if self.adapter else self.kind

    @property
    def options(self) -> Options:
        """What, beside its bytes, decides how the file is read."""
        told = str(self.vintage) if self.vintage else None
        options: Options = {"vintage": told, "delta": self.delta, "columns": self.columns}
        if dates := self.dates or self.usual_dates:
            options["dates"] = dates
        if self.sheet:
            options["sheet"] = self.sheet
        if self.adapter and self.adapter.of and self.adapter.of.digest:
            options["format"] = self.adapter.of.digest
        if self.areas:
            options["areas"] = sha256(self.areas.path)
        return options
