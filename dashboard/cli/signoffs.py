"""signoffs list | export | import: which returns and differences are signed, and which are not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from dashboard import reports, snapshots
from dashboard.cli import handing
from dashboard.cli.commands import Commands, Told
from dashboard.cli.options import DataOption, FileOption, JsonOption, StoodOption, as_at_of
from dashboard.cli.printing import print_listed
from dashboard.reports.accountability import signatures, transfer

app = Commands(
    name="signoffs", help="List, export and import signatures of returns and differences.",
    no_args_is_help=True,
)  # fmt: skip
LISTED = ("description", "about", "state_words", "signed_by", "signed_on", "due_on", "days_over")


@app.command("list", told=Told.command)
def list_signoffs(
    as_at: StoodOption = None,
    unit: Annotated[str | None, typer.Option(help="An OCU or branch; else all.")] = None,
    data: DataOption = None,
    as_json: JsonOption = False,
) -> None:
    """What is signed and what is still to be, as it stood at a meeting; what is owed first."""
    request = reports.open_request(as_at_of(as_at) if as_at else None, None, data)
    disclosed = signatures.listed(request, request.catalogue.unit(unit or request.directorate).code)
    print_listed(disclosed, LISTED, as_json)


@app.command("export", told=Told.export)
def export_(file: FileOption = None, data: DataOption = None) -> None:
    """All signatures with their past, as JSON that `signoffs import` reads."""
    folder = snapshots.data_folder(data)
    handing.written(folder, file, transfer.exported(folder, transfer.SIGNOFFS), "signoffs")


@app.command("import", told=Told.command)
def import_(
    file: Annotated[
        Path, typer.Argument(help="A file of signatures, as `signoffs export` writes one.")
    ],
    data: DataOption = None,
    as_json: JsonOption = False,
) -> None:
    """Signatures that are not there yet, each with the figures that its as-at knew."""
    entries = transfer.entries_of(file, transfer.SIGNOFFS)
    new = transfer.imported(snapshots.data_folder(data), entries, transfer.SIGNOFFS)
    print(json.dumps({"imported": new}) if as_json else f"Imported {new} signatures.")
