"""The sample against the figures that papers give (../shared/design/domain.md §2)."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl
import pytest

from dashboard.sample.places import BOROUGHS
from dashboard.sample.streams import SEASONS

YEAR = pl.col("reported_on").is_between(date(2003, 4, 1), date(2004, 3, 31))
HOMICIDE = pl.col("offence").is_in(["murder", "manslaughter", "infanticide"])
GUN = pl.col("weapon").is_in(["firearm", "imitation_firearm"])
SHOT = pl.col("offence") == "shooting_nonfatal"
TRIDENT = pl.col("ocu") == "SCD8"
# What, and between which figures 2003/04 must lie.
BANDS = {
    "homicides, 205 [PERF-Mar04]": (HOMICIDE, 180, 230),
    "gun-enabled, 3,966 [MI-FY05]": (GUN, 3800, 4130),
    "Trident murders, 12 [BBC07]": (TRIDENT & (pl.col("offence") == "murder"), 5, 20),
    "Trident shootings, 175 [MI-Jun04]": (TRIDENT & SHOT, 145, 205),
    "child abuse, 7,500 to 8,000": (pl.col("ocu") == "SCD5", 7300, 8100),
    "cash in transit, about 150 [DM06]": (
        pl.col("offence") == "cash_in_transit_robbery",
        115,
        190,
    ),
    "commercial robbery, about 3,000": (
        (pl.col("offence") == "robbery_business") & (pl.col("ocu") == "SCD7"),
        2800,
        3300,
    ),
}


@pytest.mark.parametrize("name", BANDS)
def test_a_year_lies_in_its_band(name: str, offences: pl.DataFrame) -> None:
    what, low, high = BANDS[name]
    assert low <= offences.filter(YEAR & what).height <= high


def test_kidnaps_run_at_the_reported_level_after_the_planted_fall(offences: pl.DataFrame) -> None:
    # 358 in 2004 [IND05]: half of it by early July.
    since = pl.col("reported_on") >= date(2004, 1, 1)
    found = offences.filter(since & (pl.col("offence") == "kidnap")).height
    assert 130 <= found <= 220


def test_scd_investigates_a_quarter_of_gun_crime(offences: pl.DataFrame) -> None:
    guns = offences.filter(YEAR & GUN)
    assert 0.21 <= guns.filter(pl.col("ocu") != "TP").height / guns.height <= 0.26


def test_southwark_has_most_gun_crime_and_richmond_least(offences: pl.DataFrame) -> None:
    by_borough = (
        offences.filter(YEAR & GUN & pl.col("borough").is_in(BOROUGHS))
        .group_by("borough")
        .len()
        .sort("len")["borough"]
    )
    assert len(by_borough) == 32
    assert by_borough[-1] == "E09000028" and by_borough[0] == "E09000027"


def _rate(frame: pl.DataFrame, what: pl.Expr, since: date, last: date) -> float:
    """Detections in a span over offences in it."""
    chosen = frame.filter(what)
    solved = chosen.filter(pl.col("detected_on").is_between(since, last)).height
    return solved / chosen.filter(pl.col("reported_on").is_between(since, last)).height


def test_detection_rates(offences: pl.DataFrame) -> None:
    year = date(2003, 4, 1), date(2004, 3, 31)
    before = date(2002, 4, 1), date(2003, 3, 31)
    quarter = date(2004, 4, 1), date(2004, 7, 11)
    assert 0.88 <= _rate(offences, HOMICIDE, *year) <= 1.05  # 97%
    assert 0.73 <= _rate(offences, HOMICIDE, *before) <= 0.9  # 81%
    assert 0.17 <= _rate(offences, GUN, *year) <= 0.24  # about 20%
    assert 0.2 <= _rate(offences, GUN, *quarter) <= 0.28  # 24%
    assert 0.15 <= _rate(offences, TRIDENT & SHOT, *year) <= 0.33  # 24%
    children = (pl.col("ocu") == "SCD5") & (pl.col("detection") == "sanction")
    assert (
        0.11
        <= offences.filter(children & pl.col("detected_on").is_between(*year)).height
        / offences.filter(YEAR & (pl.col("ocu") == "SCD5")).height
        <= 0.17
    )  # about 14%


def test_other_detections_begin_to_count_in_april_2004(offences: pl.DataFrame) -> None:
    detected = offences.filter(pl.col("detected_on").is_not_null() & ~HOMICIDE)
    other = pl.col("detection") == "non_sanction"
    late = pl.col("detected_on") >= date(2004, 4, 1)
    before = detected.filter(~late).select(other.mean()).item()
    after = detected.filter(late).select(other.mean()).item()
    assert after > 1.8 * before  # from sanction alone to all [DET04]


def test_counts_are_overdispersed_and_homicides_poisson(offences: pl.DataFrame) -> None:
    def dispersion(what: pl.Expr) -> float:
        """Pooled variance over mean of boroughs' counts by fortnight, two level years."""
        end = date(2004, 6, 28)
        cells = (
            offences.filter(what & pl.col("borough").is_in(BOROUGHS))
            .with_columns(((pl.lit(end) - pl.col("reported_on")).dt.total_days() - 1).alias("ago"))
            .filter(pl.col("ago").is_between(0, 14 * 52 - 1))
            .group_by("borough", pl.col("ago") // 14)
            .len()
        )
        counts = np.zeros((32, 52))
        for borough, ago, n in cells.iter_rows():
            counts[BOROUGHS.index(borough), ago] = n
        return float(counts.var(axis=1, ddof=1).sum() / counts.mean(axis=1).sum())

    robbery = (pl.col("offence") == "robbery_business") & (pl.col("ocu") == "SCD7")
    assert 1.2 <= dispersion(robbery) <= 1.65
    assert 1.2 <= dispersion(pl.col("ocu") == "SCD5") <= 1.65
    assert 0.85 <= dispersion(HOMICIDE & ~TRIDENT) <= 1.15


def test_robbery_has_its_season(offences: pl.DataFrame) -> None:
    robberies = offences.filter(
        (pl.col("offence") == "robbery_business") & (pl.col("reported_on") < date(2004, 4, 1))
    )
    month = robberies.group_by(pl.col("reported_on").dt.month()).len().sort("reported_on")["len"]
    assert month.arg_max() == 11  # December
    assert np.corrcoef(month.to_numpy(), SEASONS["robbery"])[0, 1] > 0.8


def test_every_season_is_a_whole_year() -> None:
    assert {name: round(sum(shares), 3) for name, shares in SEASONS.items()} == dict.fromkeys(
        SEASONS, 1.0
    )
