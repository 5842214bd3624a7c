"""The rows of the backtest: past forecasts and alerts run again and scored, each kept once
reckoned."""

from __future__ import annotations

from datetime import date
from typing import Annotated, TypedDict

import numpy as np

from dashboard.reports.alerts import past_record
from dashboard.reports.alerts.past_rounds import Rounds, rounds
from dashboard.reports.backtest import alert_rows, past_alerts, rate_rows, score_rows
from dashboard.reports.backtest.alert_rows import Alerted, Power, Rise
from dashboard.reports.backtest.scored import Staged, Windowed, YearEnd
from dashboard.reports.measure import past_chances
from dashboard.reports.measure.growth import BOROUGH, WHOLE
from dashboard.reports.measure.past_chances import Reliable
from dashboard.reports.measure.past_targets import Asked, asked
from dashboard.reports.measure.year_ends import Years, widened_then, widenings, years
from dashboard.reports.request import Request
from dashboard.reports.request.kept import kept
from dashboard.reports.request.reckoned import reckoned

PLACES = (WHOLE, BOROUGH)
FORECASTS, MEETINGS, ORIGINS = "forecasts", "meetings", "origins"  # what there are days of


class Day(TypedDict):
    """A day of which something is scored; `known`: as-at of the snapshot that said it then."""

    of: str  # one of FORECASTS, MEETINGS, ORIGINS
    known: Annotated[date | None, "null: today's figures, cut at the day"]


@reckoned(Day)
def days(request: Request) -> list[Day]:
    """The days of the forecasts, of the meetings, and of the year ends of wholes."""
    again, wholes = _rounds(request), years(request, WHOLE)
    said = [(FORECASTS, item.known) for item in again.forecasts]
    said += [(MEETINGS, item.known) for item in again.meetings]
    said += [(ORIGINS, known) for known in _origins(wholes)]
    return [{"of": of, "known": known} for of, known in said]


def _origins(forecasts: Years) -> list[date | None]:
    """The as-at of the snapshot that said the count of each day of forecast; None: none did."""
    origins = {int(day) for day in forecasts.origin}
    return [*forecasts.known, *([None] * (len(origins) - len(forecasts.known)))]


@reckoned(Windowed)
def windows(request: Request) -> list[Windowed]:
    """Coverage of the next window's bands."""
    return score_rows.fortnights(request, _rounds(request).forecasts)


@reckoned(YearEnd)
def year_ends(request: Request) -> list[YearEnd]:
    """Counts' year ends as wholes and in boroughs, then those of rates."""
    counts = [
        row
        for forecasts, questions, factors in _scored(request)
        for row in score_rows.year_ends(
            request, forecasts, questions, widenings(forecasts), factors
        )
    ]
    return counts + [row for place in PLACES for row in rate_rows.year_ends(request, place)]


@reckoned(Reliable)
def reliability(request: Request) -> list[Reliable]:
    """What was called by a word, and how often it came true."""
    return [row for one in _scored(request) for row in past_chances.reliability(*one)]


@reckoned(Staged)
def stages(request: Request) -> list[Staged]:
    """The year ends of wholes by how much of the year had come."""
    wholes = [one for one in _scored(request) if past_chances.place_of(one[0]) == WHOLE]
    return [row for one in wholes for row in score_rows.stages(*one)]


def alerted(request: Request) -> list[Alerted]:
    """Past meetings' alerts by family, and what came of them."""
    return _alerted(request, past_record.planted_by(request))


def truths(request: Request) -> list[Rise]:
    """What became of each rise that is known to be planted."""
    return _truths(request, past_record.planted_by(request))


@reckoned(Power)
def power(request: Request) -> list[Power]:
    """How many rises that were put into past windows were found."""
    return alert_rows.power(past_alerts.injected(_rounds(request).meetings))


@reckoned(Alerted)
def _alerted(request: Request, _of: str) -> list[Alerted]:
    tallies, _ = past_alerts.tallies(_rounds(request).meetings, past_record.truth(request))
    return alert_rows.alerts(tallies)


@reckoned(Rise)
def _truths(request: Request, _of: str) -> list[Rise]:
    _, named = past_alerts.tallies(_rounds(request).meetings, past_record.truth(request))
    return alert_rows.truths(request, named)


def _rounds(request: Request) -> Rounds:
    return rounds(request, request.listed)


@kept(4)
def _scored(request: Request) -> tuple[tuple[Years, Asked, np.ndarray], ...]:
    """The year ends of counts by place, what was asked of them, and their factors then."""
    by_place = [years(request, place) for place in PLACES]
    return tuple((of, asked(request, of), widened_then(of)) for of in by_place if of.measure.size)
