"""check: whether catalogue and queries are sound."""

from __future__ import annotations

import sys

import typer

from dashboard import catalogue, queries, snapshots
from dashboard.cli.commands import Commands, Told
from dashboard.cli.options import DataOption

app = Commands()


@app.command(told=Told.nothing)
def check(data: DataOption = None) -> None:
    """Report every fault in the catalogue and the queries."""
    faults = snapshots.faults(catalogue.folder_of(snapshots.data_folder(data)))
    for fault in faults:
        print(fault, file=sys.stderr)
    if faults:
        raise typer.Exit(1)
    print(f"The catalogue and {len(queries.measures())} measures are sound.")
