"""An extract checked away from the dashboard: what is taken of it, and each row that is not."""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TypedDict

from dashboard.errors import DashboardError, UsageError
from dashboard.ingest.accounts import STATES, ImportAccount
from dashboard.ingest.importing import import_files
from dashboard.periods import parse_date

SHOWN = 12  # words of what a column may hold; `--values` lists all
UNSEEN = (
    "What the dashboard holds already is not known here: a row that it has is taken once, and a "
    "reference that another file brought first is the later file's to change."
)


class Contract(TypedDict):
    """What contract.json says."""

    kind: str
    made_on: str
    directorate: str
    columns: list[tuple[str, str, str, str]]  # name, 'yes' where required, what it holds, example


def main(made: Contract, words: Sequence[str], name: str) -> int:
    """Checks the files that the words name and prints their accounts.

    name    of the contract file, for its help
    return  the exit code: 0 where every row is taken, 1 where one is not, 2 where it was asked
            wrongly
    """
    parser = _parser(made, name)
    asked = parser.parse_args(words)
    if asked.values:
        return _list(made, asked.values)
    if not asked.files:
        parser.error("name an extract to check")
    try:
        whole = [_checked(made["kind"], file, asked) for file in asked.files]
    except DashboardError as error:
        print(error, file=sys.stderr)
        return 2 if isinstance(error, UsageError) else 1
    print(UNSEEN)
    return 0 if all(whole) else 1


def _parser(made: Contract, name: str) -> argparse.ArgumentParser:
    columns = "\n".join(
        f"  {column:<22} {'required  ' if required else '          '}{_short(holds)}"
        f"{f'; e.g. {example}' if example else ''}"
        for column, required, holds, example in made["columns"]
    )
    parser = argparse.ArgumentParser(
        prog=name,
        description=f"Checks an extract of {made['kind']} for {made['directorate']} as its import "
        f"will, by the contract of {made['made_on']}.",
        epilog=f"columns of {made['kind']}:\n{columns}\n\n{UNSEEN}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("files", nargs="*", type=Path, help="CSV, gzipped CSV, parquet or XLSX")
    parser.add_argument("--values", metavar="COLUMN", help="list all that a column may hold")
    parser.add_argument("--vintage", help="day on which the extract was taken, YYYY-MM-DD; today")
    parser.add_argument("--dates", help="dmy or mdy, where 01/02/2032 can be read two ways")
    parser.add_argument("--sheet", help="of a workbook; else every one that fits")
    parser.add_argument(
        "--column", action="append", default=[], metavar="COLUMN=HEADING",
        help="a column that goes by another heading",
    )  # fmt: skip
    return parser


def _short(holds: str) -> str:
    """The first of many values, and how many there are."""
    values = holds.split()
    return holds if len(values) <= SHOWN else f"{' '.join(values[:SHOWN])} … ({len(values)} in all)"


def _list(made: Contract, column: str) -> int:
    holds = {name: holds for name, _, holds, _ in made["columns"]}
    if column not in holds:
        print(
            f"{made['kind']} has no column {column!r}; it has {', '.join(holds)}", file=sys.stderr
        )
        return 2
    print(*holds[column].split(), sep="\n")
    return 0


def _checked(kind: str, file: Path, asked: argparse.Namespace) -> bool:
    """Prints the account of a file, and leaves its rejects beside it; whether all was taken."""
    vintage = parse_date(asked.vintage, "--vintage") if asked.vintage else date.today()
    columns = dict(_pair(item) for item in asked.column)
    with tempfile.TemporaryDirectory() as data:
        (account,) = import_files(
            kind, [file], data=Path(data), vintage=vintage, dates=asked.dates, sheet=asked.sheet,
            columns=columns,
        )  # fmt: skip
        _print(account)
        beside = file.with_name(f"{file.name}.rejects.csv")
        # Those of an earlier check would be taken for this one's.
        beside.unlink(missing_ok=True)
        if account.rejects:
            shutil.copy(account.rejects, beside)
            print(f"each with its line, column and rule: {beside}")
    return not account.rejects


def _pair(text: str) -> tuple[str, str]:
    column, mark, heading = text.partition("=")
    if not mark:
        raise UsageError(f"--column is COLUMN=HEADING; got: {text!r}")
    return column.strip(), heading.strip()


def _print(account: ImportAccount) -> None:
    print(f"{account.file}: {account.rows_read:,} rows read")
    for state in STATES:
        rows, value = (getattr(account, f"{what}_{state}") for what in ("rows", "value"))
        worth = "" if account.value_of == "rows" else f", {account.value_of} {value:,}"
        print(f"  {state:<12}{rows:>12,} rows{worth}")
    for warning in account.warnings:
        print(f"  {warning}")
