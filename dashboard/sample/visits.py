"""Performance visits, and the areas for improvement that the excellence model named.

Visits: the deputy assistant commissioner in quarters 2 and 4, the command team between.
The improvement areas follow the report of July 2004 (vetting, integration of the
National Intelligence Model, operational resilience, diversity); the rest is illustrative.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from dashboard.periods import next_start, period_start
from dashboard.sample import clock
from dashboard.sample.files import SourceFile, save
from dashboard.sample.overtime.claims import BRANCHES
from dashboard.sample.strength import POSTS

# Quarter of the planning year: kind of visit.
QUARTERS = {4: "command_team", 7: "dac", 10: "command_team", 1: "dac"}
LEADS = {"dac": "DAC", "command_team": "Commander", "individual": "Chief Superintendent"}
# Planted: a branch that the plan leaves out, and the first month of the quarter.
UNPLANNED = ("SCD4(3)", date(2004, 7, 1))
# Extracts that bring them.
EXTRACTS = (clock.VINTAGES[0], clock.VINTAGES[3], clock.VINTAGES[7])

# Title, criterion, lead, unit, score, due, status at each extract.
_AREAS = (
    ("Leadership seen by staff", 1, "DAC", "SCD", 45, "2004-12-31", "open open in_progress"),
    ("NIM integrated with planning", 2, "Commander", "SCD", 40, "2004-09-30",
     "in_progress in_progress in_progress"),
    ("Vetting in date for every post", 3, "Chief Superintendent", "SCD11", 35, "2004-06-30",
     "in_progress in_progress in_progress"),
    ("Diversity and work-life balance", 3, "Commander", "SCD", 40, "2005-03-31",
     "open in_progress in_progress"),
    ("Shared use of forensic suppliers", 4, "Director of Forensic Services", "SCD4", 50,
     "2004-05-31", "in_progress in_progress closed"),
    ("Operational resilience", 5, "Commander", "SCD7", 45, "2004-10-31", "open open in_progress"),
    ("One way to task the specialist units", 5, "Chief Superintendent", "SCD10", 30, "2004-07-31",
     "in_progress in_progress in_progress"),
    ("What boroughs say of the service", 6, "Commander", "SCD", 30, "2005-01-31",
     "open open open"),
    ("Staff survey acted upon", 7, "Commander", "SCD1", 35, "2004-08-31",
     "open in_progress in_progress"),
    ("Confidence of communities", 8, "Chief Superintendent", "SCD8", 50, "2004-04-30",
     "in_progress closed closed"),
    ("Results against like forces", 9, "Head of the management information unit", "SCD", 35,
     "2004-11-30", "open open in_progress"),
)  # fmt: skip


def write(folder: Path, seed: int) -> list[SourceFile]:
    """Visits and improvement areas as whole extracts, two and three of them."""
    planned = _visits(np.random.default_rng([seed, 70]))
    files = []
    for index, vintage in enumerate(EXTRACTS):
        rows = [
            {**row, "held_on": row["held_on"] if _held(row, vintage) else None} for row in planned
        ]
        # The plan of visits itself does not change between.
        if index != 1:
            files += save(folder, "visits", vintage, rows)
        files += save(folder, "improvements", vintage, _improvements(index))
    return files


def missed(seed: int) -> list[dict[str, Any]]:
    """What the ground truth says of visits of the DAC: a row a unit and quarter without one.

    Of quarters that had ended by the last as-at, those in which none was held; of later ones, the
    one that is not planned.
    """
    last = clock.AS_ATS[-1]
    rows = [row for row in _visits(np.random.default_rng([seed, 70])) if row["kind"] == "dac"]
    missed_visits = []
    for row in rows:
        since = period_start(row["planned_on"], "quarter")
        until = next_start(since, "quarter")
        if until <= last and (row["held_on"] is None or row["held_on"] >= until):
            why = "held after its quarter" if row["held_on"] else "never held"
            missed_visits.append({"unit_code": row["unit_code"], "quarter": since, "why": why})
    unit, month = UNPLANNED
    return [*missed_visits, {"unit_code": unit, "quarter": month, "why": "not planned"}]


def _held(row: dict[str, Any], vintage: date) -> bool:
    return row["held_on"] is not None and row["held_on"] <= vintage


def _visits(rng: np.random.Generator) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    branches = [branch for parts in BRANCHES.values() for branch in parts if branch]
    for month in clock.months(date(2003, 4, 1), date(2005, 4, 1)):
        for unit in [*POSTS, *branches]:
            kind = QUARTERS.get(month.month)
            if kind:
                rows.append(_visit(rng, unit, kind, month, len(rows)))
        if month.month in (5, 11):
            rows += [
                _visit(rng, unit, "individual", month, len(rows) + index)
                for index, unit in enumerate(POSTS)
            ]
    return [row for row in rows if not _unplanned(row)]


def _unplanned(row: dict[str, Any]) -> bool:
    unit, month = UNPLANNED
    return row["unit_code"] == unit and period_start(row["planned_on"], "quarter") == month


def _visit(
    rng: np.random.Generator, unit: str, kind: str, month: date, number: int
) -> dict[str, Any]:
    planned = month + timedelta(days=int(rng.integers(0, 85 if kind != "individual" else 28)))
    held = planned + timedelta(days=int(rng.choice((0, 0, 0, 0, 7, 21))))
    return {
        "visit_ref": f"V{number + 1:04d}",
        "unit_code": unit,
        "kind": kind,
        "planned_on": planned,
        # A few never took place.
        "held_on": held if rng.random() < 0.95 else None,
        "lead_post": LEADS[kind],
    }


def _improvements(extract: int) -> list[dict[str, Any]]:
    return [
        {
            "area_ref": f"AFI{number:02d}",
            "title": title,
            "criterion": criterion,
            "lead_post": lead,
            "unit_code": unit,
            "score": score + 5 * extract,
            "due_on": due,
            "status": status.split()[extract],
        }
        for number, (title, criterion, lead, unit, score, due, status) in enumerate(_AREAS, 1)
    ]
