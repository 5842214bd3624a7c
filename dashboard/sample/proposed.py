"""What the sample's OCUs proposed as their targets: one was declined, one is accepted at the last
meeting and so counts from the next publish on, one waits for the board.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from dashboard.sample.clock import AS_ATS
from dashboard.sample.decided import CHAIR, at_meeting

FILE = "proposals.json"
YEAR = date(2004, 4, 1)


def write(folder: Path) -> Path:
    """Writes the file of proposals and returns it."""
    path = folder / FILE
    said = {"kind": "scd dashboard proposals", "proposals": proposals()}
    path.write_text(json.dumps(said, ensure_ascii=False, indent=1), encoding="utf-8")
    return path


def proposals() -> list[dict[str, Any]]:
    """All proposals, in the order in which they were made."""
    return [
        _proposal(
            4, "networks", "SCD7", "networks_disrupted", 32,
            "two surveillance teams are lent to Trident until September",
            (5, "declined", "the loan ends in the summer: the plan's forty stand"),
        ),
        _proposal(
            6, "cash", "SCD6", "cash_seized", 4_500_000,
            "the first quarter brought more than a quarter of the plan",
            (7, "accepted", ""),
        ),
        _proposal(
            7, "trident", "SCD8", "trident_nonfatal_detection", 32,
            "witnesses are protected from the first day since May",
        ),
    ]  # fmt: skip


def _proposal(
    place: int, code: str, unit: str, measure: str, target: float, reason: str,
    decided: tuple[int, str, str] | None = None,
) -> dict[str, Any]:  # fmt: skip
    proposal: dict[str, Any] = {
        "id": f"sample-{code}",
        "by": f"Commander, {unit} (sample)",
        "at": at_meeting(place),
        "as_at": AS_ATS[place].isoformat(),
        "unit_code": unit,
        "measure": measure,
        "since": YEAR.isoformat(),
        "target": str(target),
        "basis": "level",
        "reason": reason,
        "decided": None,
    }
    if decided is not None:
        at, state, words = decided
        proposal["decided"] = {
            "by": CHAIR, "at": at_meeting(at), "as_at": AS_ATS[at].isoformat(),
            "state": state, "words": words,
        }  # fmt: skip
    return proposal
