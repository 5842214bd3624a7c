"""Find, check and run the SQL of queries/**.sql.

A file is one select. Its header lines (`-- key: value`) say what it answers; a header
is checked against the SQL both ways, so that a parameter or a column can't drift.
Values are always bound. Every call gets a cursor of its own: one connection shared by
threads without one returns other threads' rows silently.
"""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from dashboard.errors import ContentError, DashboardError, NotFoundError, UsageError

FOLDER = Path(__file__).resolve().parent.parent / "queries"
HEADER = re.compile(r"^--\s*([a-z_]+):\s*(.*)$")
CONTINUED = re.compile(r"^--\s{2,}(\S.*)$")
PARAMETER = re.compile(r"\$([a-z_]+)")

REPORT_KEYS = ("question", "grain", "params", "returns", "source")
MEASURE_KEYS = (
    "measure",
    "name",
    "question",
    "owner",
    "scope",
    "unit",
    "better",
    "aggregate",
    "grain",
    "basis",
    "why",
    "review_on",
)
FAULT_KEYS = ("fault", "name", "question", "owner", "of", "after_days", "why", "returns")
# Which reports a fault rule looks at: what its share is a share of.
POPULATIONS = ("reports", "undetected", "detected", "no_crimed", "persons")
FAULT_PARAMETERS = {"as_at", "after_days", "within_days"}
ALLOWED = {
    "scope": ("force", "directorate", "ocu"),
    "unit": ("n", "percent", "gbp", "hours"),
    "better": ("lower", "higher", "neutral"),
    "aggregate": ("sum", "last"),
    "grain": ("day", "week", "month", "quarter"),
}


@dataclass(frozen=True)
class Query:
    """One SQL file: its name, its header, its text and the parameters it uses."""

    name: str
    path: Path
    header: dict[str, str] = field(hash=False, compare=False, repr=False)
    sql: str = field(repr=False)

    @property
    def parameters(self) -> tuple[str, ...]:
        """Names of the `$parameters` in the SQL, comments left out, in order of first use."""
        code = "\n".join(line.split("--", 1)[0] for line in self.sql.splitlines())
        return tuple(dict.fromkeys(PARAMETER.findall(code)))

    @property
    def returns(self) -> tuple[str, ...]:
        """Column names that the header promises, in order."""
        listed = self.header.get("returns", "")
        return tuple(part.strip() for part in listed.split(",") if part.strip())


@dataclass(frozen=True)
class Measure:
    """What one file of queries/measures says of itself."""

    id: str
    name: str
    question: str
    owner: str
    scope: str
    unit: str
    better: str
    aggregate: str
    grain: str
    basis: str
    why: str
    review_on: str
    alert: bool
    published: tuple[str, ...]
    settles: int
    order: int
    query: Query = field(repr=False)

    @property
    def is_rate(self) -> bool:
        return self.unit == "percent"


@dataclass(frozen=True)
class FaultRule:
    """What one file of queries/faults says of itself; `of` names the reports it looks at."""

    fault: str
    name: str
    question: str
    owner: str
    of: str
    why: str
    after_days: int
    within_days: int
    query: Query = field(repr=False)


def read(path: Path) -> Query:
    """Reads one SQL file and its header.

    raises  ContentError where the file holds no header or no statement.
    """
    text = path.read_text(encoding="utf-8")
    header: dict[str, str] = {}
    last = ""
    for line in text.splitlines():
        if not line.startswith("--"):
            break
        if found := HEADER.match(line):
            last = found[1]
            header[last] = found[2].strip()
        elif last and (more := CONTINUED.match(line)):
            header[last] = f"{header[last]} {more[1].strip()}"
    body = "\n".join(line for line in text.splitlines() if not line.startswith("--"))
    if not body.strip():
        raise ContentError(f"{_place(path)}: a query file holds one select; got: nothing")
    return Query(path.stem, path, header, text)


@cache
def find(folder: str) -> dict[str, Query]:
    """All queries of one folder below queries/ (reports, measures, marts, macros), by name."""
    return {path.stem: read(path) for path in sorted((FOLDER / folder).glob("*.sql"))}


def report(name: str) -> Query:
    """The report query `name`.

    raises  NotFoundError with the names near it.
    """
    known = find("reports")
    if name not in known:
        raise NotFoundError("query", name, tuple(known))
    return known[name]


@cache
def measures() -> dict[str, Measure]:
    """All measures by id, in the order of the plan."""
    found = [_measure(query) for query in find("measures").values()]
    return {item.id: item for item in sorted(found, key=lambda item: (item.order, item.id))}


def _measure(query: Query) -> Measure:
    head = query.header
    missing = [key for key in MEASURE_KEYS if key not in head]
    if missing:
        raise ContentError(f"{_place(query.path)}: the header lacks {', '.join(missing)}")
    return Measure(
        **{key: head[key] for key in MEASURE_KEYS if key != "measure"},
        id=head["measure"],
        alert=head.get("alert", "") == "rise",
        published=tuple(head.get("published", "").split()),
        settles=int(head.get("settles", "28")),
        order=int(head.get("order", "999")),
        query=query,
    )


@cache
def fault_rules() -> dict[str, FaultRule]:
    """All fault rules by the fault that they find, in the order of their names.

    raises  ContentError for a header that lacks a key or whose days are no number.
    """
    found = [_fault_rule(query) for query in find("faults").values()]
    return {rule.fault: rule for rule in found}


def _fault_rule(query: Query) -> FaultRule:
    if wrong := _faults_of_rule(query):
        raise ContentError("; ".join(wrong))
    head = query.header
    return FaultRule(
        **{key: head[key] for key in FAULT_KEYS if key not in ("after_days", "returns")},
        after_days=int(head["after_days"]),
        within_days=int(head.get("within_days", "0")),
        query=query,
    )


def _faults_of_rule(query: Query) -> list[str]:
    place, head = _place(query.path), query.header
    found = [f"{place}: the header lacks {key!r}" for key in FAULT_KEYS if key not in head]
    if head.get("fault", query.path.stem) != query.path.stem:
        found.append(f"{place}: the fault is named as its file; got: {head['fault']!r}")
    if head.get("of", "reports") not in POPULATIONS:
        found.append(f"{place}: of is one of {', '.join(POPULATIONS)}; got: {head['of']!r}")
    found += [
        f"{place}: {key} is a whole number of days; got: {head[key]!r}"
        for key in ("after_days", "within_days")
        if key in head and not head[key].isdecimal()
    ]
    return found + [
        f"{place}: a fault rule takes no parameter ${name}"
        for name in sorted(set(query.parameters) - FAULT_PARAMETERS)
    ]


def faults(
    folders: tuple[str, ...] = ("reports", "measures", "marts", "series", "faults", "across"),
) -> list[str]:
    """Every fault in queries/, one sentence each with its file: headers, parameters, values."""
    found: list[str] = []
    for folder in folders:
        for path in sorted((FOLDER / folder).glob("*.sql")):
            found += _faults_of(path, folder)
    return found


def _faults_of(path: Path, folder: str) -> list[str]:
    try:
        query = read(path)
    except ContentError as error:
        return [str(error)]
    place, head, found = _place(path), query.header, []
    keys = {"reports": REPORT_KEYS, "across": REPORT_KEYS, "measures": MEASURE_KEYS}.get(
        folder, ("question",)
    )
    found += [f"{place}: the header lacks {key!r}" for key in keys if key not in head]
    try:
        statements = duckdb.extract_statements(query.sql)
    except duckdb.Error as error:
        return [*found, f"{place}: not SQL: {_first_line(error)}"]
    if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
        return [*found, f"{place}: a query file holds one select; got: {len(statements)}"]
    used = set(statements[0].named_parameters)
    if folder in ("reports", "across"):
        declared = set(PARAMETER.findall(head.get("params", "")))
        found += [f"{place}: ${name} is declared but not used" for name in declared - used]
        found += [f"{place}: ${name} is used but not declared" for name in used - declared]
    if folder == "faults":
        found += _faults_of_rule(query)
    if folder == "measures":
        if head.get("measure") != path.stem:
            found.append(f"{place}: the measure is named as its file; got: {head.get('measure')!r}")
        for key, allowed in ALLOWED.items():
            if head.get(key) not in allowed:
                found.append(
                    f"{place}: {key} is one of {', '.join(allowed)}; got: {head.get(key)!r}"
                )
    return found


class Connection:
    """A DuckDB connection over one snapshot; every `run` has a cursor of its own."""

    def __init__(self, connection: duckdb.DuckDBPyConnection):
        self._connection = connection
        self._lock = threading.Lock()

    def run(self, query: Query, values: dict[str, Any] | None = None) -> pa.Table:
        """Rows of `query` as Arrow, its parameters bound; those left out are null.

        raises  UsageError for a parameter that the query has not.
        """
        values = values or {}
        surplus = sorted(set(values) - set(query.parameters))
        if surplus:
            raise UsageError(
                f"{query.name} takes {', '.join(query.parameters) or 'no parameters'}; "
                f"got: {', '.join(surplus)}"
            )
        bound = {name: values.get(name) for name in query.parameters}
        with self._lock:
            cursor = self._connection.cursor()
        try:
            return cursor.sql(query.sql, params=bound).to_arrow_table()
        except duckdb.ConversionException as error:
            raise UsageError(f"a value does not fit {query.name}: {_first_line(error)}") from error
        except duckdb.Error as error:
            raise DashboardError(f"{query.name} could not be run: {_first_line(error)}") from error
        finally:
            cursor.close()

    def table(self, name: str, columns: list[str]) -> pa.Table:
        """All rows of one view, of these columns."""
        with self._lock:
            cursor = self._connection.cursor()
        try:
            listed = ", ".join(f'"{column}"' for column in columns)
            return cursor.sql(f'select {listed} from "{name}"').to_arrow_table()
        finally:
            cursor.close()

    def close(self) -> None:
        self._connection.close()


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0]


def _place(path: Path) -> str:
    try:
        return str(path.relative_to(FOLDER.parent))
    except ValueError:
        return path.name
