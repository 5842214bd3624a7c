"""Overtime claims and the budget they are held against. No SCD budget was found: illustrative."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from dashboard.sample import clock, exceptions, plants
from dashboard.sample.files import SourceFile, save, save_frame
from dashboard.sample.strength import OFFICERS

SINCE = date(2003, 4, 1)
# Days of work that each later extract states anew: claims come in late.
RESTATED = timedelta(days=42)
CLAIMS_A_YEAR = 8.5
# Where an OCU's claims are worked: branch, and its share.
BRANCHES: dict[str, dict[str | None, float]] = {
    "SCD1": {"SCD1(1)": 34, "SCD1(2)": 34, "SCD1(3)": 26, "SCD1(4)": 4, None: 2},
    "SCD2": {"SCD2(1)": 60, "SCD2(2)": 40},
    "SCD4": {"SCD4(1)": 60, "SCD4(2)": 25, "SCD4(3)": 10, "SCD4(4)": 5},
    "SCD5": {"SCD5(1)": 42, "SCD5(2)": 42, "SCD5(3)": 14, None: 2},
    "SCD6": {"SCD6(1)": 50, "SCD6(2)": 18, "SCD6(3)": 6, "SCD6(4)": 6, "SCD6(5)": 20},
    "SCD7": {
        "SCD7(1)": 22, "SCD7(2)": 12, "SCD7(3)": 16, "SCD7(4)": 14, "SCD7(5)": 30, "SCD7(6)": 6,
    },
    "SCD8": {"SCD8(1)": 46, "SCD8(2)": 24, "SCD8(3)": 28, None: 2},
    "SCD10": {"SCD10(1)": 100},
    "SCD11": {"SCD11(1)": 100},
}  # fmt: skip
CATEGORIES = ("casual", "planned", "recall", "rest_day", "public_holiday", "court")
CATEGORY_SHARES = (0.36, 0.3, 0.06, 0.18, 0.0, 0.1)
# Multiples of plain time in 2004, as data/catalogue/overtime_rates.csv.
MULTIPLES = np.array([4 / 3, 4 / 3, 4 / 3, 2, 2, 4 / 3])
SHORTEST = np.array([0.5, 2, 4, 4, 4, 2])
LONGEST = np.array([3, 6, 8, 10, 10, 7])
STARTS = np.array([18, 16, 22, 8, 8, 9])
GRADES = ("DC", "PC", "DS", "PS")
HOURLY_GBP = np.array([17.9, 16.8, 21.4, 20.6])
DUTIES = (
    "investigation",
    "surveillance",
    "custody",
    "court",
    "training",
    "administration",
    "other",
)
DUTY_SHARES = (0.48, 0.2, 0.14, 0.0, 0.03, 0.09, 0.06)
OPERATIONS = tuple(f"OP{number:04d}" for number in range(1, 41))
MONTH_SHARES = np.array([8.0, 7.8, 8.6, 8.0, 8.6, 8.2, 8.4, 8.6, 8.2, 8.8, 8.6, 8.2]) / 100
BANK_HOLIDAYS = (
    *("2003-04-18", "2003-04-21", "2003-05-05", "2003-05-26", "2003-08-25", "2003-12-25"),
    *("2003-12-26", "2004-01-01", "2004-04-09", "2004-04-12", "2004-05-03", "2004-05-31"),
)


def write(folder: Path, seed: int) -> tuple[list[SourceFile], dict[str, Any], list[dict[str, Any]]]:
    """Claims of every extract and the budgets; the planted overspend, the planted exceptions."""
    drawn = exceptions.mended(_claims(np.random.default_rng([seed, 20])))
    claims, broken = exceptions.plant(drawn, seed)
    files = []
    for index, vintage in enumerate(clock.VINTAGES):
        known = _known(claims, vintage)
        if index:
            known = known.filter(pl.col("worked_on") >= vintage - RESTATED)
        files += save_frame(folder, "overtime", vintage, known)
    files += _budgets(folder, claims)
    return files, _truth(claims), broken


def _known(claims: pl.DataFrame, vintage: date) -> pl.DataFrame:
    """The claims entered by then, authorised where that had happened."""
    authorised = pl.when(pl.col("authorised_on") <= vintage).then("authorised_on")
    return (
        claims.filter(pl.col("entered_on") <= vintage)
        .with_columns(authorised.alias("authorised_on"))
        .drop("entered_on", "planted")
        .sort("worked_on")
    )


def _claims(rng: np.random.Generator) -> pl.DataFrame:
    parts = [_branch(rng, ocu, branch, share) for ocu, branch, share in _shares()]
    return pl.concat(parts)


def _shares() -> list[tuple[str, str | None, float]]:
    return [
        (ocu, branch, share / sum(branches.values()))
        for ocu, branches in BRANCHES.items()
        for branch, share in branches.items()
    ]


def _branch(rng: np.random.Generator, ocu: str, branch: str | None, share: float) -> pl.DataFrame:
    plant = plants.OVERSPEND
    last = clock.VINTAGES[-1]
    days = [SINCE + timedelta(days=index) for index in range((last - SINCE).days + 1)]
    season = MONTH_SHARES[[item.month - 1 for item in days]] * 12
    plain = OFFICERS[ocu] * CLAIMS_A_YEAR * share / 365.25 * season
    over = np.array([branch == plant.branch and item >= plant.since for item in days])
    counts = rng.poisson(plain)
    extra = rng.poisson(plain * plant.change * over)
    day = np.repeat(np.arange(len(days)), counts + extra)
    starts = np.cumsum(counts + extra) - counts - extra
    nth = np.arange(len(day)) - np.repeat(starts, counts + extra)
    return _lines(rng, ocu, branch, np.array(days, "datetime64[D]")[day], nth >= counts[day])


def _lines(
    rng: np.random.Generator, ocu: str, branch: str | None, worked: np.ndarray, planted: np.ndarray
) -> pl.DataFrame:
    n = len(worked)
    category = rng.choice(len(CATEGORIES), n, p=CATEGORY_SHARES)
    category[np.isin(worked, np.array(BANK_HOLIDAYS, "datetime64[D]"))] = 4
    # Quarters of an hour, as they are claimed.
    spread = LONGEST[category] - SHORTEST[category]
    hours = np.round((SHORTEST[category] + rng.random(n) ** 1.5 * spread) * 4) / 4
    grade = rng.choice(len(GRADES), n, p=(0.62, 0.12, 0.2, 0.06))
    start = worked.astype("datetime64[m]") + (
        STARTS[category] * 60 + rng.integers(-8, 8, n) * 15
    ).astype("timedelta64[m]")
    duty = np.where(category == 5, DUTIES.index("court"), rng.choice(len(DUTIES), n, p=DUTY_SHARES))
    operation = rng.integers(0, len(OPERATIONS) * 2, n)
    authorised = worked + rng.integers(0, 15, n).astype("timedelta64[D]")
    staff = rng.integers(0, OFFICERS[ocu], n)
    return pl.DataFrame(
        {
            "worked_on": worked,
            "started_at": start.astype("datetime64[ms]"),
            "ended_at": (start + (hours * 60).astype("timedelta64[m]")).astype("datetime64[ms]"),
            "ocu": [ocu] * n,
            "branch": pl.Series([branch] * n, dtype=pl.String),
            "team": pl.Series([None] * n, dtype=pl.String),
            "staff_ref": [f"P{ocu[3:]}-{number:04d}" for number in staff],
            "grade": np.array(GRADES)[grade],
            "duty": np.array(DUTIES)[duty],
            "category": np.array(CATEGORIES)[category],
            "hours": hours,
            "cost_gbp": np.round(hours * HOURLY_GBP[grade] * MULTIPLES[category], 2),
            "operation": [
                OPERATIONS[item] if item < len(OPERATIONS) else None for item in operation
            ],
            "authorised_on": authorised,
            "entered_on": worked + np.minimum(rng.exponential(4, n), 40).astype("timedelta64[D]"),
            "planted": planted,
        }
    ).with_columns(
        pl.when(pl.Series(rng.random(n) < 0.96)).then("authorised_on").alias("authorised_on")
    )


def _truth(claims: pl.DataFrame) -> dict[str, Any]:
    plant = plants.OVERSPEND
    branch = claims.filter(
        (pl.col("branch") == plant.branch) & (pl.col("worked_on") >= plant.since)
    )
    return {
        "kind": "overtime_overspend",
        "measure": "overtime_against_profile",
        "unit_code": plant.branch,
        "borough": None,
        "since": plant.since,
        "until": clock.UNTIL,
        "size": plant.change,
        "spent_gbp": round(branch["cost_gbp"].sum(), 2),
        "planted_gbp": round(branch.filter("planted")["cost_gbp"].sum(), 2),
        "why": "the branch claims 70% more from April 2004; the other branches keep to profile",
    }


def _budgets(folder: Path, claims: pl.DataFrame) -> list[SourceFile]:
    """The whole year's profile from its first day; by the last edition more is committed."""
    plain = claims.filter(~pl.col("planted"))
    mean_cost = float(plain["cost_gbp"].to_numpy().mean())
    mean_rate = float(plain["cost_gbp"].sum()) / float(plain["hours"].sum())
    files = []
    for edition in (clock.EDITIONS[0], clock.EDITIONS[-1]):
        since = SINCE if edition == clock.EDITIONS[0] else date(2004, 4, 1)
        rows = [
            _budget(ocu, month, mean_cost, mean_rate, edition)
            for ocu in OFFICERS
            for month in clock.months(since, date(2005, 4, 1))
        ]
        files += save(folder, "overtime_budget", edition, rows)
    return files


def _budget(
    ocu: str, month: date, mean_cost: float, mean_rate: float, edition: date
) -> dict[str, Any]:
    year = OFFICERS[ocu] * CLAIMS_A_YEAR * mean_cost
    profiled = round(year * MONTH_SHARES[month.month - 1] * 1.02, -1)
    ahead = (month - edition).days
    share = 1.0 if ahead < -31 else max(0.1, 0.7 - ahead / 365)
    return {
        "ocu": ocu,
        "month": month,
        "profiled_gbp": profiled,
        "committed_gbp": round(profiled * share, 2),
        "budget_hours": round(profiled / mean_rate, 2),
        "budget_rate_gbp": round(mean_rate, 2),
        "budget_people": OFFICERS[ocu],
    }
