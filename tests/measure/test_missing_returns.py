"""A return that was not sent: missing in the unit's series, sums, words and charts; never none."""

from __future__ import annotations

from datetime import date

import pytest

from dashboard import reports
from dashboard.reports.measure import chances, chart_rows, wording, year_words
from dashboard.reports.measure.tracks import of_borough, tracks
from dashboard.reports.tasking import fitness, objectives
from dashboard.reports.unit import planned

HEAD = "measure,period_start,grain,unit_code,numerator,denominator,verified\n"
NETWORKS, ON_TIME = "networks_disrupted", "urgent_submissions_on_time"
MONTHS = [date(2003 + n // 12, n % 12 + 1, 1) for n in range(18)]  # January 2003 to June 2004


def months(unit="SCD7", but=(), measure=NETWORKS, counts=(6, 7, 8, 9)):
    """One return a month of a unit but in the months left out, like the case 30 of the cases."""
    return [
        (measure, str(day), "month", unit, counts[n % len(counts)], "")
        for n, day in enumerate(MONTHS)
        if (day.year, day.month) not in but
    ]


@pytest.fixture
def opened(folder):
    def load(*rows, as_at="2004-07-12"):
        text = HEAD + "".join(",".join(map(str, row)) + ",yes\n" for row in rows)
        folder.load("returns", text, "2004-07-11")
        return reports.open_request(folder.publish(as_at).as_at, None, folder.data)

    return load


def board_row(request, measure=NETWORKS):
    rows = objectives.board(request).rows.to_pylist()
    return next(row for row in rows if row["measure"] == measure)


def test_a_month_not_sent_is_missing_on_the_chart_and_in_the_limits(opened):
    request = opened(*months(but=[(2004, 3)]))
    track = tracks(request, "SCD7")[NETWORKS]
    rows = {row["period"]: row for row in chart_rows.chart(request, track).rows.to_pylist()}
    assert rows["March 2004"]["said"] == "[x]"
    assert (rows["February 2004"]["said"], rows["April 2004"]["said"]) == ("7", "9")
    # 6 7 8 9 6 7 8 9 6 7 8 9 6 7 · 9 6 7: without the two ranges that March would have.
    ranges = [1, 1, 1, 3] * 3 + [1] + [3, 1]
    mean = 125 / 17
    assert track.chart.mean[-1] == pytest.approx(mean)
    assert track.chart.upper[-1] == pytest.approx(mean + 2.66 * sum(ranges) / len(ranges))
    assert "no return from SCD7 for March 2004" in " ".join(chart_rows.notes_of(track, None))
    # The planning year is whole; the year before lacked its March.
    assert "22 in the year to date (April to June 2004)" in year_words.year_to_date(track)


def test_a_sum_that_lacks_a_month_says_which_and_is_compared_with_as_many(opened):
    request = opened(*months(but=[(2004, 5)]))
    track = tracks(request, "SCD7")[NETWORKS]
    assert year_words.year_to_date(track).startswith(
        "16 in the year to date (April to June 2004, without May 2004 [x]), "
        "16 in the same months a year before"
    )
    assert board_row(request)["period_words"] == "April to June 2004, without May 2004 [x]"
    plan = planned.plan(request, "SCD7").rows.to_pylist()
    row = next(row for row in plan if row["measure"] == NETWORKS)
    assert (row["figure"], row["period_words"]) == (
        "16", "April to June 2004, without May 2004 [x]",
    )  # fmt: skip
    assert chances.chance(request, track) is None


def test_the_last_month_not_sent_stands_as_missing_where_others_sent_it(opened):
    request = opened(*months(but=[(2004, 6)]), *months("SCD6"))
    track = tracks(request, "SCD7")[NETWORKS]
    assert [point.start.month for point in track.points[-2:]] == [5, 6]
    assert track.values[-1] is None and not track.variation
    assert wording.statement(track) == (
        "Networks disrupted: no return from SCD7 for June 2004 [x]; 6 in May 2004"
    )
    # The directorate's sum lacks a part: it says whose, and gives no figure for the month.
    row = board_row(request)
    assert row["latest"] is None and row["latest_words"] == "June 2004"
    assert row["period_words"] == "April to June 2004, without June 2004 [x]"
    assert row["value"] == 30
    assert "June 2004 [x]" in row["sentence"]
    whole = tracks(request, "SCD")[NETWORKS]
    assert "no return from SCD7 for June 2004" in wording.statement(whole)
    others = tracks(request, "SCD6")[NETWORKS]
    assert others.values[-1] == 7 and not others.lacking


def test_nothing_is_expected_before_a_units_first_return_or_of_one_that_never_sent(opened):
    late = [row for row in months("SCD6") if row[1] >= "2004-01-01"]
    request = opened(*months(), *late)
    assert not tracks(request, "SCD6")[NETWORKS].lacking
    assert not tracks(request, "SCD")[NETWORKS].lacking
    assert NETWORKS not in tracks(request, "SCD5")


def test_a_branch_that_did_not_send_leaves_its_unit_without_a_sum(opened):
    request = opened(*months("SCD7(1)"), *months("SCD7(2)", but=[(2004, 4)]))
    track = tracks(request, "SCD7")[NETWORKS]
    assert dict(track.lacking) == {date(2004, 4, 1): ("SCD7(2)",)}
    assert year_words.year_to_date(track).startswith(
        "26 in the year to date (April to June 2004, without April 2004 [x])"
    )


def test_a_quarter_not_sent_is_missing_and_one_measure_says_nothing_of_another(opened):
    quarters = [
        ("confiscation_orders", f"{year}-{month:02}-01", "quarter", "SCD7", 2, "")
        for year, month in ((2003, 4), (2003, 7), (2004, 1), (2004, 4))
    ]
    request = opened(*quarters, *months())
    found = tracks(request, "SCD7")
    held = {point.start: point.numerator for point in found["confiscation_orders"].points}
    assert held == {
        date(2003, 4, 1): 2, date(2003, 7, 1): 2, date(2003, 10, 1): None, date(2004, 1, 1): 2,
        date(2004, 4, 1): 2,
    }  # fmt: skip
    assert not found[NETWORKS].lacking


def test_returns_by_borough_leave_every_borough_without_the_month(opened, folder):
    head = HEAD.replace("unit_code,", "unit_code,borough,")
    rows = [
        f"{NETWORKS},{day},month,SCD7,{area},{n},,yes"
        for day in MONTHS
        for area, n in (("Ealing", 2), ("Merton", 1))
        if day != date(2004, 2, 1)
    ]
    folder.load("returns", head + "\n".join(rows) + "\n", "2004-07-11")
    request = reports.open_request(folder.publish("2004-07-12").as_at, None, folder.data)
    read = request.run(
        "measure_series", measure=NETWORKS, level="borough", unit="SCD7", grain="month",
        since=date(2004, 2, 1), until=date(2004, 3, 1),
    ).to_pylist()  # fmt: skip
    assert {row["numerator"] for row in read} == {None}
    ealing = request.catalogue.resolve("area", "", "Ealing")
    assert ealing in {row["borough"] for row in read}
    held = of_borough(request, tracks(request, "SCD7")[NETWORKS], ealing)
    assert held.values[-6:] == [2, None, 2, 2, 2, 2]


def test_a_measure_without_boroughs_stays_one_though_a_month_is_missing(opened):
    from dashboard.reports.measure import by_borough

    request = opened(*months(but=[(2004, 3)]))
    assert by_borough.read_by_borough(request, tracks(request, "SCD7")[NETWORKS]) is None


def test_the_strip_says_how_many_returns_are_missing(opened):
    request = opened(*months(but=[(2004, 3), (2004, 5)]))
    rows = fitness.strip(request).rows.to_pylist()
    line = next(row for row in rows if row["label"] == "Not sent")
    assert line["value"] == "2 returns [x]"
    assert line["detail"].endswith("Networks disrupted, SCD7, May 2004")
