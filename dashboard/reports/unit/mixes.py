"""What a unit's reports are made of: the last year's by one field, beside the year before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TypedDict

from dashboard import rows
from dashboard.access import Disclosed
from dashboard.access.disclosure import People
from dashboard.access.records import NEVER, PROTECTED, standing
from dashboard.periods import calendar, day_words, next_start
from dashboard.reports.alerts import alert_words
from dashboard.reports.alerts.alert_row import Alert
from dashboard.reports.measure.tracks import MeasureSeries
from dashboard.reports.request import Request
from dashboard.reports.unit.records import of_faults, recordless
from dashboard.words import dates, names, numbers

FIELDS = {
    "weapon": "Weapon",
    "premises": "Premises",
    "victim_kind": "Victim",
    "victim_age_band": "Age of victim",
}


YEAR_OF_WINDOWS = 26  # windows that a year holds, about
MOST = 7  # groups of a mix that have a bar of their own; the rest are added up


class Counted(TypedDict):
    """Reports by a code of a field, of the last year and the one before."""

    code: str
    n: int
    before: int


class OfField(Counted):
    """A row of the query mix."""

    field: str


class Group(TypedDict):
    """A bar of a mix."""

    field: str
    code: str
    label: str
    place: int
    n: float
    before: float
    said: str
    before_said: str


def unmixed(request: Request, track: MeasureSeries) -> str:
    """Why nothing is told of what a track's reports are made of; '' where it may be."""
    never = standing(request.catalogue, track.unit) == NEVER
    return recordless(track) or (request.closed(track.unit) if never else "")


def fields(request: Request, unit: str) -> list[str]:
    """By which of FIELDS the role may see what a unit's reports are made of."""
    return [name for name in FIELDS if name not in PROTECTED or not request.unshown(unit)]


def _before_note(track: MeasureSeries, since: date, until: date) -> str:
    """What the marks are; across a break that they are of another series."""
    if on := track.broken_between(since, until):
        return f"Orange mark: the year before, not comparable (break of {day_words(on)})."
    return "Orange mark: the year before."


def mix(
    request: Request,
    track: MeasureSeries,
    field: str,
    borough: str | None = None,
    alert: Alert | None = None,
) -> Disclosed | None:
    """The rows of dashboard.charts.bars: the last year's reports by one field, and the year
    before; None where there are no records. `field` is a key of FIELDS.

    alert  of its records alone, beside the same days a year of windows before

    raises  NotAllowedError for a field that `fields` does not give the role
    """
    if unmixed(request, track) or of_faults(track):
        return None
    unit, said, subtitle = track.unit, "", ""
    until = next_start(track.points[-1].start, track.grain)
    since, before = (
        date(until.year - 1, until.month, 1),
        date(until.year - 2, until.month, 1),
    )
    ended = since
    if alert:
        back = YEAR_OF_WINDOWS * calendar().window
        unit, borough = alert["unit_code"], alert["borough"] or None
        since, until = alert["window_since"], alert["window_until"]
        before, ended = since - back, until - back
        said, subtitle = "The alert’s records. ", f"reported in {alert_words.window(alert)}"
    params = {
        "measure": track.measure.id,
        "unit": unit,
        "borough": borough,
        "before": before,
        "ended": ended,
        "since": since,
        "until": until,
    }
    counted = rows.typed(OfField, request.run("mix", **params))
    shown = _groups(request, field, [row for row in counted if row["field"] == field])
    if not shown:
        return None
    place = names.area(request.catalogue, borough) if borough else ""
    span = dates.span(since, track.points[-1].start, track.grain)
    return request.disclose(
        rows.table(Group, shown),
        title=f"{said}{_title(shown, field)}",
        subtitle=subtitle or ", ".join(filter(None, (span, place))),
        notes=(_before_note(track, before, until),),
        query="mix",
        params=params,
        measure=track.measure.id,
        people=People(("n", "before"), unit=unit) if field in PROTECTED else People(()),
        unit=unit,
        borough=(alert["borough_name"] or None) if alert else borough,
    )


def _groups(request: Request, field: str, counted: Sequence[Counted]) -> list[Group]:
    labels = request.catalogue.values.get(field, {})
    ordered = sorted(counted, key=lambda row: (row["code"] == "unknown", -row["n"]))
    kept, rest = ordered[:MOST], ordered[MOST:]
    if rest:
        before = sum(row["before"] for row in rest)
        kept.append({"code": "the_rest", "n": sum(row["n"] for row in rest), "before": before})
    total = sum(row["n"] for row in kept) or 1
    words = labels | {"unknown": "Not known", "the_rest": "All others"}
    return [
        {
            "field": field,
            "code": row["code"],
            "label": words.get(row["code"], row["code"]),
            "place": place,
            "n": float(row["n"]),
            "before": float(row["before"]),
            "said": f"{row['n']:,.0f} · {100 * row['n'] / total:.0f} %",
            "before_said": f"{row['before']:,.0f}",
        }
        for place, row in enumerate(kept)
    ]


def _title(groups: list[Group], field: str) -> str:
    """A statement on the largest known group that is true of the rows."""
    known = [row for row in groups if row["code"] not in ("unknown", "the_rest")]
    total = sum(row["n"] for row in groups)
    if not known or not total:
        return f"{FIELDS[field]} not known"
    first = max(known, key=lambda row: row["n"])
    share = numbers.figure_alone(first["n"] / total, "percent", (first["n"], total))
    return f"{FIELDS[field]}: {first['label'].lower()} in {share}"
