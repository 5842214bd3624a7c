"""A file and what was known before it, as sums that can be compared: by period, place and offence.

A series that is told by the day is compared by whole weeks, all else by its own periods. What a
file does not speak for (a gap, a week cut off, a period with a rejected count) is not compared.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa

from dashboard.ingest.contracts import KINDS, contract_columns
from dashboard.ingest.coverage import whole_periods
from dashboard.ingest.parsing import quoted
from dashboard.ingest.staging import Staged
from dashboard.ingest.work import Work

KEY = "subject, place, topic, period"
NO_DAY = date(1900, 1, 1)  # the one period of a kind whose rows belong to no day


@dataclass(frozen=True)
class Flow:
    """How the rows of a kind are added up, in SQL.

    day      on which a row happened; blank for lists that belong to no day
    subject  series that are never added to one another
    grain    of the period that `day` starts
    """

    day: str
    place: str
    subject: str = "''"
    worth: str = "1"
    grain: str = "'day'"
    topic: str = "''"


FLOWS = {
    "counts": Flow(
        "date", "borough", "concat_ws(', ', publisher, value, grain)", "n", "grain",
        "lower(offence)",
    ),
    "crimes": Flow("reported_on", "ocu"),
    "overtime": Flow("worked_on", "ocu", worth="cost_gbp"),
    "returns": Flow("period_start", "unit_code", "measure || ', ' || grain", "numerator", "grain"),
    "corporate": Flow("period_start", "unit_code", "measure || ', ' || grain", grain="grain"),
    "finance": Flow("month", "unit_code", "heading", "abs(actual_gbp)", "'month'"),
    "overtime_budget": Flow("month", "ocu", worth="profiled_gbp", grain="'month'"),
    "strength": Flow("month", "unit_code", worth="in_post", grain="'month'"),
    "reviews": Flow("", "unit_code"),
    "recommendations": Flow("", "owner"),
    "visits": Flow("", "unit_code"),
    "improvements": Flow("", "unit_code"),
}  # fmt: skip
# An extract of these is all there is, so that what it lacks is gone. Of the others a file may be
# one unit's, and is compared for the places it names.
EXTRACTS = tuple(name for name, kind in KINDS.items() if kind.reference)


@dataclass(frozen=True)
class Arrival:
    """A file that is about to be staged: its rows, and what it speaks for.

    covers  of published counts (subject, period) for which an absent count is none; else None
    """

    kind: str
    vintage: date
    delta: bool
    built: Path
    covers: frozenset[tuple[str, date]] | None


@dataclass(frozen=True)
class Pair:
    """A sum known before and now, of one subject: of a period, a place, an offence, or in all."""

    axis: str
    subject: str
    slice: Any
    old: float
    new: float


@dataclass
class Said:
    """Sums of one state of knowledge: a table of subject, place, topic, period, n and rows."""

    name: str
    covers: set[tuple[str, date]] = field(default_factory=set)
    grains: dict[str, str] = field(default_factory=dict)


def said(
    work: Work,
    name: str,
    kind: str,
    rows: str,
    covers: frozenset[tuple[str, date]] | None = None,
) -> Said:
    """Sums of `rows` (SQL that has the columns of the kind) in a table `name`."""
    flow, sums = FLOWS[kind], Said(name, set(covers or ()))
    if not flow.day:
        work.execute(
            f"create or replace temp table {name} as select '' as subject, "
            f"coalesce({flow.place}, '') as place, '' as topic, date '{NO_DAY}' as period, "
            f"count(*)::double as n, n as rows from ({rows}) group by all"
        )
        sums.covers, sums.grains = {("", NO_DAY)}, {"": ""}
        return sums
    place, joined, single = flow.place, "", "1"
    if kind == "counts":
        _place_codes(work, rows)
        place, single = "code", "n"
        joined = "left join place_codes using (publisher, borough)"
    work.execute(
        f"create or replace temp table {name} as select {flow.subject} as subject, "
        f"coalesce({place}, '') as place, {flow.topic} as topic, "
        f"case when {flow.grain} = 'day' then date_trunc('week', {flow.day})::date "
        f"else {flow.day} end as period, sum({flow.worth})::double as n, "
        f"sum({single})::double as rows from ({rows}) {joined} group by all"
    )
    spans = work.all(
        f"select {flow.subject}, any_value({flow.grain}), min({flow.day}), max({flow.day}) "
        f"from ({rows}) group by 1"
    )
    sums.grains = {subject: grain for subject, grain, _, _ in spans}
    if covers is None:
        for subject, period in work.all(f"select distinct subject, period from {name}"):
            if sums.grains[subject] != "day":
                sums.covers.add((subject, period))
        for subject, grain, first, last in spans:
            if grain == "day":
                until = last + timedelta(days=1)
                sums.covers |= {(subject, day) for day in whole_periods(first, until, grain)}
    return sums


def _place_codes(work: Work, rows: str) -> None:
    """Table place_codes (publisher, borough, code): boroughs by code; all else has no place."""
    known = []
    for publisher, text in work.all(f"select distinct publisher, borough from ({rows})"):
        code = work.catalogue.resolve("area", publisher, text) if text else None
        if code and work.catalogue.areas[code].kind == "borough":
            known.append((publisher, text, code))
    _table(work, "place_codes", ("publisher", "borough", "code"), (pa.string(),) * 3, known)


def _table(
    work: Work,
    name: str,
    columns: Sequence[str],
    types: Sequence[pa.DataType],
    rows: Collection[tuple[object, ...]],
) -> None:
    """A temporary table of rows, in place of one of that name."""
    told = zip(*rows, strict=True) if rows else [()] * len(columns)
    arrays = [pa.array(list(each), type_) for each, type_ in zip(told, types, strict=True)]
    work.connection.register("told_rows", pa.Table.from_arrays(arrays, names=list(columns)))
    work.execute(f"create or replace temp table {name} as select * from told_rows")
    work.connection.unregister("told_rows")


def rows_of(items: Sequence[Staged], kind: str, state: bool = True) -> str:
    """SQL of the rows of staged files, of which the latest known holds where `state`."""
    columns = contract_columns(kind)
    names = ", ".join(columns)
    # An older program may have staged fewer columns: those are blank.
    typed = ", ".join(f"null::{type_} as {name}" for name, type_ in columns.items())
    parts = [
        f"select {names}, vintage, {item.sequence} as sequence, {item.delta} as laid_over "
        f"from (select {typed} where false union all by name "
        f"select * from read_parquet({quoted(str(item.path))}))"
        for item in items
    ]
    every = " union all by name ".join(parts)
    if not state:
        return every
    flow = FLOWS[kind]
    if kind == "counts":
        # Categories come and go, so a period is told by its newest edition; in it the later file.
        cell = "publisher, grain, value, date"
        return (
            f"select * from ({every}) qualify vintage = max(vintage) over (partition by {cell}) "
            f"and row_number() over (partition by {cell}, borough, offence, vintage "
            "order by sequence desc) = 1"
        )
    key = ", ".join(KINDS[kind].key) or KINDS[kind].reference
    if key:
        return (
            f"select * from ({every}) qualify row_number() over (partition by {key} "
            "order by vintage desc, sequence desc) = 1"
        )
    newest = f"max(vintage) filter (not laid_over) over (partition by {flow.day})"
    return f"select * from ({every}) qualify coalesce(vintage >= {newest}, true)"


def alike(work: Work, old: Said, new: Said, kind: str) -> tuple[Said, Said]:
    """What of two states can be compared: the places and offences that both name.

    Where they name no offence in common, all of them: then its categories were called anew. Of an
    extract a place that is gone stays, as none.
    """
    work.execute(
        f"create or replace temp table both_topics as select subject, topic from {old.name} "
        f"intersect select subject, topic from {new.name}"
    )
    work.execute(
        "insert into both_topics select distinct subject, topic from "
        f"(from {old.name} union all from {new.name}) anti join both_topics using (subject)"
    )
    common = []
    for one, other in ((old, new), (new, old)):
        places = f"semi join {other.name} using (subject, place)"
        if one is old and kind in EXTRACTS:
            places = ""
        name = f"like_{one.name}"
        work.execute(
            f"create or replace temp table {name} as select * from {one.name} {places} "
            "semi join both_topics using (subject, topic)"
        )
        common.append(Said(name, one.covers, one.grains))
    return common[0], common[1]


def pairs(
    work: Work, old: Said, new: Said, kind: str, settled: date, delta: bool = False
) -> list[Pair]:
    """The sums of periods that both speak for: by period, by place, and by offence that both name;
    of an extract all its rows as well (axis total).

    settled  what grew grew here only where it began by this day: what is younger fills up late
    delta    what is not named anew still stands: the cells that are named alone are compared
    """
    compared = []
    if kind in EXTRACTS:
        was, now = (work.all(f"select coalesce(sum(n), 0) from {one.name}") for one in (old, new))
        compared = [Pair("total", "", None, was[0][0], now[0][0])]
    shared = old.covers & new.covers
    if not shared:
        return compared
    _table(work, "shared", ("subject", "period"), (pa.string(), pa.date32()), shared)
    both = "semi join shared using (subject, period)"
    named = f"semi join {new.name} using ({KEY})" if delta else ""
    work.execute(
        f"create or replace temp table beside as select {KEY}, coalesce(o.n, 0) as old, "
        f"coalesce(w.n, 0) as new, period <= date '{settled}' as settled "
        f"from (select * from {old.name} {both} {named}) as o "
        f"full join (select * from {new.name} {both}) as w using ({KEY})"
    )
    which = {
        "period": "",
        "place": "where place <> ''",
        "topic": f"semi join {new.name} using (subject, topic) where topic <> ''",
    }
    for axis, those in which.items():
        compared += [
            Pair(axis, *row)
            for row in work.all(
                f"select subject, {axis}, "
                "case when sum(new) < sum(old) then sum(old) else "
                "coalesce(sum(old) filter (settled), 0) end, "
                "case when sum(new) < sum(old) then sum(new) else "
                "coalesce(sum(new) filter (settled), 0) end "
                f"from beside {those} group by all order by all"
            )
        ]
    return compared


def levels(work: Work, one: Said) -> dict[str, dict[date, float]]:
    """Subject → period → sum, of each period that is spoken for; 0 where it names none."""
    sums = {
        (subject, period): n
        for subject, period, n in work.all(
            f"select subject, period, sum(n) from {one.name} group by all"
        )
    }
    by_subject: dict[str, dict[date, float]] = {}
    for subject, period in sorted(one.covers):
        by_subject.setdefault(subject, {})[period] = sums.get((subject, period), 0)
    return by_subject
