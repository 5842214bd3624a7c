"""The objectives board, on a request of a few literal series."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

from dashboard import catalogue
from dashboard.catalogue import Target
from dashboard.periods import next_start
from dashboard.reports.measure import chances
from dashboard.reports.signing import returns
from dashboard.reports.tasking import objectives
from tests.asking import a_measure

AS_AT = date(2004, 7, 12)
CATALOGUE = catalogue.load(Path(__file__).parents[2] / "data" / "catalogue")
SERIES = pa.schema(
    [
        ("measure", pa.string()),
        ("grain", pa.string()),
        ("period_start", pa.date32()),
        ("numerator", pa.float64()),
        ("denominator", pa.float64()),
        ("provisional", pa.bool_()),
    ]
)


@pytest.fixture(autouse=True)
def no_forecast(monkeypatch):
    """The year's end is foretold from past years, which tests/reports/test_outlook.py has."""
    monkeypatch.setattr(chances, "chance", lambda request, held: None)


@pytest.fixture(autouse=True)
def no_returns(monkeypatch):
    """These series are no returns: who signs which is known from tests/signing."""
    monkeypatch.setattr(returns, "owed", lambda request: ())


def measure(name, **changed):
    return a_measure(name, **{"name": name} | changed)


def monthly(name, values, first=date(2001, 4, 1), denominator=None, provisional=()):
    rows, start = [], first
    for place, value in enumerate(values):
        rows.append(
            {
                "measure": name,
                "grain": "month",
                "period_start": start,
                "numerator": float(value),
                "denominator": denominator,
                "provisional": place in provisional,
            }
        )
        start = next_start(start, "month")
    return rows


@pytest.fixture
def asked(asking):
    """A request of these rows by month, of these measures and no others, without breaks."""

    def of(rows, measures, spans=None, targets=()):
        spans = spans or tuple(
            (name, "day", date(2001, 4, 1), date(2004, 7, 12), "") for name in measures
        )
        keys = ("measure", "grain", "since", "until", "unit_code")
        return asking(
            AS_AT,
            rows={"board_series": pa.Table.from_pylist(rows, SERIES)},
            plan=measures,
            beside=replace(CATALOGUE, targets=tuple(targets), breaks=()),
            served=[dict(zip(keys, span, strict=True)) for span in spans],
        )

    return of


def only(request):
    rows = objectives.board(request).rows.to_pylist()
    assert len(rows) == 1
    return rows[0]


def test_a_month_that_is_not_over_is_left_out(asked):
    one = {"robbery": measure("robbery")}
    row = only(asked(monthly("robbery", [10] * 39 + [4], provisional=(38, 39)), one))
    # April to June 2004; the eleven days of July are no month.
    assert (row["value"], row["period_words"]) == (30.0, "April to June 2004")
    assert (row["latest"], row["latest_words"], row["symbol"]) == (10.0, "June 2004", "[p]")


def test_without_data_it_says_so(asked):
    row = only(asked((), {"robbery": measure("robbery")}, (("x", "day", AS_AT, AS_AT, ""),)))
    assert (row["symbol"], row["value"], row["variation"]) == ("[x]", None, "")


def test_a_small_share_has_its_interval(asked):
    one = {"detection": measure("detection", unit="percent", better="higher")}
    rows = monthly("detection", [4] * 39, denominator=49 / 3)
    row = only(asked(rows, one))
    assert (row["numerator"], row["denominator"]) == (12.0, pytest.approx(49))
    assert (round(row["low"], 2), round(row["high"], 2)) == (0.15, 0.38)


def test_a_rise_far_above_the_limits_is_worse_where_lower_is_better(asked):
    values = [100 + (place % 3) for place in range(38)] + [160]
    row = only(asked(monthly("robbery", values), {"robbery": measure("robbery")}))
    assert row["variation"].startswith("concern")


def test_counts_below_five_a_month_get_no_verdict(asked):
    values = [0, 1] * 19 + [9]
    row = only(asked(monthly("robbery", values), {"robbery": measure("robbery")}))
    assert row["variation"] == ""


def test_a_target_as_set_before_the_as_at(asked):
    aim = Target(
        measure="robbery",
        unit_code="SCD7",
        since=date(2004, 4, 1),
        until=date(2005, 4, 1),
        set_on=date(2004, 3, 25),
        target=1200.0,
        basis="level",
        status="illustrative",
        source="ours",
    )
    request = asked(monthly("robbery", [100] * 39), {"robbery": measure("robbery")}, targets=(aim,))
    row = only(request)
    assert row["target_words"] == "at most 1,200 in 2004/05"
    assert row["path"] == pytest.approx(100)


def test_published_counts_of_a_units_measure_are_force_wide_context(asked):
    one = {"robbery": measure("robbery")}
    span = (("robbery", "month", date(2001, 4, 1), date(2004, 7, 1), "MPS"),)
    row = only(asked(monthly("robbery", [10] * 39), one, span))
    assert row["context"] == "force-wide"


def test_a_late_settling_measure_is_shown_by_settled_months_only(asked):
    one = {"cohort": measure("cohort", unit="percent", settles=365)}
    rows = monthly("cohort", [8] * 39, denominator=10.0, provisional=range(27, 39))
    row = only(asked(rows, one))
    assert row["latest_words"] == "June 2003"


def test_a_stock_is_not_added_over_time(asked):
    one = {"open": measure("open", aggregate="last")}
    row = only(asked(monthly("open", range(100, 139)), one))
    assert (row["value"], row["period_words"]) == (138.0, "June 2004")
