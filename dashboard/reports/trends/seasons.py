"""A series year over year: one line a planning year, the present one against the earlier."""

from __future__ import annotations

from datetime import date
from typing import Annotated, TypedDict

from dashboard import rows
from dashboard.access import Disclosed
from dashboard.access.disclosure import BREAK, Note
from dashboard.periods import (
    DAYS,
    MONTHS,
    day_words,
    month_of_year,
    planning_year_start,
    planning_year_words,
)
from dashboard.reports.measure import read_as, wording
from dashboard.reports.measure.tracks import MeasureSeries
from dashboard.reports.request import Request
from dashboard.words import dates

NAMED = 4  # years that all have their name at the line's end; of more only the last two


class Slot(TypedDict):
    """A period in its place in the planning year."""

    year: str
    slot_words: str
    period: str
    slot: int  # from 0
    period_start: date
    value: Annotated[float | None, "null: no figure is known"]
    numerator: Annotated[float | None, "null: no figure is known"]
    denominator: Annotated[float | None, "null: a count, or no figure is known"]
    said: str
    present: bool  # of the last year
    provisional: bool
    label: str  # the year's name at its line's end; '' elsewhere


def seasonal(request: Request, track: MeasureSeries) -> Disclosed | None:
    """The rows of dashboard.charts.seasonal: a row a period, in its place in the year.

    None for a yearly series, which has no season, and where no year is whole.
    """
    if track.grain == "year" or len({_year(point.start) for point in track.points}) < 2:
        return None
    slots = _slots(track)
    return request.disclose(
        rows.table(Slot, slots),
        title=title_of(slots, track),
        subtitle=f"{track.measure.name} by {track.grain}, a line a planning year",
        notes=_notes(track),
        query=read_as.QUERY,
        params=read_as.read_as(request, track),
        measure=track.measure.id,
        unit=track.unit,
        borough=track.borough or None,
    )


def _slots(track: MeasureSeries) -> list[Slot]:
    last = _year(track.points[-1].start)
    years = sorted({_year(point.start) for point in track.points})
    ends = {_year(point.start): point.start for point in track.points}
    named = years if len(years) <= NAMED else years[-2:]
    slots: list[Slot] = []
    for point in track.points:
        year, value = _year(point.start), point.value(track.measure.is_rate)
        slot = _slot(point.start, track.grain)
        words = planning_year_words(point.start)
        said = wording.point_words(track.measure, point)
        slots.append(
            {
                "year": words,
                "slot": slot,
                "slot_words": _slot_words(point.start, track.grain, slot),
                "period": dates.period(point.start, track.grain),
                "period_start": point.start,
                "value": value,
                "numerator": point.numerator,
                "denominator": point.denominator,
                "said": f"{said} [p]" if point.provisional else said,
                "present": year == last,
                "provisional": point.provisional,
                "label": words if year in named and point.start == ends[year] else "",
            }
        )
    return slots


def _year(day: date) -> int:
    return planning_year_start(day).year


def _slot(start: date, grain: str) -> int:
    """Place of a period in its planning year, from 0."""
    if grain in DAYS:
        return (start - planning_year_start(start)).days // DAYS[grain]
    months = month_of_year(start)
    return months if grain == "month" else months // 3


def _slot_words(start: date, grain: str, slot: int) -> str:
    if grain == "month":
        return MONTHS[start.month - 1][:3]
    if grain == "quarter":
        return f"Q{slot + 1}"
    return f"{grain} {slot + 1}"


def title_of(slots: list[Slot], track: MeasureSeries) -> str:
    """How many periods of the present year are above, and below, all of the earlier years'."""
    year = planning_year_words(track.points[-1].start)
    # What lies before a break is another series, and is above or below nothing.
    since = max((on for on, _ in track.notes), default=date.min)
    alike = [row for row in slots if row["period_start"] >= since]
    before: dict[int, dict[str, float]] = {}
    for row in alike:
        if not row["present"] and isinstance(row["value"], float):
            before.setdefault(row["slot"], {})[row["year"]] = row["value"]
    now = [
        (value, row["slot"])
        for row in alike
        if row["present"] and isinstance(value := row["value"], float)
    ]
    compared = [(value, before[slot]) for value, slot in now if slot in before]
    count = len(compared)
    broken = f" since the break of {day_words(since)}" if track.notes else ""
    if not compared:
        return f"{year}: no {track.grain} to compare with an earlier year{broken}"
    above = sum(1 for value, earlier in compared if value > max(earlier.values()))
    below = sum(1 for value, earlier in compared if value < min(earlier.values()))
    those = _compared_with([set(earlier) for _, earlier in compared], track)
    grains = f"{track.grain}{'' if count == 1 else 's'}"
    if not above and not below:
        same = "lies within the years before" if " " in those else f"is as {those} was"
        return f"{year} {same} in {'its' if count == 1 else 'all'} {grains}"
    known = f" ({broken.strip()})" if broken else ""
    if 2 * max(above, below) <= count:
        return (
            f"{year} is much as {those}{known}: above in "
            f"{above or 'none'}, below in {below or 'none'} of {count} {grains}"
        )
    side, most, least = ("above", above, below) if above >= below else ("below", below, above)
    other = "below" if side == "above" else "above"
    rest = f", {other} in {least}" if least else ""
    return f"{year} is {side} {those}{known} in {most} of {count} {grains}{rest}"


def _compared_with(years: list[set[str]], track: MeasureSeries) -> str:
    """'2031/32', 'all 3 years before': those whose same periods are known, of which no more is
    said than is true of each period."""
    every = set().union(*years)
    if len(every) == 1:
        return every.pop()
    same = all(known == every for known in years)
    return f"all {len(every)} years before" if same else f"the years before of each {track.grain}"


def _notes(track: MeasureSeries) -> tuple[str, ...]:
    notes: list[str] = [
        Note(f"{planning_year_words(on)} has a break on {day_words(on)}: {note} [b]", BREAK)
        for on, note in track.notes
    ]
    if any(point.provisional for point in track.points):
        notes.append("hollow: provisional, may still change [p]")
    return tuple(notes)
