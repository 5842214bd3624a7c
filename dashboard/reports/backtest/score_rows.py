"""The rows of the backtest: coverage by crime type, year ends against their baselines, alerts."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from dashboard.reports.alerts.past_rounds import Round
from dashboard.reports.backtest.past_alerts import FAMILIES
from dashboard.reports.backtest.past_targets import Asked, chances, met
from dashboard.reports.backtest.scored import (
    NOTHING,
    Bands,
    Reliable,
    Scores,
    Staged,
    Widened,
    Windowed,
    YearEnd,
    bands,
)
from dashboard.reports.measure.growth import WHOLE
from dashboard.reports.measure.year_ends import Widening, Years
from dashboard.reports.request import Request
from dashboard.stats import backtest as scoring
from dashboard.words import numbers

ALL = "all"
LEVELS = (0.80, 0.95)
# Shares of the usual year that had come, by which year-end forecasts are also told apart.
STAGES = (
    (0.0, 0.25, "the first quarter"),
    (0.25, 0.5, "the second quarter"),
    (0.5, 0.75, "the third quarter"),
    (0.75, 1.0, "the last quarter"),
)

EDGES = (0.001, 0.999)  # chances that a wall says as 'under 1 in 100' and 'over 99 in 100'


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
    found: Years,
    questions: Asked,
    widened: dict[str, Widening],
    then: np.ndarray,
) -> list[YearEnd]:
    """Coverage and accuracy of the year-end forecasts of one place by crime type, all first."""
    scored: list[YearEnd] = []
    for measure, chosen in _groups(found.measure.astype(str)):
        one = found.of(chosen)
        wider = widened.get(measure)
        factor = wider.found if wider else scoring.inflation(one.came, one.rest, one.variance)
        now_held = scoring.held(one.came, one.rest, one.variance * factor.factor)
        then_held = scoring.held(one.came, one.rest, one.variance * then[chosen])
        scored.append(
            {
                "kind": "count",
                "place": _place(found),
                "measure": measure,
                "name": _name(request, measure),
                "years": len(set(one.year)),
                "series_years": one.series_years,
                "own": wider is None or wider.own,
                **_covered(one.came, one.rest, one.variance, one.series_years),
                **_widening(factor),
                "after_80": float(now_held.mean()),
                "then_80": float(then_held.mean()),
                **_scores(found, questions, then, chosen, counts=measure != ALL),
            }
        )
    return scored


def stages(found: Years, questions: Asked, then: np.ndarray) -> list[Staged]:
    """The same of all crime types by how much of the year had gone."""
    scored: list[Staged] = []
    for low, high, words in STAGES:
        chosen = (found.elapsed >= low) & (found.elapsed < high)
        if chosen.any():
            one = found.of(chosen)
            scored.append(
                {
                    "stage": words,
                    **_covered(one.came, one.rest, one.variance, one.series_years),
                    **_scores(found, questions, then, chosen, counts=False),
                }
            )
    return scored


def reliability(found: Years, questions: Asked, then: np.ndarray) -> list[Reliable]:
    """How often what was called unlikely, likely, … came true, with the dispersion as then.

    Of what was said as 'under 1 in 100' and 'over 99 in 100' there is a row, too: part_of says of
    which words it is a part.
    """
    if not questions.row.size:
        return []
    keys = list(zip(found.measure, found.unit, found.borough, found.year, strict=True))
    number = {key: place for place, key in enumerate(dict.fromkeys(keys))}
    outcome = np.array([number[key] for key in keys])[questions.row]
    said, came = chances(found, questions, then), met(found.total, questions)
    scored = [_reliable(found, item) for item in scoring.reliability(said, came, outcome)]
    told = np.array([numbers.odds(float(value)) for value in said])
    for edge in EDGES:
        if (chosen := told == numbers.odds(edge)).any():
            (item,) = scoring.reliability(said[chosen], came[chosen], outcome[chosen])
            part = _reliable(found, item)
            scored.append({**part, "words": numbers.odds(edge), "part_of": item.words})
    return scored


def _reliable(found: Years, item: scoring.Bin) -> Reliable:
    return {
        "place": _place(found),
        "words": item.words,
        "n": item.n,
        "mean_chance": item.mean_chance,
        "came_true": item.came_true,
        "share": item.came_true / item.n,
        "low": item.low,
        "high": item.high,
        "part_of": None,
    }


def _groups(names: np.ndarray) -> Iterator[tuple[str, np.ndarray]]:
    if names.size:
        yield ALL, np.ones(names.size, dtype=bool)
    for name in np.unique(names):
        yield str(name), names == name


def _name(request: Request, measure: str) -> str:
    return "All crime types" if measure == ALL else request.measures[measure].name


def _place(found: Years) -> str:
    return WHOLE if found.borough.size and found.borough[0] is None else "borough"


def _covered(
    came: np.ndarray, mean: np.ndarray, variance: np.ndarray, independent: int | None = None
) -> Bands:
    eighty, ninety_five = (
        scoring.share(scoring.held(came, mean, variance, level), independent) for level in LEVELS
    )
    return bands(came.size, eighty, ninety_five, float(scoring.promised(mean, variance).mean()))


def _widening(found: scoring.Inflation) -> Widened:
    return {"factor": found.factor, "after_80": found.after, "state": found.state}


def _scores(
    found: Years, questions: Asked, then: np.ndarray, chosen: np.ndarray, *, counts: bool
) -> Scores:
    """Errors of the point forecasts and Brier scores of the chances, all on the same rows."""
    known = chosen & ~np.isnan(found.last)
    whole = found.total[known].sum()
    run_rate = found.so_far / found.elapsed

    def errors(call: np.ndarray) -> tuple[float | None, float | None]:
        off = np.abs(call - found.total)[known]
        mean = float(off.mean()) if off.size and counts else None
        return mean, float(off.sum() / whole) if whole else None

    own, rate, last = map(errors, (found.so_far + found.rest, run_rate, found.last))
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
    came = met(found.total, questions)[ask]

    def brier(call: np.ndarray) -> float:
        return scoring.brier(call[ask], came)

    return {
        **row,
        "brier": brier(chances(found, questions, np.ones(len(then)))),
        "brier_widened": brier(chances(found, questions, then)),
        "brier_run_rate": brier(met(run_rate, questions)),
        "brier_last_year": brier(met(found.last, questions)),
    }
