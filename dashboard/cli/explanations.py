"""explanations list | export | import: what is said of alerts and other exceptions."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from dashboard import reports, snapshots
from dashboard.cli import handing
from dashboard.cli.commands import Commands, Told
from dashboard.cli.options import DataOption, FileOption, JsonOption, StoodOption, as_at_of
from dashboard.cli.printing import print_rows
from dashboard.reports import remarks, remarks_transfer
from dashboard.reports.decisions import transfer

app = Commands(
    name="explanations", help="List, export and import what is said of exceptions.",
    no_args_is_help=True,
)  # fmt: skip
LISTED = ("measure", "unit_code", "borough", "window_since", "window_until", "said")


@app.command("list", told=Told.command)
def list_explanations(
    as_at: StoodOption = None, data: DataOption = None, as_json: JsonOption = False
) -> None:
    """What is said of each figure, as it stood at a meeting; the latest period first."""
    request = reports.open_request(as_at_of(as_at) if as_at else None, None, data)
    rows = [
        {**row, "said": remarks.remark_words(row)}
        for row in remarks.all_remarks(request).rows.values()
        if row["mark"] or row["words"]
    ]
    rows.sort(key=lambda row: (row["window_since"], row["unit_code"], row["measure"]), reverse=True)
    print_rows(rows if as_json else [{key: row[key] for key in LISTED} for row in rows], as_json)


@app.command("export", told=Told.export)
def export_(file: FileOption = None, data: DataOption = None) -> None:
    """All that was said, as JSON that `explanations import` reads."""
    folder = snapshots.data_folder(data)
    handing.written(folder, file, remarks_transfer.exported(folder), "explanations")


@app.command("import", told=Told.command)
def import_(
    file: Annotated[Path, typer.Argument(help="A file that `explanations export` wrote.")],
    data: DataOption = None,
    as_json: JsonOption = False,
) -> None:
    """What is not there yet, each in the clock of its as-at."""
    entries = transfer.entries_of(file, remarks_transfer.KIND, remarks_transfer.EXPLANATIONS)
    new = remarks_transfer.imported(snapshots.data_folder(data), entries)
    print(json.dumps({"imported": new}) if as_json else f"Imported {new} explanations.")
