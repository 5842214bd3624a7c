"""What a file could be: the kinds that read its headings, and what each has to be told yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from dashboard.catalogue import Catalogue
from dashboard.errors import ContentError, DashboardError
from dashboard.ingest import adapters, days, headers, lookups, remembering, staging
from dashboard.ingest.asked import Request
from dashboard.ingest.columns import MissingColumnsError, Wanted, headed, settled_by, spelling
from dashboard.ingest.contracts import KINDS
from dashboard.ingest.reading import Head, Known, Table, open_tables
from dashboard.ingest.remembering import Kept

LOOKED = 5_000  # rows in which a date is looked for that can be read two ways
DATED = ("period", "refreshed")  # columns of published counts that hold dates


@dataclass(frozen=True)
class Asked:
    """A column that a kind looks for.

    name      by which it is settled
    heading   that it goes by in the file; '' where none was found
    """

    name: str
    heading: str
    required: bool


@dataclass(frozen=True)
class Reading:
    """A file as one kind reads it.

    title     of a published format; '' of the kinds of one's own
    sheets    those that it reads; [''] of a file without
    headings  of the table that fits best
    columns   of the kind, in its order
    fault     why it can't be read even when columns are named; '' where it can
    lacks     what has to be there before it is imported; '' where nothing lacks
    dated     the file says itself on which day it was known
    two_ways  a date of it that can be read two ways, where nothing else settles it
    order     in which its dates are written, where one of them settles it
    kept      what the last file of this layout was told
    """

    kind: str
    title: str
    sheets: tuple[str, ...]
    headings: tuple[str, ...]
    columns: tuple[Asked, ...]
    fault: str = ""
    lacks: str = ""
    dated: bool = False
    two_ways: str = ""
    order: str | None = None
    kept: Kept | None = None

    @property
    def missing(self) -> tuple[str, ...]:
        """The columns that it can't do without and that were not found."""
        return tuple(item.name for item in self.columns if item.required and not item.heading)

    @property
    def taken(self) -> int:
        """How many of its headings the kind reads."""
        return sum(1 for item in self.columns if item.heading)

    @property
    def rank(self) -> tuple[bool, bool, int, int]:
        """The more, the likelier it is this kind: read before as it, readable, most read."""
        return self.kept is not None, not self.fault, -len(self.missing), self.taken


@dataclass(frozen=True)
class Recognised:
    """A file, before it is imported.

    sheets    its visible sheets, [''] of a file without
    readings  as each kind reads it, the likeliest first
    """

    sheets: tuple[str, ...]
    readings: tuple[Reading, ...]

    @property
    def likeliest(self) -> Reading | None:
        """The one kind that reads it as it is, or did before; None where that is not clear."""
        first = self.readings[0]
        clear = first.kept is not None or not (first.fault or first.missing)
        alike = len(self.readings) > 1 and self.readings[1].rank == first.rank
        return first if clear and not alike else None


def recognised(path: Path, data: Path, catalogue: Catalogue) -> Recognised:
    """What a file could be, by its headings alone.

    raises  ContentError where it holds no table
    """
    tables = open_tables(path)
    seen = [table for table in tables if not table.hidden] or tables
    earlier = staging.staged(data)
    kinds = (*KINDS, *adapters.names(catalogue))
    requests = [_request(path, data, kind, catalogue) for kind in kinds]
    known = [headers.reader(request, catalogue)[1] for request in requests]
    # A file is gone through once for all kinds: there are many of them, and cells say the same.
    by_any = cache(lambda cell: any(one(cell) for one in known))
    lines = [(table.sheet, _heads(table, by_any)) for table in seen]
    readings = [_reading(request, lines, catalogue) for request in requests]
    told = [replace(item, kept=remembering.kept(seen, item.kind, earlier)) for item in readings]
    ordered = sorted(told, key=lambda item: item.rank, reverse=True)
    return Recognised(tuple(table.sheet for table in seen), tuple(ordered))


def _request(path: Path, data: Path, kind: str, catalogue: Catalogue) -> Request:
    adapter = adapters.adapter(catalogue, kind)
    return Request(kind, path, data, None, False, {}, None, None, adapter=adapter)


def _reading(
    request: Request, lines: Sequence[tuple[str, Sequence[Head]]], catalogue: Catalogue
) -> Reading:
    """The tables as one kind reads them: those that fit, else the nearest.

    lines  sheet and what may be its headings, a table each
    """
    reads, known = headers.reader(request, catalogue)
    wanted = headers.wanted(request)
    fits: list[Reading] = []
    near: list[Reading] = []
    for sheet, heads in lines:
        own = [head for head in heads if any(known(cell) for cell in head.cells)]
        for head in own or heads[:1]:
            try:
                plan = reads(head.cells)
            except MissingColumnsError:
                places = _found(head, wanted)
                reading = _as_found(request, sheet, head, places, wanted)
                near.append(_dated(reading, request, head, places, lacking=True))
            except DashboardError as error:
                reading = _as_found(request, sheet, head, _found(head, wanted), wanted)
                near.append(replace(reading, fault=str(error)))
            else:
                chosen = plan.chosen if request.adapter else plan
                # Of a format with several layouts those of another one are not wanted.
                free = [replace(column, required=False) for column in wanted]
                reading = _as_found(request, sheet, head, chosen, free)
                fits.append(_dated(reading, request, head, chosen))
                break
    best = max(fits or near, key=lambda item: item.rank)
    sheets = tuple(sheet for item in fits for sheet in item.sheets) or best.sheets
    two_ways = next((item.two_ways for item in fits if item.two_ways), best.two_ways)
    lacks = _lacks_areas(request, catalogue)
    return replace(best, sheets=sheets, two_ways=two_ways, lacks=lacks)


def _heads(table: Table, known: Known) -> list[Head]:
    heads = table.heads(known)
    if not heads:
        raise ContentError(f"sheet {table.sheet} is empty")
    return heads


def _found(head: Head, wanted: Sequence[Wanted]) -> dict[str, int]:
    """Place of each column that a line has which can't be read as it stands."""
    places = {spelling(name): place for place, name in enumerate(head.cells) if name.strip()}
    present = {}
    for column in wanted:
        keys = headed([column], {}) & places.keys()
        if keys:
            present[column.name] = min(places[key] for key in keys)
    return present


def _as_found(
    request: Request,
    sheet: str,
    head: Head,
    places: dict[str, int],
    wanted: Sequence[Wanted],
) -> Reading:
    once = {settled_by(column): column for column in reversed(wanted) if column.name != "refreshed"}
    columns = [
        Asked(name, head.cells[places[column.name]] if column.name in places else "",
              column.required)
        for name, column in reversed(once.items())
    ]  # fmt: skip
    of = request.adapter.of if request.adapter else None
    title = of.title if of else ""
    named = tuple(name for name in head.cells if name.strip())
    dated = "refreshed" in places or "published_on" in places
    return Reading(request.kind, title, (sheet,), named, tuple(columns), dated=dated)


def _dated(
    reading: Reading, request: Request, head: Head, places: dict[str, int], lacking: bool = False
) -> Reading:
    """With the order of days in its first rows, or one that can be read two ways.

    lacking  a column was not found, so that any that is left may prove to hold the dates
    """
    own = KINDS.get(request.kind)
    names = {item.name for item in own.of_type("date", "event", "month", "period")} if own else ()
    chosen = [place for name, place in places.items() if name in names or name in DATED]
    if lacking:
        chosen += [place for place in range(len(head.cells)) if place not in places.values()]
    texts: set[str] = set()
    if chosen:
        for _, columns, rows in head.open().batches(chosen):
            first = [column.slice(0, LOOKED).to_pylist() for column in columns]
            texts.update(text for column in first for text in column if text)
            if rows:
                break
    open_ = sorted(text for text in texts if days.two_ways(text))
    order = days.order_of(texts)
    return replace(reading, two_ways=open_[0] if open_ and order is None else "", order=order)


def _lacks_areas(request: Request, catalogue: Catalogue) -> str:
    """What is said where the kind looks its areas up in a table that is not there; else ''."""
    try:
        lookups.table(request.adapter.of if request.adapter else None, None, catalogue)
    except DashboardError as error:
        return str(error)
    return ""
