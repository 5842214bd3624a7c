"""Capacity beside demand: the flow of reports, the signs of pressure, and the order they give."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl
import pytest
from scipy.stats import binomtest

from dashboard import reports, sample
from dashboard.queries import fault_rules
from dashboard.reports.strategy import capacity, signs
from dashboard.reports.tasking import pressures
from dashboard.words import phrases

AS_AT = date(2004, 7, 12)
FILED = fault_rules()["no_update"].within_days


def rows_of(found) -> dict[str, dict]:
    return {row["unit_code"]: row for row in found.rows.to_pylist()}


def ended(crimes: pl.DataFrame) -> pl.DataFrame:
    """When each report was closed: detected, no-crimed or taken as filed, never before it came."""
    first = pl.min_horizontal(
        "detected_on", "no_crimed_on", pl.col("reported_on") + timedelta(days=FILED)
    )
    return crimes.with_columns(closed_on=pl.max_horizontal("reported_on", first))


def open_on(crimes: pl.DataFrame, day: date) -> pl.DataFrame:
    return crimes.filter(pl.col("reported_on") < day, pl.col("closed_on") >= day)


@pytest.mark.parametrize("as_at", sample.AS_ATS)
def test_open_before_and_come_less_closed_is_open_now_for_every_unit(sample_data, as_at):
    request = reports.open_request(as_at, None, sample_data)
    crimes = ended(pl.read_parquet(request.snapshot.path / "facts" / "crimes.parquet"))
    since = as_at.replace(year=as_at.year - 1)
    found = rows_of(capacity.capacity(request))
    seen = set()
    for unit, row in found.items():
        own = crimes.filter(pl.col("ocu") == unit)
        if own.is_empty():
            assert all(
                row[name] is None for name in ("open_before", "open_now", "closed", "per_post")
            )
            continue
        seen.add(unit)
        now = open_on(own, as_at)
        came = own.filter(pl.col("reported_on").is_between(since, as_at, closed="left"))
        out = own.filter(pl.col("closed_on").is_between(since, as_at, closed="left"))
        assert row["open_before"] + row["arrived"] - row["closed"] == row["open_now"]
        assert row["closed"] == row["detected"] + row["no_crimed"] + row["filed"] == out.height
        assert row["arrived"] == came.height
        assert row["open_now"] == now.height
        assert row["open_before"] == open_on(own, since).height
        ages = now.select((pl.lit(as_at) - pl.col("reported_on")).dt.total_days())["literal"]
        assert row["median_days"] == ages.median()
        assert (row["over_28"], row["over_91"]) == ((ages > 28).sum(), (ages > 91).sum())
        assert row["per_post"] == pytest.approx(row["open_now"] / row["in_post"])
    assert len(seen) == 5


HEAD = "crime_ref,reported_on,offence,borough,ocu,detected_on,no_crimed_on\n"
STRENGTH = "unit_code,month,posts,in_post,sickness_days\n"
DAY = timedelta(days=1)


@pytest.fixture
def of(folder):
    """The capacity report's rows of a few reports of one unit and of strength."""

    def run(crimes: str, strength: str = "SCD7,2004-06-01,10,8,5\n") -> dict[str, dict]:
        folder.load("crimes", HEAD + crimes, "2004-07-11")
        folder.load("strength", STRENGTH + strength, "2004-07-11")
        folder.publish("2004-07-12")
        request = reports.open_request(AS_AT, data=folder.data)
        return rows_of(capacity.capacity(request))

    return run


def one(number: int, reported: date, detected: date | None = None, gone: date | None = None) -> str:
    return f"C{number},{reported},kidnap,Camden,SCD7,{detected or ''},{gone or ''}\n"


def test_each_edge_of_a_report_that_comes_and_goes(of):
    year_ago = date(2003, 7, 12)
    row = of(
        one(1, year_ago - DAY)  # stood a year ago; filed since
        + one(2, year_ago - DAY, year_ago)  # detected on the first day: it stood, and was closed
        + one(3, year_ago - 2 * DAY, year_ago - DAY)  # closed before
        + one(4, year_ago, None, year_ago)  # came and went on the first day
        + one(5, AS_AT - FILED * DAY)  # filed on the as-at: it stands
        + one(6, AS_AT - FILED * DAY - DAY)  # the day before
        + one(7, AS_AT - 28 * DAY)  # 28 days old: not over
        + one(8, AS_AT - 29 * DAY)
        + one(9, AS_AT - 10 * DAY, AS_AT - 20 * DAY)  # detected before it was reported
        + one(10, AS_AT - DAY, gone=AS_AT - DAY)
    )["SCD7"]
    assert [row[name] for name in ("open_before", "arrived", "closed", "open_now")] == [2, 7, 6, 3]
    assert [row[name] for name in ("detected", "no_crimed", "filed")] == [2, 2, 2]
    assert (row["over_28"], row["over_91"], row["median_days"]) == (2, 1, 29)
    assert row["per_post"] == 3 / 8


def test_what_is_not_loaded_is_not_known_and_never_none(of):
    rows = of(one(1, AS_AT - DAY), "SCD7,2004-06-01,10,8,\nSCD8,2004-06-01,20,20,9\n")
    known, bare = rows["SCD7"], rows["SCD5"]
    assert known["sickness_days"] is None and "its sickness is not known" in known["reason"]
    for name in ("posts", "vacant", "open_now", "overtime", "alerts", "sickness_a_post"):
        assert bare[name] is None
    assert (bare["against"], bare["unknown"]) == (0, 9)
    assert bare["abstracted"] is None
    # Nobody can say that it would not hurt where nothing is known: it does not stand first.
    assert bare["place"] > rows["SCD8"]["place"]


def row(**changed) -> dict:
    plain = {"alerts": 0, "open_now": 100, "open_before": 100, "overtime": 1.0, "posts": 10}
    plain |= {"vacant": 1, "in_post": 9, "sickness_days": 9.0, "sickness_a_post": 1.0}
    plain |= {"over_28": 50, "faults": 9.0, "faults_before": 9.0, "faults_rise": False}
    plain |= {"unusual": "", "decisions_over": 0}
    return plain | {"lent": 0, "borrowed": 0} | changed


ALIKE = row(posts=990, vacant=99, in_post=891, sickness_days=891.0, open_now=9_900, over_28=4_950)


@pytest.mark.parametrize(
    ("sign", "short_of_it", "at_it"),
    [
        (signs.alerts, {"alerts": 0}, {"alerts": 1}),
        (signs.overtime, {"overtime": 1.0}, {"overtime": 1.0001}),
        (signs.vacancies, {"vacant": 1}, {"vacant": 2}),
        (signs.lending, {"lent": 2, "borrowed": 2}, {"lent": 3, "borrowed": 2}),
        (signs.backlog, {"open_now": 130}, {"open_now": 131}),
        (signs.week, {"unusual": ""}, {"unusual": "kidnap 3 in the week"}),
        (signs.faults, {"faults_rise": False}, {"faults_rise": True}),
        (signs.overdue, {"decisions_over": 0}, {"decisions_over": 1}),
        # 100 a post of 9 posts beside 11.1 of 891: the 95 % interval of the ratio by scipy's
        # binomtest of 121 in 10,021 at 9 of 900 reaches 1 at 120.
        (signs.load, {"open_now": 120}, {"open_now": 121}),
        (signs.age, {"over_28": 64}, {"over_28": 65}),
        (
            signs.sickness,
            {"sickness_days": 15.0, "sickness_a_post": 15 / 9},
            {"sickness_days": 30.0, "sickness_a_post": 30 / 9},
        ),
    ],
)
def test_each_sign_at_its_edge(sign, short_of_it, at_it):
    for changed, speaks in ((short_of_it, False), (at_it, True)):
        here = row(**changed)
        assert sign(here, [here, ALIKE])[0] is speaks


def test_a_backlog_has_grown_only_by_more_than_chance():
    """The 95 % interval of the ratio by scipy's binomial test: 131 after 100 is the first."""
    for now, grown in ((130, False), (131, True)):
        share = binomtest(now, now + 100).proportion_ci(0.95)
        assert (share.low > 0.5) is grown
        assert signs.backlog(row(open_now=now), [])[0] is grown


def test_the_order_is_by_signs_and_what_is_not_known_counts_against(sample_data):
    request = reports.open_request(AS_AT, None, sample_data)
    found = capacity.capacity(request).rows.to_pylist()
    weight = [
        (bool(item["alerts"]), item["against"] + item["unknown"], item["against"]) for item in found
    ]
    assert weight == sorted(weight)
    assert [item["place"] for item in found] == [
        sorted(set(weight)).index(item) + 1 for item in weight
    ]
    for item in found:
        assert item["against"] + item["unknown"] <= len(signs.SIGNS)
        assert ("[x]" in item["reason"]) == (item["unknown"] > 0)


def judged(
    code: str, per_post: float | None, against: int, unknown: int = 0, alerts: int | None = 0
) -> dict:
    counted = {"against": against, "unknown": unknown, "alerts": alerts}
    return {"unit_code": code, "per_post": per_post, **counted}


def test_who_stands_in_an_alert_comes_after_all_who_do_not():
    """However few signs it shows: nobody takes people from where the meeting's problem is."""
    placed = capacity.order_of_hurt(
        [judged("A", 0.3, 2, alerts=1), judged("B", 1.3, 5, alerts=None)]
    )
    assert sorted(placed, key=placed.get) == ["B", "A"]


def test_who_has_the_most_open_reports_a_filled_post_is_never_where_a_move_hurts_least():
    few = [judged("A", 5.7, 0), judged("B", 1.3, 3), judged("C", None, 1, 2)]
    placed = capacity.order_of_hurt(few)
    assert sorted(placed, key=placed.get) == ["C", "A", "B"]
    # It stands where its signs put it as soon as another shows fewer.
    assert capacity.order_of_hurt([judged("A", 5.7, 4), judged("B", 1.3, 3)])["A"] == (False, 4, 4)


def test_the_unit_with_a_growing_backlog_is_not_said_to_be_free_of_signs(sample_data):
    request = reports.open_request(AS_AT, None, sample_data)
    found = capacity.capacity(request)
    by_unit = rows_of(found)
    most = max((row for row in by_unit.values() if row["per_post"]), key=lambda r: r["per_post"])
    assert most["place"] > 1 and most["unit_code"] not in found.title
    for words in ("58 in the week", "5.7 open reports", "from 570 to 1,111", "1 decision overdue"):
        assert words in most["speaks"]
    assert all(
        (row["reason"] == phrases.sentence(capacity.NOTHING))
        == (row["against"] == row["unknown"] == 0)
        for row in by_unit.values()
    )


def test_figures_are_those_of_the_pressure_report_and_of_decisions(sample_data):
    request = reports.open_request(AS_AT, None, sample_data)
    able = rows_of(pressures.pressure(request))
    for code, item in rows_of(capacity.capacity(request)).items():
        for name in ("posts", "in_post", "vacant", "alerts", "overtime", "sickness_days"):
            assert item[name] == able[code][name]
    strength = pl.read_parquet(request.snapshot.path / "facts" / "strength.parquet")
    last = strength.filter(pl.col("month") == pl.col("month").max())
    sick = dict(last.select("unit_code", "sickness_days").iter_rows())
    assert {code: item["sickness_days"] for code, item in able.items()} == sick


def test_who_can_lend_is_named_with_what_is_not_known_and_the_most_loaded_is_warned_of(sample_data):
    request = reports.open_request(AS_AT, None, sample_data)
    able = rows_of(capacity.spare(request))
    for row in able.values():
        below = pressures.left(row) > 0
        assert below == ("below its profile" in row["called"])  # every one, none left out
        assert "no alert" not in row["called"] or row["alerts"] == 0
    assert able["SCD6"]["alerts"] is None and "not tested" in able["SCD6"]["called"]
    most = max((row for row in able.values() if row["per_post"]), key=lambda row: row["per_post"])
    assert "most open reports a filled post (5.7)" in most["strain"]
