"""Predicates of a header: an expression over one record's columns, read with sqlglot.

What stands in `records:` is SQL that runs inside a select of ours, so that it may compare,
combine and count days, and nothing else: no select, aggregate, window or other table.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from functools import lru_cache

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

KEPT = 1024  # expressions read: every publish looks at the same ones again
REFUSED: dict[type[exp.Expr], str] = {
    exp.Query: "a select inside it",
    exp.AggFunc: "an aggregate",
    exp.Window: "a window",
    exp.Star: "a star",
    exp.Anonymous: "a function that is not SQL's own",
}

JOINS = (exp.Connector, exp.Not, exp.Paren)  # what stands between the clauses of an expression

logging.getLogger("sqlglot").setLevel(logging.ERROR)  # what can't be parsed is said by `faults`


@lru_cache(KEPT)
def faults(text: str, parameters: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """Why an expression can't stand in a header, one clause each; none where it can.

    parameters  names that may stand as `$name` in it
    """
    return tuple(_faults(text, parameters))


def _faults(text: str, parameters: frozenset[str]) -> Iterator[str]:
    try:
        parsed = _parsed(text)
    except SqlglotError as error:
        yield f"can't be read as SQL: {str(error).splitlines()[0]}"
        return
    for kind, words in REFUSED.items():
        if parsed.find(kind):
            yield f"holds {words}: it may compare the columns of one record only"
    for column in parsed.find_all(exp.Column):
        if column.table:
            yield f"names {column.sql()}: write the column alone"
    for parameter in parsed.find_all(exp.Parameter, exp.Placeholder):
        if parameter.name not in parameters:
            allowed = ", ".join(f"${name}" for name in sorted(parameters)) or "no parameter"
            yield f"names ${parameter.name}; it may name {allowed}"


@lru_cache(KEPT)
def qualified(text: str, record: str) -> str:
    """The expression with every column said of `record`.

    >>> qualified("offence in ('kidnap') and weapon = 'knife'", "r")
    "r.offence IN ('kidnap') AND r.weapon = 'knife'"
    """
    parsed = _parsed(text)
    for column in list(parsed.find_all(exp.Column)):
        column.set("table", exp.to_identifier(record))
    return parsed.sql(dialect="duckdb", comments=False)


def compared(text: str) -> Iterator[tuple[str, str]]:
    """Each column with a text that it is compared with.

    >>> list(compared("offence in ('kidnap', 'murder') and hours > 4"))
    [('offence', 'kidnap'), ('offence', 'murder')]
    """
    for node in _parsed(text).find_all(exp.EQ, exp.NEQ, exp.In):
        columns = [item for item in node.iter_expressions() if isinstance(item, exp.Column)]
        for item in node.iter_expressions():
            if columns and isinstance(item, exp.Literal) and item.is_string:
                yield columns[0].name, item.name


def columns(text: str) -> dict[str, set[str]]:
    """The columns that an expression names, each with all values that stand in a clause with it.

    >>> columns("weapon is null and coalesce(offence, 'none') in ('kidnap')")["weapon"]
    set()
    >>> sorted(columns("weapon is null and coalesce(offence, 'none') in ('kidnap')")["offence"])
    ['kidnap', 'none']
    """
    named: dict[str, set[str]] = {}
    for column in _parsed(text).find_all(exp.Column):
        clause: exp.Expr = column
        while clause.parent and not isinstance(clause.parent, JOINS):
            clause = clause.parent
        values = {str(value.this) for value in clause.find_all(exp.Literal, exp.Boolean)}
        named.setdefault(column.name, set()).update(values)
    return named


def _parsed(text: str) -> exp.Expr:
    # Read by itself: what would close a bracket around it, or begin another statement, is no SQL.
    return sqlglot.parse_one(text, read="duckdb", into=exp.Condition)
