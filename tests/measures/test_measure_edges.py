"""Measures at their edges: literal facts through the marts, the figure known by hand."""

from __future__ import annotations

from datetime import date, timedelta

import duckdb
import polars as pl
import pytest

from dashboard import catalogue, ingest, queries
from dashboard.snapshots import fault_rules, marts

AS_AT = date(2004, 7, 12)
FACTS = (
    "crimes",
    "returns",
    "overtime",
    "overtime_budget",
    "finance",
    "strength",
    "reviews",
    "recommendations",
)
GUN = {"ocu": "SCD8", "offence": "murder", "weapon": "firearm"}


def crime(reported: str, **other):
    """A robbery of a business in Camden that the Flying Squad investigates, unless said."""
    told = {
        "reported_on": date.fromisoformat(reported),
        "offence": "robbery_business",
        "borough": "E09000007",
        "ocu": "SCD7",
        "victim_kind": "business",
        **other,
    }
    return {
        key: date.fromisoformat(value) if key.endswith("_on") and isinstance(value, str) else value
        for key, value in told.items()
    }


@pytest.fixture(scope="module")
def units():
    return catalogue.load(queries.FOLDER.parent / "data" / "catalogue")


@pytest.fixture
def figures(units):
    """A function: facts by kind, a measure → its rows before the as-at."""

    def run(measure: str, as_at: date = AS_AT, **facts) -> pl.DataFrame:
        connection = duckdb.connect()
        marts.register_catalogue(connection, units)
        for kind in FACTS:
            columns = ingest.contract_columns(kind) | {"vintage": "date"}
            typed = ", ".join(f"{name} {type_}" for name, type_ in columns.items())
            connection.execute(f"create table {kind} ({typed})")
            for row in facts.get(kind, []):
                marks = ", ".join("?" for _ in row)
                connection.execute(
                    f"insert into {kind} ({', '.join(row)}) values ({marks})", list(row.values())
                )
        fault_rules.register_spans(connection)
        for mart in queries.find("marts").values():
            bound = {"as_at": as_at} if "as_at" in mart.parameters else None
            connection.sql(mart.sql, params=bound).create(mart.name)
        query = queries.measures()[measure].query
        bound = {"as_at": as_at} if "as_at" in query.parameters else None
        return connection.sql(query.sql, params=bound).pl()

    return run


def parts(rows: pl.DataFrame) -> tuple[float, float]:
    return rows["numerator"].sum(), rows["denominator"].sum()


@pytest.mark.parametrize(
    ("days", "cleared"),
    [(0, 1), (364, 1), (365, 1), (366, 0)],  # 365 days is the last that counts
)
def test_a_cohort_closes_after_365_days(figures, days, cleared):
    detected = date(2003, 1, 10) + timedelta(days=days)
    murder = crime(
        "2003-01-10", offence="murder", ocu="SCD1", detected_on=detected, detection="sanction"
    )
    assert parts(figures("homicide_clear_up_cohort", crimes=[murder])) == (cleared, 1)
    # The period rate takes it whenever it comes, on the day it comes.
    rows = figures("homicide_clear_up", crimes=[murder])
    assert parts(rows) == (1, 1)
    assert set(rows["period_start"]) == {date(2003, 1, 10), detected}


def test_what_happens_on_the_as_at_day_is_not_known(figures):
    told = [crime("2004-07-11"), crime("2004-07-12")]
    rows = figures("commercial_robbery", crimes=told)
    assert rows.select("period_start", "numerator").rows() == [(date(2004, 7, 11), 1)]


@pytest.mark.parametrize(("detected", "known"), [("2004-07-11", 1), ("2004-07-12", 0)])
def test_a_detection_of_the_as_at_day_is_not_known(figures, detected, known):
    told = crime("2004-07-01", detected_on=detected, detection="sanction")
    assert parts(figures("commercial_robbery_detection", crimes=[told])) == (known, 1)
    gun = crime("2004-07-01", detected_on=detected, detection="sanction", **GUN)
    assert figures("gun_crime_detection", crimes=[gun])["numerator"].sum() == known


def test_a_no_crime_leaves_its_reported_day_and_its_detection(figures):
    told = [
        crime("2004-06-01"),
        crime(
            "2004-06-01",
            no_crimed_on="2004-06-20",
            detected_on="2004-06-05",
            detection="sanction",
        ),
    ]
    assert figures("commercial_robbery", crimes=told)["numerator"].sum() == 1
    assert parts(figures("commercial_robbery_detection", crimes=told)) == (0, 1)


def test_a_no_crime_stays_under_the_no_crime_rate(figures):
    told = [
        crime("2004-06-01", offence="child_cruelty", ocu="SCD5"),
        crime("2004-06-01", offence="child_sexual", ocu="SCD5", no_crimed_on="2004-06-20"),
        crime("2004-06-01", offence="child_assault", ocu="TP", no_crimed_on="2004-06-20"),
    ]
    assert parts(figures("child_abuse_no_crime_rate", crimes=told)) == (1, 2)


def test_a_missing_branch_is_unassigned_inside_its_unit(figures):
    told = [crime("2004-06-01"), crime("2004-06-01", branch="SCD7(5)", team="SCD7(5)/1")]
    rows = figures("commercial_robbery", crimes=told).sort("branch")
    assert rows.select("unit_code", "branch", "team").rows() == [
        ("SCD7", "SCD7(5)", "SCD7(5)/1"),
        ("SCD7", "unassigned", "unassigned"),
    ]


def test_an_unknown_borough_is_a_borough_of_its_own(figures):
    told = [crime("2004-06-01", borough="unknown"), crime("2004-06-01")]
    rows = figures("commercial_robbery", crimes=told)
    assert set(rows["borough"]) == {"unknown", "E09000007"}


@pytest.mark.parametrize(
    ("weapon", "counted"),
    [("firearm", 1), ("imitation_firearm", 1), ("knife", 0), ("unknown", 0), (None, 0)],
)
def test_imitations_are_guns_and_a_blank_is_not(figures, weapon, counted):
    told = [crime("2004-06-01", ocu="TP", offence="robbery_personal", weapon=weapon)]
    assert figures("gun_crime", crimes=told)["numerator"].sum() == counted


def test_boroughs_count_for_the_force_and_not_for_a_unit(figures):
    told = [crime("2004-06-01", ocu="TP", weapon="firearm"), crime("2004-06-01", weapon="firearm")]
    assert figures("gun_crime", crimes=told)["numerator"].sum() == 2
    assert figures("commercial_robbery", crimes=told)["numerator"].sum() == 1
    assert parts(figures("scd_share_of_gun_crime", crimes=told)) == (1, 2)


def test_ethnicity_is_asked_of_people_only(figures):
    told = [
        crime("2004-06-01", victim_kind="person", victim_ethnicity="B1"),
        crime("2004-06-01", victim_kind="person"),
        crime("2004-06-01", victim_kind="business", victim_ethnicity="B1"),
        crime("2004-06-01", victim_kind="person", victim_ethnicity="B1", no_crimed_on="2004-06-02"),
    ]
    assert parts(figures("victim_ethnicity_recorded", crimes=told)) == (1, 2)


def review(due: str, done: str | None, kind: str = "murder"):
    return {
        "review_ref": f"{due}/{done}/{kind}",
        "kind": kind,
        "unit_code": "SCD2(2)",
        "due_on": date.fromisoformat(due),
        "done_on": date.fromisoformat(done) if done else None,
    }


def test_a_review_done_on_its_day_is_on_time(figures):
    told = [
        review("2004-06-10", "2004-06-10"),
        review("2004-06-10", "2004-06-11"),
        review("2004-06-10", None),
        review("2004-07-12", None),  # due on the as-at: not yet due
        review("2004-06-10", "2004-06-01", kind="themed"),
    ]
    assert parts(figures("review_on_time", reviews=told)) == (1, 3)


@pytest.mark.parametrize(
    ("due", "closed", "overdue"),
    [
        ("2004-06-29", None, 1),
        ("2004-06-30", None, 1),  # at the end of June its day is over
        ("2004-07-01", None, 0),
        ("2004-06-10", "2004-06-10", 0),  # closed on its day
        ("2004-06-10", "2004-06-30", 0),  # late, and closed by then
        ("2004-06-10", "2004-07-01", 1),
    ],
)
def test_a_recommendation_is_overdue_at_the_end_of_june(figures, due, closed, overdue):
    told = {
        "recommendation_ref": "R1",
        "review_ref": "R",
        "owner": "SCD1",
        "feeds": "policy",
        "due_on": date.fromisoformat(due),
        "closed_on": date.fromisoformat(closed) if closed else None,
    }
    rows = figures("recommendations_overdue", recommendations=[told])
    june = rows.filter(pl.col("period_start") == date(2004, 6, 1))
    assert june["numerator"].sum() == overdue
    assert (rows["period_start"] < date(2004, 7, 1)).all()


def test_stocks_are_of_whole_weeks(figures):
    told = [crime("2004-05-03"), crime("2004-05-03", validated_on="2004-06-28")]
    rows = figures("open_quality_faults", crimes=told)
    held = dict(rows.group_by("period_start").agg(pl.col("numerator").sum()).rows())
    assert held[date(2004, 6, 21)] == 2
    assert held[date(2004, 6, 28)] == 1  # mended on the Monday: not open on the Sunday after
    assert max(held) == date(2004, 7, 5)


def test_a_fault_mended_on_the_day_that_it_would_open_never_stands(figures):
    told = [
        crime("2004-06-01", validated_on="2004-06-01"),
        crime(
            "2004-06-01",
            validated_on="2004-06-01",
            detected_on="2004-06-10",
            detection="sanction",
            detection_authorised_on="2004-06-10",
        ),
    ]
    assert figures("open_quality_faults", crimes=told)["numerator"].sum() == 0


def returned(measure: str, start: str, numerator: float, unit: str, **other):
    return {
        "measure": measure,
        "period_start": date.fromisoformat(start),
        "grain": "month",
        "unit_code": unit,
        "numerator": numerator,
        **other,
    }


def test_a_claim_counts_once_it_is_verified(figures):
    told = [
        returned("networks_disrupted", "2004-05-01", 2, "SCD7(2)", verified=True),
        returned("networks_disrupted", "2004-05-01", 3, "SCD7(3)", verified=False),
        returned("networks_disrupted", "2004-05-01", 4, "SCD7(4)"),  # nobody says
        returned("drug_organisations_disrupted", "2004-05-01", 5, "SCD7(4)", verified=True),
    ]
    assert figures("networks_disrupted", returns=told)["numerator"].sum() == 2


def test_a_return_of_a_branch_stands_under_its_unit(figures):
    told = [returned("cash_seized", "2004-05-01", 900.5, "SCD6(5)")]
    rows = figures("cash_seized", returns=told).select("unit_code", "branch", "borough")
    assert rows.rows() == [("SCD6", "SCD6(5)", "none")]


def test_overtime_is_held_against_the_profile_of_its_month(figures):
    claim = {"ocu": "SCD7", "category": "casual", "hours": 2.0}
    rows = figures(
        "overtime_against_profile",
        overtime=[
            claim | {"worked_on": date(2004, 6, 30), "cost_gbp": 40.0, "branch": "SCD7(5)"},
            claim | {"worked_on": date(2004, 6, 1), "cost_gbp": 60.0},
            claim | {"worked_on": date(2004, 7, 1), "cost_gbp": 99.0},  # July is not over
        ],
        overtime_budget=[
            {"ocu": "SCD7", "month": date(2004, 6, 1), "profiled_gbp": 80.0},
            {"ocu": "SCD7", "month": date(2004, 8, 1), "profiled_gbp": 80.0},
        ],
    )
    assert parts(rows) == (100, 80)  # over 100 %: no axis caps it


def test_staff_are_counted_month_by_month(figures):
    told = {"unit_code": "SCD1", "posts": 10, "in_post": 8, "vetted": 6, "pdr_due": 4}
    told |= {"pdr_done": 3, "month": date(2004, 6, 1)}
    assert parts(figures("vetting_in_date", strength=[told])) == (6, 8)
    assert parts(figures("development_reviews_done", strength=[told])) == (3, 4)
