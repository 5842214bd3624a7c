"""measure_series: given reports, expected periods; the contract's columns in their order."""

from datetime import date

import pytest

from dashboard import reports
from dashboard.errors import NotFoundError

HEAD = "crime_ref,reported_on,offence,borough,ocu,branch,detected_on,detection,no_crimed_on\n"
ROWS = (
    "A,2004-06-01,robbery_business,Camden,SCD7,SCD7(5),2004-06-20,sanction,\n"
    "B,2004-06-13,robbery_business,Camden,SCD7,SCD7(5),,,\n"  # last day of a fortnight
    "C,2004-06-14,robbery_business,Brent,SCD7,,,,\n"  # first day of the next; no branch
    "D,2004-06-15,robbery_business,Brent,SCD7,SCD7(5),,,2004-06-16\n"  # no-crimed: not counted
    "E,2004-06-27,robbery_business,Brent,TP,,,,\n"  # TP's own: outside SCD7's remit
)


@pytest.fixture
def request_(folder):
    folder.load("crimes", HEAD + ROWS, "2004-06-27")
    folder.publish("2004-06-28")
    return reports.open_request(date(2004, 6, 28), None, folder.path / "data")


def test_fortnights_start_on_the_grid(request_):
    rows = reports.series(
        request_, "commercial_robbery", level="ocu", unit="SCD7", grain="fortnight"
    )
    assert rows.column_names == [
        "period_start",
        "unit_code",
        "borough",
        "numerator",
        "denominator",
        "provisional",
    ]
    found = [(row["period_start"], row["numerator"]) for row in rows.to_pylist()]
    assert found == [(date(2004, 5, 31), 2), (date(2004, 6, 14), 1)]


def test_every_borough_has_a_row_and_they_add_up(request_):
    rows = reports.series(request_, "commercial_robbery", level="borough", grain="month")
    table = {row["borough"]: row["numerator"] for row in rows.to_pylist()}
    assert len(table) >= 34  # 32 boroughs, the airports, unknown
    assert sum(table.values()) == 3
    assert table["E09000007"] == 2  # Camden


def test_a_missing_branch_is_unassigned_inside_its_ocu(request_):
    rows = reports.series(request_, "commercial_robbery", level="branch", grain="month")
    found = {row["unit_code"]: row["numerator"] for row in rows.to_pylist()}
    assert found == {"SCD7(5)": 2, "SCD7(unassigned)": 1}


def test_a_rate_is_parts_over_parts(request_):
    rows = reports.series(
        request_, "commercial_robbery_detection", level="ocu", unit="SCD7", grain="month"
    )
    assert [(row["numerator"], row["denominator"]) for row in rows.to_pylist()] == [(1, 3)]


def test_what_is_not_covered_has_no_row(request_):
    rows = reports.series(request_, "commercial_robbery", level="ocu", grain="month")
    assert [row["period_start"] for row in rows.to_pylist()] == [date(2004, 6, 1)]


def test_a_recent_period_is_provisional_by_28_days(folder):
    folder.load("crimes", HEAD + "A,2004-04-30,murder,Camden,SCD1,,,,\n", "2004-05-20")
    for as_at, provisional in (("2004-05-28", True), ("2004-05-29", False)):
        folder.publish(as_at)
        request = reports.open_request(date.fromisoformat(as_at), None, folder.path / "data")
        rows = reports.series(request, "homicides", level="force", grain="day")
        assert [row["provisional"] for row in rows.to_pylist()] == [provisional]


def test_an_unknown_measure_names_its_neighbours(request_):
    with pytest.raises(NotFoundError, match="commercial_robbery"):
        reports.series(request_, "comercial_robbery")
