"""The rows of the backtest: coverage by crime type, year ends against their baselines, alerts."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from dashboard.reports.alerts.past_rounds import Round
from dashboard.reports.backtest.past_alerts import FAMILIES
from dashboard.reports.backtest.scored import (
    NOTHING,
    Bands,
    Scores,
    Staged,
    Widened,
    Windowed,
    YearEnd,
    bands,
)
from dashboard.reports.measure.past_chances import place_of
from dashboard.reports.measure.past_targets import Asked, chances, met
from dashboard.reports.measure.year_ends import Widening, Years
from dashboard.reports.request import Request
from dashboard.stats import backtest as scoring

ALL = "all"
LEVELS = (0.80, 0.95)
# Shares of the usual year that had come, by which year-end forecasts are also told apart.
STAGES = (
    (0.0, 0.25, "the first quarter"),
    (0.25, 0.5, "the second quarter"),
    (0.5, 0.75, "the third quarter"),
    (0.75, 1.0, "the last quarter"),
)


def fortnights(request: Request, forecasts: tuple[Round, ...]) -> list[Windowed]:
    """Coverage of the bands: of all, of all by level (borough, ocu, directorate), by crime type."""
    if not forecasts:
        return []
    names, levels = (
        np.concatenate([getattr(item, key) for item in forecasts]) for key in ("measure", "family")
    )
    (every, whole), *types = _groups(names)
    by_level = [(ALL, level, levels == level) for level in FAMILIES if (levels == level).any()]
    groups = [(every, "", whole), *by_level, *((name, "", chosen) for name, chosen in types)]
    parts = [np.concatenate([getattr(item, key) for item in forecasts]) for key in NUMBERS]
    scored: list[Windowed] = []
    for measure, level, chosen in groups:
        now, mean, variance = (part[chosen] for part in parts)
        scored.append(
            {
                "measure": measure,
                "name": _name(request, measure),
                "level": level,
                **_covered(now, mean, variance),
                **_widening(scoring.inflation(now, mean, variance)),
            }
        )
    return scored


NUMBERS = ("now", "mean", "variance")


def year_ends(
    request: Request,
    forecasts: Years,
    questions: Asked,
    widened: dict[str, Widening],
    then: np.ndarray,
) -> list[YearEnd]:
    """Coverage and accuracy of the year-end forecasts of one place by crime type, all first."""
    scored: list[YearEnd] = []
    for measure, chosen in _groups(forecasts.measure.astype(str)):
        one = forecasts.of(chosen)
        wider = widened.get(measure)
        factor = wider.found if wider else scoring.inflation(one.came, one.rest, one.variance)
        now_held = scoring.held(one.came, one.rest, one.variance * factor.factor)
        then_held = scoring.held(one.came, one.rest, one.variance * then[chosen])
        scored.append(
            {
                "kind": "count",
                "place": place_of(forecasts),
                "measure": measure,
                "name": _name(request, measure),
                "years": len(set(one.year)),
                "series_years": one.series_years,
                "own": wider is None or wider.own,
                **_covered(one.came, one.rest, one.variance, one.series_years),
                **_widening(factor),
                "after_80": float(now_held.mean()),
                "then_80": float(then_held.mean()),
                **_scores(forecasts, questions, then, chosen, counts=measure != ALL),
            }
        )
    return scored


def stages(forecasts: Years, questions: Asked, then: np.ndarray) -> list[Staged]:
    """The same of all crime types by how much of the year had gone."""
    scored: list[Staged] = []
    for low, high, words in STAGES:
        chosen = (forecasts.elapsed >= low) & (forecasts.elapsed < high)
        if chosen.any():
            one = forecasts.of(chosen)
            scored.append(
                {
                    "stage": words,
                    **_covered(one.came, one.rest, one.variance, one.series_years),
                    **_scores(forecasts, questions, then, chosen, counts=False),
                }
            )
    return scored


def _groups(names: np.ndarray) -> Iterator[tuple[str, np.ndarray]]:
    if names.size:
        yield ALL, np.ones(names.size, dtype=bool)
    for name in np.unique(names):
        yield str(name), names == name


def _name(request: Request, measure: str) -> str:
    return "All crime types" if measure == ALL else request.measures[measure].name


def _covered(
    came: np.ndarray, mean: np.ndarray, variance: np.ndarray, independent: int | None = None
) -> Bands:
    eighty, ninety_five = (
        scoring.share(scoring.held(came, mean, variance, level), independent) for level in LEVELS
    )
    return bands(came.size, eighty, ninety_five, float(scoring.promised(mean, variance).mean()))


def _widening(inflation: scoring.Inflation) -> Widened:
    return {"factor": inflation.factor, "after_80": inflation.after, "state": inflation.state}


def _scores(
    forecasts: Years, questions: Asked, then: np.ndarray, chosen: np.ndarray, *, counts: bool
) -> Scores:
    """Errors of the point forecasts and Brier scores of the chances, all on the same rows."""
    known = chosen & ~np.isnan(forecasts.last)
    whole = forecasts.total[known].sum()
    run_rate = forecasts.so_far / forecasts.elapsed

    def errors(call: np.ndarray) -> tuple[float | None, float | None]:
        off = np.abs(call - forecasts.total)[known]
        mean = float(off.mean()) if off.size and counts else None
        return mean, float(off.sum() / whole) if whole else None

    own, rate, last = map(errors, (forecasts.so_far + forecasts.rest, run_rate, forecasts.last))
    # A catalogue's target may stand where last year is not known: no call can be made then.
    ask = known[questions.row]
    row: Scores = {
        **NOTHING,
        "mae": own[0],
        "mae_run_rate": rate[0],
        "mae_last_year": last[0],
        "off": own[1],
        "off_run_rate": rate[1],
        "off_last_year": last[1],
        "asked": int(ask.sum()),
    }
    if not ask.any():
        return row
    came = met(forecasts.total, questions)[ask]

    def brier(call: np.ndarray) -> float:
        return scoring.brier(call[ask], came)

    return {
        **row,
        "brier": brier(chances(forecasts, questions, np.ones(len(then)))),
        "brier_widened": brier(chances(forecasts, questions, then)),
        "brier_run_rate": brier(met(run_rate, questions)),
        "brier_last_year": brier(met(forecasts.last, questions)),
    }
