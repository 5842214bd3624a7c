"""Crime reports as eight extracts: the whole first, then what came in or changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from dashboard.sample import acted, clock, faults, lives
from dashboard.sample.clock import NEVER
from dashboard.sample.lives import Lives
from dashboard.sample.places import CODES, place
from dashboard.sample.tally import Tally
from dashboard.sample.volumes import Volumes

Progress = Callable[[int, int], None]
# Reports drawn at a time: what bounds memory at any scale.
BLOCK = 400_000
UNKNOWN = place("unknown")
BRANCHES = tuple(desk.partition("/")[0] for desk in lives.DESKS)
EVENTS = (
    *("entered_on", "classified_on", "reclassified_on", "located_on", "detection_known"),
    *("authorised_on", "no_crimed_on", "ethnicity_on", "validated_on", "supervised_on"),
    *("updated_1", "updated_2", "updated_3"),
)
DATES = (
    *("reported_on", "committed_on", "classified_on", "detected_on", "detection_authorised_on"),
    *("no_crimed_on", "last_updated_on", "validated_on", "supervised_on"),
)
COLUMNS = (
    *("crime_ref", "reported_on", "committed_on", "committed_hour", "classified_on", "offence"),
    *("borough", "ocu", "branch", "team", "detected_on", "detection"),
    *("detection_authorised_on", "no_crimed_on", "weapon", "premises", "victim_kind"),
    *("victim_age_band", "victim_sex", "victim_ethnicity", "attended_minutes"),
    *("last_updated_on", "validated_on", "supervised_on"),
)
_NUMBERS = {"committed_hour": pa.int32(), "attended_minutes": pa.int32()}
SCHEMA = pa.schema(
    [(name, pa.date32() if name in DATES else _NUMBERS.get(name, pa.string())) for name in COLUMNS]
)


@dataclass
class Written:
    """What writing the extracts left: files, rows of each, figures to publish, the planted."""

    paths: list[Path]
    rows: list[int]
    tally: Tally = field(default_factory=Tally)
    planted: dict[str, list[dict[str, Any]]] = field(
        default_factory=lambda: {"reports": [], "faults": []}
    )
    reports: int = 0


def write(folder: Path, volumes: Volumes, seed: int, progress: Progress | None) -> Written:
    """Writes one parquet file a vintage, block by block."""
    paths = [folder / f"crimes-{vintage}.parquet" for vintage in clock.VINTAGES]
    writers = [
        pq.ParquetWriter(path, SCHEMA, compression="zstd", store_schema=False) for path in paths
    ]
    written = Written(paths, [0] * len(paths))
    try:
        for since, until in _blocks(volumes):
            block = acted.without(lives.live(volumes, since, until, written.reports, seed), seed)
            written.planted["faults"] += faults.plant(block)
            _write_block(block, writers, written)
            written.reports = int(block.number[-1]) + 1
            if progress:
                progress(until, clock.FORTNIGHTS)
        # After all others, so that no other report is drawn differently for them.
        _write_block(acted.rises(volumes, written.reports, seed), writers, written)
    finally:
        for writer in writers:
            writer.close()
    return written


def _blocks(volumes: Volumes) -> list[tuple[int, int]]:
    """Runs of fortnights of about BLOCK reports each; at scale 1 one run."""
    each = volumes.counts.sum(axis=(0, 1))
    runs, since, held = [], 0, 0
    for fortnight, count in enumerate(each):
        if held and held + count > BLOCK:
            runs.append((since, fortnight))
            since, held = fortnight, 0
        held += int(count)
    return [*runs, (since, clock.FORTNIGHTS)]


def _write_block(block: Lives, writers: list[pq.ParquetWriter], written: Written) -> None:
    days = [clock.day(vintage) for vintage in clock.VINTAGES]
    changing = block.at(_changed(block, days[0], days[-1]))
    for index, vintage in enumerate(days):
        if index == 0:
            rows = block.at(block.entered_on <= vintage)
        else:
            rows = changing.at(_changed(changing, days[index - 1], vintage))
        if len(rows.number):
            writers[index].write_table(state(rows, vintage))
            written.rows[index] += len(rows.number)
        if clock.VINTAGES[index] in clock.MONTHLY:
            written.tally.add(block, vintage)
    planted = block.at(block.planted)
    written.planted["reports"] += [
        {"crime_ref": ref, "stream": int(stream), "borough": CODES[area]}
        for ref, stream, area in zip(
            references(planted.number).to_pylist(), planted.stream, planted.borough, strict=True
        )
    ]


def _changed(rows: Lives, after: int, until: int) -> np.ndarray:
    """Which reports are in the extract of day `until`, with something new since `after`."""
    changed = np.zeros(len(rows.number), dtype=bool)
    for name in EVENTS:
        days = getattr(rows, name)
        changed |= (days > after) & (days <= until)
    return changed & (rows.entered_on <= until)


def references(number: np.ndarray) -> pa.Array:
    """Pseudonymous references such as C000012345."""
    return pl.select("C" + pl.Series(number).cast(pl.String).str.zfill(9)).to_series().to_arrow()


def state(rows: Lives, vintage: int) -> pa.Table:
    """The reports as known at the end of day `vintage`, in the contract's columns."""
    moved = rows.reclassified_on <= vintage
    settled = moved | (rows.reclassified_on == NEVER)
    desk = np.where(settled, rows.desk, rows.was_desk)
    detected = rows.detection_known <= vintage
    known_ethnicity = np.where(rows.ethnicity_on <= vintage, rows.ethnicity, -1)
    latest = np.maximum.reduce(
        [np.where(getattr(rows, name) <= vintage, getattr(rows, name), 0) for name in EVENTS]
    )
    columns = {
        "crime_ref": references(rows.number).cast(pa.string()),
        "reported_on": _dates(rows.reported_on, vintage),
        "committed_on": _dates(rows.committed_on, vintage),
        "committed_hour": _numbers(rows.committed_hour),
        "classified_on": _dates(np.where(moved, rows.reclassified_on, rows.classified_on), vintage),
        "offence": _words(np.where(settled, rows.offence, rows.was_offence), lives.OFFENCES),
        "borough": _words(np.where(rows.located_on <= vintage, rows.borough, UNKNOWN), CODES),
        "ocu": _words(np.where(settled, rows.ocu, rows.was_ocu), lives.OCUS),
        "branch": _words(desk, BRANCHES),
        "team": _words(np.where(rows.no_team, -1, desk), TEAMS),
        "detected_on": _dates(np.where(detected, rows.detected_on, NEVER), vintage),
        "detection": _words(
            np.where(detected, np.where(rows.sanction, 0, 1), -1), ("sanction", "non_sanction")
        ),
        "detection_authorised_on": _dates(rows.authorised_on, vintage),
        "no_crimed_on": _dates(rows.no_crimed_on, vintage),
        "weapon": _words(rows.weapon, lives.WEAPONS),
        "premises": _words(rows.premises, lives.PREMISES),
        "victim_kind": _words(rows.victim_kind, lives.VICTIM_KINDS),
        "victim_age_band": _words(rows.age, lives.AGES),
        "victim_sex": _words(rows.sex, lives.SEXES),
        "victim_ethnicity": _words(known_ethnicity, lives.ETHNICITIES),
        "attended_minutes": _numbers(rows.attended_minutes),
        "last_updated_on": _dates(latest, vintage),
        "validated_on": _dates(rows.validated_on, vintage),
        "supervised_on": _dates(rows.supervised_on, vintage),
    }
    return pa.table(columns, schema=SCHEMA)


# A branch without teams of its own is no team.
TEAMS = tuple(desk if "/" in desk else None for desk in lives.DESKS)


def _dates(days: np.ndarray, vintage: int) -> pa.Array:
    return _array(days, pa.date32(), days <= vintage)


def _numbers(values: np.ndarray) -> pa.Array:
    return _array(values, pa.int32(), values >= 0)


def _words(codes: np.ndarray, vocabulary: tuple[str | None, ...]) -> pa.Array:
    words = pl.Series(vocabulary, dtype=pl.String).to_arrow().cast(pa.string())
    return words.take(_array(codes, pa.int32(), codes >= 0))


def _array(values: np.ndarray, type_: pa.DataType, known: np.ndarray) -> pa.Array:
    """An array of 32-bit values with nulls. (pa.array would load pandas, which takes a second.)"""
    bits = pa.py_buffer(np.packbits(known, bitorder="little"))
    numbers = pa.py_buffer(np.ascontiguousarray(values, dtype=np.int32))
    return pa.Array.from_buffers(type_, len(values), [bits, numbers])
