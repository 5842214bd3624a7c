"""What the sample's management information unit signed: a file that `signoffs import` reads.

Every month's returns are signed at the first meeting that knows them, and again where a later
extract restates them (claims, once they are verified). On 12 July 2004 two are not: one that was
never signed, and one that was restated since. Of five differences of the July publication four
are signed with their reason.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from dashboard.sample.clock import AS_ATS
from dashboard.sample.decided import CLERK, at_meeting

FILE = "signoffs.json"
OCUS = ("SCD4", "SCD5", "SCD6", "SCD7", "SCD8", "SCD11")  # that return figures
CLAIM = ("SCD6", "SCD7", "SCD8", "SCD11")  # whose claims are restated once verified
# Place of the as-at at which each month's returns are signed, and signed again.
FIRST = {date(2004, 3, 1): 1, date(2004, 4, 1): 3, date(2004, 5, 1): 5, date(2004, 6, 1): 7}
AGAIN = {date(2004, 3, 1): 3, date(2004, 4, 1): 5, date(2004, 5, 1): 7}
NEVER = ("SCD6", date(2004, 5, 1))
NOT_AGAIN = ("SCD7", date(2004, 5, 1))
DETECTIONS = "the corporate group counts all detections, we those by sanction: both are right"
DIFFERENCES = (
    (
        "commercial_robbery", "SCD7", date(2004, 5, 1),
        "eleven reports stood twice in the corporate extract; the corporate group prints May again",
    ),
    *(("gun_crime_detection", "MPS", date(2004, month, 1), DETECTIONS) for month in (4, 5, 6)),
)  # fmt: skip


def write(folder: Path) -> Path:
    """Writes the file of signatures and returns it."""
    path = folder / FILE
    said = {"kind": "scd dashboard sign-offs", "signoffs": signatures()}
    path.write_text(json.dumps(said, ensure_ascii=False, indent=1), encoding="utf-8")
    return path


def signatures() -> list[dict[str, Any]]:
    """All signatures, in the order in which they were given."""
    entries = [
        _entry(place, "return", unit, month)
        for places, units in ((FIRST, OCUS), (AGAIN, CLAIM))
        for month, place in places.items()
        for unit in units
        if (unit, month) != NEVER and (places is FIRST or (unit, month) != NOT_AGAIN)
    ]
    last = len(AS_ATS) - 1
    entries += [
        _entry(last, "difference", unit, month, measure=measure, reason=reason)
        for measure, unit, month, reason in DIFFERENCES
    ]
    return sorted(entries, key=lambda item: item["at"])


def _entry(place: int, kind: str, unit: str, month: date, **more: Any) -> dict[str, Any]:
    return {
        "by": CLERK,
        "at": at_meeting(place),
        "as_at": AS_ATS[place].isoformat(),
        "kind": kind,
        "unit_code": unit,
        "month": month.isoformat(),
        **more,
    }
