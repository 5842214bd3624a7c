"""backup, restore: the data folder and what people wrote, as one file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dashboard import snapshots
from dashboard.access.witness import Witness, local_user
from dashboard.cli.commands import Commands, Told
from dashboard.cli.options import DataOption
from dashboard.errors import UsageError

app = Commands()


@app.command(told=Told.export)
def backup(
    to: Annotated[Path, typer.Argument(help="The file to write; in a folder under its own name.")],
    keep: Annotated[
        int | None, typer.Option(help="Remove all but so many backups of the folder afterwards.")
    ] = None,
    data: DataOption = None,
) -> None:
    """Write data, what people wrote and the audit into one file, while the server runs."""
    from dashboard.backups import taking  # late: `--help` waits neither for SQLAlchemy nor tar

    if keep is not None and (keep < 1 or not to.is_dir()):
        raise UsageError("--keep is a number above 0, of the backups in a folder")
    folder = snapshots.data_folder(data)
    if folder.is_dir():
        Witness(folder, local_user()).export("backup")
    made = taking.take(folder, to)
    for words in made.passed_over:
        print(f"passed over: {words}")
    if made.account.outside:
        print(f"The catalogue in {made.account.outside} is not in it: keep that beside.")
    rows = made.account.store[1] if made.account.store else 0
    print(
        f"{made.file}: {len(made.account.snapshots)} snapshots, {len(made.account.files)} files, "
        f"{rows:,} rows of what people wrote; {made.file.stat().st_size:,} bytes."
    )
    for old in taking.older_beyond(to, keep) if keep else ():
        old.unlink()
        print(f"removed {old.name}")


@app.command(told=Told.nothing)  # the audit that it restores has its line
def restore(
    file: Annotated[Path, typer.Argument(help="A file that `backup` wrote.")],
    replace: Annotated[
        bool, typer.Option("--replace", help="Move aside what stands there.")
    ] = False,
    data: DataOption = None,
) -> None:
    """Put a backup into a new data folder, checked before; with --replace, in place of one."""
    from dashboard.backups import putting

    folder = snapshots.data_folder(data)
    made = putting.restore(file, folder, replace=replace)
    if made.before:
        print(f"What stood there before is in {made.before}.")
    if made.account.outside:
        print(f"Its catalogue was {made.account.outside}: say it with --catalogue.")
    print(
        f"{folder}: restored {len(made.account.snapshots)} snapshots and what people wrote, "
        f"as of {made.account.made_at}."
    )
