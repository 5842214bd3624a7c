"""The series marts hold what series_rows says, and older snapshots answer without them."""

from datetime import date, timedelta

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from dashboard import queries, reports, snapshots
from dashboard.periods import last_whole_fortnight
from dashboard.snapshots import series_marts, store
from tests.snapshots.older import older_copy

AS_AT = date(2004, 7, 12)
FORTNIGHTS = 132  # five years: what the local level learns from
FIGURES = ("numerator", "denominator", "provisional")


@pytest.fixture(scope="module")
def request_(sample_data):
    return reports.open_request(AS_AT, None, sample_data)


def asked(request, level, grain, since=None, until=None):
    span = {"since": since, "until": until}
    return pl.DataFrame(request.run("all_series", level=level, grain=grain, **span)).with_columns(
        pl.col("borough").cast(pl.String)
    )


def same(left, right, keys):
    """Both frames hold the same rows; figures to the last digits, whose sums may differ."""
    left, right = (item.select(right.columns).sort(keys, nulls_last=True) for item in (left, right))
    assert_frame_equal(left, right, rel_tol=1e-12)


@pytest.mark.parametrize("level", ["force", "directorate", "ocu"])
def test_the_plan_is_what_series_rows_says(request_, level):
    connection = snapshots.connect(request_.snapshot, request_.scope)
    mart = pl.DataFrame(connection.run(whole("plan_series")))
    held = mart.filter((pl.col("level") == level) & (pl.col("grain") == "month"))
    keys = ["measure", "unit_code", "period_start"]
    expected = asked(request_, level, "month").select(*keys, *FIGURES)
    assert expected.height > 500
    same(held, expected, keys)


@pytest.mark.parametrize(
    ("measure", "grain"), [("confiscation_orders", "quarter"), ("child_referrals", "week")]
)
def test_what_is_counted_by_the_quarter_or_week_is_held_by_that(request_, measure, grain):
    connection = snapshots.connect(request_.snapshot, request_.scope)
    mart = pl.DataFrame(connection.run(whole("plan_series")))
    held = mart.filter((pl.col("measure") == measure) & (pl.col("level") == "force"))
    assert held.filter(pl.col("grain") == grain).height > 10
    expected = asked(request_, "force", grain).filter(pl.col("measure") == measure)
    same(
        held.filter(pl.col("grain") == grain),
        expected.select("period_start", *FIGURES),
        ["period_start"],
    )


LEVELS = [
    ("directorate", "force"),
    ("directorate", "directorate"),
    ("ocu", "ocu"),
    ("borough", "borough"),
]


@pytest.mark.parametrize(("family", "level"), LEVELS)
def test_the_meeting_reads_what_series_rows_says(request_, family, level):
    mart = pl.DataFrame(request_.run("meeting_series")).filter(pl.col("family") == family)
    until = last_whole_fortnight(AS_AT).until
    keys = ["measure", "unit_code", "borough", "period_start"]
    expected = asked(request_, level, "fortnight", until - timedelta(days=FORTNIGHTS * 14), until)
    chosen = {item.id for item in request_.measures.values() if item.alert and fits(item, level)}
    expected = expected.filter(pl.col("measure").is_in(chosen)).select(*keys, "numerator")
    assert expected.height > 0
    if family == "directorate":  # two levels stand in this family
        mart = mart.filter((pl.col("unit_code") == "MPS") == (level == "force"))
    same(mart, expected, keys)


def fits(measure, level):
    """The sample has records of every tested measure, so that scope alone decides."""
    return level in ("ocu", "borough") or measure.scope == level


def test_a_force_wide_published_count_is_tested_as_londons_though_an_ocu_owns_it(folder):
    lines = [
        f"{date(2004, 1, 5) + timedelta(days=day)},day,Camden,robbery_business,2,,corporate"
        for day in range(70)
    ]
    text = "\n".join(["date,grain,borough,offence,offences,outcomes,publisher", *lines])
    folder.load("counts", text + "\n", "2004-04-01")
    info = folder.publish("2004-04-05")
    mart = folder.rows(info, "listed_series").filter(
        (pl.col("measure") == "commercial_robbery") & (pl.col("grain") == "fortnight")
    )
    assert set(mart.filter(pl.col("family") == "directorate")["unit_code"]) == {"MPS"}
    assert mart.filter(pl.col("family") == "ocu").height == 0
    whole_fortnights = mart.filter(pl.col("family") == "directorate")["numerator"].to_list()
    assert 28.0 in whole_fortnights


LATE = [*series_marts.names(), "return_gaps", "measure_units"]


def test_a_snapshot_without_the_marts_answers_the_same(request_, tmp_path):
    """As one published before there were such marts: completed, and without expectations."""
    older = older_copy(request_.snapshot, tmp_path / "data", [f"marts/{n}.parquet" for n in LATE])
    connection = store.views(older, request_.scope)
    asks = queries.Connection(connection)
    for name, keys in (
        ("meeting_series", ["measure", "family", "unit_code", "borough", "period_start"]),
        ("board_series", ["measure", "grain", "period_start"]),
        ("events", ["measure", "unit_code", "borough", "period_start", "counted_by"]),
    ):
        query = queries.report(name)
        same(pl.DataFrame(asks.run(query)), pl.DataFrame(request_.run(name)), keys)
    assert asks.run(queries.report("weekly_expectations")).num_rows == 0


def whole(mart):
    """The query for all of a mart."""
    return queries.Query(mart, queries.FOLDER, {}, f"select * from {mart}")


def test_their_sql_is_sound():
    assert queries.faults(("series",)) == []
