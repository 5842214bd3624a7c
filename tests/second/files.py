"""Synthetic sources of the second directorate: two years of its crimes, returns and overtime."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import polars as pl

SINCE, UNTIL = date(2024, 1, 1), date(2026, 3, 2)
DISTRICTS = [f"D{number:02d}" for number in range(1, 13)]
# offence, unit, reports a week over all districts, share with a weapon
STREAMS = (
    ("drug_trafficking", "FRU1", 24.0, ("none", "blade", "firearm")),
    ("firearms_possession", "FRU1", 6.0, ("firearm",)),
    ("kidnap", "FRU4", 2.0, ("none", "blade")),
    ("blackmail", "FRU4", 3.0, ("none",)),
    ("money_laundering", "FRU2", 4.0, ("none",)),
    ("computer_misuse", "FRU3", 9.0, ("none",)),
)
RISEN, BY = "D07", 30  # in the last week: an alert of drug trafficking


def crimes() -> pl.DataFrame:
    rng = np.random.default_rng(7)
    weeks = (UNTIL - SINCE).days // 7
    rows: list[dict] = []
    for offence, unit, rate, weapons in STREAMS:
        for week in range(weeks):
            cells = [(district, rng.poisson(rate / 12)) for district in DISTRICTS]
            if offence == "drug_trafficking" and week == weeks - 1:
                cells.append((RISEN, BY))
            for district, count in cells:
                for _ in range(count):
                    rows.append(_report(rng, len(rows), offence, unit, district, week, weapons))
    return pl.DataFrame(rows, infer_schema_length=None)


def _report(
    rng: np.random.Generator,
    number: int,
    offence: str,
    unit: str,
    district: str,
    week: int,
    weapons: tuple[str, ...],
) -> dict:
    day = SINCE + timedelta(days=7 * week + int(rng.integers(7)))
    found = day + timedelta(days=int(rng.integers(1, 60)))
    detected = rng.random() < 0.3 and found < UNTIL
    return {
        "crime_ref": f"F{number:06d}",
        "reported_on": day,
        "offence": offence,
        "borough": district,
        "ocu": unit,
        "branch": f"FRU1({1 + number % 2})" if unit == "FRU1" else None,
        "weapon": str(rng.choice(weapons)),
        "detected_on": found if detected else None,
        "detection": "sanction" if detected else None,
    }


def months() -> list[date]:
    return [date(2024 + n // 12, n % 12 + 1, 1) for n in range(26)]


def returns() -> pl.DataFrame:
    rows = [
        {"measure": name, "period_start": month, "grain": "month", "unit_code": unit,
         "numerator": base + place % 4}
        for name, unit, base in (("networks_disrupted", "FRU1", 3), ("cash_seized", "FRU2", 40000))
        for place, month in enumerate(months())
    ]  # fmt: skip
    return pl.DataFrame(rows)


def overtime() -> pl.DataFrame:
    rows = [
        {"worked_on": month + timedelta(days=day), "ocu": unit, "staff_ref": f"{unit}-P{day % 5}",
         "category": "planned" if day % 3 else "rest_day", "hours": 4 + day % 5,
         "cost_gbp": 100.0 + 10 * (day % 5), "operation": "Op Sedge"}
        for month in months()
        for unit in ("FRU1", "FRU2", "FRU3", "FRU4")
        for day in range(0, 28, 3)
    ]  # fmt: skip
    return pl.DataFrame(rows)


def budgets() -> pl.DataFrame:
    every = [date(2024 + n // 12, n % 12 + 1, 1) for n in range(27)]
    return pl.DataFrame(
        [
            {"ocu": unit, "month": month, "profiled_gbp": 1100.0}
            for unit in ("FRU1", "FRU2", "FRU3", "FRU4")
            for month in every
        ]
    )


def visits() -> pl.DataFrame:
    """The plan of 2025/26; in its second quarter FRU1(2) was not visited."""
    units = ("FRU1", "FRU1(1)", "FRU1(2)", "FRU2", "FRU3", "FRU4", "FRU5")
    quarters = (
        (date(2025, 4, 10), "command_team"),
        (date(2025, 7, 10), "dac"),
        (date(2025, 10, 10), "command_team"),
        (date(2026, 1, 10), "dac"),
    )
    rows = [
        {"visit_ref": f"V{day.month}{place}", "unit_code": unit, "kind": kind, "planned_on": day,
         "held_on": None if (day.month, unit) == (7, "FRU1(2)") else day + timedelta(days=2)}
        for day, kind in quarters
        for place, unit in enumerate(units)
    ]  # fmt: skip
    return pl.DataFrame(rows, infer_schema_length=None)


def reviews() -> pl.DataFrame:
    return pl.DataFrame(
        {
            "review_ref": ["R1", "R2"],
            "kind": ["themed", "themed"],
            "unit_code": ["FRU3", "FRU5"],
            "due_on": [date(2026, 2, 1), date(2026, 2, 8)],
        }
    )


def recommendations() -> pl.DataFrame:
    return pl.DataFrame(
        {
            "recommendation_ref": ["R0/1", "R0/2"],
            "review_ref": ["R0", "R0"],
            "owner": ["FRU1", "FRU2"],
            "feeds": ["policy", "training"],
            "due_on": [date(2026, 1, 15), date(2026, 5, 1)],
        }
    )


def improvements() -> pl.DataFrame:
    return pl.DataFrame(
        {
            "area_ref": ["A1"],
            "title": ["Plans that say who does what"],
            "criterion": [2],
            "lead_post": ["Deputy head"],
            "unit_code": ["FRU4"],
            "score": [35],
            "due_on": [date(2026, 6, 30)],
            "status": ["open"],
        }
    )


def write(folder: Path) -> list[tuple[str, Path]]:
    """Writes the sources; (kind, file) of each."""
    folder.mkdir(parents=True, exist_ok=True)
    found = []
    tables = (("crimes", crimes()), ("returns", returns()), ("overtime", overtime()))
    duties = (
        ("visits", visits()),
        ("reviews", reviews()),
        ("recommendations", recommendations()),
        ("improvements", improvements()),
    )
    for kind, table in (*tables, ("overtime_budget", budgets()), *duties):
        path = folder / f"{kind}.csv"
        table.write_csv(path)
        found.append((kind, path))
    return found
