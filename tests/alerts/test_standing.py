"""One standing: whoever speaks of a series in an alert says so first, and the same."""

from __future__ import annotations

from datetime import date

import pytest

from dashboard import reports
from dashboard.reports.alerts import alert_list, alert_words, standing
from dashboard.reports.boroughs import london, one_borough
from dashboard.reports.boroughs.spans import Choice
from dashboard.reports.tasking import digest, objectives
from dashboard.reports.trends import asking
from dashboard.reports.trends.series_at import Place
from dashboard.reports.unit import ocu, planned

HACKNEY, HARROW = "E09000012", "E09000015"


@pytest.fixture(scope="module")
def request_(sample_data):
    return reports.open_request(date(2004, 7, 12), None, sample_data)


@pytest.fixture(scope="module")
def robbery(request_):
    """'Commercial robbery in Camden, Hackney and Islington: 68 in …', as the list has it."""
    rows = alert_list.alert_list(request_).alerts.rows.to_pylist()
    (row,) = [row for row in rows if row["measure"] == "commercial_robbery"]
    return row["sentence"].partition("; first seen")[0]


def test_unit_boroughs_one_borough_and_digest_say_the_same_first(request_, robbery):
    assert ocu.head(request_, "SCD7").alerts == (robbery,)
    choice = Choice("twelve")
    assert london.tiles(request_, "commercial_robbery", choice).title == f"Alert: {robbery}"
    hackney = one_borough.measures(request_, HACKNEY, choice)
    assert hackney.title == f"Alert: {robbery}"
    # The other yardstick is named as such, after it.
    assert "limits" in hackney.subtitle or "expected" in hackney.subtitle
    assert robbery in digest.as_text(digest.digest(request_))


def test_trends_says_it_of_the_series_that_it_speaks_of(request_, robbery):
    said = [
        standing.sentences(asking.beyond(request_, Place("commercial_robbery", unit, borough)))
        for unit, borough in (("SCD7", ""), ("MPS", ""), ("MPS", HACKNEY), ("MPS", HARROW))
    ]
    assert said == [(robbery,), (robbery,), (robbery,), ()]
    # Of a unit that has no part in it nothing is said.
    assert asking.beyond(request_, Place("commercial_robbery", "SCD5")) == ()


def test_the_plans_row_is_an_alert_first_and_is_the_one_shown(request_):
    plan = planned.plan(request_, "SCD7")
    rows = {row["measure"]: row for row in plan.rows.to_pylist()}
    assert rows["commercial_robbery"]["alert"] == "Camden, Hackney and Islington"
    assert rows["kidnaps"]["alert"] == ""
    assert ocu.first(request_, plan) == "commercial_robbery"


def test_a_measure_of_another_owner_is_its_owners_too(request_):
    """Shootings are counted for all of London and owned by Trident's command."""
    owner = request_.measures["shootings"].owner
    assert any("Shootings in Brent" in words for words in ocu.head(request_, owner).alerts)


def test_where_nothing_is_in_an_alert_the_other_yardsticks_stand_alone(request_):
    assert standing.alerts_on(request_, borough=HARROW) == ()
    assert not one_borough.measures(request_, HARROW, Choice("twelve")).title.startswith("Alert")
    assert ocu.head(request_, "SCD5").alerts == ()


def test_a_figure_of_more_than_its_unit_says_of_what(request_):
    """The unit's own page has its own figure: beside it the board's would contradict it."""
    board = {row["measure"]: row for row in objectives.board(request_).rows.to_pylist()}
    said = {row["unit_code"] for row in board.values() if not row["context"]}
    assert "SCD7" in said  # what is the unit's own says nothing
    for unit in ("SCD1", "SCD2", "SCD7", "SCD8"):
        for own in planned.plan(request_, unit).rows.to_pylist():
            row = board[own["measure"]]
            if row["unit_code"] == unit and own["value"] != row["value"]:
                assert row["context"] in ("force-wide", "all of SCD"), own["measure"]
    assert board["networks_disrupted"]["context"] == "all of SCD"
    assert board["homicides"]["context"] == "force-wide"
    assert board["commercial_robbery"]["context"] == ""


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Shootings", "Shootings are above what was expected in Ashby"),
        ("Commercial robbery", "Commercial robbery is above what was expected in Ashby"),
        ("Shootings, detection", "Shootings, detection is above what was expected in Ashby"),
    ],
)
def test_the_verb_of_an_alert_is_that_of_its_measures_name(name, said):
    row = {"name": name, "unit_code": "SCD8", "unit_name": "Trident"}
    assert alert_words.above(row, ["Ashby"]) == said


def test_the_watch_list_is_said_of_its_very_series(request_):
    (row,) = alert_list.of_tier(alert_list.alert_list(request_).watch)
    assert (row["measure"], row["unit_code"], row["borough"]) == (
        "commercial_robbery",
        "SCD7",
        None,
    )
    said = [
        asking.watched(request_, Place("commercial_robbery", unit, borough))
        for unit, borough in (("SCD7", ""), ("MPS", ""), ("MPS", HACKNEY), ("SCD5", ""))
    ]
    # Hackney's own series is the alert's; another unit has none.
    assert said[0] and said == [said[0], said[0], "", ""]
    assert "143 in the fortnight to 11 July, 98.4 expected (74–126)" in said[0]
    assert asking.watched(request_, Place("kidnaps", "SCD7")) == ""
