"""The rows of the backtest on rates: coverage of their year ends, errors, worth of the chances."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

import numpy as np

from dashboard.reports.backtest.score_rows import ALL, LEVELS
from dashboard.reports.backtest.scored import (
    NOTHING,
    Bands,
    Scores,
    Then,
    Widened,
    YearEnd,
    bands,
)
from dashboard.reports.measure.growth import WHOLE, span
from dashboard.reports.measure.past_targets import STATED
from dashboard.reports.measure.rate_ends import (
    RateYear,
    clusters,
    rate_years,
    steps,
    widened_then,
    widenings,
)
from dashboard.reports.request import Request
from dashboard.stats import backtest as scoring

Found = tuple[RateYear, ...]


def year_ends(request: Request, place: str) -> list[YearEnd]:
    """Coverage and accuracy of the rates' year ends in one place: all first, wholes by measure.

    Held is what the bands hold of the outcomes by their steps (scoring.randomised); errors are
    shares of 1.
    """
    forecasts = rate_years(request, place)
    if not forecasts:
        return []
    then = widened_then(forecasts)
    groups = [(ALL, "All rates", np.ones(len(forecasts), dtype=bool))]
    names = np.array([item.ahead.key[0] for item in forecasts])
    if place == WHOLE:
        groups += [(str(n), request.measures[str(n)].name, names == n) for n in np.unique(names)]
    scored: list[YearEnd] = []
    for measure, name, chosen in groups:
        one = tuple(item for item, is_one in zip(forecasts, chosen, strict=True) if is_one)
        scored.append(
            {
                "kind": "rate",
                "place": place,
                "measure": measure,
                "name": name,
                "years": len({item.ahead.year for item in one}),
                "series_years": clusters(one),
                **_covered(one),
                **_widened(forecasts, measure, one, then[chosen]),
                **_scores(request, one, then[chosen]),
            }
        )
    return scored


def _covered(forecasts: Found) -> Bands:
    here, years = steps(forecasts), clusters(forecasts)
    eighty, ninety_five = (
        scoring.share(scoring.randomised(*here, level), years) for level in LEVELS
    )
    return bands(len(forecasts), eighty, ninety_five, LEVELS[0])


class OfRates(Widened, Then):
    """How far a rate's law is widened."""


def _widened(every: Found, measure: str, one: Found, then: np.ndarray) -> OfRates:
    if measure == ALL:
        of, own = scoring.least_factor(lambda factor: _held(one, np.full(len(one), factor))), True
    else:
        wider = widenings(every)[measure]
        of, own = wider.found, wider.own
    now = _held(one, np.full(len(one), of.factor))
    return {
        "factor": of.factor,
        "state": of.state,
        "after_80": float(now.mean()),
        "own": own,
        "then_80": float(_held(one, then).mean()),
    }


def _held(forecasts: Found, factors: np.ndarray) -> np.ndarray:
    pairs = [steps((item,), factor) for item, factor in zip(forecasts, factors, strict=True)]
    below, at_most = (np.concatenate(side) for side in zip(*pairs, strict=True))
    return scoring.randomised(below, at_most)


def _scores(request: Request, forecasts: Found, then: np.ndarray) -> Scores:
    """Errors of the point forecasts and Brier scores of the chances, all on the same rows."""
    known = [
        (item, item.last, at)
        for item, at in zip(forecasts, then, strict=True)
        if item.last is not None
    ]
    if not known:
        return NOTHING
    asked = [
        (item, at, tuple(_targets(request, item)), _higher(request, item)) for item, _, at in known
    ]
    plain = [_foretold(item, targets, higher) for item, _, targets, higher in asked]
    wider = [_foretold(item, targets, higher, at) for item, at, targets, higher in asked]
    run_rate = [item.ahead.so_far[0] / item.ahead.so_far[1] for item, _, _ in known]
    last_year = [last for _, last, _ in known]

    def mae(called: list[float]) -> float:
        off = [abs(value - item.total) for value, (item, _, _) in zip(called, known, strict=True)]
        return float(np.mean(off))

    came = _met([item.total for item, _, _ in known], asked)
    return {
        **NOTHING,
        "mae": mae([mean for mean, _ in plain]),
        "mae_run_rate": mae(run_rate),
        "mae_last_year": mae(last_year),
        "asked": len(came),
        "brier_run_rate": scoring.brier(_met(run_rate, asked), came),
        "brier_last_year": scoring.brier(_met(last_year, asked), came),
        "brier": scoring.brier([chance for _, said in plain for chance in said], came),
        "brier_widened": scoring.brier([chance for _, said in wider for chance in said], came),
    }


Asked = tuple[RateYear, float, tuple[float, ...], bool]


def _met(values: Iterable[float], asked: list[Asked]) -> list[bool]:
    """Whether each target is met by its year's value."""
    return [
        value >= target if higher else value <= target
        for value, (_, _, targets, higher) in zip(values, asked, strict=True)
        for target in targets
    ]


def _higher(request: Request, item: RateYear) -> bool:
    return request.measures[item.ahead.key[0]].better == "higher"


@lru_cache(maxsize=16_384)
def _foretold(
    item: RateYear, targets: tuple[float, ...], higher: bool, factor: float = 1.0
) -> tuple[float, tuple[float, ...]]:
    """The rate that is expected, and the chance of each target."""
    # A year's forecast is asked among all rates and among those of its measure.
    law = item.ahead.law(factor)
    reaches = law.at_least if higher else law.at_most
    return law.mean, tuple(reaches(target) for target in targets)


def _targets(request: Request, item: RateYear) -> Iterator[float]:
    """The catalogue's target of the year, else last year's rate and a twentieth to either side."""
    measure, unit, borough = item.ahead.key
    if borough is None:
        since = span(item.ahead.year)[0]
        held = request.catalogue.target(measure, unit, since, item.ahead.origin)
        if held and held.basis == "level":
            yield held.target / 100
            return
    if item.last is not None:
        yield from (item.last * (1 + change) for change in STATED)
