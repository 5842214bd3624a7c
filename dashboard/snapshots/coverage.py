"""What published counts say and fail to say: the spans that each publisher covers of an offence."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import duckdb
import pyarrow as pa

from dashboard.catalogue import Catalogue
from dashboard.ingest import Staged, code_of, speaking
from dashboard.ingest.contracts import COUNT_COLUMNS
from dashboard.periods import next_start
from dashboard.snapshots import counts, parquet
from dashboard.snapshots.spans import Spans, merged, minus


@dataclass(frozen=True)
class Span:
    """One span that a publisher covers, `until` exclusive."""

    publisher: str
    grain: str
    offence: str
    spelt: str
    value: str
    vintage: date
    since: date
    until: date


@dataclass(frozen=True)
class Coverage:
    """What published counts say and fail to say.

    spans   where each offence is covered
    broken  the periods of an offence in which a count was rejected: the offence is known to be
            counted there, and how often is not
    """

    spans: list[Span]
    broken: list[Span]

    def of(self, publisher: str, grain: str, value: str, offences: Collection[str]) -> Spans:
        """Where the publisher covers the sum of offences: where one is, and none of them broken."""

        def own(listed: list[Span], offence: str) -> Spans:
            return merged(
                [
                    (span.since, span.until)
                    for span in listed
                    if (span.publisher, span.grain, span.value) == (publisher, grain, value)
                    and span.offence == offence
                ]
            )

        covered = {offence: own(self.spans, offence) for offence in offences}
        missing = [
            piece
            for offence in offences
            for piece in minus(own(self.broken, offence), covered[offence])
        ]
        return minus(merged(sum(covered.values(), [])), merged(missing))


def register(
    connection: duckdb.DuckDBPyConnection,
    staged: list[Staged],
    catalogue: Catalogue,
    as_at: date,
) -> tuple[Coverage, list[str]]:
    """View staged_counts and table coverage_spans of all published counts.

    return  the coverage that shows, and sentences for what is held or fell.
    """
    files = [item for item in staged if item.kind == "counts"]
    said = speaking.spoken(connection, files, catalogue, as_at)
    counts.register(connection, said)
    spans = [
        Span(
            publisher=entry["publisher"],
            grain=entry["grain"],
            offence=code_of(catalogue, "offence", entry["publisher"], entry["subject"])
            or "unknown",
            spelt=entry["subject"],
            value=entry["value"],
            vintage=date.fromisoformat(entry["vintage"]),
            since=since,
            until=until,
        )
        for item in files
        for entry in item.coverage
        # One file may hold rows refreshed on several days: each row has its own vintage.
        if date.fromisoformat(entry["vintage"]) < as_at
        for since, until in minus(
            [(date.fromisoformat(entry["since"]), date.fromisoformat(entry["until"]))],
            counts.not_covered(said, item, entry),
        )
    ]
    schema = pa.schema(
        [(key, pa.string()) for key in ("publisher", "grain", "offence", "spelt", "value")]
        + [(key, pa.date32()) for key in ("vintage", "since", "until")]
    )
    table = pa.Table.from_pylist([vars(span) for span in spans], schema=schema)
    connection.register("coverage_rows", table)
    connection.execute("create or replace temp table coverage_spans as select * from coverage_rows")
    if files:
        rows = " union all by name ".join(parquet.staged_rows(item) for item in files)
        select = (
            f"select * rename (file_sequence as sequence) from ({rows}) "
            f"where vintage < date '{as_at}'"
        )
    else:
        typed = ", ".join(f"null::{type_} as {name}" for name, type_ in COUNT_COLUMNS.items())
        select = f"select {typed}, null::date as vintage, 0 as sequence limit 0"
    connection.execute(f"create or replace temp view staged_counts as {select}")
    return Coverage(spans, _broken(said, catalogue)), counts.words(connection, said)


def _broken(said: speaking.Spoken, catalogue: Catalogue) -> list[Span]:
    """The periods in which a count was rejected, of editions that show and none later replaces."""
    spans = []
    for edition in said.editions:
        publisher, grain, value = edition.publication
        fallen = {
            (spelt, day)
            for fall in said.falls
            if fall.earlier is edition
            for spelt in fall.spelt
            for day in fall.dates
        }
        # A part that is laid over leaves what was known where a count of its own was rejected.
        if edition.held or edition.delta:
            continue
        for spelt, day in sorted(edition.broken - fallen):
            code = code_of(catalogue, "offence", publisher, spelt) or "unknown"
            until = next_start(day, grain)
            spans.append(Span(publisher, grain, code, spelt, value, edition.known, day, until))
    return spans
