"""Boroughs that touch and alert together are one row, everywhere that alerts are spoken of."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl
import pytest

from dashboard import reports
from dashboard.reports.alerts import alert_list, alert_words, history
from dashboard.reports.alerts.alert_row import same, within
from dashboard.reports.measure import tracks
from dashboard.reports.tasking import digest
from dashboard.reports.tasking.problems import Problem
from dashboard.reports.unit import unit_boroughs
from dashboard.ui.tasking import alert_cells
from dashboard.words.figures import FIGURE_OF, Figure

TRIO = ["E09000007", "E09000012", "E09000019"]  # Camden, Hackney, Islington


@pytest.fixture(scope="module")
def request_(sample_data):
    return reports.open_request(date(2004, 7, 12), None, sample_data)


@pytest.fixture(scope="module")
def rows(request_):
    return alert_list.as_rows(alert_list.alert_list(request_))


def test_the_planted_trio_is_one_row_with_its_count_by_other_hands(request_, rows):
    (row,) = [row for row in rows if row["measure"] == "commercial_robbery" and row["borough"]]
    assert row["borough"] == "+".join(TRIO) and sorted(row["boroughs"]) == TRIO
    assert (row["tier"], row["rule"], row["unit_code"]) == ("alert", "scan", "SCD7")
    crimes = pl.read_parquet(request_.snapshot.path / "facts" / "crimes.parquet")
    counted = crimes.filter(
        pl.col("offence") == "robbery_business",
        pl.col("ocu") == "SCD7",
        pl.col("reported_on") >= row["window_since"],
        pl.col("reported_on") < row["window_until"],
        pl.col("no_crimed_on").is_null(),
        pl.col("borough").is_in(TRIO),
    ).height
    assert row["now"] == counted > row["high"] > row["expected"] > row["low"]
    said = f"Commercial robbery in {row['borough_name']}: {counted} in the fortnight to 11 July"
    assert row["sentence"].startswith(said)
    assert all(name in row["borough_name"] for name in ("Camden", "Hackney", "Islington"))


def test_its_line_is_the_sum_of_its_boroughs(request_):
    listed = alert_list.alert_list(request_).alerts.rows.to_pylist()
    row = next(row for row in listed if row["boroughs"] and len(row["boroughs"]) == 3)
    assert row["spark"][-1] == row["now"] and len(row["spark"]) == 27
    shown = history.history(request_, row).rows.to_pylist()
    assert [item["n"] for item in shown] == row["spark"]
    assert shown[-1]["expected"] == row["expected"] and shown[-1]["now"]


def test_each_of_its_boroughs_is_marked_where_boroughs_are_shown(request_):
    track = tracks.tracks(request_, "SCD7")["commercial_robbery"]
    shown = unit_boroughs.boroughs(request_, track).rows.to_pylist()
    assert {row["code"] for row in shown if row["stands_out"]} == set(TRIO)


def test_the_digest_and_the_title_say_it_once(request_, rows):
    message = digest.as_text(digest.digest(request_))
    assert message.count("in Camden") + message.count(", Camden") >= 1
    assert sum("Hackney" in line for line in message.splitlines() if line.startswith("- ")) == 1
    title = alert_list.alert_list(request_).alerts.title
    assert title.startswith("Commercial robbery is above what was expected in ")
    assert all(name in title for name in ("Camden", "Hackney", "Islington"))


ROW = {
    "measure": "robbery",
    "unit_code": "SCD7",
    "name": "Robbery",
    "unit_name": "SOC",
    "borough_name": "Camden and Hackney",
    "boroughs": ["E09000012", "E09000007"],
    "tier": "alert",
    "rule": "scan",
    "now": 9,
    "expected": 1.5,
    "low": 0,
    "high": 5,
    "spark": [1.0] * 26 + [10.0],
    "window_since": date(2004, 7, 5),
    "window_until": date(2004, 7, 8),
}


def test_a_cluster_of_some_days_says_which(request_):
    said = alert_words.sentence(ROW, "first seen at this meeting")
    assert said.startswith("Robbery in Camden and Hackney: 9 in the 3 days to 7 July, 1.5 expected")
    counts = {"E09000012": 6, "E09000007": 3}
    shown = alert_cells.where(request_, Problem(ROW, (), counts))
    assert shown == "Hackney 6 · Camden 3, the 3 days to 7 July"
    whole = ROW | {"window_until": ROW["window_since"] + timedelta(days=14)}
    assert alert_cells.where(request_, Problem(whole, (), counts)) == "Hackney 6 · Camden 3"
    many = {code: 1 for code in list(request_.catalogue.areas)[:6]}
    opens = alert_cells.where(request_, Problem(whole | {"boroughs": list(many)}, (), many))
    assert opens.startswith("<details><summary>6 boroughs</summary>")


def test_a_watched_row_opens_its_series_and_an_alert_its_records(request_):
    """No alert stands on the unit's page of what is only watched."""
    span = (ROW["window_since"], ROW["window_until"])
    of = Figure("commercial_robbery", "SCD7", "E09000007", *span, "reports", span[1]).spelt
    row = ROW | {"boroughs": ["E09000007"], FIGURE_OF: of, "measure": "commercial_robbery"}
    alert, watched = (
        alert_cells.onward(request_, row | {"tier": tier}) for tier in ("alert", "watch")
    )
    assert "ocu?" in alert and "of=alert" in alert
    assert "trends?" in watched and "level=borough" in watched and "borough=E09000007" in watched


def test_a_row_is_the_same_where_a_borough_is_in_both():
    camden = ROW | {"boroughs": ["E09000007"], "rule": "nb_bh"}
    barnet = ROW | {"boroughs": ["E09000003"], "rule": "nb_bh"}
    london = ROW | {"boroughs": [], "rule": "nb_bh"}
    assert same(ROW, camden) and same(camden, ROW) and same(london, london)
    assert not same(ROW, barnet) and not same(london, camden) and not same(camden, london)
    assert not same(ROW, camden | {"unit_code": "MPS"})
    assert within(camden, ROW) and within(camden | {"tier": "watch"}, ROW)
    assert not within(camden | {"tier": "fall"}, ROW) and not within(london, ROW)
    assert not within(barnet, ROW) and not within(camden | {"measure": "kidnaps"}, ROW)
