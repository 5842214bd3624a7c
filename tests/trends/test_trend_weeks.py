"""Expected by week: the track's weeks beside the rows kept at publish."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace

import pyarrow as pa
import pytest

from dashboard.access import Disclosed, Stamp
from dashboard.reports.measure.point import Point
from dashboard.reports.trends import weekly as trend_weeks

MONDAY = date(2004, 6, 21)


@dataclass
class FakeRequest:
    folder: Path
    rows: list = field(default_factory=list)
    as_at = date(2004, 7, 12)
    catalogue = SimpleNamespace(unit=lambda code: SimpleNamespace(level="ocu"))

    @property
    def figures(self):
        return self

    @property
    def snapshot(self):
        return SimpleNamespace(path=self.folder)

    def run(self, name, **params):
        assert params == {"measure": "robberies", "level": "ocu", "unit": "SCD7", "borough": None}
        return pa.Table.from_pylist(self.rows)

    def disclose(self, rows, *, title, subtitle="", notes=(), **more):
        stamp = Stamp(self.as_at, "abc", True, "RESTRICTED", (), "0")
        return Disclosed(rows, title, subtitle, notes, stamp)


def weekly(counts=(52.0, 59.0, 90.0), **more):
    points = tuple(
        Point(MONDAY + timedelta(weeks=n), value, None, n == 2) for n, value in enumerate(counts)
    )
    shared = {"unit": "n", "aggregate": "sum", "id": "robberies", "name": "Robberies"}
    about = SimpleNamespace(**shared | more)
    return SimpleNamespace(grain="week", points=points, measure=about, unit="SCD7", borough="")


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
def snapshot(tmp_path):
    (tmp_path / "marts").mkdir()
    (tmp_path / "marts" / "weekly_expectations.parquet").touch()
    return tmp_path


def test_title_and_rows_are_those_of_the_snapshot(snapshot):
    request = FakeRequest(snapshot, [kept(1, 59, False), kept(2, 90, True)])
    found = trend_weeks.expectations(request, weekly())
    assert found.title == (
        "90 in the week 5 to 11 July 2004, 53.5 expected (up to 75); 1 of 2 weeks beyond"
    )
    rows = found.rows.to_pylist()
    assert [row["expected"] for row in rows] == [None, 53.5, 53.5]  # the gate was not passed
    assert [row["alarm"] for row in rows] == [False, False, True]
    assert rows[2]["said"] == "90 [p]"


def test_a_break_of_all_series_is_named(snapshot):
    request = FakeRequest(snapshot, [kept(2, 90, True, break_on=date(2002, 4, 1))])
    notes = trend_weeks.expectations(request, weekly()).notes
    assert any("1 April 2002" in note for note in notes)


def test_without_rows_there_is_nothing_and_words_for_it(snapshot):
    assert trend_weeks.expectations(FakeRequest(snapshot), weekly()) is None
    assert "five events in four" in trend_weeks.empty(weekly())


@pytest.mark.parametrize(
    ("changed", "words"),
    [({"unit": "percent"}, "of counts only"), ({"aggregate": "last"}, "of counts only")],
)
def test_only_counts_are_expected(snapshot, changed, words):
    assert words in trend_weeks.missing(FakeRequest(snapshot), weekly(**changed))


def test_an_older_snapshot_says_that_it_has_none(tmp_path):
    request = FakeRequest(tmp_path)
    assert "published without" in trend_weeks.missing(request, weekly())
    assert trend_weeks.expectations(request, weekly()) is None
