"""targets list | export | import: what OCUs propose, and what the board decided."""

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
from dashboard.reports.accountability import targets, transfer

app = Commands(
    name="targets", help="List, export and import proposed targets.", no_args_is_help=True
)
LISTED = ("unit_code", "name", "year_words", "target_words", "now_words", "state_words")


@app.command("list", told=Told.command)
def list_targets(
    as_at: StoodOption = None,
    unit: Annotated[str | None, typer.Option(help="An OCU; else all.")] = None,
    data: DataOption = None,
    as_json: JsonOption = False,
) -> None:
    """The proposed targets as they stood at a meeting; those that wait for the board first."""
    request = reports.open_request(as_at_of(as_at) if as_at else None, None, data)
    disclosed = targets.listed(request, request.catalogue.unit(unit or request.directorate).code)
    print_listed(disclosed, LISTED, as_json)


@app.command("export", told=Told.export)
def export_(file: FileOption = None, data: DataOption = None) -> None:
    """All proposals and what was decided of them, as JSON that `targets import` reads."""
    folder = snapshots.data_folder(data)
    handing.written(folder, file, transfer.exported(folder, transfer.PROPOSALS), "targets")


@app.command("import", told=Told.command)
def import_(
    file: Annotated[
        Path, typer.Argument(help="A file of proposals, as `targets export` writes one.")
    ],
    data: DataOption = None,
    as_json: JsonOption = False,
) -> None:
    """Proposals that are not there yet, each in the clock of its as-at."""
    entries = transfer.entries_of(file, transfer.PROPOSALS)
    new = transfer.imported(snapshots.data_folder(data), entries, transfer.PROPOSALS)
    print(json.dumps({"imported": new}) if as_json else f"Imported {new} proposals.")
