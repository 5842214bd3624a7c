"""Expected by week: the track's weeks beside the rows kept at publish."""

from datetime import date, timedelta

import pyarrow as pa
import pytest

from dashboard.reports.measure.point import Point
from dashboard.reports.measure.tracks import MeasureSeries
from dashboard.reports.measure.trajectory import Path
from dashboard.reports.trends import weekly as trend_weeks
from tests.asking import a_measure

MONDAY = date(2004, 6, 21)
KEPT = pa.schema(
    [
        ("week_start", pa.date32()),
        ("count", pa.int64()),
        *((name, pa.float64()) for name in ("expected", "upper", "phi", "p")),
        ("alarm", pa.bool_()),
        ("years", pa.int64()),
        ("break_on", pa.date32()),
    ]
)


def weekly(counts=(52.0, 59.0, 90.0), **more):
    points = tuple(
        Point(MONDAY + timedelta(weeks=n), value, None, n == 2) for n, value in enumerate(counts)
    )
    no_aims = Path((None,) * len(points), None, "", "")
    return MeasureSeries(a_measure(**more), "SCD7", "unit", "week", points, no_aims)


def kept(week, count, alarm, **more):
    return {
        "week_start": MONDAY + timedelta(weeks=week),
        "count": int(count),
        "expected": 53.5,
        "upper": 75.0,
        "phi": 1.2,
        "p": 0.3,
        "alarm": alarm,
        "years": 4,
        "break_on": None,
    } | more


@pytest.fixture
def weeks(asking):
    """A request of a snapshot that keeps these rows of the measure's expectations."""

    def of(rows=()):
        return asking(rows={"weekly_expectations": pa.Table.from_pylist(list(rows), KEPT)})

    return of


def test_title_and_rows_are_those_of_the_snapshot(weeks):
    request = weeks([kept(1, 59, False), kept(2, 90, True)])
    found = trend_weeks.expectations(request, weekly())
    assert found.title == (
        "90 in the week 5 to 11 July 2004, 53.5 expected (up to 75); 1 of 2 weeks beyond"
    )
    rows = found.rows.to_pylist()
    assert [row["expected"] for row in rows] == [None, 53.5, 53.5]  # the gate was not passed
    assert [row["alarm"] for row in rows] == [False, False, True]
    assert rows[2]["said"] == "90 [p]"


def test_a_break_of_all_series_is_named(weeks):
    request = weeks([kept(2, 90, True, break_on=date(2002, 4, 1))])
    notes = trend_weeks.expectations(request, weekly()).notes
    assert any("1 April 2002" in note for note in notes)


def test_without_rows_there_is_nothing_and_words_for_it(weeks):
    assert trend_weeks.expectations(weeks(), weekly()) is None
    assert "five events in four" in trend_weeks.empty(weekly())


@pytest.mark.parametrize(
    ("changed", "words"),
    [({"unit": "percent"}, "of counts only"), ({"aggregate": "last"}, "of counts only")],
)
def test_only_counts_are_expected(changed, words, weeks):
    assert words in trend_weeks.missing(weeks(), weekly(**changed))


def test_an_older_snapshot_says_that_it_has_none(weeks):
    request = weeks()
    (request.snapshot.path / "marts" / "weekly_expectations.parquet").unlink()
    assert "published without" in trend_weeks.missing(request, weekly())
    assert trend_weeks.expectations(request, weekly()) is None
