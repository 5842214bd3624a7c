"""kinds: what an extract of each source kind holds, from the contracts themselves."""

from __future__ import annotations

import csv
from collections.abc import Collection
from pathlib import Path
from typing import Annotated

import typer

from dashboard import catalogue, ingest, snapshots
from dashboard.catalogue import Catalogue
from dashboard.cli.commands import Commands, Told
from dashboard.cli.options import DataOption
from dashboard.cli.printing import print_rows
from dashboard.errors import NotFoundError, UsageError
from dashboard.ingest.contracts import Column, Kind

app = Commands()

# What a column of each type may hold, and an example; of codes the catalogue says both.
TYPES = {
    "text": ("any text", "text"),
    "person": ("a pseudonymous reference, never a name", "P0001"),
    "part": ("code of a branch or team", ""),
    "time": ("a time of day, HH:MM", "22:15"),
    "date": ("a day, YYYY-MM-DD", "2021-06-30"),
    "event": ("a day not after the vintage, YYYY-MM-DD", "2021-06-30"),
    "month": ("the first day of a month", "2021-06-01"),
    "period": ("the first day of a week, month or quarter", "2021-06-01"),
    "yes_no": ("yes or no", "yes"),
    "hour": ("an hour, 0 to 23", "22"),
    "criterion": ("a whole number", "1"),
    "number": ("a number, 0 or more", "1"),
    "signed": ("a number", "-1"),
    "score": ("a number from 0 to 100", "50"),
}


@app.command(told=Told.nothing)
def kinds(
    kind: Annotated[str | None, typer.Argument(help="One of them; all where left out.")] = None,
    template: Annotated[
        Path | None, typer.Option(help="A CSV to write: the columns and a row of examples.")
    ] = None,
    contract: Annotated[
        Path | None,
        typer.Option(help="A program to write (PATH.pyz), that checks an extract elsewhere."),
    ] = None,
    data: DataOption = None,
) -> None:
    """List the source kinds, or the columns of one with what each may hold."""
    own = catalogue.load(catalogue.folder_of(snapshots.data_folder(data)))
    known = [*ingest.KINDS, *ingest.count_kinds(own)]
    if kind is None:
        if template or contract:
            raise UsageError(f"say of which kind the {'template' if template else 'contract'} is")
        print_rows([{"kind": name, "is": _what(name, own)} for name in known], as_json=False)
        print("`kinds KIND` lists the columns of one, with what each may hold.")
        return
    if kind in own.formats and not (template or contract):
        print_rows(_columns_of(own.formats[kind]), as_json=False)
        return
    if kind in known and kind not in ingest.KINDS:
        if template or contract:
            raise UsageError(f"{kind} is read as published: it has no template and no contract")
        print_rows(_own_counts(), as_json=False)
        return
    if kind not in ingest.KINDS:
        raise NotFoundError("kind with columns of its own", kind, tuple(known))
    definition = ingest.KINDS[kind]
    if template:
        _write(template, definition, own)
        print(f"{template}: the columns of {kind} with a row of examples.")
        return
    rows = _columns(definition, own)
    if contract:
        from dashboard.ingest.contract import packing  # late: a list waits for no DuckDB

        packing.write(contract, kind, own, [tuple(row.values()) for row in rows])
        print(f"{contract}: python {contract} EXTRACT checks an extract of {kind} where it is.")
        return
    print_rows(rows, as_json=False)


def _columns(kind: Kind, own: Catalogue) -> list[dict[str, str]]:
    return [
        {
            "column": column.name,
            "required": "yes" if column.required else "",
            "holds": " ".join(_allowed(column, own)) or TYPES[column.type][0],
            "example": example_row(column, own),
        }
        for column in kind.columns
    ]


def _what(name: str, own: Catalogue) -> str:
    if name in ingest.KINDS:
        return _rows_of(ingest.KINDS[name])
    if name in own.formats:
        return own.formats[name].title
    return "published counts in columns of our own: date, grain, borough, offence, offences"


def _rows_of(kind: Kind) -> str:
    """What tells the rows of a kind of your own apart, and the columns that it can't do without."""
    told = ", ".join((kind.reference,) if kind.reference else kind.key)
    needed = ", ".join(column.name for column in kind.columns if column.required)
    return f"your own, {f'one row of each {told}' if told else 'every row counts'}; needs {needed}"


def _own_counts() -> list[dict[str, str]]:
    """The columns of our own published counts."""
    from dashboard.ingest.adapters import own_counts  # late: a list waits for no reader

    return [
        {
            "column": column.name,
            "required": "yes" if column.required else "",
            "goes by": ", ".join(column.known),
        }
        for column in own_counts.COLUMNS
    ]


def _columns_of(of: catalogue.Format) -> list[dict[str, str]]:
    """The columns that a published format reads, with the headings they go by."""
    roles = {role: names for reading in of.readings for role, names in reading.columns.items()}
    return [
        {
            "column": role,
            "required": "" if role in of.optional or len(of.readings) > 1 else "yes",
            "goes by": ", ".join(names) or "what any publisher calls it",
        }
        for role, names in roles.items()
    ]


def _allowed(column: Column, own: Catalogue) -> list[str]:
    """The values that the catalogue has for a column; [] where any fits its type."""
    if column.type == "code":
        return list(own.values.get(column.field, {})) or ["(values.csv has none:", "leave it out)"]
    listed: dict[str, Collection[str]] = {
        "area": own.areas, "offence": own.offences, "unit": own.units,
    }  # fmt: skip
    return list(listed.get(column.type, ()))


def example_row(column: Column, own: Catalogue) -> str:
    if column.type == "code" and column.field not in own.values:
        return ""
    if column.type == "unit":
        return next((u.code for u in own.units.values() if u.level == "ocu"), "")
    allowed = _allowed(column, own)
    return allowed[0] if allowed else TYPES[column.type][1]


def _write(path: Path, kind: Kind, own: Catalogue) -> None:
    if path.exists():
        raise UsageError(f"{path} is there already: name a file that is not")
    try:
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(column.name for column in kind.columns)
            writer.writerow(example_row(column, own) for column in kind.columns)
    except OSError as error:
        raise UsageError(f"{path} can't be written: {error.strerror or error}") from error
