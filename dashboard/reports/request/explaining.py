"""What lies behind rows: the question, its SQL, and the files and spans that serve a measure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa

from dashboard import queries
from dashboard.access import Why
from dashboard.periods import day_words
from dashboard.queries import Measure
from dashboard.reports.request import naming

if TYPE_CHECKING:
    from dashboard.reports.request.request import Request


def why(
    request: Request,
    query: str | None,
    sql: str,
    params: dict[str, Any],
    measure: str | None,
    rows: pa.Table,
) -> Why:
    """The explanation of the rows that a query, or a measure, answered with."""
    about = queries.measures().get(measure or "")
    spans = [
        f"{row['source']}, {row['grain']}s, {day_words(row['since'])} up to "
        f"{day_words(row['until'])} (exclusive)"
        for row in request.coverage_rows
        if row["measure"] == measure
    ]
    serving = [
        source
        for source in request.snapshot.manifest["sources"]
        if about is None or _serves(request, source, about)
    ]
    breaks = tuple(
        f"{day_words(item.on)}: {item.note}"
        for item in request.catalogue.breaks
        if item.measure == measure
    )
    return Why(
        question=about.question if about else queries.report(query or "").header["question"],
        definition=about.why if about else "",
        owner=about.owner if about else "",
        basis=about.basis if about else "",
        sql=(about.query.sql + "\n\n" if about else "") + sql,
        params=naming.in_words(request.catalogue, params),
        rows_read=rows.num_rows,
        sources=(*spans, *naming.files(serving)),
        breaks=breaks,
    )


def _serves(request: Request, source: dict[str, Any], about: Measure) -> bool:
    """Whether a loaded file may serve a measure: its own facts, or counts of its publishers."""
    if source["kind"] != "counts":
        return source["kind"] in about.sources
    publishers = {entry["publisher"] for entry in source["coverage"]}
    return any(
        row["measure"] == about.id and row["source"] in publishers for row in request.coverage_rows
    )
