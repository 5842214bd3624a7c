"""What serves each measure: records and returns, and published counts where no record does."""

from __future__ import annotations

from datetime import date
from typing import TypedDict

import duckdb

from dashboard import queries
from dashboard.catalogue import Catalogue, ours
from dashboard.ingest import Staged
from dashboard.periods import next_start
from dashboard.queries import Measure
from dashboard.queries.counting import CRIMES
from dashboard.snapshots import record_parts
from dashboard.snapshots.coverage import Coverage
from dashboard.snapshots.record_parts import Publication
from dashboard.snapshots.spans import Spans, minus, shared, whole


class Serving(TypedDict):
    """A span of one source that serves a measure."""

    measure: str
    source: str  # crimes, returns or a publisher
    grain: str
    since: date
    until: date  # exclusive
    unit_code: str  # the force of what was published; '' of any other
    n: int


def served_by(
    connection: duckdb.DuckDBPyConnection,
    as_at: date,
    catalogue: Catalogue,
    coverage: Coverage,
    staged: list[Staged],
) -> tuple[list[Serving], list[str]]:
    """Adds published counts to `observed`, and takes records out of it that are but a part.

    return  each span that is served; sentences for records that are held
    """
    records = _record_spans(staged, connection)
    observed: dict[str, list[tuple[str, int, date, date]]] = {}
    for name, *rest in connection.execute(
        "select measure, grain, count(*), min(period_start), max(period_start) from observed "
        "group by measure, grain order by measure, grain"
    ).fetchall():
        observed.setdefault(name, []).append(tuple(rest))
    served: list[Serving] = []
    parts: list[record_parts.Part] = []
    for measure in queries.measures().values():
        of_records = measure.fact == CRIMES
        publications = _publications(measure, catalogue, coverage) if measure.published else []
        own: Spans = []
        for grain, count, first, last in observed.get(measure.id, []):
            spans_found = records if of_records and records else [(first, next_start(last, grain))]
            # A source never covers what comes after the day the figures were asked for.
            own = [(since, min(until, as_at)) for since, until in spans_found]
            if of_records and (
                part := record_parts.part(connection, measure, publications, own, catalogue)
            ):
                parts.append(part)
                own = []
            source = "crimes" if of_records else "returns"
            served += [_served(measure, source, grain, span, "", count) for span in own]
        served += _observe_published(connection, measure, as_at, publications, own)
    return served, record_parts.words(parts, staged)


def _served(
    measure: Measure, source: str, grain: str, span: tuple[date, date], unit: str, n: int
) -> Serving:
    return {
        "measure": measure.id,
        "source": source,
        "grain": grain,
        "since": span[0],
        "until": span[1],
        "unit_code": unit,
        "n": n,
    }


def _publications(measure: Measure, catalogue: Catalogue, coverage: Coverage) -> list[Publication]:
    """Those that count a measure, the one that is believed first."""
    pairs = dict.fromkeys(
        (span.publisher, span.grain) for span in coverage.spans if span.offence in measure.published
    )
    ranked = sorted(pairs, key=lambda pair: (_rank(catalogue, measure, pair[0]), pair))
    return [Publication(*pair, _covered(measure, *pair, coverage)) for pair in ranked]


def _observe_published(
    connection: duckdb.DuckDBPyConnection,
    measure: Measure,
    as_at: date,
    publications: list[Publication],
    own: Spans,
) -> list[Serving]:
    """Published counts where no record does: one publisher a span and grain, by rank."""
    served: list[Serving] = []
    free_of: dict[str, Spans] = {}
    for publisher, grain, covered in publications:
        taken = [] if _reaches_further(covered, own, grain) else own
        free = minus(covered, [*taken, *free_of.get(grain, [])])
        free_of.setdefault(grain, []).extend(free)
        for since, until in free:
            n = _insert_published(connection, measure, publisher, grain, (since, until), as_at)
            served.append(_served(measure, publisher, grain, (since, until), ours().force, n))
    return served


def _reaches_further(covered: Spans, own: Spans, grain: str) -> bool:
    """Whether the months of a publication go on after the last whole one of the records, so that
    it is the one whose months are shown (series_levels): then it keeps each of them."""
    if grain == "day" or not covered:
        return False
    return covered[-1][1] > max((until for _, until in whole(own, grain)), default=date.min)


def _rank(catalogue: Catalogue, measure: Measure, publisher: str) -> tuple[int, int]:
    """Place of the publisher: sums of finer areas after all others, then as sources.csv ranks it
    for the measure or an offence of it; 1 is believed."""
    subjects = {measure.id, *measure.published}
    ranks = [
        item.rank
        for item in catalogue.sources
        if item.publisher == publisher and item.subject in subjects
    ]
    of = catalogue.formats.get(publisher)
    return of.fineness if of else 0, min(ranks, default=999)


def _covered(measure: Measure, publisher: str, grain: str, coverage: Coverage) -> Spans:
    """Where the publisher covers the measure: both parts of a rate, one of a count."""
    offences = coverage.of(publisher, grain, "offences", measure.published)
    if not measure.is_rate:
        return offences
    return shared(coverage.of(publisher, grain, "outcomes", measure.published), offences)


def _insert_published(
    connection: duckdb.DuckDBPyConnection,
    measure: Measure,
    publisher: str,
    grain: str,
    span: tuple[date, date],
    as_at: date,
) -> int:
    numerator = "outcomes" if measure.is_rate else "offences"
    denominator = "sum(n) filter (value = 'offences')" if measure.is_rate else "null"
    step = "1 day" if grain == "day" else "1 month"
    connection.execute(
        f"""
        insert into observed
        select ?, grain, date, ?, 'unassigned', 'unassigned', borough,
            coalesce(sum(n) filter (value = ?), 0),
            {f"coalesce({denominator}, 0)" if measure.is_rate else "null"},
            (date + interval {step})::date > ?::date - ?
        from published
        where publisher = ? and grain = ? and date >= ? and date < ?
            and list_contains(?, offence) and value in ('offences', ?)
        group by grain, date, borough
        """,
        [
            measure.id,
            ours().force,
            numerator,
            as_at,
            measure.settles,
            publisher,
            grain,
            *span,
            list(measure.published),
            numerator,
        ],
    )
    row = connection.execute(
        "select count(*) from published where publisher = ? and grain = ? and date >= ? "
        "and date < ? and list_contains(?, offence)",
        [publisher, grain, *span, list(measure.published)],
    ).fetchall()[0]
    return row[0]


def _record_spans(staged: list[Staged], connection: duckdb.DuckDBPyConnection) -> Spans:
    """First to last day on which a crime was reported, of all that is loaded."""
    if not any(item.kind == "crimes" for item in staged):
        return []
    row = connection.execute(
        "select min(reported_on), max(reported_on) + 1 from crimes"
    ).fetchall()[0]
    return [(row[0], row[1])] if row[0] else []
