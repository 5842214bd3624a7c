"""What every check between files needs: where a row stands, what repeats, what is defined."""

from __future__ import annotations

import html
from collections import defaultdict
from collections.abc import Callable, Hashable

from dashboard.catalogue.reading import Line, Rows
from dashboard.catalogue.schema import TABLES

Tables = dict[str, Rows]


def spelling(text: str) -> str:
    """A spelling as it is compared: case, runs of blanks and a page's `&amp;` say nothing."""
    return " ".join(html.unescape(text).split()).casefold()


def place(fault: str) -> tuple[str, int]:
    """File and line of a fault, to list faults in the order of the files."""
    file, line = fault.split(":", 2)[:2]
    return file, int(line)


def at(table: str, line: Line) -> str:
    return f"{TABLES[table].file}:{line.number}"


def grouped(lines: list[Line], key: Callable[[Line], Hashable]) -> dict[Hashable, list[Line]]:
    groups: dict[Hashable, list[Line]] = defaultdict(list)
    for line in lines:
        groups[key(line)].append(line)
    return groups


def defined(tables: Tables, table: str, code: str) -> bool:
    """Whether a file defines `code`; a file or row that can't be read may have meant to."""
    rows = tables[table]
    known = (line.record.code for line in rows.good)
    return not rows.readable or code in rows.spoilt or code in known


def value_defined(tables: Tables, name: str, code: str) -> bool:
    """Whether values.csv has `code` for the field `name`, with the same doubt."""
    rows = tables["values"]
    known = ((line.record.field, line.record.code) for line in rows.good)
    return not rows.readable or code in rows.spoilt or (name, code) in known


def by(*columns: str) -> Callable[[Line], Hashable]:
    """A key for `grouped`: what these columns say, as written in the record."""
    return lambda line: tuple(getattr(line.record, column) for column in columns)
