"""What units return themselves: measures that no crime report carries.

Sized by the papers where they say: Merlin reports 63,262 in 2004/05 [CAIC-Jan07], live
kidnaps 85 in 2003 and 55 in 2004, every hostage freed [IND05, GUA05], urgent submissions
93% on time as the Forensic Science Service's own target [FSS]. The rest is illustrative.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from dashboard.sample import clock
from dashboard.sample.files import SourceFile, save
from dashboard.sample.places import CODES, SPREADS

Row = dict[str, Any]
Editions = dict[date, list[Row]]
AREAS = [(code, index) for index, code in enumerate(CODES) if code not in ("none", "unknown")]
NETWORKS = {"SCD7(2)": 1.6, "SCD7(3)": 0.8, "SCD6(5)": 0.4, "SCD8(3)": 0.6}
DRUG_GROUPS = {"SCD7(4)": 2.1, "SCD8(3)": 0.4}


def write(folder: Path, seed: int) -> list[SourceFile]:
    """Every extract's returns: what has become known since the last, and what it restates."""
    rng = np.random.default_rng([seed, 50])
    editions: Editions = defaultdict(list)
    for week in clock.weeks(clock.SINCE, clock.UNTIL):
        _weekly(rng, editions, week)
    for month in clock.months(clock.SINCE, clock.UNTIL):
        _monthly(rng, editions, month)
    for quarter in clock.months(clock.SINCE, clock.UNTIL)[::3]:
        _quarterly(rng, editions, quarter)
    return [
        item
        for known in sorted(editions)
        for item in save(folder, "returns", known, editions[known])
    ]


def _row(
    measure: str,
    start: date,
    grain: str,
    unit: str,
    numerator: float,
    denominator: float | None = None,
    borough: str = "none",
    verified: str = "true",
) -> Row:
    return {
        "measure": measure,
        "period_start": start,
        "grain": grain,
        "unit_code": unit,
        "borough": borough,
        "numerator": round(float(numerator), 2),
        "denominator": None if denominator is None else round(float(denominator), 2),
        "verified": verified,
    }


def _weekly(rng: np.random.Generator, editions: Editions, week: date) -> None:
    known = clock.vintage_of(week + timedelta(days=6))
    later = clock.vintage_of(week + timedelta(days=13))
    children, guns = SPREADS["children"], SPREADS["gun"]
    growth = 1 + 0.02 * (week - clock.SINCE).days / 365
    for code, index in AREAS:
        rate = 1_130 * growth * children[index]
        first = rng.poisson(rng.gamma(rate / 0.6, 0.6)) if rate else 0
        recovered = rng.poisson(11.5 * guns[index])
        for edition, share in ((known, 0.97), (later, 1.0)):
            # A week is told once at once, and once more when the late forms are in.
            if edition is None or (share < 1 and edition == later):
                continue
            told = round(first * share)
            editions[edition] += [
                _row("child_referrals", week, "week", "SCD5", told, borough=code),
                _row("firearms_recovered", week, "week", "SCD8", recovered, borough=code),
            ]


def _monthly(rng: np.random.Generator, editions: Editions, month: date) -> None:
    known = clock.edition(clock.month_after(month))
    later = clock.edition(clock.month_after(month), ready=38)
    if known is None:
        return
    claims = _claims(rng, month)
    submitted = [{**row, "verified": "false"} for row in claims]
    editions[known] += (submitted if known != later else claims) + _outputs(rng, month)
    if later and later != known:
        editions[later] += claims


def _claims(rng: np.random.Generator, month: date) -> list[Row]:
    """Networks and drug organisations disrupted: claimed at first, verified a month later."""
    rows = []
    for measure, units in (
        ("networks_disrupted", NETWORKS),
        ("drug_organisations_disrupted", DRUG_GROUPS),
    ):
        rows += [
            _row(measure, month, "month", unit, rng.poisson(rate)) for unit, rate in units.items()
        ]
    asked = sum(row["numerator"] for row in rows) + rng.poisson(1.5)
    passed = rng.binomial(int(asked), 0.82)
    return [*rows, _row("claims_verified", month, "month", "SCD11(1)", passed, asked)]


def _outputs(rng: np.random.Generator, month: date) -> list[Row]:
    held = rng.poisson((85 if month < date(2004, 1, 1) else 55) / 12)
    due = rng.poisson(210)
    rows = [
        _row("hostages_recovered", month, "month", "SCD7(1)", held, held),
        _row("urgent_submissions_on_time", month, "month", "SCD4(1)", rng.binomial(due, 0.91), due),
    ]
    trade, gun = SPREADS["trade"], SPREADS["gun"]
    for code, index in AREAS:
        scenes = rng.poisson(5_200 * trade[index])
        cases = rng.poisson(14 * gun[index] if code != "heathrow" else 3.0)
        seized = np.round(rng.lognormal(9.6, 1.1, cases).sum(), 2)
        rows.append(
            _row(
                "forensic_idents", month, "month", "SCD4(2)", rng.binomial(scenes, 0.115), scenes,
                borough=code,
            )
        )  # fmt: skip
        rows.append(_row("cash_seizure_cases", month, "month", "SCD6(5)", cases, borough=code))
        rows.append(_row("cash_seized", month, "month", "SCD6(5)", seized, borough=code))
    return rows


def _quarterly(rng: np.random.Generator, editions: Editions, quarter: date) -> None:
    until = quarter
    for _ in range(3):
        until = clock.month_after(until)
    known = clock.edition(until)
    ordered = round(rng.gamma(12, 125_000), 2)
    if known:
        editions[known].append(_row("confiscation_orders", quarter, "quarter", "SCD6(5)", ordered))
