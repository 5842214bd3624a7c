"""An analyst's own questions: the program's queries with their parameters, and locked-down SQL."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import isfinite
from textwrap import shorten
from typing import Any

import pyarrow as pa

from dashboard import queries
from dashboard.access import Disclosed
from dashboard.access.disclosure import ASKED, Note
from dashboard.access.records import REFERENCES
from dashboard.errors import NotFoundError, UsageError
from dashboard.periods import day_words, parse_date
from dashboard.reports.measure import covers
from dashboard.reports.request import Request
from dashboard.snapshots import own_tables, sandbox
from dashboard.snapshots.sandbox import Limits
from dashboard.words import names, numbers, phrases

PARAMETER = re.compile(r"\$(\w+)\s*\(([^)]*)\)")
LIMITS = Limits()
LONGEST_FILTER = 200  # letters of a statement among the filters; the notes have it whole
DIGITS = 12  # that a decimal says anything with


@dataclass(frozen=True)
class Parameter:
    """One parameter of a query.

    kind     'date', 'whole' (a number), 'choice' or 'text'
    choices  the values it may take, each with what it is called
    """

    name: str
    kind: str
    choices: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Question:
    """A query of the program as a form: what it answers, its grain, its parameters."""

    name: str
    question: str
    grain: str
    parameters: tuple[Parameter, ...]


def questions(request: Request) -> dict[str, Question]:
    """Every query of queries/reports that the role may run, by name."""
    by_name = {}
    for name, query in queries.find("reports").items():
        if "people" in query.header:  # only a report that hides small numbers hands them out
            continue
        if REFERENCES & set(query.returns) and request.role.records == "none":
            continue
        said = dict(PARAMETER.findall(query.header.get("params", "")))
        parameters = tuple(
            _parameter(request, item, said.get(item, "")) for item in query.parameters
        )
        head = query.header
        by_name[name] = Question(name, head["question"], head["grain"], parameters)
    return by_name


def _parameter(request: Request, name: str, said: str) -> Parameter:
    """What a parameter may be, from the words behind it in the query's header."""
    catalogue = request.catalogue
    known: dict[str, Callable[[], Mapping[str, str]]] = {
        "measure": lambda: {name: item.name for name, item in request.measures.items()},
        "unit": lambda: {code: names.unit(catalogue, code) for code in catalogue.units},
        "borough": lambda: {code: names.area(catalogue, code) for code in catalogue.areas},
        "fault": lambda: {name: rule.name for name, rule in queries.fault_rules().items()},
    }
    if name in known:
        return Parameter(name, "choice", known[name]())
    words = [item.strip() for item in said.split(",")]
    if words[0] == "date":
        return Parameter(name, "date")
    if words[0] == "integer":
        return Parameter(name, "whole")
    single = all(re.fullmatch(r"[\w-]+", item) for item in words)
    if len(words) > 1 and single:
        return Parameter(name, "choice", {item: item.replace("_", " ") for item in words})
    return Parameter(name, "text")


def answer(request: Request, name: str, values: Mapping[str, str]) -> Disclosed:
    """The rows of one of the program's queries.

    values  by parameter; an empty one is left out
    raises  NotFoundError for a query that is none, UsageError for a value that is none
    """
    known = questions(request)
    if name not in known:
        raise NotFoundError("query", name, tuple(known))
    given: dict[str, str | None] = {}
    for item in known[name].parameters:
        value = (values.get(item.name) or "").strip()
        if value and item.kind == "date":
            parse_date(value, item.name)
        if value and item.kind == "whole" and not value.isdecimal():
            raise UsageError(f"{item.name} is a whole number; got: {value!r}")
        if value and item.kind == "choice" and value not in item.choices:
            some = ", ".join(list(item.choices)[:8])
            raise UsageError(f"{item.name} is one of {some}; got: {value!r}")
        given[item.name] = value or None
    answered = covers.answer(request, name, **given)
    return replace(
        answered,
        title=f"{name.replace('_', ' ').capitalize()}: {_count(answered.rows.num_rows)}",
        subtitle=f"{known[name].question} As at {day_words(request.as_at)}",
    )


SAMPLED = 5  # rows that a look at a table gives


@dataclass(frozen=True)
class Example:
    """A question to begin with: in words, its SQL, and the chart that answers it."""

    words: str
    sql: str
    kind: str
    x: str
    y: str


EXAMPLES = (
    Example(
        "How many reports came in each month?",
        "select date_trunc('month', reported_on)::date as month, count(*) as reports\n"
        "from crimes\ngroup by month\norder by month",
        "line",
        "month",
        "reports",
    ),
    Example(
        "At which hours of the day do reports happen?",
        "select committed_hour as hour, count(*) as reports\nfrom crimes\n"
        "where committed_hour is not null\ngroup by hour\norder by hour",
        "bar",
        "hour",
        "reports",
    ),
)


def examples(request: Request) -> tuple[Example, ...]:
    """Those that can be asked here: of tables that the role has."""
    known = columns(request)
    return tuple(
        item for item in EXAMPLES if set(re.findall(r"(?:from|join) (\w+)", item.sql)) <= set(known)
    )


def statement(table: str, chosen: Sequence[str], most: int | None = None) -> str:
    """A SELECT of columns of a table, all of them where none is chosen."""
    said = ", ".join(quoted(name) for name in chosen) or "*"
    return f"select {said}\nfrom {quoted(table)}" + (f"\nlimit {most}" if most else "")


def quoted(name: str) -> str:
    """A name as SQL takes it: one that is no plain word stands in quotes."""
    return name if re.fullmatch(r"[a-z_][a-z0-9_]*", name) else '"' + name.replace('"', '""') + '"'


def columns(request: Request) -> dict[str, dict[str, str]]:
    """The tables that the role may ask with its own SQL, by name, each with its columns and what
    each holds: text, whole numbers, decimals, dates, times, yes or no, lists."""
    known = own_tables.columns(request.snapshot, request.scope)
    return {
        table: {column: _holds(type_) for column, type_ in known[table].items()}
        for table in sorted(known)
    }


def _holds(type_: pa.DataType) -> str:
    if pa.types.is_dictionary(type_):
        return _holds(type_.value_type)
    return next((words for is_, words in HOLDS if is_(type_)), str(type_))


HOLDS: tuple[tuple[Callable[[pa.DataType], bool], str], ...] = (
    (pa.types.is_boolean, "yes or no"),
    (pa.types.is_integer, "whole numbers"),
    (pa.types.is_floating, "decimals"),
    (pa.types.is_decimal, "decimals"),
    (pa.types.is_date, "dates"),
    (pa.types.is_temporal, "times"),
    (pa.types.is_string, "text"),
    (pa.types.is_large_string, "text"),
    (pa.types.is_nested, "lists"),
)


def answer_of(
    request: Request,
    sql: str,
    waiting: Callable[[float], None] | None = None,
    title: str = "",
) -> Disclosed:
    """The rows of an analyst's own SELECT, as far as the limits go.

    title   the analyst's; where it is blank, what is counted, by what, of which tables

    raises  UsageError, NotFoundError, NotAllowedError with the reason in one sentence; AuditError
            where it can't be recorded
    """
    said = " ".join(sql.split())
    request.witness.record("statement", f"own SQL: {said[:1000]}", snapshot=request.snapshot.id)
    known = columns(request)
    named = {table for table in known if re.search(rf"\b{table}\b", sql, re.IGNORECASE)}
    near = {column for table in named for column in known[table]}
    database = own_tables.database(request.snapshot, request.scope, request.data)
    answered = sandbox.run(database, sql, frozenset(known), LIMITS, waiting, near)
    cut = (
        f"cut after {_count(answered.rows.num_rows)}: ask for less, or add it up"
        if answered.cut
        else ""
    )
    shown = _plain(answered.rows)
    many = f"{_count(shown.num_rows)}{', cut short' if answered.cut else ''}"
    return request.disclose(
        shown,
        title=f"{title.strip() or _usual_title(shown, named)}: {many}",
        subtitle=f"own question, as at {day_words(request.as_at)}, {answered.seconds:.1f} s",
        notes=tuple(item for item in (cut, Note(f"SQL: {said}", ASKED)) if item),
        asked=sql,
        sql=shorten(said, LONGEST_FILTER, placeholder=" …"),
    )


def _usual_title(rows: pa.Table, tables: Collection[str]) -> str:
    """'Reports by month, of crimes': the columns of numbers by the others, of the tables named."""
    numeric = [item.name for item in rows.schema if _is_number(item.type)]
    others = [name for name in rows.column_names if name not in numeric]
    words = [name.replace("_", " ") for name in (numeric or others)]
    by = [name.replace("_", " ") for name in others] if numeric else []
    said = phrases.listed_first(words) or "Rows"
    said += f" by {phrases.listed_first(by)}" if by else ""
    return phrases.sentence(said) + (f", of {phrases.listed(sorted(tables))}" if tables else "")


def _is_number(kind: pa.DataType) -> bool:
    return pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind)


def _plain(rows: pa.Table) -> pa.Table:
    """The rows with names that differ, and with nested values in words."""
    seen: dict[str, int] = {}
    names, parts = [], []
    for name, column in zip(rows.column_names, rows.columns, strict=True):
        seen[name] = seen.get(name, 0) + 1
        names.append(name if seen[name] == 1 else f"{name}_{seen[name]}")
        nested = pa.types.is_nested(column.type) or pa.types.is_binary(column.type)
        if nested:
            words = [None if value is None else _worded(value) for value in column.to_pylist()]
            column = pa.chunked_array([pa.array(words, pa.string())])
        if pa.types.is_floating(column.type):
            rounded = [None if value is None else _rounded(value) for value in column.to_pylist()]
            column = pa.chunked_array([pa.array(rounded, pa.float64())])
        parts.append(column)
    return pa.Table.from_arrays(parts, names=names)


def _rounded(value: float) -> float:
    """A decimal without the digits that are the arithmetic's: 733932.5200000001 is 733932.52."""
    return float(f"{value:.{DIGITS}g}")


def _worded(value: Any) -> str:
    """A nested value in words: 'OCU7, OCU8', 'now 3, expected [x]'."""
    if value is None or (isinstance(value, float) and not isfinite(value)):
        return numbers.MISSING
    if isinstance(value, dict):
        return ", ".join(f"{name} {_worded(held)}" for name, held in value.items())
    if isinstance(value, list | tuple):
        inner = [
            f"({_worded(held)})" if isinstance(held, dict) else _worded(held) for held in value
        ]
        return ", ".join(inner)
    return f"{value:.{DIGITS}g}" if isinstance(value, float) else str(value)


def _count(rows: int) -> str:
    return f"{rows:,} row{'' if rows == 1 else 's'}"
