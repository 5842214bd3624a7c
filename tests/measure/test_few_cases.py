"""A rate of few cases is said by its parts, one of none as none; never '150 %', never 'missing'."""

from __future__ import annotations

import re

import pytest

from dashboard import reports
from dashboard.reports.measure import chart_rows, wording, year_words
from dashboard.reports.measure.tracks import tracks
from dashboard.reports.tasking import objectives
from dashboard.reports.unit import planned
from dashboard.words import numbers
from tests.measure.test_missing_returns import HEAD, MONTHS

HOSTAGES, CLAIMS, ON_TIME = "hostages_recovered", "claims_verified", "urgent_submissions_on_time"


@pytest.fixture
def opened(folder):
    """Eighteen months: of hostages one in two, of claims none in the last month, of scenes 20."""
    rows = []
    for n, day in enumerate(MONTHS):
        last = n == len(MONTHS) - 1
        rows.append((HOSTAGES, day, "month", "SCD7", 2 if last else n % 2, 2))
        rows.append((CLAIMS, day, "month", "SCD11", 0 if last else n % 3, 0 if last else 3))
        rows.append((ON_TIME, day, "month", "SCD4", 18 + n % 3, 20))
    text = HEAD + "".join(",".join(map(str, row)) + ",yes\n" for row in rows)
    folder.load("returns", text, "2004-07-11")
    return reports.open_request(folder.publish("2004-07-12").as_at, None, folder.data)


def test_few_cases_have_no_percentage_in_title_year_or_chart(opened):
    track = tracks(opened, "SCD7")[HOSTAGES]
    title = wording.statement(track)
    assert "2 of 2 in June 2004" in title
    assert "%" not in title
    # the last month beside all eighteen: eight ones in seventeen months, and two
    assert "10 of 36 in all 18 months" in title
    year = year_words.year_to_date(track)
    assert "3 of 6 in the year to date" in year and "%" not in year.split("; target")[0]
    said = [row["said"] for row in chart_rows.chart(opened, track).rows.to_pylist()]
    assert said[-1].startswith("2 of 2") and not any("%" in words for words in said)
    board = {row["measure"]: row for row in objectives.board(opened).rows.to_pylist()}
    assert "3 of 6 in April to June 2004" in board[HOSTAGES]["sentence"]
    plan = {row["measure"]: row for row in planned.plan(opened, "SCD7").rows.to_pylist()}
    assert plan[HOSTAGES]["figure"] == "3 of 6"


def test_many_cases_have_a_percentage_and_their_parts(opened):
    track = tracks(opened, "SCD4")[ON_TIME]
    assert re.search(r"95 % \(57 of 60\) in the year to date", year_words.year_to_date(track))
    said = [row["said"] for row in chart_rows.chart(opened, track).rows.to_pylist()]
    assert said[-1].startswith("100 % (20 of 20)")


def test_a_month_without_cases_is_known_to_have_none(opened):
    track = tracks(opened, "SCD11")[CLAIMS]
    title = wording.statement(track)
    assert "no cases in June 2004" in title
    assert numbers.MISSING not in title and "no figures" not in title
    said = chart_rows.chart(opened, track).rows.to_pylist()[-1]["said"]
    assert said.startswith("0 of 0")


def test_the_bound_between_few_and_many():
    assert numbers.figure_with_parts(2 / 9, "percent", (2, 9)) == "2 of 9"
    assert numbers.figure_with_parts(0.2, "percent", (2, 10)) == "20 % (2 of 10)"
    assert numbers.figure_alone(0.2, "percent", (2, 10)) == "20 %"
    # pounds are no cases, and what is counted has no parts
    assert numbers.figure_with_parts(0.5, "percent", (2, 4), of="gbp") == "50 % (£2 of £4)"
    assert numbers.figure_alone(7.0, "n", (7, None)) == "7"


@pytest.mark.parametrize(
    "value, target, said",
    [
        (0.1166, 0.12, "11.7 %"),
        (0.1204, 0.12, "12.0 %"),
        (0.12, 0.12, "12 %"),
        (0.11, 0.12, "11 %"),
    ],
)
def test_rounding_does_not_make_a_figure_equal_to_its_target(value, target, said):
    assert numbers.figure(value, "percent", target) == said
