"""At the default seed nothing but what is planted stands out, at any of the eight meetings."""

from __future__ import annotations

import numpy as np
import polars as pl

from dashboard import sample
from dashboard.sample import plants
from dashboard.signals.alerts import alert_table
from dashboard.signals.table import SeriesTable
from tests.sample.conftest import Written

SCD = pl.col("ocu") != "TP"
SCD7, SCD8 = pl.col("ocu") == "SCD7", pl.col("ocu") == "SCD8"
OFFENCE = pl.col("offence")
KILLED = OFFENCE.is_in(["murder", "manslaughter", "infanticide"])
SHOT_AT = KILLED | (OFFENCE == "attempted_murder")
# What the measures with `alert: rise` count.
MEASURES = {
    "commercial_robbery": SCD7 & (OFFENCE == "robbery_business"),
    "cash_in_transit_robbery": SCD7 & (OFFENCE == "cash_in_transit_robbery"),
    "kidnaps": SCD7 & (OFFENCE == "kidnap"),
    "blackmail": SCD7 & (OFFENCE == "blackmail"),
    "child_abuse_offences": pl.col("ocu") == "SCD5",
    "trident_murders": SCD8 & KILLED,
    "trident_nonfatal_shootings": SCD8 & (OFFENCE == "shooting_nonfatal"),
    "homicides": SCD & KILLED,
    "attempted_murder": SCD & (OFFENCE == "attempted_murder"),
    "gun_crime": pl.col("weapon").is_in(["firearm", "imitation_firearm"]),
    "personal_robbery": OFFENCE == "robbery_personal",
    "shootings": (OFFENCE == "shooting_nonfatal") | (SHOT_AT & (pl.col("weapon") == "firearm")),
}
FORTNIGHTS = 80  # before the one tested: the sample has three years and more
WHOLE = {"homicides", "attempted_murder", "gun_crime", "personal_robbery", "shootings"}


def _alerts(written: Written, index: int) -> list[tuple[float, str, str, str]]:
    """p, family, measure and place of the alerts of a meeting, strongest first."""
    as_at = sample.AS_ATS[index]
    ago = ((pl.lit(as_at) - pl.col("reported_on")).dt.total_days() - 1) // 14
    known = (
        written.read("crimes")
        .filter(pl.col("vintage") < as_at)
        .sort("vintage")
        .unique("crime_ref", keep="last")
        .with_columns(ago.alias("ago"), pl.lit("London").alias("whole"))
        .filter(pl.col("no_crimed_on").is_null() & (pl.col("ago") <= FORTNIGHTS))
    )
    series: dict[tuple[str, str, str], np.ndarray] = {}
    for measure, what in MEASURES.items():
        levels = [("ocu", "ocu"), ("borough", "borough")]
        if measure in WHOLE:
            levels.append(("directorate", "whole"))
        for family, column in levels:
            cells = known.filter(what).group_by(column, "ago").len()
            for place, back, n in cells.iter_rows():
                row = series.setdefault((family, measure, place), np.zeros(FORTNIGHTS + 1))
                row[FORTNIGHTS - back] = n
    names, values = list(series), np.array(list(series.values()))
    family, measure, place = (np.array(column) for column in zip(*names, strict=True))
    part = np.where(family == "borough", place, "")
    table = alert_table(values[:, -1], SeriesTable(measure, family, part, values[:, :-1]))
    rows = np.flatnonzero(table.tier == "alert")
    return sorted((float(table.p[row]), *names[row]) for row in rows)


def test_the_planted_rises_head_the_list(written: Written) -> None:
    found = [row for row in _alerts(written, -1) if row[1] == "borough"]
    first = {(measure, place) for _, _, measure, place in found[:3]}
    assert first == {("commercial_robbery", code) for code in plants.ROBBERY.boroughs}


def test_nothing_else_raises_an_alert(written: Written) -> None:
    planted = {*plants.ROBBERY.boroughs, *plants.SHOOTINGS.boroughs, "SCD7", "SCD8", "London"}
    # What was decided on in spring was decided on rises, which were planted then.
    acted_on = {*(code for item in plants.ACTED for code in item.boroughs), "SCD7", "SCD8"}
    for index in range(len(sample.AS_ATS)):
        last = index == len(sample.AS_ATS) - 1
        known = planted if last else acted_on
        stray = [row for row in _alerts(written, index) if row[3] not in known]
        assert not stray, sample.AS_ATS[index]
