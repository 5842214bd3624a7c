"""The fortnights of the series that an effect is looked for in, and which boroughs they are.

The comparison boroughs follow from a rule, so that nobody chooses them: all that are policed,
that no live decision on the same measure acts in, and that touch none acted in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import numpy as np

from dashboard import rows
from dashboard.decisions import looking_back, synthetic
from dashboard.decisions.effects import Past
from dashboard.decisions.sealed import Mixes
from dashboard.decisions.sealing import Reach
from dashboard.errors import UsageError
from dashboard.periods import calendar
from dashboard.reports.alerts.rows_of_list import alert_rows
from dashboard.reports.measure.breaks import broken
from dashboard.reports.measure.series import Counted, series
from dashboard.reports.request import Request
from dashboard.reports.request.kept import kept


@dataclass(frozen=True)
class Fortnights:
    """A measure's fortnights, latest last: a row an area, NaN where nothing is known.

    starts  first day of each; codes: the area of each row, None for a whole count
    """

    starts: tuple[date, ...]
    codes: tuple[str | None, ...]
    counts: np.ndarray


def measurable(request: Request) -> list[str]:
    """The measures that an effect can be told of: counts known by the day up to the meeting."""
    window = alert_rows(request).read.window
    return [name for name in request.measures if name in window]


@kept(256)
def fortnights(request: Request, measure: str, unit: str | None) -> Fortnights:
    """The measure by borough, or of a unit as a whole, up to the last fortnight that is known.

    unit    None for its boroughs
    raises  UsageError for a measure that no fortnight is known of
    """
    window = alert_rows(request).read.window.get(measure)
    if window is None:
        raise UsageError(f"{measure} is not counted by the day up to this meeting")
    level = "borough" if unit is None else request.catalogue.unit(unit).level
    counted = series(
        request, measure, level=level, unit=unit, grain=calendar().grain, until=window.until
    )
    length = calendar().window
    held = [
        row for row in rows.typed(Counted, counted) if row["period_start"] + length <= window.until
    ]
    starts = sorted({row["period_start"] for row in held})
    boroughs = sorted({row["borough"] for row in held if row["borough"]})
    codes: list[str | None] = [*boroughs] if unit is None else [None]
    counts = np.full((len(codes), len(starts)), np.nan)
    places = {start: at for at, start in enumerate(starts)}
    lines = {code: at for at, code in enumerate(codes)}
    for row in held:
        line = lines.get(row["borough"] if unit is None else None)
        if line is not None and row["numerator"] is not None:
            counts[line, places[row["period_start"]]] = row["numerator"]
    for line, code in enumerate(codes):
        for on in broken(request, measure, unit or "", code):
            if on < window.until:  # what comes before a break is no past of what comes after
                counts[line, : sum(start < on for start in starts)] = np.nan
    return Fortnights(tuple(starts), tuple(codes), counts)


def reach(request: Request, boroughs: Iterable[str], taken: Iterable[str] = ()) -> Reach:
    """The boroughs acted in, those that touch them, and by the rule those to compare with.

    taken  boroughs that other live decisions on the measure act in
    """
    catalogue = request.catalogue
    treated = tuple(sorted(set(boroughs)))
    near = {code for item in treated for code in catalogue.neighbours(item)} - set(treated)
    policed = [code for code, area in catalogue.areas.items() if area.kind == "borough"]
    others = set(policed) - set(treated) - near - set(taken)
    return Reach(treated, tuple(sorted(others)), tuple(sorted(near & set(policed))))


def past(request: Request, measure: str, unit: str, where: Reach) -> tuple[Past, float | None]:
    """What the series brought before, and the count of the fortnight that the meeting looks at.

    raises  StatisticsError where too little is known to tell an effect by
    """
    if not where.treated:
        whole = fortnights(request, measure, unit)
        return _from_meeting(request, measure, looking_back.of_whole(whole.counts[0])), _last(
            whole.counts[:1]
        )
    known = fortnights(request, measure, None)
    inside = _inside(known, where)
    areas = inside[0] | inside[1] | inside[2]
    before = looking_back.of_boroughs(known.counts[areas], *(part[areas] for part in inside))
    return _from_meeting(request, measure, before), _last(known.counts[inside[0]])


def _inside(known: Fortnights, where: Reach) -> list[np.ndarray]:
    """Which areas are acted in, compared with, and touching."""
    parts = (where.treated, where.compared, where.touching)
    return [np.array([code in some for code in known.codes]) for some in parts]


def caps(
    request: Request, measure: str, where: Reach, before: Past, horizon: int
) -> dict[str, list[float]]:
    """The most that each fortnight of each comparison borough counts for; {} for a whole count."""
    if not where.treated:
        return {}
    known = fortnights(request, measure, None)
    chosen = [place for place, code in enumerate(known.codes) if code in where.compared]
    totals = np.nansum(known.counts[chosen, -looking_back.BACK :], axis=1)
    limits = looking_back.caps(totals, before, horizon)
    codes = [str(known.codes[place]) for place in chosen]
    return {code: row.tolist() for code, row in zip(codes, limits, strict=True)}


def mixes(request: Request, measure: str, where: Reach) -> Mixes | None:
    """The synthetic control of the boroughs acted in, as it is sealed; None where none is told."""
    if not where.treated:
        return None
    known = fortnights(request, measure, None)
    codes = [str(code) for code in known.codes]
    return synthetic.seal(known.counts, codes, where.treated, where.compared)


class Came(NamedTuple):
    """What a horizon brought: the treated count of each fortnight, the sums of compared and
    touching boroughs, and the count of each comparison borough."""

    treated: list[float]
    compared: float
    touching: float
    each: dict[str, float]


def _from_meeting(request: Request, measure: str, before: Past) -> Past:
    """The past with its seasons from the fortnight after the meeting's own, if figures lag."""
    behind = alert_rows(request).read.behind[measure]
    if not behind:
        return before
    return Past(**{**vars(before), "ahead": before.ahead[behind:]})


def _last(counts: np.ndarray) -> float | None:
    value = counts[:, -1].sum()
    return None if np.isnan(value) else float(value)


def horizon_counts(
    request: Request,
    measure: str,
    unit: str,
    where: Reach,
    since: date,
    until: date,
    limits: Mapping[str, list[float]],
) -> Came | None:
    """What a horizon brought in the sealed boroughs, or in the whole.

    limits  the most that each fortnight of a comparison borough counts for
    return  None where the request does not know all of it yet
    """
    try:
        known = fortnights(request, measure, None if where.treated else unit)
    except UsageError:
        return None
    chosen = np.array(
        [since <= start and start + calendar().window <= until for start in known.starts]
    )
    if chosen.sum() != (until - since) // calendar().window:
        return None
    inside = _inside(known, where)
    treated = known.counts[:, chosen] if not where.treated else known.counts[inside[0]][:, chosen]
    if np.isnan(treated).any():
        return None
    held = known.counts[:, chosen]
    most = [limits.get(code or "", [np.inf] * held.shape[1]) for code in known.codes]
    compared = float(np.nansum(np.minimum(held, np.array(most))[inside[1]]))
    touching = float(np.nansum(held[inside[2]]))
    each = np.nansum(held, axis=1)
    sums = {str(code): float(each[at]) for at, code in enumerate(known.codes) if inside[1][at]}
    return Came([float(item) for item in treated.sum(axis=0)], compared, touching, sums)
