"""What is coming: forecasts, pressure, and the chance of a target."""

from __future__ import annotations

import re
from datetime import date

import polars as pl
import pytest

from dashboard import reports
from dashboard.reports.measure import chances, past_chances
from dashboard.reports.tasking import forecasts, objectives, plan_tracks, pressures
from dashboard.reports.unit import planned
from dashboard.stats import year_end
from dashboard.words import numbers, status


@pytest.fixture(scope="module")
def request_(sample_data):
    return reports.open_request(date(2004, 7, 12), None, sample_data)


def test_the_forecast_is_that_of_the_counts_own_level(request_):
    """The counts recomputed by polars from the observations; a forecast of them and its order."""
    rows = {row["measure"]: row for row in forecasts.coming(request_).rows.to_pylist()}
    path = request_.snapshot.path / "marts" / "observations.parquet"
    until = request_.fortnight.until
    ago = (pl.lit(until) - pl.col("period_start")).dt.total_days() - 1
    counted = dict(
        pl.read_parquet(path)
        .filter(pl.col("measure") == "homicides", pl.col("period_start") < until)
        .group_by((ago // 14).alias("ago"))
        .agg(pl.col("numerator").sum())
        .iter_rows()
    )
    homicide = rows["homicides"]
    last_year = sum(counted.get(back, 0) for back in range(26)) / 26
    assert homicide["last"] == counted.get(0, 0)
    assert homicide["expected"] == pytest.approx(last_year, rel=0.25)
    assert homicide["low95"] <= homicide["low80"] <= homicide["high80"] <= homicide["high95"]
    assert homicide["priority"] == "Detect and prevent homicide"


def test_each_forecast_read_back_gives_its_row(request_):
    said = re.compile(
        r"(.+): ([\d.,]+) expected in the fortnight (.+) \((\d+)–(\d+) in four of five\), "
        r"(\d+) in the one before(?:, the season counting ([\d.]+) times)?\.$"
    )
    for row in forecasts.coming(request_).rows.to_pylist():
        name, expected, window, low, high, last, season = said.match(row["sentence"]).groups()
        assert (name, window) == (row["name"], row["window"])
        assert (int(low), int(high), int(last)) == (row["low80"], row["high80"], row["last"])
        assert float(expected.replace(",", "")) == pytest.approx(row["expected"], abs=0.51)
        assert (season is None) == (row["season"] is None)


def test_pressure_stands_beside_capacity_by_ocu(request_):
    rows = {row["unit_code"]: row for row in pressures.pressure(request_).rows.to_pylist()}
    # The boroughs that are one problem count once, and the unit's own count beside them.
    assert rows["SCD7"]["alerts"] == 1 and rows["SCD1"]["alerts"] == 0
    facts = request_.snapshot.path / "facts"
    spent = pl.read_parquet(facts / "overtime.parquet").filter(
        pl.col("ocu") == "SCD7",
        pl.col("worked_on") >= date(2004, 4, 1),
        pl.col("worked_on") < date(2004, 7, 1),
    )["cost_gbp"].sum()  # fmt: skip
    assert rows["SCD7"]["spent_gbp"] == pytest.approx(spent)
    assert rows["SCD7"]["overtime"] == pytest.approx(spent / rows["SCD7"]["profiled_gbp"])
    strength = pl.read_parquet(facts / "strength.parquet").filter(pl.col("unit_code") == "SCD7")
    latest = strength.filter(pl.col("month") == strength["month"].max())
    assert rows["SCD7"]["vacant"] == latest["posts"].sum() - latest["in_post"].sum()


def test_a_run_rate_is_too_early_before_period_three(sample_data):
    early = reports.open_request(date(2004, 6, 14), None, sample_data)  # April and May are over
    rows = {row["unit_code"]: row for row in pressures.pressure(early).rows.to_pylist()}
    assert rows["SCD7"]["overtime"] is None
    assert rows["SCD7"]["overtime_words"].startswith("too early: £")


def board(request):
    return {row["measure"]: row for row in objectives.board(request).rows.to_pylist()}


def test_the_chance_of_a_count_is_that_of_the_year_end_rule(request_):
    row = board(request_)["gun_crime"]
    track = plan_tracks.tracks_of_plan(request_)["gun_crime"]
    found = chances.chance(request_, track)
    # the share by polars: April to June of the whole years before
    path = request_.snapshot.path / "marts" / "observations.parquet"
    months = (
        pl.read_parquet(path)
        .filter(pl.col("measure") == "gun_crime", pl.col("period_start") < date(2004, 4, 1))
        .with_columns(
            year=pl.col("period_start").dt.offset_by("-3mo").dt.year(),
            first=pl.col("period_start").dt.month().is_between(4, 6),
        )
        .group_by("year")
        .agg(
            part=pl.col("numerator").filter(pl.col("first")).sum(), whole=pl.col("numerator").sum()
        )
    )
    share = (months["part"] / months["whole"]).mean()
    assert found.share == pytest.approx(share)
    assert row["projected"] == pytest.approx(
        year_end.project(row["numerator"], share).projected, rel=1e-6
    )
    assert row["low80"] <= row["projected"] <= row["high80"]
    assert row["chance_words"] == year_end.chance_words(row["chance"])


def test_both_parts_of_a_rate_of_money_are_money(request_):
    row = board(request_)["overtime_against_profile"]
    spent, profiled = (f"£{row[part]:,.0f}" for part in ("numerator", "denominator"))
    assert f"({spent} of {profiled})" in row["sentence"]


def test_a_rate_short_of_its_target_is_not_rounded_up_to_it(request_):
    row = board(request_)["forensic_idents"]  # 1,798 of 15,426 against 12 %
    assert round(100 * row["value"]) == 100 * row["target"] == 12
    assert row["value"] < row["target"] and row["chance_words"] == "very unlikely"
    assert "11.7 % (1,798 of 15,426)" in row["sentence"]


def test_no_row_has_two_verdicts_on_its_target(request_):
    """27 of 63 rows once said both 'may or may not meet' and 'very unlikely'."""
    rows = [row for row in board(request_).values() if row["target_words"]]
    assert len(rows) > 12
    for row in rows:
        said = f"{row['target_words']}: {row['verdict']}"
        assert said in row["sentence"]
        if row["chance"] is None:
            assert row["by_period"] is None
            # Without a forecast the limits' word is a period's own, but of a stock.
            adds_up = request_.measures[row["measure"]].aggregate == "sum"
            by_itself = row["verdict"].startswith("not foretold; a month by itself ")
            assert by_itself == (adds_up and "meet" in row["verdict"])
            continue
        assert row["verdict"].startswith(f"{row['chance_words']} (")
        # A miss is as likely as the record of such chances says, and worded so.
        own = row["unit"] == "gbp" or row["measure"] == "overtime_against_profile"
        alone = row["chance_alone"]
        told = alone if own else past_chances.corrected(request_, alone)
        assert (row["chance"], row["miss"]) == pytest.approx((told, 1 - told))
        # The number that is printed is the one that words and order stand on.
        printed = numbers.chance(row["chance"])
        assert row["verdict"].startswith(f"{row['chance_words']} ({printed}), ")
        assert row["band_words"].startswith(f"{printed}, ")
        hundredths = int(re.sub(r"\D", "", printed))
        assert row["chance_words"] == year_end.chance_words(hundredths / 100)
        # What the period's limits say never stands without its subject.
        assert row["sentence"].count("meet") == row["sentence"].count("a month by itself")


def test_a_units_plan_says_of_a_target_what_the_board_says(request_):
    whole = {row["measure"]: row for row in board(request_).values()}
    compared = 0
    for unit in ("SCD1", "SCD4", "SCD7"):
        for row in planned.plan(request_, unit).rows.to_pylist():
            wide = whole[row["measure"]]
            if row["value"] is None or row["value"] != wide["value"] or wide["chance"] is None:
                continue
            assert (row["verdict"], row["by_period"]) == (wide["verdict"], wide["by_period"])
            compared += 1
    assert compared >= 4


def test_what_cannot_be_foretold_has_no_chance(request_):
    rows = board(request_)
    assert rows["vetting_in_date"]["chance"] is None  # a stock
    assert rows["cash_seized"]["chance"] is None  # pounds: a few cases make the year
    assert rows["homicide_clear_up_cohort"]["chance"] is None  # its cases have had no year yet
    assert rows["homicides"]["chance"] is None  # no target


def test_a_rates_chance_is_borne_by_earlier_years_too(request_):
    """Levels of 2000 to 2004 in all: 80 %, 13 % and 100 % (362 of 362)."""
    rows = board(request_)
    homicide = rows["homicide_clear_up"]  # 45 of 49 against 83 %
    assert 0.65 < homicide["chance"] < 0.9
    assert homicide["projected"] < homicide["value"]  # it falls back towards its level
    assert rows["child_abuse_detection"]["chance_words"] == "very unlikely"  # 16 against 20 %
    hostages = rows["hostages_recovered"]  # 12 of 12 so far, all before
    assert hostages["chance_words"] == "very likely"
    assert hostages["verdict"].endswith(", 100 % in four of five")


def test_of_a_rate_nothing_is_foretold_before_its_third_month(sample_data):
    early = board(reports.open_request(date(2004, 6, 14), None, sample_data))
    assert {row["chance"] for row in early.values() if row["unit"] == "percent"} == {None}


SAID = re.compile(
    r"(?P<name>.+?): (?P<value>[£\d.,]+)(?P<unit> %| h)?"
    r"(?: \((?P<parts>[£\d.,]+(?: h)? of [£\d.,]+(?: h)?)\))? in (?P<span>[^;]+); "
    r"(?:(?P<target>at (?:most|least) [^;:]+): (?P<words>[a-z ]+?(?:; a month by itself [^;]+)?)"
    r"(?: \((?P<chance>[^)]+)\), (?P<low>[£\d.,]+)(?: %)?(?:–(?P<high>[£\d.,]+)(?: %)?)?"
    r" in four of five)?; )?"
    r"(?P<variation>[^;]+?)(?:; (?P<period>a month by itself [^;]+))?\.$"
)


def test_each_status_read_back_gives_the_figures_of_its_row(request_):
    read = 0
    for row in objectives.board(request_).rows.to_pylist():
        if row["value"] is None:
            assert row["sentence"].endswith("no figures are loaded [x].")
            continue
        if row["verdict"] == status.variation("").words:
            # said once, of the target: not again of the last period
            assert row["sentence"].count(row["verdict"]) == 1
            continue
        said = SAID.match(row["sentence"])
        assert said, row["sentence"]
        number = float(said["value"].replace(",", "").replace("£", ""))
        value = row["value"] * (100 if row["unit"] == "percent" else 1)
        assert number == pytest.approx(value, abs=0.51 if abs(value) >= 10 else 0.051)
        if row["denominator"] is not None:
            parts = [
                float(part.strip("£ h").replace(",", "")) for part in said["parts"].split(" of ")
            ]
            assert parts == pytest.approx([row["numerator"], row["denominator"]], abs=0.51)
        assert said["span"] == " ".join(filter(None, (row["period_words"], row["unsigned"])))
        assert said["variation"] == status.variation(row["variation"]).words
        assert (said["target"] is None) == (row["target_words"] is None)
        if row["chance"] is not None:
            assert said["words"] == row["chance_words"]
            assert said["chance"] == numbers.chance(row["chance"])
            assert said["low"]
        read += 1
    assert read > 30
