"""What lies behind rows: the question, its SQL, and the files and spans that serve a measure."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from dashboard import queries
from dashboard.access import Why
from dashboard.ingest.sidecars import Source
from dashboard.periods import day_words
from dashboard.queries import Measure
from dashboard.reports.request import naming
from dashboard.reports.request.coverage import covered
from dashboard.snapshots import SnapshotInfo

if TYPE_CHECKING:
    from dashboard.reports.request.request import Request


def why(
    request: Request,
    query: str | None,
    sql: str,
    params: dict[str, Any],
    measure: str | None,
    rows: pa.Table,
    reckoned: tuple[str, ...] = (),
    composed: Collection[str] = (),
) -> Why:
    """The explanation of the rows that a query, or a measure, answered with.

    composed  measures that stand in the rows beside what the query answered
    """
    about = queries.measures().get(measure or "")
    asked = queries.report(query) if query else None
    of = [about] if about else _counted(rows)
    beside = [item for name, item in queries.measures().items() if name in set(composed)]
    spans = [
        f"{row['source']}, {row['grain']}s, {day_words(row['since'])} up to "
        f"{day_words(row['until'])} (exclusive)"
        for row in request.coverage_rows
        if about and row["measure"] == measure
    ]
    named = "measure" in rows.column_names  # none of them, where no row stands there
    read = _kinds(request, asked.header.get("source", "")) if asked and not named else set()
    files_of = [_serving(request.snapshot, item.id, tuple(item.sources)) for item in (*of, *beside)]
    served = frozenset[int]().union(*files_of)
    serving = [
        source
        for place, source in enumerate(request.snapshot.manifest["sources"])
        if place in served or (not of and not named and (not read or source["kind"] in read))
    ]
    # One that is not given is null to the query, and is said so.
    bound = {name: params.get(name) for name in asked.parameters} if asked else params
    return Why(
        question=about.question if about else asked.header["question"] if asked else "",
        definition=about.why if about else "",
        owner=about.owner if about else "",
        basis=about.basis if about else "",
        sql=(about.query.sql + "\n\n" if about else "") + sql,
        params={
            name: "not given" if value is None else str(value) for name, value in bound.items()
        },
        rows_read=rows.num_rows,
        sources=(*spans, *naming.files(serving)),
        breaks=_breaks(request, of, params),
        reckoned=reckoned,
        query=query or "",
    )


def _breaks(request: Request, of: list[Measure], params: dict[str, Any]) -> tuple[str, ...]:
    """Days on which what is counted changes its meaning, inside what is known and was asked for."""
    breaks = {}
    for item in of:
        spans = [row for row in request.coverage_rows if row["measure"] == item.id]
        if not spans:
            continue
        since = max(str(min(row["since"] for row in spans)), str(params.get("since") or ""))
        until = min(
            str(max(row["until"] for row in spans)), str(params.get("until") or request.as_at)
        )
        for one in request.catalogue.breaks_of(item.id, item.published):
            here = all(
                not own or not params.get(name) or own == params[name]
                for name, own in (("borough", one.area), ("unit", one.unit))
            )
            if here and since < str(one.on) < until:
                breaks[one] = f"{day_words(one.on)}: {one.note}"
    return tuple(breaks[one] for one in sorted(breaks, key=lambda one: one.on))


def _counted(rows: pa.Table) -> list[Measure]:
    """The measures that the rows are of, as they name them."""
    if "measure" not in rows.column_names:
        return []
    known = queries.measures()
    return [known[name] for name in rows.column("measure").unique().to_pylist() if name in known]


def _kinds(request: Request, tables: str) -> set[str]:
    """The kinds of file that the tables of a query are made of; none where that is not known."""
    kinds = {item["kind"] for item in request.snapshot.manifest["sources"]}
    return {kind for kind in kinds for table in tables.split(", ") if table.startswith(kind)}


@lru_cache(maxsize=1024)
def _serving(snapshot: SnapshotInfo, measure: str, kinds: tuple[str, ...]) -> frozenset[int]:
    """The places of the loaded files that may serve a measure: of its own facts, which are of these
    kinds, or counts of its publishers."""
    publishers = {row["source"] for row in covered(snapshot) if row["measure"] == measure}

    def serves(source: Source) -> bool:
        if source["kind"] != "counts":
            return source["kind"] in kinds
        return not publishers.isdisjoint(entry["publisher"] for entry in source["coverage"])

    sources = snapshot.manifest["sources"]
    return frozenset(place for place, source in enumerate(sources) if serves(source))
