"""import: source files, checked, into staging."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from dashboard import ingest, snapshots
from dashboard.cli.commands import Commands, Told
from dashboard.cli.options import DataOption, JsonOption, pair
from dashboard.cli.printing import out, progress
from dashboard.errors import visible
from dashboard.ingest import ImportAccount
from dashboard.periods import parse_date

app = Commands()


@app.command("import", told=Told.nothing)
def import_(
    kind: Annotated[str, typer.Argument(help="Source kind or published format.")],
    files: Annotated[list[Path], typer.Argument(help="CSV, gzipped CSV, parquet or XLSX.")],
    vintage: Annotated[str | None, typer.Option(help="Day on which the files were known.")] = None,
    delta: Annotated[bool, typer.Option(help="The files hold only new and changed rows.")] = False,
    column: Annotated[
        list[str] | None, typer.Option(help="ROLE=NAME settles a column (major, minor, area, …).")
    ] = None,
    dates: Annotated[
        str | None, typer.Option(help="dmy or mdy, where 01/02/2032 can be read two ways.")
    ] = None,
    sheet: Annotated[
        str | None, typer.Option(help="Sheet of a workbook; else all that fit.")
    ] = None,
    areas: Annotated[
        Path | None,
        typer.Option(help="Table of finer areas and the areas they lie in, e.g. of LSOAs."),
    ] = None,
    data: DataOption = None,
    as_json: JsonOption = False,
) -> None:
    """Check and stage source files; rejected rows are kept with their reason."""
    columns = dict(pair(item, "--column") for item in column or [])
    known = parse_date(vintage, "--vintage") if vintage else None
    with progress("Importing", quiet=as_json) as step:
        accounts = ingest.import_files(
            kind,
            files,
            data=snapshots.data_folder(data),
            vintage=known,
            delta=delta,
            columns=columns,
            dates=dates,
            sheet=sheet,
            areas=areas,
            progress=step,
        )
    kinds = {item.sample for item in ingest.staged(snapshots.data_folder(data))}
    if len(kinds) > 1:
        print(
            "The synthetic sample and other files are staged in one folder: nothing is published "
            "of a mix. Import your own with --data FOLDER, and withdraw them here (imports list).",
            file=sys.stderr,
        )
    if as_json:
        print(json.dumps({"files": [item.as_dict() for item in accounts]}, ensure_ascii=False))
    else:
        for account in accounts:
            _print_account(account)
    nothing = [item for item in accounts if not item.rows_accepted + item.rows_superseded]
    for account in accounts:
        if account in nothing:
            print(f"{account.file!r}: nothing was accepted of it", file=sys.stderr)
        for reason in account.held:
            print(
                f"{account.file!r} is held until somebody lets it pass: {reason}", file=sys.stderr
            )
    if nothing or any(item.held for item in accounts):
        raise typer.Exit(1)


def _print_account(account: ImportAccount) -> None:
    table = Table(title=Text(visible(account.file)), title_justify="left")
    for heading in ("", "read", "accepted", "rejected", "superseded", "excluded"):
        table.add_column(heading, justify="right" if heading else "left")
    for what in ("rows", "counts", "value"):
        table.add_row(what, *(f"{number:,}" for number in account.numbers(what)))
    out.print(table)
    for warning in account.warnings:
        out.print(f"warning: {visible(warning)}", markup=False)
    if account.rejects:
        out.print(f"rejects: {visible(account.rejects)}", markup=False)
