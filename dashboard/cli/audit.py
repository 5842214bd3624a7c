"""audit verify | head | erase: what was seen, taken and decided, and whether that is unchanged."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dashboard import snapshots
from dashboard.access import audit, audit_chain
from dashboard.access.witness import FILE, has_audit
from dashboard.cli.commands import Commands, Told
from dashboard.cli.options import DataOption
from dashboard.errors import NotFoundError, UsageError
from dashboard.periods import parse_date

app = Commands(name="audit", help="Check the audit, and keep its rules.", no_args_is_help=True)


@app.command(told=Told.audit)
def verify(
    heads: Annotated[
        Path | None, typer.Option("--heads", help="The server's log, kept elsewhere.")
    ] = None,
    data: DataOption = None,
) -> None:
    """Find lines that were changed, removed, moved or cut off, up to the last head given."""
    said = {}
    if heads is not None:
        try:
            said = audit_chain.read_heads(heads.read_text("utf-8", "replace"))
        except OSError as error:
            raise UsageError(f"{heads} can't be read: {error.strerror or error}") from error
        if not said:
            raise UsageError(f"{heads} names no head: it is the log with the `audit head` rows")
    opened = _opened(data)
    faults = opened.faults(said)
    for fault in faults:
        print(fault)
    if faults:
        raise typer.Exit(1)
    held = f"up to line {max(said)} by the log" if said else "by the chain alone: no heads given"
    print(f"The audit is whole and unchanged, held {held}.")


@app.command(told=Told.audit)
def head(data: DataOption = None) -> None:
    """Print the last line's number and hash, to be kept elsewhere."""
    number, said = _opened(data).log_head()
    print(f"audit head {number} {said}")


@app.command(told=Told.audit)
def erase(
    before: Annotated[
        str | None, typer.Option(help="Erase who it was in lines before a day.")
    ] = None,
    person: Annotated[str | None, typer.Option(help="Erase one person's reference.")] = None,
    data: DataOption = None,
) -> None:
    """Erase references to staff; the lines and their chain stay, and the erasure is a line."""
    if (before is None) == (person is None):
        raise UsageError("say --before DATE or --person REFERENCE, one of them")
    opened = _opened(data)
    if before is not None:
        done = opened.erase_before(parse_date(before, "--before"))
    else:
        done = opened.erase_person(person or "")
    print(f"Erased who it was in {done:,} lines.")


def _opened(data: Path | None) -> audit.Audit:
    folder = snapshots.data_folder(data)
    if not has_audit(folder):
        raise NotFoundError("audit", FILE.name)
    return audit.open_audit(folder)
