"""Two trees' answers side by side: which rows differ, in words.

Left out of every comparison is what says which build was asked, not what it found: the snapshot's
id and the query's hash (both cover the SQL's text), the time, the program's version. Two figures
are the same where they agree to eleven digits: DuckDB's threads add fractions in any order, so
that the same code gives the last digits of a sum differently from one run to the next.
"""

from __future__ import annotations

import csv
import io
import json
import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import duckdb

Row = dict[str, Any]
BUILD_LINES = ("Snapshot", "Query", "Produced by")  # of the stamp above a table in CSV
NAMED_BY = 3  # words that say which row is meant
CLOSE = 1e-11  # of the figure: what the order of a sum may change
NUMBER = re.compile(r"-?\d+\.\d+(?:e[-+]?\d+)?")


@dataclass(frozen=True)
class Compared:
    """One thing that was compared: its name, its rows in BASE, and each difference in words."""

    name: str
    rows: int
    differences: list[str]


@dataclass(frozen=True)
class Answers:
    """The folder that tests.gate.outputs wrote for one tree."""

    folder: Path

    @property
    def about(self) -> dict[str, Any]:
        return json.loads((self.folder / "about.json").read_text(encoding="utf-8"))

    def outputs(self) -> set[str]:
        return {path.name for path in (self.folder / "outputs").iterdir()}

    def tables(self) -> dict[str, set[str]]:
        """As-ats of each table, by 'marts/observations'."""
        found = defaultdict(set)
        for path in (self.folder / "tables").glob("*/*/*.parquet"):
            found[f"{path.parent.name}/{path.stem}"].add(path.parent.parent.name)
        return found

    def rows(self, output: str) -> list[Row]:
        text = (self.folder / "outputs" / output).read_bytes().decode("utf-8-sig")
        about = self.about
        return masked(output, text, about["ids"], about["program"])

    def table(self, name: str, as_at: str) -> str:
        return str(self.folder / "tables" / as_at / f"{name}.parquet")


def compare(base: Answers, head: Answers) -> Iterator[Compared]:
    """Each command's answer, then each table over all its snapshots."""
    failed = {"BASE": base.about["failed"], "HEAD": head.about["failed"]}
    broken = failed["BASE"].keys() | failed["HEAD"].keys()
    for output in sorted(base.outputs() | head.outputs() | broken):
        missing = [
            f"not there in {tree}: {failed[tree].get(output, 'the command is not asked')}"
            for tree, answers in (("BASE", base), ("HEAD", head))
            if output not in answers.outputs()
        ]
        if missing:
            yield Compared(output, 0, missing)
        else:
            before = base.rows(output)
            yield Compared(output, len(before), between(before, head.rows(output)))
    ours, theirs = head.tables(), base.tables()
    for name in sorted(ours | theirs):
        yield _table(name, theirs.get(name, set()), ours.get(name, set()), base, head)


def _table(name: str, before: set[str], after: set[str], base: Answers, head: Answers) -> Compared:
    differences = [f"{as_at}: not there in HEAD" for as_at in sorted(before - after)]
    differences += [f"{as_at}: not there in BASE" for as_at in sorted(after - before)]
    rows = 0
    for as_at in sorted(before & after):
        count, found = tables(base.table(name, as_at), head.table(name, as_at))
        rows += count
        differences += [f"{as_at}: {item}" for item in found]
    return Compared(name, rows, differences)


def masked(output: str, text: str, ids: Iterable[str], program: str) -> list[Row]:
    """The rows of a command's answer, by the ending of its name, without what names the build."""
    for item in ids:
        text = text.replace(item, "<snapshot>")
    text = re.sub(rf"(?<![\d.]){re.escape(program)}(?![\d.])", "<program>", text)
    if output.endswith(".json"):
        rows = json.loads(text)
        return rows if isinstance(rows, list) else [rows]
    if output.endswith(".csv"):
        return [_cells(line) for line in csv.reader(io.StringIO(text))]
    return [{"line": line} for line in text.splitlines()]


def _cells(line: list[str]) -> Row:
    if line and line[0] in BUILD_LINES:
        line = [line[0], "<build>"]
    return {f"column {place}": cell for place, cell in enumerate(line, 1)}


def between(before: list[Row], after: list[Row]) -> list[str]:
    """What differs between two lists of rows whose order counts; a sentence a row."""
    spelt = [
        [NUMBER.sub(_eleven, json.dumps(row, sort_keys=True)) for row in rows]
        for rows in (before, after)
    ]
    found = []
    for kind, a, b, c, d in SequenceMatcher(None, *spelt, autojunk=False).get_opcodes():
        if kind != "equal":
            found += [f"row {a + 1} {words}" for words in _changes(before[a:b], after[c:d])]
    return found


def _eleven(number: re.Match[str]) -> str:
    return f"{float(number[0]):.11g}"


def alike(old: Any, new: Any) -> bool:
    """Whether two cells say the same, their fractions to eleven digits, in text too.

    >>> alike(0.1 + 0.2, 0.3), alike("1.1 0.30000000000000004", "1.1 0.3"), alike(0.3, 0.301)
    (True, True, False)
    """
    if isinstance(old, float) and isinstance(new, float):
        return old == new or math.isclose(old, new, rel_tol=CLOSE) or (old != old and new != new)
    if isinstance(old, str) and isinstance(new, str) and old != new:
        figures = [[float(number) for number in NUMBER.findall(text)] for text in (old, new)]
        return NUMBER.sub("#", old) == NUMBER.sub("#", new) and all(map(alike, *figures))
    if isinstance(old, list) and isinstance(new, list):
        return len(old) == len(new) and all(map(alike, old, new))
    return bool(old == new) and type(old) is type(new)


def tables(before: str, after: str) -> tuple[int, list[str]]:
    """Rows of the parquet file `before`, and what differs in `after`; order doesn't count."""
    with duckdb.connect() as connection:
        columns = [_columns(connection, path) for path in (before, after)]
        shared = [name for name in columns[0] if name in columns[1]]
        found = [
            f"column {name}: {columns[0].get(name, 'none')} → {columns[1].get(name, 'none')}"
            for name in columns[0] | columns[1]
            if columns[0].get(name) != columns[1].get(name)
        ]
        count, counted = (
            connection.execute("select count(*) from read_parquet(?)", [path]).fetchall()[0][0]
            for path in (before, after)
        )
        if count != counted:
            found.append(f"{count:,} rows → {counted:,}")
        gone = _without(connection, before, after, shared)
        come = _without(connection, after, before, shared)
    words = {name for name in shared if columns[0][name] in {"VARCHAR", "DATE", "BOOLEAN"}}
    return count, found + list(_matched(gone, come, words))


def _columns(connection: duckdb.DuckDBPyConnection, path: str) -> dict[str, str]:
    sql = "select column_name, column_type from (describe select * from read_parquet(?))"
    return dict(connection.execute(sql, [path]).fetchall())


def _without(
    connection: duckdb.DuckDBPyConnection, path: str, other: str, columns: list[str]
) -> list[Row]:
    """Rows of `path` that `other` lacks, each as often as it lacks it."""
    named = ", ".join(f'"{name}"' for name in columns)
    sql = (
        f"select {named} from read_parquet(?) except all select {named} from read_parquet(?)"
        " order by all"
    )
    rows = connection.execute(sql, [path, other]).fetchall()
    return [dict(zip(columns, row, strict=True)) for row in rows]


def _matched(gone: list[Row], come: list[Row], words: set[str]) -> Iterator[str]:
    """Rows with the same words and dates stand beside each other; only figures differ then."""
    groups: dict[tuple, tuple[list[Row], list[Row]]] = defaultdict(lambda: ([], []))
    for side, rows in enumerate((gone, come)):
        for row in rows:
            groups[tuple(str(row[name]) for name in row if name in words)][side].append(row)
    for before, after in groups.values():
        yield from _changes(before, after)


def _changes(before: list[Row], after: list[Row]) -> Iterator[str]:
    for old, new in zip(before, after, strict=False):
        changes = [
            f"{name} {_said(old, name)} → {_said(new, name)}"
            for name in old | new
            if not (name in old and name in new and alike(old[name], new[name]))
        ]
        if changes:
            yield f"({_which(old)}): {'; '.join(changes)}"
    shared = min(len(before), len(after))
    for row in before[shared:]:
        yield f"only in BASE: {_whole(row)}"
    for row in after[shared:]:
        yield f"only in HEAD: {_whole(row)}"


def _said(row: Row, name: str) -> str:
    return repr(row[name]) if name in row else "nothing"


def _which(row: Row) -> str:
    said = [str(value) for value in row.values() if value not in (None, "")]
    words = [item for item in said if not re.fullmatch(r"[-\d.e]+|True|False", item)]
    return ", ".join((words or said)[:NAMED_BY])


def _whole(row: Row) -> str:
    return ", ".join(f"{name} {value!r}" for name, value in row.items())
