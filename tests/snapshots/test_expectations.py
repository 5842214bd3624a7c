"""The weekly expectation of a snapshot: who takes part, and that it is what the method says."""

from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest

from dashboard import reports
from dashboard.catalogue import folder_of, load
from dashboard.snapshots import expectations as weekly_expectations
from dashboard.stats import farrington

MONDAY = date(2000, 4, 3)
RNG = np.random.default_rng(2004)


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory):
    return load(folder_of(tmp_path_factory.mktemp("none")))


def rows(counts, measure="kidnaps", borough=None, first=MONDAY):
    """Rows as publish/weekly_series.sql gives them; None is a week that is not covered."""
    weeks = [first + timedelta(weeks=place) for place in range(len(counts))]
    known = [(week, float(n)) for week, n in zip(weeks, counts, strict=True) if n is not None]
    return pl.DataFrame(
        {
            "measure": measure,
            "level": "borough" if borough else "ocu",
            "unit_code": "MPS" if borough else "SCD7",
            "borough": pl.Series([borough] * len(known), dtype=pl.String),
            "week_start": [week for week, _ in known],
            "n": [n for _, n in known],
        }
    ).to_arrow()


def reckoned(table, catalogue):
    return weekly_expectations.reckoned(weekly_expectations.weekly(table, catalogue), catalogue)


STEADY = RNG.poisson(6.0, 330).tolist()


def test_three_years_of_weeks_are_enough_and_one_week_less_is_not(catalogue):
    need = 3 * 52 + 3
    assert reckoned(rows(STEADY[:need]), catalogue).height == 0
    found = reckoned(rows(STEADY[: need + 1]), catalogue)
    assert found["week_start"].to_list() == [MONDAY + timedelta(weeks=need)]
    assert found["years"].to_list() == [3]


def test_no_more_than_five_years_are_used_and_half_a_year_is_reckoned(catalogue):
    found = reckoned(rows(STEADY), catalogue)
    assert found.height == weekly_expectations.LATEST
    assert found["years"].unique().to_list() == [5]
    assert found["week_start"].max() == MONDAY + timedelta(weeks=len(STEADY) - 1)


def test_a_row_is_what_the_method_says_of_its_series_alone(catalogue):
    other = RNG.poisson(3.0, 300).tolist()
    both = pl.concat([pl.DataFrame(rows(STEADY[:300])), pl.DataFrame(rows(other, "blackmail"))])
    found = reckoned(both.to_arrow(), catalogue).filter(pl.col("measure") == "blackmail")
    for row in found.tail(3).to_dicts():
        week = (row["week_start"] - MONDAY).days // 7
        alone = farrington.expectation(other, week, farrington.Options(years=row["years"]))
        for name in ("expected", "upper", "phi", "p"):
            assert row[name] == pytest.approx(getattr(alone, name), abs=1e-6), name
        assert (row["trend"], row["alarm"]) == (alone.trend, alone.alarm)
        assert row["count"] == other[week]


def test_a_week_with_four_events_in_four_weeks_has_no_row(catalogue):
    series = [*STEADY[:296], 1, 1, 1, 1]
    last = MONDAY + timedelta(weeks=299)
    assert last not in reckoned(rows(series), catalogue)["week_start"].to_list()
    series[-1] = 2
    assert last in reckoned(rows(series), catalogue)["week_start"].to_list()


def test_a_gap_in_what_is_covered_starts_the_past_anew(catalogue):
    gap = [*STEADY[:100], None, *STEADY[101:280]]
    found = reckoned(rows(gap), catalogue)
    # 179 weeks stand behind the gap; the first with 159 before it is the 160th of them.
    assert found["week_start"].min() == MONDAY + timedelta(weeks=101 + 159)
    assert found["years"].unique().to_list() == [3]


def test_a_break_of_the_series_ends_its_past_and_one_of_all_series_is_named(catalogue):
    first = date(2018, 1, 1)
    everywhere = reckoned(rows(STEADY, borough="E09000007", first=first), catalogue)
    # 1 March 2024 is a break of all series: the figures stand, and say so from its week on.
    said = dict(everywhere.select("week_start", "break_on").iter_rows())
    assert len(said) == weekly_expectations.LATEST
    assert said[date(2024, 2, 19)] is None
    assert said[date(2024, 2, 26)] == said[date(2024, 4, 22)] == date(2024, 3, 1)
    # Heathrow's own counting ended on that day: what lies before it is another series.
    assert reckoned(rows(STEADY, borough="heathrow", first=first), catalogue).height == 0


def test_nothing_gives_an_empty_table_with_every_column(catalogue):
    empty = rows([]).cast(rows([1]).schema)
    found = reckoned(empty, catalogue)
    assert found.height == 0
    assert dict(found.schema) == weekly_expectations.SCHEMA
    assert weekly_expectations.empty().column_names == list(weekly_expectations.SCHEMA)


def test_the_sample_holds_them_and_the_query_filters(sample_data):
    request = reports.open_request(date(2004, 7, 12), None, sample_data)
    every = pl.DataFrame(request.run("weekly_expectations"))
    assert every.select(weekly_expectations.KEYS).n_unique() > 100
    assert every["week_start"].max() == date(2004, 7, 5)
    one = request.run("weekly_expectations", measure="kidnaps", level="ocu", unit="SCD7")
    assert pl.DataFrame(one).equals(
        every.filter((pl.col("measure") == "kidnaps") & (pl.col("level") == "ocu")),
        null_equal=True,
    )


def test_the_manifest_names_the_mart(sample_snapshot):
    assert sample_snapshot.manifest["marts"]["weekly_expectations"]["rows"] > 0
