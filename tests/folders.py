"""A data folder made of literal rows; what one test imported and published serves the next."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from uuid import uuid4

import polars as pl

from dashboard import catalogue as catalogues
from dashboard import ingest, snapshots
from dashboard.catalogue import Target
from dashboard.ingest import ImportAccount, Staged
from dashboard.snapshots import SnapshotInfo, manifest
from dashboard.snapshots.identity import identity

ROOT = Path(__file__).resolve().parents[1]


class Folder:
    """A data folder of a test, with imports and publishing in one line each.

    shelf  where what was imported and published is kept for the next test that does the same;
           None where each does it for itself
    """

    def __init__(self, path: Path, shelf: Path | None = None):
        self.path = path
        self.data = path / "data"
        self.shelf = shelf
        self.count = 0

    def load(self, kind: str, text: str, vintage: str, delta: bool = False) -> ImportAccount:
        self.count += 1
        file = self.path / f"source-{self.count}.csv"
        file.write_text(text, encoding="utf-8")
        known = date.fromisoformat(vintage)
        before = ingest.staged(self.data)
        kept = self._kept_import(before, kind, file.name, text, vintage, str(delta))
        if kept and kept.is_dir():
            return self._taken(kept)
        account = ingest.import_files(
            kind, [file], data=self.data, vintage=known, delta=delta, columns={}
        )[0]
        if kept and account.staged and not account.rejects:
            self._keep_import(kept, before)
        return account

    def own_catalogue(self, aliases: str) -> None:
        """Gives the folder the project's catalogue and more spellings."""
        shutil.copytree(ROOT / "data" / "catalogue", self.data / "catalogue")
        with (self.data / "catalogue" / "aliases.csv").open("a", encoding="utf-8") as stream:
            stream.write(aliases)

    def publish(self, as_at: str, accepted: Sequence[Target] = ()) -> SnapshotInfo:
        # Of two snapshots of one as-at the later published is the newer: a kept one is only the
        # first. Which of the accepted targets count is publishing's to say.
        day = date.fromisoformat(as_at)
        placed = self.data / "snapshots" / as_at
        if self.shelf is None or accepted or placed.exists():
            return snapshots.publish(day, self.data, accepted=accepted)
        kept = self.shelf / as_at / self._id(day)
        if kept.is_dir():
            shutil.copytree(kept, placed / kept.name)
            return manifest.read(placed / kept.name)
        info = snapshots.publish(day, self.data)
        _put(info.path, kept)
        return info

    def rows(self, info: SnapshotInfo, table: str) -> pl.DataFrame:
        folder = "facts" if (info.path / "facts" / f"{table}.parquet").exists() else "marts"
        return pl.read_parquet(info.path / folder / f"{table}.parquet")

    def _id(self, as_at: date) -> str:
        """That of the snapshot: it covers sources, catalogue, code and SQL, so that what is kept
        is what would be made."""
        known = [item for item in ingest.staged(self.data) if item.goes_into(as_at)]
        return identity(as_at, known, self._catalogue())

    def _catalogue(self) -> catalogues.Catalogue:
        """As importing and publishing read it; its directorate is in force from now on."""
        read = catalogues.load(catalogues.folder_of(self.data))
        catalogues.keep(read.directorate)
        return read

    def _kept_import(self, before: Sequence[Staged], *asked: str) -> Path | None:
        """Where such an import into such a staging folder is kept; the order of imports counts."""
        if self.shelf is None:
            return None
        said = [json.dumps(item.sidecar, sort_keys=True) for item in before]
        parts = "\0".join([self._catalogue().hash, *asked, *said])
        return self.shelf / "imports" / hashlib.sha256(parts.encode()).hexdigest()

    def _taken(self, kept: Path) -> ImportAccount:
        shutil.copytree(kept, self.data, dirs_exist_ok=True)
        (note,) = kept.glob("staging/*/*.json")
        return ImportAccount.from_dict(json.loads(note.read_text("utf-8"))["accounts"])

    def _keep_import(self, kept: Path, before: Sequence[Staged]) -> None:
        """Keeps the one file that was added; an import that took another's place is not kept."""
        now = ingest.staged(self.data)
        new = [item for item in now if item not in before]
        if len(new) != 1 or len(now) != len(before) + 1:
            return
        made = kept.with_name(f"{kept.name}.{uuid4()}")
        place = made / "staging" / new[0].path.parent.name
        place.mkdir(parents=True)
        shutil.copy(new[0].path, place)
        note = new[0].path.with_suffix(".json")
        shutil.copy(note, place)
        _renamed(made, kept)


def _put(folder: Path, kept: Path) -> None:
    kept.parent.mkdir(parents=True, exist_ok=True)
    made = kept.with_name(f"{kept.name}.{uuid4()}")
    shutil.copytree(folder, made)
    _renamed(made, kept)


def _renamed(made: Path, kept: Path) -> None:
    """Puts it in place whole; another process may have been first."""
    try:
        os.rename(made, kept)
    except OSError:
        shutil.rmtree(made)
