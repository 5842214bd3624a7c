"""Editions of published counts as SQL reads them; what is said of those that fell or are held."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import duckdb
import pyarrow as pa

from dashboard.ingest import Staged
from dashboard.ingest.sidecars import Covered
from dashboard.ingest.speaking import Edition, Spoken
from dashboard.periods import day_words, next_start
from dashboard.snapshots.spans import Spans

SHOWN = 5


def register(connection: duckdb.DuckDBPyConnection, said: Spoken) -> None:
    """Tables count_files (which edition a file's counts belong to; held ones are not in it) and
    count_falls (edition, offence as spelt and date whose counts a later edition replaces)."""
    files = [
        (item.sequence, *edition.publication, number, number, edition.delta)
        for number, edition in _numbered(said)
        if not edition.held
        for item in edition.files
    ]
    numbers = {id(edition): number for number, edition in _numbered(said)}
    falls = sorted(
        {
            (numbers[id(fall.earlier)], spelt, day)
            for fall in said.falls
            for spelt in fall.spelt
            for day in fall.dates
        }
    )
    names = ("sequence", "publisher", "grain", "value", "edition", "position", "delta")
    types = (pa.int64(), *[pa.string()] * 3, pa.int64(), pa.int64(), pa.bool_())
    _table(connection, "count_files", names, types, files)
    types = (pa.int64(), pa.string(), pa.date32())
    _table(connection, "count_falls", ("edition", "spelt", "date"), types, falls)


def _numbered(said: Spoken) -> list[tuple[int, Edition]]:
    return list(enumerate(sorted(said.editions, key=lambda item: (item.known, item.delta)), 1))


def _table(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    names: Sequence[str],
    types: Sequence[pa.DataType],
    rows: Sequence[Sequence[Any]],
) -> None:
    columns = zip(*rows, strict=True) if rows else [()] * len(names)
    arrays = [pa.array(list(column), type_) for column, type_ in zip(columns, types, strict=True)]
    connection.register(f"{name}_rows", pa.Table.from_arrays(arrays, names=list(names)))
    connection.execute(f"create or replace temp table {name} as select * from {name}_rows")
    connection.unregister(f"{name}_rows")


def not_covered(said: Spoken, item: Staged, entry: Covered) -> Spans:
    """Spans of a file's coverage entry that do not show: held, laid over only, or replaced."""
    publication = (entry["publisher"], entry["grain"], entry["value"])
    everything = [(date.min, date.max)]
    for edition in said.editions:
        if edition.publication != publication or item not in edition.files:
            continue
        if edition.held or edition.delta:
            return everything
        days = {
            day
            for fall in said.falls
            if fall.earlier is edition and entry["subject"] in fall.spelt
            for day in fall.dates
        }
        return [(day, next_start(day, entry["grain"])) for day in sorted(days)]
    return everything


def words(connection: duckdb.DuckDBPyConnection, said: Spoken) -> list[str]:
    """Sentences: which parts are held, which categories fell, which deltas have nothing below."""
    sentences = []
    for edition in said.editions:
        publisher, _, value = edition.publication
        if edition.held:
            sentences.append(
                f"{edition.name} ({publisher}, {value}, known {edition.known}) is held and not "
                f"shown: {edition.held}; import it with --delta where it is a part to be laid over"
            )
    sentences += [_without_ground(edition, days) for edition, days in _beyond(said)]
    for fall in said.falls:
        # Case and blanks say nothing: a category written otherwise is still named.
        named = {" ".join(spelt.lower().split()) for spelt in fall.later.offences}
        gone = sorted(item for item in fall.spelt if " ".join(item.lower().split()) not in named)
        if gone:
            sentences += _fallen(connection, fall, gone)
    return list(dict.fromkeys(sentences))


def _beyond(said: Spoken) -> list[tuple[Edition, list[date]]]:
    """Deltas with the periods that no whole edition of their publication speaks of."""
    uncovered = []
    for delta in said.editions:
        if delta.delta and not delta.held:
            whole = [
                edition.dates
                for edition in said.editions
                if edition.publication == delta.publication and not (edition.delta or edition.held)
            ]
            if days := sorted(delta.dates.difference(*whole)):
                uncovered.append((delta, days))
    return uncovered


def _without_ground(edition: Edition, days: Sequence[date]) -> str:
    publisher, _, value = edition.publication
    more = f" and {len(days) - SHOWN} more" if len(days) > SHOWN else ""
    each = ", ".join(day_words(day) for day in days[:SHOWN])
    return (
        f"{edition.name} ({publisher}, {value}, known {edition.known}) is laid over what is known, "
        f"and of what begins on {each}{more} nothing is: not shown until a whole file speaks of it"
    )


def _fallen(connection: duckdb.DuckDBPyConnection, fall: Any, gone: list[str]) -> list[str]:
    """How many earlier counts fall of categories that the later edition no longer names."""
    publisher, grain, value = fall.earlier.publication
    rows = connection.execute(
        "select offence, count(*), sum(n) from read_parquet(?, union_by_name=true) "
        "where publisher = ? and grain = ? and value = ? and n > 0 "
        "and offence in (select unnest(?)) and date in (select unnest(?::date[])) "
        "group by offence order by sum(n) desc, offence",
        [
            [str(item.path) for item in fall.earlier.files],
            publisher,
            grain,
            value,
            gone,
            sorted(fall.dates),
        ],
    ).fetchall()
    if not rows:
        return []
    each = ", ".join(f"{spelt} {n:,} ({total:,})" for spelt, n, total in rows[:SHOWN])
    more = f" and {len(rows) - SHOWN} more categories" if len(rows) > SHOWN else ""
    total = sum(row[1] for row in rows)
    return [
        f"{total:,} counts of {publisher} ({value}) known {fall.earlier.known} fall to what was "
        f"known {fall.later.known}, which no longer names {each}{more}"
    ]
