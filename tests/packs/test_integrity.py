"""What a visit is prepared with: recomputed from the facts, and nothing of what is not there."""

from __future__ import annotations

from datetime import date

import polars as pl

from dashboard.decisions import book
from dashboard.reports import open_request
from dashboard.reports.decisions import visits
from dashboard.reports.packs import integrity
from dashboard.reports.packs.block import Asked
from dashboard.reports.request import clock

AS_AT = date(2004, 7, 12)
VISITS = """visit_ref,unit_code,kind,planned_on,held_on,lead_post
V1,SCD7(2),dac,2004-05-05,2004-05-06,DAC
"""


def lines(request, unit: str) -> dict[str, tuple[str, str]]:
    (part,) = integrity.prepared(Asked(request, unit))
    return {row["label"]: (row["figure"], row["detail"]) for row in part.shown.rows.to_pylist()}


def test_the_sample_s_unit_is_told_by_its_own_records(sample_data, sample_snapshot):
    request = open_request(AS_AT, None, sample_data)
    found = lines(request, "SCD7")
    facts = {
        kind: pl.read_parquet(sample_snapshot.path / "facts" / f"{kind}.parquet")
        for kind in ("strength", "recommendations")
    }
    staff = facts["strength"].filter(
        pl.col("unit_code").str.starts_with("SCD7"), pl.col("month") == date(2004, 6, 1)
    ).sum()  # fmt: skip
    vetted, there, done, due = (
        staff[name].item() for name in ("vetted", "in_post", "pdr_done", "pdr_due")
    )
    assert found["Vetting in date"][1].startswith(f"{vetted:.0f} of {there:.0f}")
    assert found["Development reviews done"][1].startswith(f"{done:.0f} of {due:.0f}")
    open_ = facts["recommendations"].filter(
        pl.col("owner").str.starts_with("SCD7"), pl.col("closed_on").is_null()
    )
    late = open_.filter(pl.col("due_on") < AS_AT).height
    assert found["Recommendations open"] == (f"{open_.height}", f"{late or 'none'} overdue")
    assert "break" in found["Overtime claims"][0]
    assert " of " in found["Detection without authorisation"][0]
    assert "Actions of visits open" not in found  # no visit of the sample brought any


def test_what_nothing_is_loaded_of_has_no_line_and_actions_have_one(folder):
    folder.load("visits", VISITS, "2004-07-11")
    folder.publish(str(AS_AT))
    request = open_request(AS_AT, None, folder.data)
    assert list(integrity.prepared(Asked(request, "SCD7"))) == [
        "Nothing is loaded that a visit could ask about."
    ]
    said = {
        "raised_from": "visit", "origin": visits.origin(request, "V1"), "what": "Vet new posts",
        "tactic": "prevention", "owner_unit": "SCD7", "owner_post": "Superintendent",
        "meeting": date(2004, 5, 18), "due": date(2004, 6, 29), "moves": [],
        "as_at": AS_AT, "snapshot_id": request.snapshot.id,
    }  # fmt: skip
    book.raise_decision(folder.data, "DAC", clock.moment(request), said)
    assert lines(request, "SCD7") == {"Actions of visits open": ("1 of 1", "1 overdue")}
    assert list(integrity.prepared(Asked(request, "SCD8"))) == [
        "Nothing is loaded that a visit could ask about."
    ]
