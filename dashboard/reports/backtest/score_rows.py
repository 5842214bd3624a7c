"""The rows of the backtest: coverage by crime type, year ends against their baselines, alerts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pyarrow as pa

from dashboard.reports.alerts.past_rounds import Round
from dashboard.reports.backtest.past_alerts import FAMILIES
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

TEXT, COUNT, SHARE = pa.string(), pa.int64(), pa.float64()
COVERED = [
    *(("n", COUNT), ("held_80", COUNT), ("share_80", SHARE), ("low_80", SHARE)),
    *(("high_80", SHARE), ("held_95", COUNT), ("share_95", SHARE), ("low_95", SHARE)),
    *(("high_95", SHARE), ("promised_80", SHARE)),
]
WIDENED = [("factor", SHARE), ("after_80", SHARE), ("state", TEXT)]
SCORES = [
    *((f"mae{kind}", SHARE) for kind in ("", "_run_rate", "_last_year")),
    *((f"off{kind}", SHARE) for kind in ("", "_run_rate", "_last_year")),
    ("asked", COUNT),
    *((f"brier{kind}", SHARE) for kind in ("", "_widened", "_run_rate", "_last_year")),
]
FORTNIGHTS = pa.schema([("measure", TEXT), ("name", TEXT), ("level", TEXT), *COVERED, *WIDENED])
YEARS = pa.schema(
    [
        *(("kind", TEXT), ("place", TEXT), ("measure", TEXT), ("name", TEXT), ("years", COUNT)),
        *(("series_years", COUNT), *COVERED, *WIDENED, ("own", pa.bool_()), ("then_80", SHARE)),
        *SCORES,
    ]
)
STAGED = pa.schema([("stage", TEXT), *COVERED, *SCORES])


def fortnights(request: Request, forecasts: tuple[Round, ...]) -> pa.Table:
    """Coverage of the bands: of all, of all by level (borough, ocu, directorate), by crime type.

    level  '' where all levels are counted together
    """
    if not forecasts:
        return FORTNIGHTS.empty_table()
    names, levels = (
        np.concatenate([getattr(item, key) for item in forecasts]) for key in ("measure", "family")
    )
    (every, whole), *types = _groups(names)
    by_level = [(ALL, level, levels == level) for level in FAMILIES if (levels == level).any()]
    groups = [(every, "", whole), *by_level, *((name, "", chosen) for name, chosen in types)]
    parts = [np.concatenate([getattr(item, key) for item in forecasts]) for key in NUMBERS]
    rows = []
    for measure, level, chosen in groups:
        now, mean, variance = (part[chosen] for part in parts)
        rows.append(
            {"measure": measure, "name": _name(request, measure), "level": level}
            | _covered(now, mean, variance)
            | _widening(scoring.inflation(now, mean, variance))
        )
    return pa.Table.from_pylist(rows, FORTNIGHTS)


NUMBERS = ("now", "mean", "variance")


def year_ends(
    request: Request,
    found: Years,
    questions: Asked,
    widened: dict[str, Widening],
    then: np.ndarray,
) -> list[dict[str, Any]]:
    """Coverage and accuracy of the year-end forecasts of one place by crime type, all first."""
    rows = []
    for measure, chosen in _groups(found.measure.astype(str)):
        one = found.of(chosen)
        wider = widened.get(measure)
        factor = wider.found if wider else scoring.inflation(one.came, one.rest, one.variance)
        now_held = scoring.held(one.came, one.rest, one.variance * factor.factor)
        rows.append(
            {
                "kind": "count",
                "place": place_of(found),
                "measure": measure,
                "name": _name(request, measure),
                "years": len(set(one.year)),
                "series_years": one.series_years,
                "own": wider is None or wider.own,
            }
            | _covered(one.came, one.rest, one.variance, one.series_years)
            | _widening(factor)
            | {
                "after_80": float(now_held.mean()),
                "then_80": float(
                    scoring.held(one.came, one.rest, one.variance * then[chosen]).mean()
                ),
            }
            | _scores(found, questions, then, chosen, counts=measure != ALL)
        )
    return rows


def stages(found: Years, questions: Asked, then: np.ndarray) -> pa.Table:
    """The same of all crime types by how much of the year had gone."""
    rows = []
    for low, high, words in STAGES:
        chosen = (found.elapsed >= low) & (found.elapsed < high)
        if chosen.any():
            one = found.of(chosen)
            rows.append(
                {"stage": words}
                | _covered(one.came, one.rest, one.variance, one.series_years)
                | _scores(found, questions, then, chosen, counts=False)
            )
    return pa.Table.from_pylist(rows, STAGED)


def _groups(names: np.ndarray) -> Iterator[tuple[str, np.ndarray]]:
    if names.size:
        yield ALL, np.ones(names.size, dtype=bool)
    for name in np.unique(names):
        yield str(name), names == name


def _name(request: Request, measure: str) -> str:
    return "All crime types" if measure == ALL else request.measures[measure].name


def _covered(
    came: np.ndarray, mean: np.ndarray, variance: np.ndarray, independent: int | None = None
) -> dict[str, Any]:
    row: dict[str, Any] = {"n": came.size}
    for level in LEVELS:
        mark = f"{100 * level:.0f}"
        held = scoring.share(scoring.held(came, mean, variance, level), independent)
        row |= {f"held_{mark}": round(held.held), f"share_{mark}": held.value}
        row |= {f"low_{mark}": held.low, f"high_{mark}": held.high}
    return row | {"promised_80": float(scoring.promised(mean, variance).mean())}


def _widening(found: scoring.Inflation) -> dict[str, Any]:
    return {"factor": found.factor, "after_80": found.after, "state": found.state}


def _scores(
    found: Years, questions: Asked, then: np.ndarray, chosen: np.ndarray, *, counts: bool
) -> dict[str, Any]:
    """Errors of the point forecasts and Brier scores of the chances, all on the same rows."""
    known = chosen & ~np.isnan(found.last)
    calls = {
        "": found.so_far + found.rest,
        "_run_rate": found.so_far / found.elapsed,
        "_last_year": found.last,
    }
    row: dict[str, Any] = {}
    for kind, call in calls.items():
        off = np.abs(call - found.total)[known]
        row[f"mae{kind}"] = float(off.mean()) if off.size and counts else None
        total = found.total[known].sum()
        row[f"off{kind}"] = float(off.sum() / total) if total else None
    # A catalogue's target may stand where last year is not known: no call can be made then.
    ask = known[questions.row]
    row["asked"] = int(ask.sum())
    if not ask.any():
        return row
    came = met(found.total, questions)[ask]
    said = {
        "": chances(found, questions, np.ones(len(then))),
        "_widened": chances(found, questions, then),
        "_run_rate": met(calls["_run_rate"], questions),
        "_last_year": met(calls["_last_year"], questions),
    }
    return row | {f"brier{kind}": scoring.brier(call[ask], came) for kind, call in said.items()}
