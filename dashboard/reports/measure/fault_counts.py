"""One sentence that ties together the counts of faults that stand on several pages."""

from __future__ import annotations

from typing import TypedDict

from dashboard import queries, rows
from dashboard.catalogue import ours
from dashboard.periods import day_words
from dashboard.reports.measure.tracks import tracks
from dashboard.reports.request import Request
from dashboard.reports.request.accounts import unasked
from dashboard.words import names, phrases

# Of a list of reports with an open fault, where there is little room.
LISTED = ("crime_ref", "name", "branch", "borough", "reported_on", "open_since", "days_open")


class Stood(TypedDict):
    """What is read of the query quality_faults."""

    unit_code: str
    n: int


class Waits(TypedDict):
    """What is read of the query waiting."""

    n: int


class Whole(TypedDict):
    """What is read of the query fitness_faults."""

    open_faults: int
    of_directorate: int


def tied(request: Request, unit: str) -> str:
    """'Open faults of OCU7 as at 12 July 2032: 1,957 of all kinds (Information quality); 681
    of them wait for an act (Day and week); 372 are open faults of validation (the plan); of all
    units 2,287 are (Tasking), 1,643 of them of OCUs.'; '' where no measure counts faults or none is
    open. What waits is not said of a unit whose records the role does not open."""
    stock = request.stock_of_faults
    if stock is None or unit not in request.catalogue.units:
        return ""
    stood = rows.typed(Stood, request.run("quality_faults"))
    below = {unit} if unit == ours().force else {unit, *request.catalogue.descendants(unit)}
    every = sum(row["n"] for row in stood if row["unit_code"] in below)
    (whole,) = rows.typed(Whole, request.run("fitness_faults", measure=stock))
    if not every:
        return ""
    parts = [f"{every:,} of all kinds (Information quality)"]
    if not any(request.closed(code) for code in (unit, *request.catalogue.descendants(unit))):
        parts.append(
            f"{_acts(request, unit, stock):,} of them wait for somebody's act (Day and week)"
        )
    counts = {ours().force: whole["open_faults"], request.directorate: whole["of_directorate"]}
    track = tracks(request, unit).get(stock)
    counted = counts.get(unit, track.values[-1] if track else None)
    if counted is not None:
        name = phrases.inside(request.measures[stock].name)
        parts.append(f"{counted:,.0f} are {name} (Measures of the plan)")
    if unit != ours().force:
        parts.append(
            f"of all units {whole['open_faults']:,} are (Tasking), {whole['of_directorate']:,} of"
            f" them of {request.directorate}"
        )
    said = f"{names.unit(request.catalogue, unit)} as at {day_words(request.as_at)}"
    return f"Open faults of {said}: {'; '.join(parts)}."


def _acts(request: Request, unit: str, stock: str) -> int:
    """The open faults that somebody's act would close."""
    unknown, rules = unasked(request), queries.fault_rules()
    closing = [name for name, rule in rules.items() if rule.query.header.get("closed")]
    acts = "+".join(name for name in closing if name not in unknown)
    asked = {"unit": unit, "fault": acts, "measure": stock}
    return sum(row["n"] for row in rows.typed(Waits, request.run("waiting", **asked)))
