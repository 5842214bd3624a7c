"""The files of queries/measures and queries/marts keep their contract."""

from __future__ import annotations

import re

import duckdb
import polars as pl
import pytest

from dashboard import queries

CATALOGUE = queries.FOLDER.parent / "data" / "catalogue"
# contracts.md, "Measure headers"
IDS = (
    "homicides",
    "homicide_clear_up",
    "homicide_clear_up_cohort",
    "gun_crime",
    "gun_crime_detection",
    "scd_share_of_gun_crime",
    "shootings",
    "trident_murders",
    "trident_nonfatal_shootings",
    "trident_nonfatal_detection",
    "commercial_robbery",
    "commercial_robbery_detection",
    "cash_in_transit_robbery",
    "kidnaps",
    "hostages_recovered",
    "networks_disrupted",
    "claims_verified",
    "cash_seized",
    "confiscation_orders",
    "child_abuse_offences",
    "child_abuse_detection",
    "child_abuse_no_crime_rate",
    "child_referrals",
    "forensic_idents",
    "urgent_submissions_on_time",
    "firearms_recovered",
    "review_on_time",
    "recommendations_overdue",
    "overtime_against_profile",
    "vetting_in_date",
    "development_reviews_done",
    "open_quality_faults",
    "victim_ethnicity_recorded",
)


def column(name: str, field: str) -> set[str]:
    return set(pl.read_csv(CATALOGUE / f"{name}.csv", infer_schema=False)[field].drop_nulls())


def bare(sql: str) -> str:
    """The statement without comments and without what stands in quotes."""
    lines = (line.split("--", 1)[0] for line in sql.splitlines())
    return re.sub(r"'[^']*'", "''", "\n".join(lines))


@pytest.fixture(params=sorted(queries.find("measures")))
def measure(request):
    return queries.measures()[request.param]


@pytest.fixture(params=sorted(queries.find("marts")))
def mart(request):
    return queries.find("marts")[request.param]


def test_every_measure_of_the_contract_is_there():
    assert set(IDS) <= set(queries.measures())


def test_a_measure_is_one_select(measure):
    statements = duckdb.extract_statements(measure.query.sql)
    assert [item.type for item in statements] == [duckdb.StatementType.SELECT]
    assert ";" not in bare(measure.query.sql)


def test_sql_is_lowercase(measure):
    assert bare(measure.query.sql) == bare(measure.query.sql).lower()


def test_a_measure_settles_in_weeks_or_a_year(measure):
    assert measure.settles in (28, 60, 365)


def test_only_counts_by_the_day_raise_alerts(measure):
    assert not measure.alert or (measure.unit, measure.grain) == ("n", "day")


def test_targets_profiles_and_priorities_name_measures_that_exist():
    named = column("targets", "measure") | column("profiles", "measure")
    named |= {item for group in column("priorities", "measures") for item in group.split()}
    assert named <= set(queries.measures())


def test_a_mart_scans_each_fact_that_it_names_once(mart):
    facts = [fact.strip() for fact in mart.header["facts"].split(",")]
    for fact in facts:
        assert len(re.findall(rf"\b(?:from|join)\s+{fact}\b", bare(mart.sql))) <= 1
    read = set(re.findall(r"\b(?:from|join)\s+([a-z_]+)", bare(mart.sql)))
    others = {"crimes", "returns", "overtime", "overtime_budget", "strength", "reviews"}
    assert read & (others | {"recommendations", "finance", "published"}) <= set(facts)


def test_a_select_of_a_measures_own_reads_marts_and_never_facts(measure):
    if not measure.query.selects:
        return  # made of its header, over the records that it counts
    read = set(re.findall(r"\b(?:from|join)\s+([a-z_]+)", bare(measure.query.sql)))
    steps = set(re.findall(r"([a-z_]+) as \(", measure.query.sql))
    assert read - steps <= {*queries.find("marts"), "units"}
