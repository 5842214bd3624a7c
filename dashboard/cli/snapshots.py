"""snapshots list | verify | compare | prune: what there is, and whether it is whole."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from typing import Annotated

import typer

from dashboard import catalogue, snapshots
from dashboard.cli.commands import Commands, Told
from dashboard.cli.options import DataOption, JsonOption
from dashboard.cli.printing import print_rows
from dashboard.errors import NotFoundError

app = Commands(name="snapshots", help="List, verify, compare and prune snapshots.")


@app.callback(invoke_without_command=True)
def snapshots_default(
    context: typer.Context, data: DataOption = None, as_json: JsonOption = False
) -> None:
    """List the snapshots where no other command is said."""
    if context.invoked_subcommand is None:
        list_snapshots(data, as_json)


@app.command("list", told=Told.nothing)
def list_snapshots(data: DataOption = None, as_json: JsonOption = False) -> None:
    """Each snapshot with its as-at, id and time of publishing."""
    published, faults = snapshots.scan(snapshots.data_folder(data))
    rows = [
        {
            "as_at": str(item.as_at),
            "id": item.id,
            "published_at": datetime.fromisoformat(item.published_at),
            "sample": item.sample,
            "sources": len(item.manifest["sources"]),
            "program": item.program,
        }
        for item in published
    ]
    for fault in faults:
        print(f"passed over: {fault}", file=sys.stderr)
    print_rows(rows, as_json)


@app.command("verify", told=Told.nothing)
def verify_snapshots(
    as_at: Annotated[str | None, typer.Argument(help="As-at or id; all where left out.")] = None,
    data: DataOption = None,
    as_json: JsonOption = False,
) -> None:
    """Compare every file of the snapshots with what was published."""
    published, faults = snapshots.scan(snapshots.data_folder(data))
    chosen = [item for item in published if as_at in (None, str(item.as_at), item.id)]
    faults = [item for item in faults if as_at is None or as_at in item]
    if as_at and not chosen and not faults:
        raise NotFoundError("snapshot", as_at, [str(item.as_at) for item in published])
    for item in chosen:
        faults += [f"snapshot {item.as_at}/{item.id}: {text}" for text in snapshots.verify(item)]
    if as_json:
        print(json.dumps({"verified": len(chosen), "faults": faults}, ensure_ascii=False))
    else:
        print("\n".join(faults) or f"{len(chosen)} snapshots are whole and unchanged.")
    if faults:
        raise typer.Exit(1)


@app.command("compare", told=Told.command)
def compare_snapshots(
    older: Annotated[str, typer.Argument(help="As-at or id.")],
    newer: Annotated[str, typer.Argument(help="As-at or id.")],
    data: DataOption = None,
    as_json: JsonOption = False,
) -> None:
    """Which figures were revised from one snapshot to another."""
    published = snapshots.listing(snapshots.data_folder(data))
    pair = []
    for wanted in (older, newer):
        match = [item for item in published if wanted in (str(item.as_at), item.id)]
        if not match:
            raise NotFoundError("snapshot", wanted, [str(item.as_at) for item in published])
        pair.append(match[-1])
    catalogue.keep(snapshots.catalogue_of(pair[-1]).directorate)  # whose words the headings are
    rows = snapshots.compare(*pair).to_pylist()
    print_rows(rows, as_json)


@app.command("prune", told=Told.command)
def prune_snapshots(data: DataOption = None, as_json: JsonOption = False) -> None:
    """Remove superseded snapshots of an as-at; none under a day old, behind a kept pack, named by a
    decision or whose counts of people stand at later as-ats."""
    # Late: the other commands wait neither for the store's library nor for Altair.
    from dashboard.decisions import book
    from dashboard.export.packs import kept
    from dashboard.reports.equality import telling
    from dashboard.snapshots import own_tables

    folder = snapshots.data_folder(data)
    named = book.sealed_snapshots(folder) | telling.told_snapshots(folder)
    removed = snapshots.prune(folder, kept.kept_snapshots(folder) | named)
    own_tables.clear(folder)
    if as_json:
        print(json.dumps([{"as_at": str(item.as_at), "id": item.id} for item in removed]))
    else:
        print(f"Removed {len(removed)} superseded snapshots.")
