"""The command line: python -m dashboard run | sample | import | publish | snapshots | …

Errors are one sentence on standard error and an exit code by kind: 1 the content is
wrong, 2 the call is wrong, 3 no such thing, 4 not allowed.
"""

from __future__ import annotations

import csv
import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import pyarrow as pa
import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from dashboard import catalogue, ingest, queries, reports, sample, snapshots
from dashboard.errors import DashboardError, NotFoundError, UsageError
from dashboard.export import pack, pack_kept
from dashboard.periods import day_words, parse_date
from dashboard.reports import alerts as alert_reports
from dashboard.reports import backtest
from dashboard.reports import digest as digests

app = typer.Typer(
    help="SCD performance dashboard.", no_args_is_help=True, pretty_exceptions_enable=False
)
# Elsewhere than on a terminal no column is cut to eighty characters.
out = Console(highlight=False, soft_wrap=True, width=None if sys.stdout.isatty() else 240)

DataOption = Annotated[
    Path | None, typer.Option("--data", help="Data folder; else DASHBOARD_DATA, else data/.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]
AsAtOption = Annotated[str, typer.Option("--as-at", help="What was known before this day.")]


class Format(StrEnum):
    """How `query` prints its rows."""

    table = "table"
    csv = "csv"
    json = "json"


@app.command()
def run(
    port: Annotated[int, typer.Option(help="Port on 127.0.0.1.")] = 8501,
    data: DataOption = None,
) -> None:
    """Start the dashboard on 127.0.0.1; publishes the sample first where there is no snapshot."""
    folder = snapshots.data_folder(data)
    with socket.socket() as probe:
        if probe.connect_ex(("127.0.0.1", port)) == 0:
            raise UsageError(f"port {port} is in use; say another with --port")
    found, faults = snapshots.scan(folder)
    for fault in faults:
        print(f"passed over: {fault}", file=sys.stderr)
    if not found:
        print("No snapshot yet: writing and publishing the sample (synthetic data).")
        _publish_sample(folder, 1, 2004)
    print(f"The dashboard is at http://127.0.0.1:{port} (stop it with Ctrl+C).", flush=True)
    root = Path(__file__).resolve().parent.parent
    command = [sys.executable, "-m", "dashboard.ui.server", str(root / "dashboard" / "app.py")]
    command += ["--server.address", "127.0.0.1", "--server.port", str(port)]
    command += ["--server.headless", "true"]
    environment = os.environ | {"DASHBOARD_DATA": str(folder.resolve())}
    try:
        code = subprocess.run(command, cwd=root, env=environment, check=False).returncode
    except KeyboardInterrupt:
        code = 0
    raise typer.Exit(code)


@app.command("sample")
def write_sample(
    scale: Annotated[float, typer.Option(help="Multiplies the number of crime reports.")] = 1,
    seed: Annotated[int, typer.Option(help="Same seed, same sample.")] = 2004,
    data: DataOption = None,
) -> None:
    """Write the synthetic sample sources and publish their snapshots."""
    if scale <= 0:
        raise UsageError(f"--scale is a number above 0; got: {scale}")
    _publish_sample(snapshots.data_folder(data), scale, seed)


def _publish_sample(folder: Path, scale: float, seed: int) -> None:
    with _progress("Writing sample sources") as step:
        files = sample.write(folder / "sample", scale=scale, seed=seed, progress=step)
    found = [snapshots.File(item.kind, item.path, item.vintage, item.delta) for item in files]
    with _progress("Importing and publishing") as step:
        snapshots.import_and_publish(folder, found, sample.AS_ATS, publishing=step)
    last = day_words(max(sample.AS_ATS))
    print(f"Published {len(sample.AS_ATS)} sample snapshots, the last as at {last}.")


@app.command("import")
def import_(
    kind: Annotated[str, typer.Argument(help="Source kind or published format.")],
    files: Annotated[list[Path], typer.Argument(help="CSV, gzipped CSV, parquet or XLSX.")],
    vintage: Annotated[str | None, typer.Option(help="Day on which the files were known.")] = None,
    delta: Annotated[bool, typer.Option(help="The files hold only new and changed rows.")] = False,
    column: Annotated[
        list[str] | None, typer.Option(help="ROLE=NAME settles a key column (major, minor, area).")
    ] = None,
    data: DataOption = None,
    as_json: JsonOption = False,
) -> None:
    """Check and stage source files; rejected rows are kept with their reason."""
    columns = dict(_pair(item, "--column") for item in column or [])
    known = parse_date(vintage, "--vintage") if vintage else None
    with _progress("Importing", quiet=as_json) as step:
        accounts = ingest.import_files(
            kind,
            files,
            data=snapshots.data_folder(data),
            vintage=known,
            delta=delta,
            columns=columns,
            progress=step,
        )
    if as_json:
        print(json.dumps({"files": [item.as_dict() for item in accounts]}, ensure_ascii=False))
        return
    for account in accounts:
        _print_account(account.as_dict())


def _print_account(account: dict[str, Any]) -> None:
    table = Table(title=account["file"], title_justify="left")
    for heading in ("", "read", "accepted", "rejected", "superseded", "excluded"):
        table.add_column(heading, justify="right" if heading else "left")
    for what in ("rows", "value"):
        parts = ("read", "accepted", "rejected", "superseded", "excluded")
        table.add_row(what, *(f"{account[f'{what}_{part}']:,}" for part in parts))
    out.print(table)
    for warning in account["warnings"]:
        out.print(f"warning: {warning}", markup=False)
    if account.get("rejects"):
        out.print(f"rejects: {account['rejects']}", markup=False)


@app.command()
def publish(
    as_at: AsAtOption,
    data: DataOption = None,
    as_json: JsonOption = False,
) -> None:
    """Build the snapshot of what was known before a day."""
    folder = snapshots.data_folder(data)
    with _progress("Publishing", quiet=as_json) as step:
        info = snapshots.publish(parse_date(as_at, "--as-at"), folder, progress=step)
    if as_json:
        print(json.dumps(info.manifest, ensure_ascii=False))
        return
    for warning in info.manifest["warnings"]:
        print(f"warning: {warning}")
    rows = info.manifest["marts"]["observations"]["rows"]
    print(f"Published {info.as_at}/{info.id}: {rows:,} observations.")


snapshot_app = typer.Typer(help="List, verify, compare and prune snapshots.")
app.add_typer(snapshot_app, name="snapshots")


@snapshot_app.callback(invoke_without_command=True)
def snapshots_default(context: typer.Context, data: DataOption = None, as_json: JsonOption = False):
    """List the snapshots where no other command is said."""
    if context.invoked_subcommand is None:
        list_snapshots(data, as_json)


@snapshot_app.command("list")
def list_snapshots(data: DataOption = None, as_json: JsonOption = False) -> None:
    """Each snapshot with its as-at, id and time of publishing."""
    found, faults = snapshots.scan(snapshots.data_folder(data))
    rows = [
        {"as_at": str(item.as_at), "id": item.id, "published_at": item.published_at,
         "sample": item.sample, "sources": len(item.manifest["sources"])}
        for item in found
    ]  # fmt: skip
    for fault in faults:
        print(f"passed over: {fault}", file=sys.stderr)
    _print_rows(rows, Format.json if as_json else Format.table)


@snapshot_app.command("verify")
def verify_snapshots(
    as_at: Annotated[str | None, typer.Argument(help="As-at or id; all where left out.")] = None,
    data: DataOption = None,
    as_json: JsonOption = False,
) -> None:
    """Compare every file of the snapshots with what was published."""
    found, faults = snapshots.scan(snapshots.data_folder(data))
    chosen = [item for item in found if as_at in (None, str(item.as_at), item.id)]
    faults = [item for item in faults if as_at is None or as_at in item]
    if as_at and not chosen and not faults:
        raise NotFoundError("snapshot", as_at, [str(item.as_at) for item in found])
    for item in chosen:
        faults += [f"snapshot {item.as_at}/{item.id}: {text}" for text in snapshots.verify(item)]
    if as_json:
        print(json.dumps({"verified": len(chosen), "faults": faults}, ensure_ascii=False))
    else:
        print("\n".join(faults) or f"{len(chosen)} snapshots are whole and unchanged.")
    if faults:
        raise typer.Exit(1)


@snapshot_app.command("compare")
def compare_snapshots(
    older: Annotated[str, typer.Argument(help="As-at or id.")],
    newer: Annotated[str, typer.Argument(help="As-at or id.")],
    data: DataOption = None,
    as_json: JsonOption = False,
) -> None:
    """Which figures were revised from one snapshot to another."""
    found = snapshots.listing(snapshots.data_folder(data))
    pair = []
    for wanted in (older, newer):
        match = [item for item in found if wanted in (str(item.as_at), item.id)]
        if not match:
            raise NotFoundError("snapshot", wanted, [str(item.as_at) for item in found])
        pair.append(match[-1])
    rows = snapshots.compare(*pair).to_pylist()
    _print_rows(rows, Format.json if as_json else Format.table)


@snapshot_app.command("prune")
def prune_snapshots(data: DataOption = None, as_json: JsonOption = False) -> None:
    """Remove superseded snapshots of an as-at; none under a day old or behind a kept pack."""
    folder = snapshots.data_folder(data)
    removed = snapshots.prune(folder, pack_kept.kept_snapshots(folder))
    if as_json:
        print(json.dumps([{"as_at": str(item.as_at), "id": item.id} for item in removed]))
    else:
        print(f"Removed {len(removed)} superseded snapshots.")


class DigestForm(StrEnum):
    """How a digest is written."""

    text = "text"
    html = "html"


@app.command()
def alerts(
    as_at: AsAtOption,
    data: DataOption = None,
    as_json: JsonOption = False,
    digest: Annotated[
        DigestForm | None, typer.Option(help="A message to mail: the page's rows in sentences.")
    ] = None,
) -> None:
    """The tasking alert list: what is beyond expectation, strongest evidence first."""
    if as_json and digest:
        raise UsageError("say --json or --digest, not both")
    request = reports.open_request(parse_date(as_at, "--as-at"), None, data)
    if digest:
        message = digests.digest(request)
        written = digests.as_html if digest is DigestForm.html else digests.as_text
        sys.stdout.write(written(message))
        return
    found = alert_reports.alert_list(request)
    rows = alert_reports.as_rows(found)
    if as_json:
        print(json.dumps(rows, default=str, ensure_ascii=False))
        return
    for row in rows:
        print(f"[{row['tier']}] {row['sentence']}")
    if not rows:
        print(f"{found.alerts.title}.")
    for sentence in (*found.late, *found.fit):
        print(sentence)


class PackForm(StrEnum):
    """How a pack is written."""

    pdf = "pdf"
    pptx = "pptx"
    xlsx = "xlsx"
    csv = "csv"


@app.command()
def report(
    name: Annotated[str, typer.Argument(help=f"One of {', '.join(pack.NAMES)}.")],
    as_at: AsAtOption,
    to: Annotated[
        Path, typer.Option("--out", help="The file to write; in a folder the pack's own name.")
    ],
    unit: Annotated[str | None, typer.Option(help="Code of a unit.")] = None,
    borough: Annotated[str | None, typer.Option(help="Code of a borough.")] = None,
    format_: Annotated[
        PackForm | None, typer.Option("--format", help="Else as the file's name ends, else pdf.")
    ] = None,
    data: DataOption = None,
) -> None:
    """Write a pack: the meeting's paper, with the same rows as the screen."""
    form = _form(to, format_)
    if not (to if to.is_dir() else to.absolute().parent).is_dir():
        raise UsageError(f"{to} can't be written: there is no such folder")
    request = reports.open_request(parse_date(as_at, "--as-at"), None, data)
    with _progress(f"Making the {name} pack") as step:
        made = pack.produce(
            request,
            name,
            form,
            unit,
            borough,
            progress=lambda share, words: step(round(100 * share), 100),
        )
    target = to / made.name if to.is_dir() else to
    beside = target.with_name(f".{target.name}.part")
    try:
        # A reader of the folder sees the whole pack or none.
        beside.write_bytes(made.content)
        beside.replace(target)
    except OSError as error:
        with suppress(OSError):  # what can't be written may not be taken away either
            beside.unlink()
        raise UsageError(f"{to} can't be written: {error.strerror or error}") from error
    print(f"{target}: {len(made.content):,} bytes.")
    for fault in made.faults:
        print(fault, file=sys.stderr)


def _form(to: Path, asked: PackForm | None) -> str:
    """The form that was asked for, else the one that the file's name ends in, else PDF.

    raises  UsageError where the two differ: a PDF named .pptx opens nowhere
    """
    ending = to.suffix.lower().lstrip(".")
    named = ending if ending in pack.FORMATS and not to.is_dir() else None
    if asked and named and asked.value != named:
        raise UsageError(f"--out ends in .{named}, --format says {asked.value}")
    return asked.value if asked else named or PackForm.pdf.value


@app.command("backtest")
def backtest_(as_at: AsAtOption, data: DataOption = None, as_json: JsonOption = False) -> None:
    """How forecasts and alerts would have done at past meetings, with what was known then."""
    request = reports.open_request(parse_date(as_at, "--as-at"), None, data)
    with _progress("Going through past meetings", quiet=as_json):
        rows = backtest.table(request)
    if as_json:
        print(json.dumps(rows, default=_plain, ensure_ascii=False))
        return
    print(backtest.markdown(request))


@app.command()
def query(
    name: Annotated[str, typer.Argument(help="A query of queries/reports.")],
    values: Annotated[
        list[str] | None, typer.Argument(help="key=value for each parameter.")
    ] = None,
    as_at: Annotated[str | None, typer.Option("--as-at", help="Else the newest snapshot.")] = None,
    data: DataOption = None,
    format_: Annotated[Format, typer.Option("--format")] = Format.table,
) -> None:
    """Run a query of queries/reports on a snapshot."""
    found = queries.report(name)
    given = dict(_pair(item, "a parameter") for item in values or [])
    surplus = sorted(set(given) - set(found.parameters))
    if surplus:
        allowed = ", ".join(found.parameters) or "no parameters"
        raise UsageError(f"{name} takes {allowed}; got: {', '.join(surplus)}")
    wanted = parse_date(as_at, "--as-at") if as_at else None
    request = reports.open_request(wanted, None, data)
    _check_values(request, given)
    rows = request.answer(name, **given)
    _print_table(rows, format_)


def _check_values(request: reports.Request, given: dict[str, str]) -> None:
    if "measure" in given:
        request.measure(given["measure"])
    for key, kind, known in (
        ("unit", "unit", request.catalogue.units),
        ("borough", "borough", request.catalogue.areas),
    ):
        if given.get(key) and given[key] not in known:
            raise NotFoundError(kind, given[key], tuple(known))
    for key in ("since", "until"):
        if given.get(key):
            parse_date(given[key], key)
    for key, allowed in (
        ("level", ("force", "directorate", "ocu", "branch", "team", "borough")),
        ("grain", ("day", "week", "fortnight", "month", "quarter", "year")),
    ):
        if given.get(key) and given[key] not in allowed:
            raise UsageError(f"{key} is one of {', '.join(allowed)}; got: {given[key]!r}")


@app.command()
def check(data: DataOption = None) -> None:
    """Report every fault in the catalogue and the queries."""
    folder = snapshots.catalogue_folder(snapshots.data_folder(data))
    found = queries.faults()
    found += catalogue.faults(folder, set(queries.find("measures")))
    for fault in found:
        print(fault, file=sys.stderr)
    if found:
        raise typer.Exit(1)
    print(f"The catalogue and {len(queries.measures())} measures are sound.")


def _pair(text: str, what: str) -> tuple[str, str]:
    key, sign, value = text.partition("=")
    if not sign or not key:
        raise UsageError(f"{what} is written KEY=VALUE; got: {text!r}")
    return key, value


def _print_table(rows: pa.Table, format_: Format) -> None:
    if format_ is Format.csv:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(rows.column_names)
        for batch in rows.to_batches():
            for row in batch.to_pylist():
                writer.writerow(["" if value is None else _plain(value) for value in row.values()])
        return
    _print_rows(rows.to_pylist(), format_, rows.column_names)


def _print_rows(
    rows: list[dict[str, Any]], format_: Format, names: list[str] | None = None
) -> None:
    if format_ is Format.json:
        print(json.dumps(rows, default=_plain, ensure_ascii=False))
        return
    table = Table()
    for name in names or (list(rows[0]) if rows else ["nothing to show"]):
        table.add_column(name)
    for row in rows:
        table.add_row(*("" if value is None else str(_plain(value)) for value in row.values()))
    out.print(table)


def _plain(value: Any) -> Any:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, bool | int | float | str):
        return value
    return str(value)


@contextmanager
def _progress(words: str, quiet: bool = False) -> Iterator[Any]:
    """A progress bar on a terminal, one plain line elsewhere, nothing before JSON."""
    if quiet or not sys.stderr.isatty():
        if not quiet:
            print(f"{words} …", file=sys.stderr)
        yield lambda done, total: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn())
    with Progress(*columns, TimeElapsedColumn(), console=Console(stderr=True)) as bar:
        task = bar.add_task(words, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def main() -> None:
    """Runs the command; a DashboardError is one sentence and an exit code."""
    try:
        app()
    except DashboardError as error:
        print(f"{error}", file=sys.stderr)
        raise SystemExit(error.exit_code) from None


if __name__ == "__main__":
    main()
