"""imports list | show | withdraw: what is staged for the next publish, and a way back."""

from __future__ import annotations

import json
from typing import Annotated, Any

import typer

from dashboard import ingest, snapshots
from dashboard.cli.commands import Commands, Told
from dashboard.cli.options import DataOption, JsonOption
from dashboard.cli.printing import print_rows
from dashboard.errors import NotFoundError
from dashboard.ingest import Staged

app = Commands(
    name="imports", help="List, show and withdraw what was imported.", no_args_is_help=True
)
Named = Annotated[str, typer.Argument(help="Number of `imports list`.")]


@app.command("list", told=Told.nothing)
def list_imports(data: DataOption = None, as_json: JsonOption = False) -> None:
    """Each staged file, the latest import last; its number names it."""
    rows = [_row(item) for item in _staged(data)]
    print_rows(rows, as_json)


@app.command(told=Told.nothing)
def show(number: Named, data: DataOption = None) -> None:
    """The account of one import, as it was printed when it was made."""
    print(json.dumps(_named(number, data).summary(), ensure_ascii=False, indent=1))


@app.command(told=Told.nothing)
def withdraw(number: Named, data: DataOption = None) -> None:
    """Take an import out of the next publish; snapshots that stand stay as they are."""
    item = _named(number, data)
    kept = ingest.withdraw(item, snapshots.data_folder(data))
    print(
        f"{item.file} ({item.kind}, {item.vintage}) is withdrawn; it lies in {kept}. "
        "Import the file again to have it back; publish to leave it out of the figures."
    )


def _staged(data: Any) -> list[Staged]:
    return sorted(ingest.staged(snapshots.data_folder(data)), key=lambda item: item.sequence)


def _named(number: str, data: Any) -> Staged:
    found = {str(item.sequence): item for item in _staged(data)}
    if number not in found:
        raise NotFoundError("import", number, tuple(found))
    return found[number]


def _row(item: Staged) -> dict[str, Any]:
    return {
        "number": str(item.sequence),
        "kind": item.kind,
        "file": item.file,
        "vintage": str(item.vintage),
        "delta": item.delta,
        "sample": item.sample,
        "accepted": item.accounts.get("rows_accepted", 0),
        "rejected": item.accounts.get("rows_rejected", 0),
    }
