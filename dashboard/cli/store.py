"""store dump | restore | migrate: the database of what people write."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dashboard import snapshots
from dashboard.access.witness import Witness, local_user
from dashboard.cli.commands import Commands, Told
from dashboard.cli.options import DataOption
from dashboard.store import keeping

app = Commands(
    name="store", help="Dump, restore and migrate what people wrote.", no_args_is_help=True
)


@app.command(told=Told.export)
def dump(
    file: Annotated[Path, typer.Argument(help="The file to write, as JSON lines.")],
    data: DataOption = None,
) -> None:
    """Write all that people wrote into a file that either database can restore."""
    folder = snapshots.data_folder(data)
    Witness(folder, local_user()).export("store dump")
    made = keeping.dump(folder, file)
    print(f"{file}: {sum(made.rows.values()):,} rows of revision {made.revision}.")


@app.command(told=Told.command)
def restore(
    file: Annotated[Path, typer.Argument(help="A file that `store dump` wrote.")],
    replace: Annotated[
        bool, typer.Option("--replace", help="Put it in place of what the store holds.")
    ] = False,
    data: DataOption = None,
) -> None:
    """Put a dump into an empty store; with --replace, in place of what is there."""
    made = keeping.restore(snapshots.data_folder(data), file, replace=replace)
    if made.backup:
        print(f"What stood there before is in {made.backup}.")
    print(f"Restored {sum(made.dump.rows.values()):,} rows from {file}.")


@app.command(told=Told.command)
def migrate(data: DataOption = None) -> None:
    """Bring the store to the revision of this program, after a dump of it."""
    made = keeping.migrate(snapshots.data_folder(data))
    if made.old == made.new:
        print(f"The store has revision {made.new} already.")
        return
    if made.backup:
        print(f"What stood there before is in {made.backup}.")
    print(f"The store has revision {made.new}, before: {made.old or 'none'}.")
