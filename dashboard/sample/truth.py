"""The ground truth: what is planted in the sample, for tests to look for."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from dashboard.sample import clock, plants
from dashboard.sample.clock import FORTNIGHT
from dashboard.sample.crimes import Written
from dashboard.sample.places import place
from dashboard.sample.streams import STREAMS
from dashboard.sample.volumes import Volumes


def write(
    path: Path,
    volumes: Volumes,
    crimes: Written,
    overspend: dict[str, Any],
    broken: list[dict[str, Any]],
    mismatches: list[dict[str, Any]],
    missed: list[dict[str, Any]],
    seed: int,
    scale: float,
) -> dict[str, Any]:
    """Writes ground_truth.json and returns what it says."""
    truth = {
        "sample": "Synthetic data: no report, person or figure in it is real.",
        "seed": seed,
        "scale": scale,
        "as_at": clock.AS_ATS[-1],
        "events": [*_rises(volumes), *_acted(), _fall(), overspend, _backlog()],
        "planted_reports": _reports(crimes),
        "overtime_exceptions": broken,
        "quality_faults": crimes.planted["faults"],
        "mismatches": mismatches,
        "visits_missed": missed,
        "rows": {path.name: rows for path, rows in zip(crimes.paths, crimes.rows, strict=True)},
    }
    path.write_text(json.dumps(truth, indent=1, default=date.isoformat), encoding="utf-8")
    return truth


def _rises(volumes: Volumes) -> list[dict[str, Any]]:
    rises = []
    for rise in plants.RISES:
        for code in rise.boroughs:
            cell = (plants.stream_of(rise), place(code), clock.FORTNIGHTS - 1)
            kind = "rise" if rise is plants.ROBBERY else "cluster"
            rises.append(
                {
                    "kind": kind,
                    "measure": rise.measure,
                    "unit_code": rise.ocu,
                    "borough": code,
                    "since": plants.LAST[0],
                    "until": plants.LAST[1],
                    "expected": round(float(volumes.expected[cell]), 2),
                    "now": int(volumes.counts[cell]),
                    "size": int(volumes.planted[cell]),
                    "why": f"{rise.offence} of {rise.ocu}, planted above what was drawn",
                }
            )
    return rises


def _acted() -> list[dict[str, Any]]:
    return [
        {
            "kind": "acted_on",
            "measure": item.measure,
            "unit_code": item.ocu,
            "borough": code,
            "since": item.until - FORTNIGHT,
            "until": item.until,
            "size": item.more,
            "change": item.change,
            "why": f"{item.offence} of {item.ocu} rose for a fortnight; the action from its end on"
            f" changes it by {item.change:.0%}",
        }
        for item in plants.ACTED
        for code in item.boroughs
    ]


def _fall() -> dict[str, Any]:
    fall = plants.FALL
    return {
        "kind": "lasting_fall",
        "measure": fall.measure,
        "unit_code": fall.ocu,
        "borough": None,
        "since": fall.since,
        "until": clock.UNTIL,
        "size": fall.change,
        "why": f"{fall.offence} runs {-fall.change:.0%} lower from that day on",
    }


def _backlog() -> dict[str, Any]:
    backlog = plants.BACKLOG
    return {
        "kind": "housekeeping_backlog",
        "measure": "open_quality_faults",
        "unit_code": backlog.ocu,
        "borough": None,
        "since": backlog.since,
        "until": clock.UNTIL,
        "size": backlog.share,
        "why": f"{backlog.share:.0%} of the reports entered from that day on stay unvalidated",
    }


def _reports(crimes: Written) -> list[dict[str, Any]]:
    """References of the planted reports, at most a thousand at a large scale."""
    return [
        {
            "crime_ref": row["crime_ref"],
            "offence": STREAMS[row["stream"]].offence,
            "ocu": STREAMS[row["stream"]].ocu,
            "borough": row["borough"],
        }
        for row in crimes.planted["reports"][:1_000]
    ]
