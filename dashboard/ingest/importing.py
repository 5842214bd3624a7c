"""Import: file → text → checked rows → staging, with an account of every row and value."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb

from dashboard import catalogue as catalogues
from dashboard.catalogue import Catalogue
from dashboard.errors import ContentError, UsageError, nearest
from dashboard.ingest import cells, records, staging
from dashboard.ingest.accounts import ImportAccount
from dashboard.ingest.adapters import ADAPTERS
from dashboard.ingest.columns import listed, match, spelling
from dashboard.ingest.contracts import KINDS
from dashboard.ingest.parsing import quoted
from dashboard.ingest.reading import Progress, Source, copy_text, open_source
from dashboard.ingest.rejects import write_rejects
from dashboard.ingest.staging import Staged
from dashboard.ingest.work import Outcome, Work

ROOT = Path(__file__).resolve().parent.parent.parent
MARK = "SAMPLE"  # a folder with a file of this name holds sample sources


@dataclass(frozen=True)
class Request:
    """One file to import, and how."""

    kind: str
    path: Path
    data: Path
    vintage: date | None
    delta: bool
    columns: dict[str, str]

    @property
    def staged_kind(self) -> str:
        return "counts" if self.kind in ADAPTERS else self.kind

    @property
    def options(self) -> dict[str, Any]:
        """What, beside its bytes, decides how the file is read."""
        told = str(self.vintage) if self.vintage else None
        return {"vintage": told, "delta": self.delta, "columns": self.columns}


def import_files(
    kind: str,
    files: Sequence[Path | str],
    *,
    data: Path,
    vintage: date | None = None,
    delta: bool = False,
    columns: dict[str, str] | None = None,
    progress: Progress | None = None,
) -> list[ImportAccount]:
    """Stages source files; each whole or not at all, in the order given.

    kind      a source kind or published format.
    vintage   day on which the files were known; None: their own refresh date.
    delta     the files hold only new and changed rows.
    columns   role (major, minor, area) → heading, where the synonyms don't know it.
    progress  called with (done, total) in bytes.
    raises    UsageError where the call is wrong, ContentError where a file can't be read
              as its kind or staging can't be written.
    """
    if kind not in KINDS and kind not in ADAPTERS:
        known = [*KINDS, *ADAPTERS]
        near = nearest(kind, known) or known
        raise UsageError(f"there is no source kind {kind!r}; there are: {', '.join(near)}")
    paths = [Path(path) for path in files]
    for path in paths:
        if not path.is_file():
            raise UsageError(f"there is no file {path.name!r} to import")
    catalogue = _catalogue(Path(data))
    sizes = [path.stat().st_size for path in paths]
    accounts = []
    for number, path in enumerate(paths):
        request = Request(kind, path, Path(data), vintage, delta, dict(columns or {}))
        step = _step(progress, sum(sizes[:number]), sizes[number], sum(sizes))
        accounts.append(_import_one(request, catalogue, step))
        step(2, 2)
    return accounts


def _catalogue(data: Path) -> Catalogue:
    """The catalogue that serves `data`: its own, else the project's."""
    own = data / "catalogue"
    folder = own if own.is_dir() else ROOT / "data" / "catalogue"
    files = sorted(folder.glob("*")) if folder.is_dir() else []
    state = tuple((path.name, path.stat().st_mtime_ns, path.stat().st_size) for path in files)
    return _loaded(folder, state)


@lru_cache(maxsize=2)
def _loaded(folder: Path, _state: tuple) -> Catalogue:
    """The catalogue as its files stand; a sample imports sixty files with one and the same."""
    return catalogues.load(folder)


def _step(progress: Progress | None, before: int, size: int, total: int) -> Progress:
    """Progress of one file as bytes of all of them; reading is the first half."""

    def step(done: int, of: int) -> None:
        if progress:
            progress(before + int(size * done / max(of, 1)), max(total, 1))

    return step


def _import_one(request: Request, catalogue: Catalogue, step: Progress) -> ImportAccount:
    source = open_source(request.path)
    digest = _sha256(request.path)
    earlier = [item for item in staging.staged(request.data) if item.kind == request.staged_kind]
    twin = _same_import(earlier, request, digest)
    if twin and (not twin.accounts["rows_rejected"] or twin.sidecar["catalogue"] == catalogue.hash):
        return ImportAccount.from_dict(twin.accounts).said_again()
    state = request.data / "state"
    try:
        state.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="import-", dir=state) as scratch:
            standing = [
                item
                for item in earlier
                if item.sha256 != digest
                or (request.vintage is not None and item.vintage != request.vintage)
            ]
            work = Work(request.path.name, Path(scratch), catalogue, request.vintage, standing)
            try:
                outcome = _read(request, source, work, step)
                return _keep(request, source, work, outcome, digest, earlier, twin)
            finally:
                work.connection.close()
    except (OSError, duckdb.IOException, duckdb.OutOfMemoryException) as error:
        reason = getattr(error, "strerror", None) or "the data folder can't be written"
        raise ContentError(f"{request.path.name} was not imported: {reason}") from error


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _same_import(earlier: list[Staged], request: Request, digest: str) -> Staged | None:
    for item in reversed(earlier):
        same = item.sha256 == digest and item.sidecar["options"] == request.options
        if same and item.adapter == request.kind:
            return item
    return None


def _read(request: Request, source: Source, work: Work, step: Progress) -> Outcome:
    """The file as text in the scratch folder, then checked."""

    def reading(done: int, of: int) -> None:
        step(done, 2 * of)

    if request.kind in ADAPTERS:
        plan = ADAPTERS[request.kind](source.header, request.columns, work.file)
        copy_text(source, plan.chosen, work.raw, reading)
        work.ragged = source.ragged
        work.open_raw()
        return cells.run(work, plan, request.kind)
    kind = KINDS[request.kind]
    wanted = records.wanted_columns(kind)
    chosen = match(source.header, wanted, request.columns, work.file, request.kind)
    rows = copy_text(source, chosen, work.raw, reading)
    work.ragged = source.ragged
    work.open_raw()
    outcome = records.run(work, kind, set(chosen))
    if outcome.account.rows_read != rows + len(source.ragged):
        raise ContentError(f"{work.file}: the account does not add up to its {rows} rows")
    taken = {spelling(source.header[place]) for place in chosen.values()}
    left = [name for name in source.header if name.strip() and spelling(name) not in taken]
    if left:
        outcome.warnings.append(f"columns left out: {listed(left)}")
    return outcome


def _keep(
    request: Request,
    source: Source,
    work: Work,
    outcome: Outcome,
    digest: str,
    earlier: list[Staged],
    twin: Staged | None,
) -> ImportAccount:
    """Writes rejects and staging; nothing where nothing new was said."""
    account = replace(outcome.account, warnings=tuple(outcome.warnings))
    stem = f"{outcome.vintages[-1] if outcome.vintages else 'undated'}-{digest[:12]}"
    if account.rows_rejected or work.one("select count(*) from faults"):
        path = request.data / "rejects" / request.kind / f"{stem}.csv"
        write_rejects(work, source, path)
        account = replace(account, rejects=str(path))
    if twin and _counts(twin.accounts) == _counts(account.as_dict()):
        # Nothing came of the changed catalogue: the same file again changes nothing.
        return account.said_again()
    if not work.one("select count(*) from accepted"):
        return account
    account = replace(account, staged=f"{stem}.parquet")
    built = work.scratch / "built.parquet"
    work.execute(
        f"copy ({outcome.select}) to {quoted(str(built))} (format parquet, compression zstd)"
    )
    sidecar = {
        "kind": request.staged_kind,
        "adapter": request.kind,
        "file": request.path.name,
        "sha256": digest,
        "vintages": account.vintages,
        "imported_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "sequence": staging.next_sequence(earlier),
        "delta": request.delta,
        "sample": (request.path.parent / MARK).exists(),
        "options": request.options,
        "catalogue": work.catalogue.hash,
        "accounts": account.as_dict(),
        "coverage": outcome.coverage,
        "warnings": list(account.warnings),
    }
    target = request.data / "staging" / request.staged_kind / f"{stem}.parquet"
    staging.commit(built, target, sidecar)
    shutil.rmtree(work.scratch / "spill", ignore_errors=True)
    return account


def _counts(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name.startswith(("rows_", "value_"))}
