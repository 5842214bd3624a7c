"""Every measure recomputed by polars from the facts of the sample, cell by cell."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from dashboard import queries

AS_AT = date(2004, 7, 12)
CELL = ["grain", "period_start", "unit_code", "branch", "team", "borough"]
GUN = pl.col("weapon").is_in(["firearm", "imitation_firearm"])
LIVE = pl.col("no_crimed_on").is_null()
SANCTION = LIVE & (pl.col("detection") == "sanction") & pl.col("detected_on").is_not_null()
CHILD = pl.col("offence").is_in(["child_cruelty", "child_sexual", "child_assault"])
HOMICIDE = pl.col("offence").is_in(["murder", "manslaughter", "infanticide"])
PERSON = LIVE & (pl.col("victim_kind") == "person")


def ocu(code: str) -> pl.Expr:
    return pl.col("ocu") == code


def offence(*codes: str) -> pl.Expr:
    return pl.col("offence").is_in(codes)


SCD = pl.col("ocu").str.starts_with("SCD")
ANY = pl.lit(True)
SHOT = offence("shooting_nonfatal") | (
    offence("murder", "manslaughter", "attempted_murder") & (pl.col("weapon") == "firearm")
)
# measure → (which reports belong to it)
COUNTS = {
    "homicides": HOMICIDE,
    "attempted_murder": SCD & offence("attempted_murder"),
    "gun_crime": GUN,
    "shootings": SHOT,
    "trident_murders": ocu("SCD8") & offence("murder", "manslaughter"),
    "trident_nonfatal_shootings": ocu("SCD8") & offence("shooting_nonfatal"),
    "commercial_robbery": ocu("SCD7") & offence("robbery_business"),
    "cash_in_transit_robbery": ocu("SCD7") & offence("cash_in_transit_robbery"),
    "kidnaps": ocu("SCD7") & offence("kidnap"),
    "blackmail": ocu("SCD7") & offence("blackmail"),
    "money_laundering": ocu("SCD6") & offence("money_laundering"),
    "child_abuse_offences": ocu("SCD5") & CHILD,
    "drug_trafficking": SCD & offence("drug_trafficking"),
    "firearms_possession": offence("firearms_possession"),
    "personal_robbery": offence("robbery_personal"),
    "knife_crime": pl.col("weapon") == "knife",
}
# measure → (belongs, counts in the numerator, day of it, counts in the denominator)
WITHIN_YEAR = (pl.col("detected_on") - pl.col("reported_on")).dt.total_days() <= 365
PERIOD = (SANCTION, "detected_on", LIVE)
COHORT = (SANCTION & WITHIN_YEAR, "reported_on", LIVE)
RATES = {
    "homicide_clear_up": (HOMICIDE, *PERIOD),
    "homicide_clear_up_cohort": (HOMICIDE, *COHORT),
    "gun_crime_detection": (GUN, *PERIOD),
    "scd_gun_crime_detection": (SCD & GUN, *PERIOD),
    "trident_nonfatal_detection": (ocu("SCD8") & offence("shooting_nonfatal"), *PERIOD),
    "commercial_robbery_detection": (ocu("SCD7") & offence("robbery_business"), *PERIOD),
    "child_abuse_detection": (ocu("SCD5") & CHILD, *PERIOD),
    "child_abuse_no_crime_rate": (ocu("SCD5") & CHILD, ~LIVE, "reported_on", ANY),
    "victim_ethnicity_recorded": (
        SCD,
        PERSON & ~pl.col("victim_ethnicity").fill_null("NS").is_in(["NS", "unknown"]),
        "reported_on",
        PERSON,
    ),
}
# returns that are shown as they came → only verified ones count
RETURNS = {
    "firearms_recovered": False,
    "hostages_recovered": False,
    "drug_organisations_disrupted": True,
    "networks_disrupted": True,
    "claims_verified": False,
    "cash_seized": False,
    "cash_seizure_cases": False,
    "confiscation_orders": False,
    "child_referrals": False,
    "forensic_idents": False,
    "urgent_submissions_on_time": False,
}
ODD = {
    "scd_share_of_gun_crime",
    "review_on_time",
    "recommendations_overdue",
    "overtime_against_profile",
    "vetting_in_date",
    "development_reviews_done",
    "open_quality_faults",
}


@pytest.fixture(scope="module")
def facts(sample_snapshot):
    folder = sample_snapshot.path / "facts"
    return {path.stem: pl.read_parquet(path) for path in folder.glob("*.parquet")}


@pytest.fixture(scope="module")
def observed(sample_snapshot):
    rows = pl.read_parquet(sample_snapshot.path / "marts" / "observations.parquet")
    return lambda name: (
        rows.filter(pl.col("measure") == name)
        .select(*CELL, "numerator", "denominator")
        .filter((pl.col("numerator") != 0) | (pl.col("denominator").fill_null(0) != 0))
        .sort(CELL)
    )


@pytest.fixture(scope="module")
def units(sample_snapshot):
    return pl.read_parquet(sample_snapshot.path / "marts" / "units.parquet")


def days(crimes: pl.DataFrame, which: pl.Expr, day: str) -> pl.DataFrame:
    """Reports per day, unit, branch, team and borough; those dated before the as-at."""
    return (
        crimes.filter(which & (pl.col(day) < AS_AT))
        .group_by(
            pl.lit("day").alias("grain"),
            pl.col(day).alias("period_start"),
            pl.col("ocu").alias("unit_code"),
            pl.col("branch").fill_null("unassigned"),
            pl.col("team").fill_null("unassigned"),
            "borough",
        )
        .agg(pl.len().cast(pl.Float64).alias("n"))
    )


def same(left: pl.DataFrame, right: pl.DataFrame) -> None:
    from polars.testing import assert_frame_equal

    assert right.height > 0, "the sample holds rows of every measure"
    assert_frame_equal(left, right.select(left.columns).sort(CELL), check_dtypes=False)


def test_what_is_recomputed_here_are_measures():
    """What a newer one counts is recomputed from its header (test_records_behind.py)."""
    assert set(queries.measures()) >= {*COUNTS, *RATES, *RETURNS, *ODD}


@pytest.mark.parametrize("name", COUNTS)
def test_count(name, facts, observed):
    rows = days(facts["crimes"], LIVE & COUNTS[name], "reported_on").rename({"n": "numerator"})
    same(observed(name), rows.with_columns(pl.lit(None, pl.Float64).alias("denominator")))


@pytest.mark.parametrize("name", RATES)
def test_rate(name, facts, observed):
    belongs, counted, day, base = RATES[name]
    top = days(facts["crimes"], belongs & counted, day).rename({"n": "numerator"})
    below = days(facts["crimes"], belongs & base, "reported_on").rename({"n": "denominator"})
    joined = top.join(below, on=CELL, how="full", coalesce=True)
    same(observed(name), joined.with_columns(pl.col("numerator", "denominator").fill_null(0.0)))


def placed(rows: pl.DataFrame, units: pl.DataFrame, column: str) -> pl.DataFrame:
    """Rows with the OCU, branch and team of the unit in `column`."""
    line = units.select("code", unit_code="ocu", branch="branch", team="team")
    return (
        rows.drop([c for c in ("unit_code", "branch", "team") if c != column and c in rows.columns])
        .rename({column: "code"})
        .join(line, on="code")
        .with_columns(pl.col("branch", "team").fill_null("unassigned"))
    )


@pytest.mark.parametrize("name", RETURNS)
def test_return(name, facts, observed, units):
    rows = facts["returns"].filter((pl.col("measure") == name) & (pl.col("period_start") < AS_AT))
    if RETURNS[name]:  # an unverified claim counts for nothing, and its month is still covered
        claimed = pl.when(pl.col("verified")).then(pl.col("numerator")).otherwise(0)
        rows = rows.with_columns(numerator=claimed)
    summed = (
        placed(rows, units, "unit_code")
        .with_columns(pl.col("borough").fill_null("none"))
        .group_by(CELL)
        .agg(
            pl.col("numerator").sum(),
            pl.when(pl.col("denominator").count() > 0).then(pl.col("denominator").sum()),
        )
    )
    shown = (pl.col("numerator") != 0) | (pl.col("denominator").fill_null(0) != 0)
    same(observed(name), summed.filter(shown))


def test_scds_share_of_gun_crime_adds_up_at_the_force(facts, observed):
    live = facts["crimes"].filter(LIVE & GUN)
    rows = observed("scd_share_of_gun_crime")
    assert rows["denominator"].sum() == live.height
    assert rows["numerator"].sum() == live.filter(SCD).height
    assert rows["unit_code"].unique().to_list() == ["MPS"]
    assert 0.20 < rows["numerator"].sum() / rows["denominator"].sum() < 0.30  # about a quarter


def test_reviews_on_time(facts, observed):
    due = facts["reviews"].filter(
        (pl.col("kind") == "murder")
        & (pl.col("due_on") < AS_AT)
        & pl.col("unit_code").str.starts_with("SCD2")
    )
    rows = observed("review_on_time")
    assert rows["denominator"].sum() == due.height > 0
    assert rows["numerator"].sum() == due.filter(pl.col("done_on") <= pl.col("due_on")).height


def test_recommendations_overdue_at_the_end_of_june(facts, observed):
    july = date(2004, 7, 1)
    open_then = facts["recommendations"].filter(
        (pl.col("due_on") < july) & (pl.col("closed_on").is_null() | (pl.col("closed_on") >= july))
    )
    rows = observed("recommendations_overdue").filter(pl.col("period_start") == date(2004, 6, 1))
    assert rows["numerator"].sum() == open_then.height > 0


def test_overtime_is_spend_over_profile_of_whole_months(facts, observed):
    july = date(2004, 7, 1)
    rows = observed("overtime_against_profile")
    budget = facts["overtime_budget"].filter((pl.col("month") < july) & SCD)
    claims = facts["overtime"].filter((pl.col("worked_on") < july) & SCD)
    month = pl.col("worked_on").dt.truncate("1mo").alias("month")
    spent = claims.with_columns(month).join(budget, on=["ocu", "month"], how="semi")
    spent, profiled = spent["cost_gbp"].sum(), budget["profiled_gbp"].sum()
    assert rows["numerator"].sum() == pytest.approx(spent)
    assert rows["denominator"].sum() == pytest.approx(profiled)
    assert rows["period_start"].max() == date(2004, 6, 1)


@pytest.mark.parametrize(
    ("name", "top", "below"),
    [
        ("vetting_in_date", "vetted", "in_post"),
        ("development_reviews_done", "pdr_done", "pdr_due"),
    ],
)
def test_stocks_of_staff(name, top, below, facts, observed):
    rows = observed(name)
    for month in rows["period_start"].unique():
        then = facts["strength"].filter(pl.col("month") == month)
        part = rows.filter(pl.col("period_start") == month)
        assert part["numerator"].sum() == then[top].sum()
        assert part["denominator"].sum() == then[below].sum()


def test_open_faults_stand_until_somebody_mends_them(facts, observed):
    monday = date(2004, 7, 5)
    end = date(2004, 7, 12)
    crimes = facts["crimes"]
    due = pl.col("reported_on") + pl.duration(days=7)
    crimes = crimes.filter(LIVE)
    unvalidated = crimes.filter(
        (due < end) & (pl.col("validated_on").is_null() | (pl.col("validated_on") >= end))
    ).filter(pl.col("validated_on").is_null() | (pl.col("validated_on") > due))
    authorised = pl.col("detection_authorised_on")
    unauthorised = crimes.filter(
        (pl.col("detected_on") < end) & (authorised.is_null() | (authorised >= end))
    ).filter(authorised.is_null() | (authorised > pl.col("detected_on")))
    rows = observed("open_quality_faults").filter(pl.col("period_start") == monday)
    assert rows["numerator"].sum() == unvalidated.height + unauthorised.height
