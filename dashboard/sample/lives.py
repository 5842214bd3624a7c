"""The lives of reports: what each holds, and the day on which each thing became known.

A life is drawn once; a vintage is what of it was known by then (see crimes.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

import numpy as np

from dashboard.sample import clock, mixes, plants
from dashboard.sample.clock import NEVER
from dashboard.sample.drawing import days, draw, pick, sometimes
from dashboard.sample.places import REGION, REGIONS, place
from dashboard.sample.streams import HOMICIDE_CLEAR_UP, STREAMS, homicide, offences, table
from dashboard.sample.volumes import Volumes

LATE_SHARE = 0.026
NON_SANCTION_BEFORE_2004 = 0.35
DETECTIONS_BREAK = clock.day(plants.OVERSPEND.since)

OFFENCES = offences()
OCUS = tuple(dict.fromkeys([item.ocu for item in STREAMS] + ["TP"]))
WEAPONS, _weapon = table(mixes.WEAPONS, [item.weapon for item in STREAMS])
PREMISES, _premises = table(mixes.PREMISES, [item.premises for item in STREAMS])
VICTIM_KINDS, _victims = table(mixes.VICTIM_KINDS, [item.victims for item in STREAMS])
AGES, _ages = table(mixes.AGES, [item.ages for item in STREAMS])
SEXES, _sexes = table(mixes.SEXES, [item.sexes for item in STREAMS])
ETHNICITIES, _ethnicities = table(mixes.ETHNICITIES, [item.ethnicity for item in STREAMS])
_hours = np.cumsum([mixes.HOURS[item.hours] for item in STREAMS], axis=1)
_hours = _hours / _hours[:, -1:]


def _of(name: str) -> np.ndarray:
    return np.array([getattr(item, name) for item in STREAMS], dtype=float)


_delay, _no_crime, _report_lag = _of("delay"), _of("no_crime"), _of("report_lag")
_detected = np.array([item.detected for item in STREAMS])
_homicide = np.array([homicide(item) for item in STREAMS])
_offence = np.array([OFFENCES.index(item.offence) for item in STREAMS])
_ocu = np.array([OCUS.index(item.ocu) for item in STREAMS])
_was_share = np.array([item.was.share if item.was else 0 for item in STREAMS])
_was_offence = np.array([OFFENCES.index(item.was.offence) if item.was else -1 for item in STREAMS])
_was_ocu = np.array([OCUS.index(item.was.ocu) if item.was else -1 for item in STREAMS])


def _desk_table() -> tuple[tuple[str, ...], np.ndarray, np.ndarray, np.ndarray]:
    """Desks, and where in them each stream and region finds its own."""
    desks: list[str] = []
    start = np.zeros((len(STREAMS), len(REGIONS)), dtype=int)
    count = np.zeros_like(start)
    for row, stream in enumerate(STREAMS):
        for column, region in enumerate(REGIONS):
            own = stream.desks[region] if isinstance(stream.desks, Mapping) else stream.desks
            start[row, column], count[row, column] = len(desks), len(own)
            desks += own
    first = [item.was.desk for item in STREAMS if item.was and item.was.desk]
    was = np.array(
        [
            len(desks) + first.index(item.was.desk) if item.was and item.was.desk else -1
            for item in STREAMS
        ]
    )
    return tuple(desks + first), start, count, was


DESKS, _desk_start, _desk_count, _was_desk = _desk_table()


@dataclass(frozen=True)
class Lives:
    """Columns of equal length; days count from 1970, NEVER where it does not happen; codes
    are positions in the vocabularies above, -1 for blank.

    entered_on      day the report reaches the extract
    reclassified_on until then the report shows was_offence, was_ocu and was_desk
    located_on      until then its borough is unknown
    detection_known day the detection reaches the extract
    """

    number: np.ndarray
    reported_on: np.ndarray
    entered_on: np.ndarray
    committed_on: np.ndarray
    committed_hour: np.ndarray
    classified_on: np.ndarray
    reclassified_on: np.ndarray
    offence: np.ndarray
    was_offence: np.ndarray
    ocu: np.ndarray
    was_ocu: np.ndarray
    desk: np.ndarray
    was_desk: np.ndarray
    no_team: np.ndarray
    borough: np.ndarray
    located_on: np.ndarray
    sanction: np.ndarray
    detected_on: np.ndarray
    detection_known: np.ndarray
    authorised_on: np.ndarray
    no_crimed_on: np.ndarray
    weapon: np.ndarray
    premises: np.ndarray
    victim_kind: np.ndarray
    age: np.ndarray
    sex: np.ndarray
    ethnicity: np.ndarray
    ethnicity_on: np.ndarray
    attended_minutes: np.ndarray
    validated_on: np.ndarray
    supervised_on: np.ndarray
    updated_1: np.ndarray
    updated_2: np.ndarray
    updated_3: np.ndarray
    stream: np.ndarray
    planted: np.ndarray

    def at(self, rows: np.ndarray) -> Lives:
        return Lives(*(getattr(self, item.name)[rows] for item in fields(self)))


def live(volumes: Volumes, since: int, until: int, first: int, seed: int) -> Lives:
    """The lives of all reports of fortnights `since` to `until`, by day of report.

    first  number of the first of them, counted over the whole sample
    """
    rng = np.random.default_rng([seed, 2, since])
    stream, area, fortnight, planted = _cells(volumes, since, until)
    n = len(stream)
    within = pick(rng.random(n), volumes.days[stream, fortnight])
    reported = (clock.day(clock.GRID_START) + fortnight * 14 + within).astype(np.int32)
    order = np.argsort(reported, kind="stable")
    stream, area, reported, planted = (x[order] for x in (stream, area, reported, planted))
    return _assemble(rng, np.arange(first, first + n), stream, area, reported, planted)


def _cells(volumes: Volumes, since: int, until: int) -> tuple[np.ndarray, ...]:
    counts = volumes.counts[:, :, since:until]
    cells = np.repeat(np.arange(counts.size, dtype=np.int32), counts.ravel())
    stream, area, fortnight = np.unravel_index(cells, counts.shape)
    starts = np.cumsum(counts.ravel()) - counts.ravel()
    nth = np.arange(len(cells)) - np.repeat(starts, counts.ravel())
    planted = nth < volumes.planted[:, :, since:until].ravel()[cells]
    return stream, area, fortnight + since, planted


def _assemble(
    rng: np.random.Generator,
    number: np.ndarray,
    stream: np.ndarray,
    area: np.ndarray,
    reported: np.ndarray,
    planted: np.ndarray,
) -> Lives:
    n = len(stream)
    clean = ~planted
    entered = reported + np.where(
        clean & (rng.random(n) < LATE_SHARE), 1 + days(rng, 22, n), 0
    ).astype(np.int32)
    reclassified = sometimes(
        rng, np.where(clean, _was_share[stream], 0), entered + 2 + days(rng, 16, n)
    )
    no_crimed = sometimes(rng, np.where(clean, _no_crime[stream], 0), entered + 1 + days(rng, 9, n))
    sanction, detected, known = _detections(rng, stream, reported, entered, no_crimed)
    authorised = np.where(known < NEVER, detected + days(rng, 0.5, n), NEVER)
    kind = draw(rng, _victims, stream)
    person = kind == VICTIM_KINDS.index("person")
    ethnicity = np.where(person, draw(rng, _ethnicities, stream), -1)
    ethnicity_on = np.where(rng.random(n) < 0.1, entered + 1 + days(rng, 12, n), reported).astype(
        np.int32
    )
    committed = reported - days(rng, np.where(clean, _report_lag[stream], 0), n)
    return Lives(
        number=number,
        reported_on=reported,
        entered_on=entered,
        committed_on=np.where(rng.random(n) < 0.985, committed, NEVER).astype(np.int32),
        committed_hour=_hour(rng, stream),
        classified_on=entered + days(rng, 1, n),
        reclassified_on=reclassified,
        offence=_offence[stream],
        was_offence=_was_offence[stream],
        ocu=_ocu[stream],
        was_ocu=_was_ocu[stream],
        desk=_desk(rng, stream, area),
        was_desk=_was_desk[stream],
        no_team=rng.random(n) < 0.04,
        borough=area,
        located_on=_located(rng, entered, area, clean),
        sanction=sanction,
        detected_on=detected,
        detection_known=known,
        authorised_on=sometimes(rng, 0.985, authorised),
        no_crimed_on=no_crimed,
        weapon=draw(rng, _weapon, stream),
        premises=draw(rng, _premises, stream),
        victim_kind=kind,
        age=np.where(person, draw(rng, _ages, stream), -1),
        sex=np.where(person, draw(rng, _sexes, stream), -1),
        ethnicity=np.where(rng.random(n) < mixes.ETHNICITY_MISSING, -1, ethnicity),
        ethnicity_on=ethnicity_on,
        attended_minutes=np.where(rng.random(n) < 0.7, 4 + days(rng, 11, n), -1).astype(np.int32),
        validated_on=_validated(rng, stream, entered),
        supervised_on=sometimes(rng, 0.985, entered + 1 + days(rng, 4, n)),
        updated_1=_routine(rng, entered + 5 + days(rng, 4, n), known, no_crimed),
        updated_2=_routine(rng, entered + 16 + days(rng, 6, n), known, no_crimed),
        updated_3=_routine(rng, entered + 30 + days(rng, 9, n), known, no_crimed),
        stream=stream,
        planted=planted,
    )


def _detections(
    rng: np.random.Generator,
    stream: np.ndarray,
    reported: np.ndarray,
    entered: np.ndarray,
    no_crimed: np.ndarray,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Whether by sanction, the day of detection, and the day it reaches the extract."""
    n = len(stream)
    delay = np.minimum(_delay[stream] * np.exp(rng.standard_normal(n) * 1.1), 9_000)
    detected = reported + delay.astype(np.int32)
    sanction_share, other_share = _detected[stream].T
    starts = [
        clock.day(clock.CALENDAR.year_start(clock.SINCE).replace(year=2000 + y)) for y in range(5)
    ]
    year = np.searchsorted(starts, reported, side="right") - 1
    lift = np.where(_homicide[stream], np.array(HOMICIDE_CLEAR_UP)[year], 1)
    # Until April 2004 only judicial disposals counted, so few others were claimed [DET04].
    claimed = np.where(
        (detected < DETECTIONS_BREAK) & ~_homicide[stream], NON_SANCTION_BEFORE_2004, 1
    )
    u = rng.random(n)
    sanction = u < sanction_share * lift
    solved = (u < sanction_share * lift + other_share * claimed * lift) & (no_crimed == NEVER)
    detected = np.where(solved, detected, NEVER).astype(np.int32)
    known = np.maximum(detected + days(rng, 2, n), entered)
    return sanction, detected, np.where(solved, known, NEVER).astype(np.int32)


def _hour(rng: np.random.Generator, stream: np.ndarray) -> np.ndarray:
    hours = pick(rng.random(len(stream)), _hours[stream]).astype(np.int16)
    return np.where(rng.random(len(stream)) < 0.93, hours, -1)


def _desk(rng: np.random.Generator, stream: np.ndarray, area: np.ndarray) -> np.ndarray:
    region = REGION[area]
    count = _desk_count[stream, region]
    desk = _desk_start[stream, region] + (rng.random(len(stream)) * count).astype(int)
    assigned = (count > 0) & (rng.random(len(stream)) < 0.985)
    return np.where(assigned, desk, -1)


def _located(
    rng: np.random.Generator, entered: np.ndarray, area: np.ndarray, clean: np.ndarray
) -> np.ndarray:
    """Day from which the borough is known: for a few reports later than they are entered."""
    late = clean & (rng.random(len(area)) < 0.003) & (area < place("heathrow"))
    return np.where(late, entered + 3 + days(rng, 20, len(area)), 0).astype(np.int32)


def _validated(rng: np.random.Generator, stream: np.ndarray, entered: np.ndarray) -> np.ndarray:
    backlog = plants.BACKLOG
    behind = (_ocu[stream] == OCUS.index(backlog.ocu)) & (entered >= clock.day(backlog.since))
    share = np.where(behind, 1 - backlog.share, 0.985)
    return sometimes(rng, share, entered + 1 + days(rng, 2, len(stream)))


def _routine(
    rng: np.random.Generator, on: np.ndarray, known: np.ndarray, no_crimed: np.ndarray
) -> np.ndarray:
    """A routine update: made while the report is open, and sometimes forgotten."""
    due = np.where(on < np.minimum(known, no_crimed), on, NEVER).astype(np.int32)
    return sometimes(rng, 0.94, due)
