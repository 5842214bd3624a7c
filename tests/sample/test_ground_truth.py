"""What ground_truth.json says is planted is in the files."""

from __future__ import annotations

from datetime import date

import polars as pl

from dashboard import catalogue
from dashboard.sample import clock
from tests.sample.conftest import Written

REPO_CATALOGUE = "data/catalogue"


def _events(written: Written, kind: str) -> list[dict]:
    return [event for event in written.truth["events"] if event["kind"] == kind]


def _in(frame: pl.DataFrame, event: dict, offence: str) -> int:
    """Reports of an event's unit, borough and window as the files have them at the end."""
    return frame.filter(
        (pl.col("offence") == offence)
        & (pl.col("ocu") == event["unit_code"])
        & (pl.col("borough") == event["borough"])
        & (pl.col("reported_on") >= date.fromisoformat(event["since"]))
        & (pl.col("reported_on") < date.fromisoformat(event["until"]))
    ).height


def test_robbery_rises_in_three_boroughs_that_touch(
    written: Written, offences: pl.DataFrame
) -> None:
    events = _events(written, "rise")
    boroughs = {event["borough"] for event in events}
    adjacency = catalogue.load(REPO_CATALOGUE).adjacency
    assert len(boroughs) == 3
    assert all(any(frozenset((a, b)) in adjacency for b in boroughs - {a}) for a in boroughs)
    for event in events:
        assert (event["since"], event["until"]) == ("2004-06-28", "2004-07-12")
        assert event["now"] >= 2 * event["expected"] + 8
        # A few of those drawn, not of those planted, are late, no-crimed or moved.
        assert _in(offences, event, "robbery_business") >= event["now"] - 4


def test_shootings_cluster_in_brent(written: Written, offences: pl.DataFrame) -> None:
    (event,) = _events(written, "cluster")
    assert event["expected"] < 1 and event["now"] >= 6
    assert _in(offences, event, "shooting_nonfatal") >= 6


def test_planted_reports_are_in_the_last_extract(written: Written, crimes: pl.DataFrame) -> None:
    planted = pl.DataFrame(written.truth["planted_reports"])
    sizes = sum(event["size"] for event in _events(written, "rise") + _events(written, "cluster"))
    assert planted.height == sizes
    found = planted.join(crimes, on=["crime_ref", "offence", "ocu", "borough"])
    assert found.height == sizes
    assert found["no_crimed_on"].is_null().all()


def test_kidnaps_fall_for_good(written: Written, offences: pl.DataFrame) -> None:
    (event,) = _events(written, "lasting_fall")
    since = date.fromisoformat(event["since"])
    kidnaps = offences.filter((pl.col("offence") == "kidnap") & (pl.col("ocu") == "SCD7"))
    before = kidnaps.filter(pl.col("reported_on") < since).height / (since - clock.SINCE).days
    after = kidnaps.filter(pl.col("reported_on") >= since).height / (clock.UNTIL - since).days
    assert 1 + event["size"] - 0.1 <= after / before <= 1 + event["size"] + 0.1


def test_one_branch_overspends_on_overtime(written: Written) -> None:
    (event,) = _events(written, "overtime_overspend")
    claims = _current_claims(written)
    since = date.fromisoformat(event["since"])
    year_ago = since.replace(year=since.year - 1)

    def a_day(ocu: str, branch: pl.Expr, start: date, end: date) -> float:
        chosen = claims.filter((pl.col("ocu") == ocu) & branch)
        chosen = chosen.filter(pl.col("worked_on").is_between(start, end))
        return chosen["cost_gbp"].sum() / ((end - start).days + 1)

    # The last days lack the claims that are still to come.
    spans = (since, date(2004, 6, 20)), (year_ago, date(2003, 6, 20))
    theirs = pl.col("branch") == event["unit_code"]
    ratio = a_day("SCD7", theirs, *spans[0]) / a_day("SCD7", theirs, *spans[1])
    others = a_day("SCD7", ~theirs, *spans[0]) / a_day("SCD7", ~theirs, *spans[1])
    assert ratio > 1.4 and 0.85 < others < 1.15


def test_spending_keeps_to_profile_elsewhere(written: Written) -> None:
    claims = _current_claims(written).filter(pl.col("worked_on") < date(2004, 4, 1))
    budget = (
        written.read("overtime_budget")
        .filter(pl.col("month") < date(2004, 4, 1))
        .group_by("ocu")
        .agg(pl.col("profiled_gbp").sum())
    )
    spent = claims.group_by("ocu").agg(pl.col("cost_gbp").sum()).join(budget, on="ocu")
    share = spent["cost_gbp"] / spent["profiled_gbp"]
    assert spent.height == 9 and share.is_between(0.85, 1.12).all()


def _current_claims(written: Written) -> pl.DataFrame:
    """A later file replaces all days that it covers."""
    claims = written.read("overtime").with_columns(pl.col("worked_on").cast(pl.Date))
    first = claims.group_by("vintage").agg(pl.col("worked_on").min().alias("first")).sort("vintage")
    latest = pl.col("vintage") == pl.col("vintage").max().over("worked_on")
    assert first["first"].is_sorted()
    return claims.filter(latest)


def test_scd5_leaves_reports_unvalidated(written: Written, crimes: pl.DataFrame) -> None:
    (event,) = _events(written, "housekeeping_backlog")
    since = date.fromisoformat(event["since"])
    assert (clock.UNTIL - since).days == 56
    blank = (
        crimes.filter(pl.col("reported_on") < date(2004, 7, 5))
        .group_by(
            (pl.col("ocu") == event["unit_code"]).alias("theirs"),
            (pl.col("reported_on") >= since).alias("lately"),
        )
        .agg(pl.col("validated_on").is_null().mean())
    )
    shares = {(theirs, lately): share for theirs, lately, share in blank.iter_rows()}
    assert shares.pop((True, True)) > 0.45
    assert max(shares.values()) < 0.06


def test_each_planted_fault_stands_alone(written: Written, crimes: pl.DataFrame) -> None:
    faults = pl.DataFrame(written.truth["quality_faults"]).join(crimes, on=["crime_ref", "ocu"])
    assert faults.height == len(written.truth["quality_faults"]) == 30
    person = pl.col("victim_kind") == "person"
    has = {
        "unvalidated": pl.col("validated_on").is_null(),
        "unsupervised": pl.col("supervised_on").is_null(),
        "no_update": pl.col("last_updated_on") < date(2004, 4, 5),
        "ethnicity_missing": person & pl.col("victim_ethnicity").is_null(),
        "detection_unauthorised": pl.col("detected_on").is_not_null()
        & pl.col("detection_authorised_on").is_null(),
    }
    for fault, rule in has.items():
        assert faults.filter(rule)["fault"].unique().to_list() == [fault]


def test_corporate_figures_agree_but_for_the_planted_mismatches(written: Written) -> None:
    spring = pl.col("reported_on").is_between(date(2003, 12, 1), date(2004, 6, 30))
    reports = written.read("crimes").filter(spring)
    wrong = []
    for row in written.read("corporate").iter_rows(named=True):
        if row["measure"] != "commercial_robbery" or row["period_start"] < date(2003, 12, 1):
            continue
        known = (
            reports.filter(pl.col("vintage") <= row["published_on"])
            .sort("vintage")
            .unique("crime_ref", keep="last")
            .filter(
                pl.col("no_crimed_on").is_null()
                & (pl.col("ocu") == "SCD7")
                & (pl.col("offence") == "robbery_business")
                & (pl.col("reported_on").dt.truncate("1mo") == row["period_start"])
            )
        )
        if known.height != row["value"]:
            wrong.append((row["period_start"].isoformat(), row["value"] - known.height))
    told = [m for m in written.truth["mismatches"] if m["measure"] == "commercial_robbery"]
    assert set(wrong) == {(m["period_start"], m["published_by"]) for m in told}
