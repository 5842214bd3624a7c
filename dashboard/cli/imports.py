"""imports list | show | pass | withdraw | preview: what is staged for the next publish, what it
changes, and a way back."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dashboard import ingest, snapshots
from dashboard.access.witness import local_user
from dashboard.cli.commands import Commands, Told
from dashboard.cli.options import LATEST, DataOption, JsonOption, as_at_of
from dashboard.cli.printing import print_rows, progress
from dashboard.cli.publish import held_words
from dashboard.errors import NotFoundError
from dashboard.ingest import Staged

if TYPE_CHECKING:
    from dashboard.reports.snapshots.preview import Preview

SHOWN = 20  # rows of each part of a preview that are printed
app = Commands(
    name="imports",
    help="List, show, let pass and withdraw what was imported; what the next publish changes.",
    no_args_is_help=True,
)
Named = Annotated[str, typer.Argument(help="Number of `imports list`.")]


@app.command("list", told=Told.nothing)
def list_imports(data: DataOption = None, as_json: JsonOption = False) -> None:
    """Each staged file, the latest import last; its number names it."""
    short = ingest.short_numbers(_staged(data)).items()
    # A script keeps the whole number: a shortened one may come to be that of two.
    print_rows([_row(str(it.sequence) if as_json else number, it) for number, it in short], as_json)


@app.command(told=Told.nothing)
def show(number: Named, data: DataOption = None) -> None:
    """The account of one import, as it was printed when it was made."""
    print(json.dumps(_named(number, data).summary(), ensure_ascii=False, indent=1))


@app.command("pass", told=Told.command)
def let_pass(
    number: Named,
    reason: Annotated[str, typer.Option(help="Why it is right as it is; kept with the import.")],
    data: DataOption = None,
) -> None:
    """Let an import through that is held as implausible; who, when and why is kept with it."""
    item = ingest.let_pass(_named(number, data), local_user(), reason)
    print(f"{item.file} ({item.kind}, {item.vintage}) goes into the next publish.")


@app.command(told=Told.nothing)
def withdraw(number: Named, data: DataOption = None) -> None:
    """Take an import out of the next publish; snapshots that stand stay as they are."""
    item = _named(number, data)
    kept = ingest.withdraw(item, snapshots.data_folder(data))
    print(
        f"{item.file} ({item.kind}, {item.vintage}) is withdrawn; it lies in {kept}. "
        "Import the file again to have it back; publish to leave it out of the figures."
    )


@app.command(told=Told.command)
def preview(
    as_at: Annotated[
        str, typer.Option("--as-at", help="Day to publish; latest: after the newest vintage.")
    ] = LATEST,
    data: DataOption = None,
    as_json: JsonOption = False,
) -> None:
    """What the next publish will change against the last snapshot; nothing is published."""
    from dashboard.reports.snapshots import preview as previews  # late: it waits for the store

    folder = snapshots.data_folder(data)
    day = snapshots.day_to_publish(folder, as_at_of(as_at))
    with progress("Publishing aside", quiet=as_json) as step:
        trial = previews.preview(folder, day, progress=step)
    held = held_words(folder, as_at)
    if as_json:
        print(json.dumps(_as_json(trial) | {"held": held}, default=str, ensure_ascii=False))
        return
    for words in held:
        print(words, file=sys.stderr)
    if trial.against is None:
        print(f"{trial.as_at}/{trial.id}: nothing is published yet, so all of it is new.")
        return
    if trial.same:
        print(f"{trial.as_at}/{trial.id} stands already: publishing changes nothing.")
        return
    print(f"{trial.as_at}/{trial.id} beside {trial.against.as_at}/{trial.against.id}:")
    from dashboard import rows
    from dashboard.reports.snapshots.preview import Changed

    for part in trial.parts:
        shown = part.rows.slice(0, SHOWN)
        more = part.rows.num_rows - shown.num_rows
        print(f"{part.title}{f'; {SHOWN} of them here, all by --json' if more else ''}.")
        if part is trial.alerts:
            for row in rows.typed(Changed, shown):
                print(f"  {row['change']}: {row['sentence']}")
        elif shown.num_rows:
            print_rows(shown.drop_columns(["measure"]).to_pylist(), False)


def _as_json(trial: Preview) -> dict[str, Any]:
    against = trial.against
    names = ("figures", "alerts", "verdicts")
    return {
        "as_at": trial.as_at,
        "id": trial.id,
        "against": {"as_at": against.as_at, "id": against.id} if against else None,
        "changes": bool(trial.parts),
    } | {
        name: {"title": part.title, "rows": part.rows.to_pylist()}
        for name in names
        if (part := getattr(trial, name))
    }


def _staged(data: Any) -> list[Staged]:
    return sorted(ingest.staged(snapshots.data_folder(data)), key=lambda item: item.sequence)


def _named(number: str, data: Any) -> Staged:
    """The import of a number, whole or as `list` shortens it: further digits tell as well."""
    items = _staged(data)
    by_number = [item for item in items if str(item.sequence).endswith(number)] if number else []
    short = ingest.short_numbers(items)
    if len(by_number) != 1 or len(number) < min(map(len, short)):
        raise NotFoundError("import", number, tuple(short))
    return by_number[0]


def _row(number: str, item: Staged) -> dict[str, Any]:
    return {
        "number": number,
        "kind": item.kind,
        "file": item.file,
        "vintage": str(item.vintage),
        "delta": item.delta,
        "sample": item.sample,
        "accepted": item.accounts.get("rows_accepted", 0),
        "rejected": item.accounts.get("rows_rejected", 0),
        "held": "; ".join(item.held),
    }
