"""Exceptions: each rule on the smallest claims that break it, and on those just short."""

import json
from datetime import date, timedelta

import polars as pl
import pytest

from dashboard import reports
from dashboard.reports.overtime.exceptions import DAY_HOURS, RULES, exceptions

pytestmark = pytest.mark.some(6, "overtime exceptions")

HEAD = (
    "worked_on,started_at,ended_at,ocu,branch,staff_ref,category,duty,hours,cost_gbp,"
    "operation,authorised_on\n"
)
DAY = "2004-06-01"


def claim(
    start="18:00",
    end="20:00",
    day=DAY,
    ocu="SCD7",
    staff="P7-0001",
    category="planned",
    duty="investigation",
    hours=2,
    cost=50,
    authorised=DAY,
):
    started, ended = (f"{day}T{time}" if time else "" for time in (start, end))
    return (
        f"{day},{started},{ended},{ocu},{ocu}(1),{staff},{category},{duty},{hours},{cost},,"
        f"{authorised}\n"
    )


@pytest.fixture
def broken(folder):
    """Rule and day of what a few claims break, as at 12 July 2004."""

    def found(*claims, unit="SCD"):
        folder.load("overtime", HEAD + "".join(claims), "2004-07-11")
        request = reports.open_request(folder.publish("2004-07-12").as_at, data=folder.data)
        return exceptions(request, unit)

    return found


def rules(found):
    return [row["rule"] for row in found.listed.rows.to_pylist()]


def test_a_claim_in_order_breaks_nothing(broken):
    found = broken(claim())
    assert rules(found) == [] and found.summary.title == "No claim breaks a rule"


def test_authorisation_is_asked_for_after_28_days(broken):
    # worked on 13 June: 29 days before the as-at; on 14 June: 28
    found = broken(
        claim(day="2004-06-13", authorised=""), claim(day="2004-06-14", authorised="", cost=70)
    )
    assert [row["worked_on"] for row in found.listed.rows.to_pylist()] == [date(2004, 6, 13)]
    assert rules(found) == ["not_authorised"]


def test_sixteen_hours_of_a_day_pass_and_a_quarter_more_do_not(broken):
    day = [claim("00:00", "08:00", hours=8), claim("08:00", "16:00", hours=8)]
    more = [claim("00:00", "08:00", staff="P7-0002", hours=8)]
    more += [claim("08:00", "16:15", staff="P7-0002", hours=8.25)]
    found = broken(*day, *more)
    assert rules(found) == ["over_a_day", "over_a_day"]
    assert {row["staff_ref"] for row in found.listed.rows.to_pylist()} == {"P7-0002"}
    assert {row["day_hours"] for row in found.listed.rows.to_pylist()} == {DAY_HOURS + 0.25}


def test_a_claim_may_begin_when_the_one_before_it_ends(broken):
    assert rules(broken(claim("18:00", "20:00"), claim("20:00", "22:00"))) == []


def test_a_minute_claimed_twice_is_one_exception_of_the_later_claim(broken):
    found = broken(claim("18:00", "20:00"), claim("19:59", "22:00", cost=60))
    assert rules(found) == ["double_claim"]
    assert found.listed.rows.column("gbp").to_pylist() == [60.0]


def test_a_claim_past_midnight_meets_the_next_day(broken):
    found = broken(
        claim("22:00", "02:00", day="2004-06-01", hours=4),
        claim("01:00", "03:00", day="2004-06-02"),
    )
    assert rules(found) == ["double_claim"]


def test_a_short_claim_inside_a_long_one_hides_nothing(broken):
    # the third meets the first, not the second
    found = broken(
        claim("08:00", "16:00", hours=8), claim("09:00", "10:00", hours=1), claim("15:00", "17:00")
    )
    assert rules(found) == ["double_claim", "double_claim"]


def test_two_people_at_one_time_are_no_double_claim(broken):
    assert rules(broken(claim(), claim(staff="P7-0002"), claim(staff=""), claim(staff=""))) == []


def test_court_is_claimed_for_court(broken):
    kinds = {
        "P7-0001": ("court", "court"),
        "P7-0002": ("court", "custody"),
        "P7-0003": ("planned", "court"),
        "P7-0004": ("rest_day", "court"),  # court on a rest day is paid as that
        "P7-0005": ("public_holiday", "court"),
        "P7-0006": ("court", ""),  # nobody said what for
    }
    found = broken(
        *(claim(staff=who, category=category, duty=duty) for who, (category, duty) in kinds.items())
    )
    assert rules(found) == ["outside_duty", "outside_duty"]
    assert {row["staff_ref"] for row in found.listed.rows.to_pylist()} == {"P7-0002", "P7-0003"}


def test_a_claim_that_breaks_two_rules_counts_once_in_the_sum(broken):
    found = broken(claim(category="court", duty="custody", authorised="", cost=80))
    assert sorted(rules(found)) == ["not_authorised", "outside_duty"]
    assert found.summary.title == "1 claim breaks a rule, £80 in all"


def test_covert_units_are_counted_and_never_listed(broken):
    found = broken(claim(ocu="SCD10", staff="P10-0001", authorised=""), claim(authorised=""))
    assert found.listed.rows.column("unit_code").to_pylist() == ["SCD7"]
    (row,) = (row for row in found.summary.rows.to_pylist() if row["rule"] == "not_authorised")
    assert (row["n"], row["withheld"]) == (2, 1)
    assert found.listed.notes == ("1 of SCD10 are counted, not listed",)


def test_the_dearest_first_whatever_the_rule(broken):
    found = broken(
        claim(authorised="", cost=40),
        claim(staff="P7-0002", category="court", duty="custody", cost=90),
    )
    assert found.listed.rows.column("gbp").to_pylist() == [90.0, 40.0]


@pytest.fixture(scope="module")
def claims(sample_snapshot):
    found = pl.read_parquet(sample_snapshot.path / "facts" / "overtime.parquet").with_row_index("i")
    times = [
        pl.col(name).str.replace(" ", "T").str.to_datetime().alias(name)
        for name in ("started_at", "ended_at")
    ]
    return found.with_columns(times)


def test_the_sample_has_the_exceptions_that_another_tool_finds(sample_data, claims):
    request = reports.open_request(date(2004, 7, 12), data=sample_data)
    rows = exceptions(request, "SCD").summary.rows.to_pylist()
    seen = {row["rule"]: (row["n"], row["pence"]) for row in rows}
    year = claims.filter(pl.col("worked_on") >= date(2004, 4, 1))
    late = pl.col("worked_on") < date(2004, 7, 12) - timedelta(days=28)
    in_day = pl.col("hours").sum().over("staff_ref", "worked_on")
    court = (pl.col("category") == "court") != (pl.col("duty") == "court")
    allowed = pl.col("category").is_in(["rest_day", "public_holiday"])
    expected = {
        "not_authorised": year.filter(pl.col("authorised_on").is_null() & late),
        "over_a_day": year.filter(in_day > DAY_HOURS),
        "double_claim": year.filter(pl.col("i").is_in(_doubles(claims))),
        "outside_duty": year.filter(court & ~(allowed & (pl.col("duty") == "court"))),
    }
    assert set(expected) == set(RULES)
    for rule, frame in expected.items():
        pence = int((frame["cost_gbp"] * 100).round().sum())
        assert seen[rule] == (frame.height, pence), rule


def _doubles(claims: pl.DataFrame) -> list[int]:
    """Indexes of claims that begin before an earlier one of the person has ended, one by one."""
    found, busy = [], {}
    near = claims.filter(pl.col("worked_on") >= date(2004, 3, 31)).sort(
        "started_at", "ended_at", "cost_gbp", "category", "operation", nulls_last=True
    )
    for row in near.select("i", "staff_ref", "started_at", "ended_at").iter_rows():
        index, person, start, end = row
        if person in busy and busy[person] > start:
            found.append(index)
        busy[person] = max(end, busy.get(person, end))
    return found


def test_each_planted_exception_is_found_and_only_those(sample_data):
    request = reports.open_request(date(2004, 7, 12), data=sample_data)
    truth = json.loads((sample_data / "sample" / "ground_truth.json").read_text(encoding="utf-8"))
    told = {
        (row["rule"], row["worked_on"], row["staff_ref"], row["cost_gbp"])
        for row in truth["overtime_exceptions"]
    }
    listed = exceptions(request, "SCD").listed.rows.to_pylist()
    found = {
        (row["rule"], row["worked_on"].isoformat(), row["staff_ref"], row["gbp"]) for row in listed
    }
    assert found == told and len(listed) == len(truth["overtime_exceptions"]) == 20
    assert {rule for rule, *_ in told} == set(RULES)
