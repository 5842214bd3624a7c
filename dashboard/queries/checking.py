"""Check queries/**.sql: each header by its keys, its predicates and its select, both ways.

Whether a select can be bound to the tables that it names is asked of an empty snapshot, which
stands higher (snapshots/binding.py, checking.py).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import duckdb

from dashboard.catalogue import ours
from dashboard.errors import ContentError
from dashboard.queries import counting, predicates
from dashboard.queries.files import KINDS, PARAMETER, Query, paths, place_of, read
from dashboard.queries.headers import faults_of_header

FAULT_PARAMETERS = frozenset({"as_at", "after_days", "within_days"})
# What may be an expression in a header, and the parameters that it may name.
EXPRESSIONS: dict[str, dict[str, frozenset[str]]] = {
    "measures": {
        "records": frozenset(),
        "numerator": frozenset({"as_at"}),
        "numerator_on": frozenset(),
    },
    "faults": {
        "records": FAULT_PARAMETERS,
        "opened": frozenset({"after_days"}),
        "closed": frozenset(),
    },
}
# A macro is a definition, no select of its own.
SELECTS = tuple(kind for kind in KINDS if kind != "macros")


def faults(kinds: tuple[str, ...] = tuple(KINDS)) -> list[str]:
    """Every fault in queries/ and in the measures of the directorate in force, one sentence each
    with its file: keys, expressions, parameters."""
    said: list[str] = []
    if "measures" in kinds:
        said += [fault for path in ours().own_measures for fault in _faults_of(path, "measures")]
    for kind in kinds:
        names = Counter(path.stem for path in paths(kind))
        for path in paths(kind):
            said += _faults_of(path, kind)
            if names[path.stem] > 1:
                said.append(f"{place_of(path)}: the name stands {names[path.stem]} times in {kind}")
    return said


def _faults_of(path: Path, kind: str) -> list[str]:
    try:
        query = read(path)
    except ContentError as error:
        return [str(error)]
    said = list(_made(query, kind))
    if query.selects and kind in SELECTS:
        said += _selects(query, kind)
    return [*faults_of_header(kind, query), *(f"{place_of(path)}: {words}" for words in said)]


def _made(query: Query, kind: str) -> Iterator[str]:
    """What is wrong with the expressions of a header."""
    head = query.header
    for key, parameters in EXPRESSIONS.get(kind, {}).items():
        if key in head:
            yield from (f"{key} {clause}" for clause in predicates.faults(head[key], parameters))
    if kind == "measures" and (facts := head.get("fact", "").split()):
        known = counting.FACTS if query.selects else counting.COUNTED
        for fact in set(facts) - set(known):
            yield f"fact is one of {', '.join(known)}; got: {fact!r}"
    if kind == "measures":
        yield from _stands(query)
    if kind == "faults" and "closed" in head and head.get("of") == "undetected":
        yield "a rule of undetected reports has no `closed`: what was undetected once is not known"


def _stands(query: Query) -> Iterator[str]:
    """Where a measure's series is not what its header says of it."""
    head = query.header
    for key, values in counting.STANDS.get(head.get("fact", ""), {}).items():
        if not query.selects and head.get(key, values[0]) not in values:
            said = f"{key} is {' or '.join(values)} of what a header counts of {head['fact']}"
            yield f"{said}; got: {head[key]!r}"
    if "alert" in head and (head.get("unit"), head.get("grain")) != ("n", "day"):
        yield "only a count (unit: n) by the day (grain: day) raises alerts; leave `alert` out"


def _selects(query: Query, kind: str) -> Iterator[str]:
    """What is wrong with a file's own select and the parameters that it names."""
    try:
        statements = duckdb.extract_statements(query.sql)
    except duckdb.Error as error:
        yield f"not SQL: {str(error).splitlines()[0]}"
        return
    if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
        yield f"a query file holds one select; got: {len(statements)}"
        return
    used = set(statements[0].named_parameters)
    if kind in ("reports", "across"):
        declared = set(PARAMETER.findall(query.header.get("params", "")))
        yield from (f"${name} is declared but not used" for name in sorted(declared - used))
        yield from (f"${name} is used but not declared" for name in sorted(used - declared))
    if kind == "faults":
        yield from (
            f"a fault rule takes no parameter ${name}" for name in sorted(used - FAULT_PARAMETERS)
        )
