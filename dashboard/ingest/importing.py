"""Import: file → text → checked rows → staging, with an account of every row and value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb

from dashboard import catalogue as catalogues
from dashboard.catalogue import Catalogue
from dashboard.errors import ContentError, DashboardError, UsageError, nearest
from dashboard.ingest import (
    adapters,
    cells,
    headers,
    incidents,
    lookups,
    plausible,
    records,
    remembering,
    scratch,
    staging,
)
from dashboard.ingest.accounts import ImportAccount
from dashboard.ingest.asked import Request, sha256
from dashboard.ingest.columns import listed, spelling
from dashboard.ingest.contracts import KINDS
from dashboard.ingest.days import ORDERS, unknowable
from dashboard.ingest.layout import Fit, fitting
from dashboard.ingest.parsing import quoted
from dashboard.ingest.reading import Progress, Table, copy_text, open_tables, shown
from dashboard.ingest.rejects import write_rejects
from dashboard.ingest.sidecars import Account, Sidecar
from dashboard.ingest.staging import Staged
from dashboard.ingest.work import Outcome, Part, Work

ROOT = Path(__file__).resolve().parent.parent.parent
MARK = "SAMPLE"  # a folder with a file of this name holds sample sources


def import_files(
    kind: str,
    files: Sequence[Path | str],
    *,
    data: Path,
    vintage: date | None = None,
    delta: bool = False,
    columns: dict[str, str] | None = None,
    dates: str | None = None,
    sheet: str | None = None,
    areas: Path | str | None = None,
    recall: bool = True,
    progress: Progress | None = None,
) -> list[ImportAccount]:
    """Stages source files; each whole or not at all, in the order given.

    kind      a source kind or published format.
    vintage   day on which the files were known; None: their own refresh date.
    delta     the files hold only new and changed rows.
    columns   role (major, minor, area) or column → heading, where the synonyms don't know it.
    dates     dmy or mdy: how 01/02/2032 is meant, where the file itself leaves it open.
    sheet     of a workbook; None: every visible one that fits.
    areas     table of finer areas and the areas that they lie in, for formats that look them up;
              None: the catalogue's own.
    recall    where none of columns, dates and sheet is told, what the last file of the same
              layout was told holds (see remembering).
    progress  called with (done, total) in bytes.
    raises    UsageError where the call is wrong or the vintage is still to come, ContentError
              where a file can't be read as its kind, says such a vintage, or can't be staged.
    """
    catalogue = _catalogue(Path(data))
    adapter = adapters.adapter(catalogue, kind)
    if kind not in KINDS and adapter is None:
        known = [*KINDS, *adapters.names(catalogue)]
        near = nearest(kind, known) or known
        raise UsageError(f"there is no source kind {kind!r}; there are: {', '.join(near)}")
    if dates is not None and dates not in ORDERS:
        raise UsageError(f"--dates is dmy (day first) or mdy (month first); got: {dates!r}")
    if vintage is not None and (why := unknowable(vintage)):
        raise UsageError(f"no file can be {why}; got: --vintage {vintage}")
    paths = [Path(path) for path in files]
    for path in paths:
        if not path.is_file():
            raise UsageError(f"there is no file {shown(path)} to import")
    table = lookups.table(adapter.of if adapter else None, areas, catalogue)
    sizes = [path.stat().st_size for path in paths]
    accounts = []
    for number, path in enumerate(paths):
        told = dict(columns or {})
        request = Request(
            kind, path, Path(data), vintage, delta, told, dates, sheet, table, adapter, recall
        )
        step = _step(progress, sum(sizes[:number]), sizes[number], sum(sizes))
        accounts.append(_import_one(request, catalogue, step))
        step(2, 2)
    return accounts


def _catalogue(data: Path) -> Catalogue:
    """The catalogue that serves `data`, from now on in force."""
    catalogue = catalogues.load(catalogues.folder_of(data))
    catalogues.keep(catalogue.directorate)
    return catalogue


def _step(progress: Progress | None, before: int, size: int, total: int) -> Progress:
    """Progress of one file as bytes of all of them; reading is the first half."""

    def step(done: int, of: int) -> None:
        if progress:
            progress(before + int(size * done / max(of, 1)), max(total, 1))

    return step


def _import_one(request: Request, catalogue: Catalogue, step: Progress) -> ImportAccount:
    """One file, whole or not at all; what is not foreseen below becomes one sentence.

    raises  DashboardError only: a file that can't be read is the file's fault, or ours.
    """
    try:
        return _staged_account(request, catalogue, step)
    except DashboardError:
        raise
    except (OSError, duckdb.IOException, duckdb.OutOfMemoryException) as error:
        reason = getattr(error, "strerror", None) or "the data folder can't be written"
        raise ContentError(f"{request.path.name} was not imported: {reason}") from error
    except Exception as error:
        number = incidents.noted(request.data, f"import {request.kind}", error)
        raise ContentError(
            f"{request.path.name} was not imported: the program failed on what it holds; nothing "
            f"was changed; give incident {number} to whoever runs the dashboard"
        ) from error


def _staged_account(request: Request, catalogue: Catalogue, step: Progress) -> ImportAccount:
    tables = open_tables(request.path)
    digest = sha256(request.path)
    earlier = [item for item in staging.staged(request.data) if item.kind == request.staged_kind]
    said = None
    if request.recalled:
        request, said = remembering.recalled(request, tables, earlier)
    twin = _same_import(earlier, request, digest)
    if twin and (not twin.accounts["rows_rejected"] or twin.sidecar["catalogue"] == catalogue.hash):
        return replace(ImportAccount.from_dict(twin.accounts).said_again(), held=twin.held)
    with scratch.folder(request.data / "state", "import") as place:
        standing = [
            item
            for item in earlier
            if not item.held
            and (
                item.sha256 != digest
                or (request.vintage is not None and item.vintage != request.vintage)
            )
        ]
        work = Work(
            request.path.name, place, catalogue, request.vintage, standing, request.dates,
            request.delta, request.usual_dates,
        )  # fmt: skip
        try:
            outcome = _read(request, tables, work, step)
            if outcome.vintages and (why := unknowable(outcome.vintages[-1])):
                raise ContentError(f"{request.path.name} says that it was {why}")
            outcome.warnings[:0] = [said] if said else []
            return _keep(request, work, outcome, digest, earlier, twin)
        finally:
            work.connection.close()


def _same_import(earlier: list[Staged], request: Request, digest: str) -> Staged | None:
    for item in reversed(earlier):
        same = item.sha256 == digest and item.sidecar["options"] == request.options
        if same and item.adapter == request.kind:
            return item
    return None


def _read(request: Request, tables: list[Table], work: Work, step: Progress) -> Outcome:
    """The tables of the file as text in the scratch folder, then checked."""
    fits, notes = _fits(request, tables, work)
    for number, fit in enumerate(fits):
        chosen = fit.plan.chosen if request.adapter else fit.plan
        raw = work.scratch / f"raw-{number}.parquet"

        def reading(done: int, of: int, number: int = number) -> None:
            step(number * of + done, 2 * of * len(fits))

        rows = copy_text(fit.source, chosen, raw, reading)
        work.parts.append(Part(fit.sheet, fit.source, raw, rows))
        work.layouts.append(remembering.layout(fit.source.header))
    if request.adapter:
        if request.areas:
            lookups.register(work, [fit.plan for fit in fits], request.areas)
        outcome = cells.run(work, [fit.plan for fit in fits], request.kind)
    else:
        outcome = _read_records(request, work, fits)
    outcome.warnings[:0] = [*notes, *work.read_as()]
    return outcome


def _fits(request: Request, tables: list[Table], work: Work) -> tuple[list[Fit], list[str]]:
    file = request.path.name
    reads, known = headers.reader(request, work.catalogue)
    return fitting(tables, reads, known, file, request.kind, request.sheet)


def _read_records(request: Request, work: Work, fits: list[Fit]) -> Outcome:
    kind = KINDS[request.kind]
    present = {name for fit in fits for name in fit.plan}
    outcome = records.run(work, kind, present)
    outcome.columns.extend(sorted(present))
    rows = sum(part.rows + len(part.source.ragged) for part in work.parts)
    if outcome.account.rows_read != rows:
        raise ContentError(f"{work.file}: the account does not add up to its {rows} rows")
    for fit in fits:
        taken = {spelling(fit.source.header[place]) for place in fit.plan.values()}
        left = [name for name in fit.source.header if name.strip() and spelling(name) not in taken]
        if left:
            outcome.warnings.append(f"columns left out: {listed(left)}")
    return outcome


def _keep(
    request: Request,
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
        write_rejects(work, path)
        account = replace(account, rejects=str(path))
    if twin and _counts(twin.accounts) == _counts(account.as_dict()):
        # Nothing came of the changed catalogue: the same file again changes nothing.
        return replace(account.said_again(), held=twin.held)
    if not work.one("select count(*) from accepted"):
        return account
    built = work.scratch / "built.parquet"
    work.execute(
        f"copy ({outcome.select}) to {quoted(str(built))} (format parquet, compression zstd)"
    )
    sample = (request.path.parent / MARK).exists()
    alike = [item for item in earlier if item.adapter == request.kind and item.sample == sample]
    held = plausible.doubts(work, request.staged_kind, request.delta, outcome, built, alike)
    account = replace(account, held=held)
    sidecar: Sidecar = {
        "kind": request.staged_kind,
        "adapter": request.kind,
        "file": request.path.name,
        "sha256": digest,
        "vintages": account.vintages,
        "imported_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "sequence": staging.next_sequence(earlier),
        "delta": request.delta,
        "complete": True,
        "sample": sample,
        "options": request.options,
        "catalogue": work.catalogue.hash,
        "accounts": account.as_dict(),
        "coverage": outcome.coverage,
        "scope": outcome.scope,
        "columns": outcome.columns,
        "layouts": work.layouts,
        "warnings": list(account.warnings),
    }
    folder = request.data / "staging" / request.staged_kind
    item = staging.commit(built, folder, stem, sidecar)
    return replace(account, staged=item.path.name)


def _counts(row: Account) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name.startswith(("rows_", "value_"))}
