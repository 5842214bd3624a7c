"""Cohorts, breaks, weeks, old figures: dated before they are judged, compared with their like."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from dashboard import periods, reports
from dashboard.reports.measure import chart_rows, year_words
from dashboard.reports.measure.tracks import tracks
from dashboard.reports.tasking import agenda, board_words, pressures
from dashboard.reports.trends import seasons
from dashboard.reports.unit import branches, planned
from dashboard.words import dates
from tests.measure.test_missing_returns import NETWORKS, board_row, months

HEAD = "measure,period_start,grain,unit_code,numerator,denominator,verified\n"
REPORTS = "crime_ref,reported_on,offence,borough,ocu,detected_on,detection\n"


@pytest.fixture
def opened(folder):
    def load(*rows, broken="", as_at="2004-07-12"):
        folder.own_catalogue("")
        with (folder.data / "catalogue" / "breaks.csv").open("a") as stream:
            stream.write(broken)
        text = HEAD + "".join(",".join(map(str, row)) + ",yes\n" for row in rows)
        folder.load("returns", text, "2004-07-11")
        return reports.open_request(folder.publish(as_at).as_at, None, folder.data)

    return load


def test_weeks_are_not_called_months():
    first, last = date(2004, 4, 5), date(2004, 7, 5)
    assert dates.span(first, last, "week") == "5 April to 11 July 2004"
    assert dates.span(first, date(2004, 6, 28), "fortnight") == "5 April to 11 July 2004"
    assert dates.span(date(2004, 4, 1), date(2004, 6, 1), "month") == "April to June 2004"


def test_weeks_are_compared_with_the_weeks_52_before_and_months_with_their_like():
    assert periods.a_year_before(date(2004, 4, 5), "week") == date(2003, 4, 7)
    assert periods.a_year_before(date(2004, 2, 1), "month") == date(2003, 2, 1)
    assert periods.a_year_before(date(2004, 4, 1), "quarter") == date(2003, 4, 1)


def test_the_year_before_a_break_is_not_compared_with(opened):
    broken = f"{NETWORKS},,,2004-01-01,counted anew\n"
    request = opened(*months(), broken=broken)
    track = tracks(request, "SCD7")[NETWORKS]
    assert year_words.year_to_date(track).startswith(
        "22 in the year to date (April to June 2004), not comparable with the year before "
        "(break of 1 January 2004)"
    )
    assert seasons.seasonal(request, track).title == (
        "2004/05: no month to compare with an earlier year since the break of 1 January 2004"
    )


def test_a_break_after_which_both_years_lie_hinders_nothing(opened):
    request = opened(*months(), broken=f"{NETWORKS},,,2003-03-01,counted anew\n")
    words = year_words.year_to_date(tracks(request, "SCD7")[NETWORKS])
    assert "22 in the same months a year before" in words


def test_branches_are_not_held_to_shares_of_before_a_break(opened):
    rows = months("SCD7(1)") + months("SCD7(2)", counts=(3, 4))
    request = opened(*rows)
    assert branches.branches(request, tracks(request, "SCD7")[NETWORKS]) is not None


def test_branches_across_a_break(opened):
    rows = months("SCD7(1)") + months("SCD7(2)", counts=(3, 4))
    request = opened(*rows, broken=f"{NETWORKS},,,2004-01-01,counted anew\n")
    assert branches.branches(request, tracks(request, "SCD7")[NETWORKS]) is None


def test_an_immature_cohort_is_not_the_years_figure(folder):
    """Ten murders a month; of the last year's none is detected yet."""
    rows = []
    for n in range(30):
        month = date(2002 + n // 12, n % 12 + 1, 1)
        rows += [
            f"R{n}-{i},{month + timedelta(days=i)},murder,Ealing,SCD1,"
            + (
                f"{month + timedelta(days=i + 30)},sanction"
                if month < date(2003, 7, 1) and i < 9
                else ","
            )
            for i in range(10)
        ]
    folder.load("crimes", REPORTS + "\n".join(rows) + "\n", "2004-07-11")
    request = reports.open_request(folder.publish("2004-07-12").as_at, None, folder.data)
    cohort = "homicide_clear_up_cohort"
    track = tracks(request, "SCD1")[cohort]
    assert year_words.year_to_date(track).startswith(
        "90 % (27 of 30) in April to June 2003, the latest that has settled"
    )
    row = next(
        row for row in planned.plan(request, "SCD1").rows.to_pylist() if row["measure"] == cohort
    )
    assert (row["figure"], row["period_words"]) == ("90 %", "April to June 2003")
    assert row["last_start"] == date(2003, 6, 1)
    wide = board_row(request, cohort)
    assert (wide["value"], wide["period_words"]) == (0.9, "April to June 2003")
    assert wide["fresh"]  # as late as a cohort of its kind comes


@pytest.mark.parametrize(
    ("as_at", "said"),
    [("2004-11-30", "Networks disrupted"), ("2005-01-12", "No figures since June 2004: Networks ")],
)
def test_the_title_of_a_chart_that_ended_long_ago_says_so_first(opened, as_at, said):
    request = opened(*months(), as_at=as_at)
    found = chart_rows.chart(request, tracks(request, "SCD7")[NETWORKS])
    assert found.title.startswith(said)


def test_one_measure_of_a_plural_name_are_worse(opened):
    row = board_row(opened(*months())) | {"fresh": True, "variation": "concern_high"}
    assert board_words.worse_words([row]) == "networks disrupted were worse than usual in June 2004"
    one = row | {"name": "Kidnap"}
    assert board_words.worse_words([one]) == "kidnap was worse than usual in June 2004"


def test_an_old_figure_is_dated_and_is_not_worse_now(opened):
    counts = [6, 7] * 8 + [40, 60]
    rows = [(*row[:4], n, "") for row, n in zip(months(), counts, strict=True)]
    fresh = opened(*rows)
    assert "networks disrupted" in board_words.worse_words(
        [board_row(fresh) | {"variation": "concern_high"}]
    )
    row = board_row(fresh)
    old = row | {"fresh": False, "variation": "concern_high"}
    assert board_words.worse_words([old]) == ""
    assert "; June 2004 higher, worse than usual" in board_words.sentence(old)


def test_a_board_as_at_two_years_later_calls_nothing_fresh(opened):
    request = opened(*months(), as_at="2006-07-12")
    assert not board_row(request)["fresh"]


def test_where_nothing_was_tested_there_is_no_number_of_alerts(opened):
    request = opened(*months())
    rows = pressures.pressure(request).rows.to_pylist()
    assert rows and all(row["tested"] == 0 and row["alerts"] is None for row in rows)
    items = {item.key: item for item in agenda.agenda(request)}
    assert "alert-1" not in items
    assert items["fit"].title.startswith("No figure by day reaches the fortnight")
