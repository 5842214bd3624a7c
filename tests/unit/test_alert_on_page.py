"""A unit's page on an alert: its own windows first, and exactly the records that it counts."""

from __future__ import annotations

import re
from datetime import date

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from dashboard import reports
from dashboard.reports.accountability import overdue
from dashboard.reports.alerts import alert_list
from dashboard.reports.measure import chart_rows, verdicts
from dashboard.reports.packs import leading
from dashboard.reports.unit import headline, mixes, planned, records
from tests.access.matrix import ROOT
from tests.screens import screen

AS_AT = date(2004, 7, 12)
PAGE = str(ROOT / "pages" / "ocu.py")


@pytest.fixture(scope="module")
def request_(sample_data):
    return reports.open_request(AS_AT, None, sample_data)


def test_as_many_records_stand_behind_each_alert_as_it_counts(request_):
    listed = alert_list.alert_list(request_)
    rows = [*listed.alerts.rows.to_pylist(), *listed.watch.rows.to_pylist()]
    seen = 0
    for row in rows:
        owner = request_.measures[row["measure"]].owner
        track = chart_rows.track_of(request_, owner, row["measure"])
        if track is None or records.why_no_records(request_, track):
            continue
        shown = records.behind_alert(request_, track, row)
        days = shown.rows.column("reported_on").to_pylist()
        places = set(shown.rows.column("borough").to_pylist())
        assert shown.rows.column("total")[0].as_py() == row["now"]
        assert row["window_since"] <= min(days) <= max(days) < row["window_until"]
        assert not row["boroughs"] or places <= set(row["boroughs"])
        assert shown.title.endswith(f"· {row['now']:,}")
        seen += 1
    assert seen >= 2


def opened(sample_data, **asked) -> AppTest:
    return screen("ocu", sample_data, **{"as_at": str(AS_AT), "unit": "SCD7", **asked}).run()


def heads(page: AppTest) -> list[str]:
    return [item.proto.body for item in page.get("html") if "cardtitle" in item.proto.body]


def test_the_alert_stands_before_the_month(sample_data):
    said = heads(opened(sample_data, measure="commercial_robbery"))
    alert = next(at for at, words in enumerate(said) if "Alert: Commercial robbery" in words)
    month = next(at for at, words in enumerate(said) if "usual range in June 2004" in words)
    assert alert < month
    assert any("Records behind · " in words for words in said)


def test_the_address_asks_for_the_alerts_records(sample_data):
    asked = {"measure": "commercial_robbery", "of": "alert", "item": "alert-1"}
    page = opened(sample_data, **asked)
    assert any("Records behind the alert · 68" in words for words in heads(page))
    # What lies below the alert says that it is of other months and places.
    said = " ".join(item.proto.body for item in page.get("html"))
    assert "the alert is of the fortnight to 11 July in Camden, Hackney and Islington" in said
    assert "The alert’s records. " in said  # what they are made of


def test_what_an_alert_is_made_of_are_its_records(request_):
    (row,) = (item for item in alert_list.alert_list(request_).alerts.rows.to_pylist()
              if item["measure"] == "commercial_robbery" and item["borough"])  # fmt: skip
    track = chart_rows.track_of(request_, "SCD7", "commercial_robbery")
    found = mixes.mix(request_, track, "premises", alert=row)
    shown = records.behind_alert(request_, track, row, None).rows.to_pylist()
    of = [item["premises"] for item in shown]
    groups = {item["code"]: item["n"] for item in found.rows.to_pylist()}
    assert sum(groups.values()) == len(of) == 68
    assert all(n == of.count(code) for code, n in groups.items() if code in of)
    # the same days of 26 fortnights before, by the facts
    crimes = pl.read_parquet(request_.snapshot.path / "facts" / "crimes.parquet").filter(
        pl.col("ocu") == "SCD7",
        pl.col("offence") == "robbery_business",
        pl.col("no_crimed_on").is_null(),
        pl.col("borough").is_in(row["boroughs"]),
        pl.col("reported_on").is_between(date(2003, 6, 30), date(2003, 7, 13)),
    )
    assert sum(item["before"] for item in found.rows.to_pylist()) == crimes.height


def test_a_measure_without_an_alert_says_that_it_has_none(sample_data):
    page = opened(sample_data, measure="blackmail", of="alert")
    assert not any("Alert: " in words for words in heads(page))
    assert any("asks for of alert" in item.proto.body for item in page.get("html"))


def test_an_alert_heads_the_page_of_its_unit_and_a_missed_target_that_of_another(request_):
    said = leading.title(request_, "SCD7", planned.plan(request_, "SCD7"))
    alert, missed, late = said.split("; ")
    assert alert == "SCD7: alert on commercial robbery in Camden, Hackney and Islington"
    own = [row for row in planned.plan(request_, "SCD7").rows.to_pylist() if row["whole"] is None]
    worse = [r for r in verdicts.likely_missed(own) if not r["variation"].startswith("improv")]
    assert f"{len(verdicts.likely_missed(own))} of " in missed
    assert missed.endswith(f"likeliest {worse[0]['name'].lower()}")
    counted = overdue.counts(request_, "SCD7").rows.to_pylist()
    assert late == f"{sum(row['n'] for row in counted)} actions overdue"
    other = headline.headline(request_, "SCD1", planned.plan(request_, "SCD1"))
    assert "overdue" not in other.split("; ")[-1]  # none is said to be
    rows = planned.plan(request_, "SCD1").rows.to_pylist()
    missed = verdicts.likely_missed(rows)
    assert missed and f"{len(missed)} of " in other
    # what is missed and not better than usual is named before what is
    worse = [row["name"] for row in missed if not row["variation"].startswith("improvement")]
    assert any(name[1:] in other for name in worse)


STOOD = {"alert": "", "variation": "common", "whole": None, "foretold": None, "beside": None}
STOOD |= {"target_words": "at most 100 %", "verdict": "very unlikely (5 %)", "miss": 0.95}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        # A usual last period is no comfort beside a target that is likely to be missed,
        ({}, "target very unlikely (5 %)"),
        ({"variation": "concern_high"}, "target very unlikely (5 %); higher, worse than usual"),
        # nor beside an alert; it is said where the target may be met, or is of more than the unit.
        ({"miss": 0.5, "alert": "Ashby"}, "alert in Ashby; target very unlikely (5 %)"),
        ({"miss": 0.5}, "target very unlikely (5 %); in its usual range"),
        ({"whole": "17"}, "target very unlikely (5 %); in its usual range"),
        ({"target_words": "", "verdict": None, "miss": None}, "in its usual range"),
    ],
)
def test_a_likely_miss_decides_what_a_status_says(changed, said):
    assert verdicts.standing(STOOD | changed) == said


def test_a_unit_without_days_leads_on_to_what_there_is_of_it(sample_data):
    page = opened(sample_data, unit="SCD2", view="day")
    assert not page.exception
    said = " ".join(item.proto.body for item in page.get("html"))
    assert "No report came to SCD2" in said
    for name in ("ocu", "accountability"):
        assert re.search(rf'href="{name}\?[^"]*unit=SCD2', said), name
