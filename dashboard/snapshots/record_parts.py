"""Records that are but a part of what a publication counts: held, so that they never displace it.

Records are believed before published counts of the same offence (sources.csv), as far as they are
as much. An extract of some boroughs or of one unit is not: where a publication counts the same
offence in the same periods, and the records know nothing of boroughs that it counted in, or of
fewer than half of what it counted, they are held for the measure and named. Publication and
records are never added up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import duckdb

from dashboard.catalogue import Catalogue
from dashboard.ingest import Staged
from dashboard.queries import Measure
from dashboard.snapshots.spans import Spans, shared, whole
from dashboard.words import names, phrases
from dashboard.words.numbers import number

# Records and a publication of one offence differ by some per cent, as one is known later than the
# other (July 2025: 794 robberies known on 2 August, 846 in December); half is no such difference.
SHARE = 0.5
FEWER = 5  # reports that they lack at least: one homicide of three may have been another offence
SHOWN = 5


class Publication(NamedTuple):
    """A publisher's counts of one grain, and where they cover a measure."""

    publisher: str
    grain: str
    covered: Spans


@dataclass(frozen=True)
class Part:
    """A measure of which the records are held, and why."""

    measure: str
    why: str


def part(
    connection: duckdb.DuckDBPyConnection,
    measure: Measure,
    publications: Sequence[Publication],
    own: Spans,
    catalogue: Catalogue,
) -> Part | None:
    """Takes records out of `observed` that are a part of what any publication counts of the
    measure in the periods that both cover wholly; None where they are not."""
    for item in publications:
        spans = shared(whole(item.covered, item.grain), own)
        if why := _why(connection, measure, item, whole(spans, item.grain), catalogue):
            connection.execute("delete from observed where measure = ?", [measure.id])
            return Part(measure.name, why)
    return None


def _why(
    connection: duckdb.DuckDBPyConnection,
    measure: Measure,
    publication: Publication,
    spans: Spans,
    catalogue: Catalogue,
) -> str:
    """What the records lack of the publication's counts; blank: nothing."""
    if not spans:
        return ""
    asked = [[since for since, _ in spans], [until for _, until in spans]]
    within = (
        "exists (select 1 from (select unnest(?::date[]) as since, unnest(?::date[]) as until) "
        "where {day} >= since and {day} < until)"
    )
    counted = dict(
        connection.execute(
            "select borough, sum(n) from published where publisher = ? and grain = ? "
            "and value = 'offences' and list_contains(?, offence) and n > 0 "
            f"and {within.format(day='date')} group by borough",
            [publication.publisher, publication.grain, list(measure.published), *asked],
        ).fetchall()
    )
    known = {row[0] for row in connection.execute("select distinct borough from crimes").fetchall()}
    lacks = sorted(
        area.name
        for code in counted.keys() - known
        if (area := catalogue.areas.get(code)) and area.kind == "borough"
    )
    if lacks:
        where = f"{number(len(lacks))} {names.area_word(len(lacks))}"
        listed = phrases.listed_first(lacks, SHOWN)
        return f"no record lies in {where} where {publication.publisher} counts them ({listed})"
    whole_of = "denominator" if measure.is_rate else "numerator"
    (row,) = connection.execute(
        f"select coalesce(sum({whole_of}), 0) from observed where measure = ? "
        f"and {within.format(day='period_start')}",
        [measure.id, *asked],
    ).fetchall()
    told, have = sum(counted.values()), row[0]
    if have < SHARE * told and told - have >= FEWER:
        of_all = f"{number(have)} of the {number(told)}"
        return f"they are {of_all} that {publication.publisher} counts in the same time"
    return ""


def words(parts: Sequence[Part], staged: Sequence[Staged]) -> list[str]:
    """A sentence for each reason, with the measures that it holds."""
    files = list(dict.fromkeys(item.file for item in staged if item.kind == "crimes"))
    by_reason: dict[str, list[str]] = {}
    for item in parts:
        by_reason.setdefault(item.why, []).append(phrases.inside(item.measure))
    return [
        f"records of {phrases.listed(measures)} ({phrases.listed_first(files)}) are a part and "
        f"held, the publication is shown: {why}; import the whole extract to show them"
        for why, measures in by_reason.items()
    ]
