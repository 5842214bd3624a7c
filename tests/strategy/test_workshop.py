"""The target workshop: what it says of a measure, of a level typed, and of what can't be told."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import numpy as np
import polars as pl
import pytest
from scipy.stats import nbinom

from dashboard import reports
from dashboard.catalogue import Target
from dashboard.reports.measure import next_years
from dashboard.reports.measure.growth import Grown
from dashboard.reports.measure.tracks import tracks
from dashboard.reports.measure.window import Window
from dashboard.reports.strategy import levels, workshop
from dashboard.stats.year_ahead import year_ahead

AS_AT = date(2004, 7, 12)


@pytest.fixture(scope="module")
def request_(sample_data):
    return reports.open_request(AS_AT, None, sample_data)


def series(starts: date, months: int, *breaks: date) -> Grown:
    return Grown("m", "u", None, "month", starts, np.arange(1.0, months + 1), breaks)


def test_a_year_is_foretold_from_at_most_five_years_since_the_last_break():
    whole = series(date(1995, 4, 1), 84)
    assert next_years.months_before(whole, 2002, date(2002, 4, 1)).tolist() == list(range(25, 85))
    broken = series(date(1995, 4, 1), 84, date(2000, 4, 1))
    assert next_years.months_before(broken, 2002, date(2002, 4, 1)).tolist() == list(range(61, 85))
    # Before its first month nothing is known, least of all what came later.
    assert next_years.months_before(whole, 1995, date(1994, 7, 1)) is None
    # A year of months is the least that tells one.
    late = series(date(1995, 4, 1), 85, date(2001, 5, 1))
    assert next_years.months_before(late, 2003, date(2002, 4, 1)) is None
    assert next_years.months_before(late, 2003, date(2002, 5, 1)).tolist() == list(range(74, 86))


@pytest.mark.parametrize("on", [date(2002, 4, 1), date(2002, 1, 1), date(2003, 3, 31)])
def test_a_break_between_the_day_and_the_years_end_tells_nothing(on):
    held = series(date(1998, 4, 1), 48, on)
    assert next_years.months_before(held, 2002, date(2002, 1, 1)) is None
    after = series(date(1998, 4, 1), 48, date(2003, 4, 1))
    assert next_years.months_before(after, 2002, date(2002, 1, 1)) is not None


def test_past_years_are_foretold_from_what_was_known_by_the_day_alone(request_):
    """Homicide's months before each day, since its last break, counted again by polars."""
    found = next_years.years(request_, "whole", 9)
    observed = pl.read_parquet(request_.snapshot.path / "marts" / "observations.parquet")
    months = (
        observed.filter(pl.col("measure") == "homicides")
        .group_by(pl.col("period_start").dt.truncate("1mo").alias("month"))
        .agg(pl.col("numerator").sum())
        .sort("month")
    )
    own = found.of(found.measure == "homicides")
    breaks = [
        item.on
        for item in request_.catalogue.breaks_of(
            "homicides", request_.measures["homicides"].published
        )
        if not item.area and item.unit in ("", own.unit[0])
    ]
    assert own.measure.size >= 2
    for at in range(own.measure.size):
        origin = date.fromordinal(int(own.origin[at]))
        since = max((on for on in breaks if on < origin), default=date(1900, 1, 1))
        known = months.filter(pl.col("month") < origin, pl.col("month") >= since)
        wait = 12 * (int(own.year[at]) - origin.year) + 4 - origin.month
        mean, variance = year_ahead(known["numerator"].to_numpy()[-60:], wait)
        assert own.rest[at] == pytest.approx(float(mean[0]))
        assert own.variance[at] == pytest.approx(float(variance[0]))
        year = months.filter(
            pl.col("month").is_between(
                date(int(own.year[at]), 4, 1), date(int(own.year[at]) + 1, 3, 1)
            )
        )
        assert own.total[at] == year["numerator"].sum()


def test_the_levels_of_a_count_are_those_of_scipys_law(request_):
    found = workshop.workshop(request_, "MPS", "gun_crime", 3900.0)
    track = tracks(request_, "MPS", Window(years=levels.YEARS))["gun_crime"]
    law = next_years.of_track(request_, track).law
    of = nbinom(law.mean**2 / (law.variance - law.mean), law.mean / law.variance)
    rows = found.levels.rows.to_pylist()
    asked = [row for row in rows if row["kind"] in ("level", "chosen", "typed")]
    assert [row["chance"] for row in asked] == sorted((r["chance"] for r in asked), reverse=True)
    for row in asked:
        assert row["chance"] == pytest.approx(of.cdf(row["level"]))
    (chosen,) = (row for row in rows if row["kind"] == "chosen")
    assert of.cdf(chosen["level"]) >= 0.8 > of.cdf(chosen["level"] - 1)
    assert (found.level, found.promised) == (chosen["level"], chosen["chance"])
    assert found.typed == 3900.0 and found.chance == pytest.approx(of.cdf(3900))
    assert f"{chosen['level']:,.0f}" in found.levels.title
    assert f"{100 * found.chance:.0f} %" in found.sentence


def test_a_level_of_more_is_held_from_above(request_):
    found = workshop.workshop(request_, "SCD6", "cash_seizure_cases", 100.0)
    harder = workshop.workshop(request_, "SCD6", "cash_seizure_cases", 300.0)
    assert found.chance > 0.8 > harder.chance
    assert "at least" in found.levels.title


def test_past_years_are_those_of_the_observations(request_):
    rows = workshop.workshop(request_, "MPS", "homicides", None).levels.rows.to_pylist()
    told = {row["label"]: row["value"] for row in rows if row["kind"] == "past"}
    observed = pl.read_parquet(request_.snapshot.path / "marts" / "observations.parquet")
    own = observed.filter(pl.col("measure") == "homicides")
    for year in range(2000, 2004):
        span = pl.col("period_start").is_between(
            date(year, 4, 1), date(year + 1, 4, 1), closed="left"
        )
        assert told[f"{year}/{(year + 1) % 100:02d}"] == own.filter(span)["numerator"].sum()
    assert len(told) == 4  # this year is not whole


def test_a_measure_that_can_not_be_foretold_says_why(request_):
    rows = {row["measure"]: row for row in levels.levels_of(request_, "SCD").rows.to_pylist()}
    for name, words in (
        ("cash_seized", "money"),
        ("vetting_in_date", "stock"),
        ("overtime_against_profile", "no cases"),
        ("homicide_clear_up_cohort", "settle late"),
        ("firearms_recovered", "week"),
    ):
        assert words in rows[name]["why_not"]
        assert rows[name]["level"] is rows[name]["expected"] is None
        assert workshop.workshop(request_, "SCD", name, 1.0) is None
    # What has no better side has no target.
    assert "kidnaps" not in rows
    assert all((row["level"] is None) == (row["why_not"] is not None) for row in rows.values())


def test_a_band_wider_than_what_is_expected_bears_no_level(request_):
    told = levels.levels_of(request_, "SCD").rows.to_pylist()
    for row in told:
        if row["level"] is not None:
            assert row["high80"] - row["low80"] <= levels.WIDEST * row["expected"], row["name"]
            assert re.fullmatch(r"\d+ months since \w+ \d{4}", row["rests_on"])
    wide = [row for row in told if (row["why_not"] or "").startswith("it moves too much")]
    assert {"trident_murders", "networks_disrupted"} <= {row["measure"] for row in wide}
    for row in wide:
        assert workshop.workshop(request_, "SCD", row["measure"], None) is None


def test_the_chance_of_a_target_that_is_set_stands_beside(request_):
    """50 networks for 2005/06 were set on 31 March 2005: not by the as-at, so not before it."""
    rows = levels.levels_of(request_, "SCD7").rows.to_pylist()
    row = next(row for row in rows if row["measure"] == "networks_disrupted")
    assert row["target"] is None and row["target_chance"] is None
    (later,) = (
        item
        for item in request_.catalogue.targets
        if item.measure == "networks_disrupted" and item.since == date(2005, 4, 1)
    )
    assert later.set_on > AS_AT
    set_now = replace(later, set_on=date(2004, 7, 11))
    assert isinstance(set_now, Target)
    held = reports.open_request(AS_AT, None, request_.data)
    targets = tuple(set_now if item == later else item for item in held.catalogue.targets)
    held.__dict__["catalogue"] = replace(held.catalogue, targets=targets)
    track = tracks(held, "SCD7", Window(years=levels.YEARS))["networks_disrupted"]
    row = levels.level_of(held, track, 2005)
    law = next_years.of_track(held, track).law
    assert row["target"] == 50.0
    assert row["target_chance"] == pytest.approx(1 - law.at_most(49))
    assert "at least 50" in row["target_words"]


def test_without_figures_nothing_is_told(folder):
    folder.load("strength", "unit_code,month,posts,in_post\nSCD7,2004-06-01,9,8\n", "2004-07-11")
    folder.publish("2004-07-12")
    request = reports.open_request(AS_AT, data=folder.data)
    found = levels.levels_of(request, "SCD7")
    assert found.rows.to_pylist() == [] or all(
        row["level"] is None for row in found.rows.to_pylist()
    )
    assert found.title.startswith("No level")
