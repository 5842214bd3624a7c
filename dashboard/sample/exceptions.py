"""Overtime claims that break a rule: those drawn by accident are mended, a few are planted."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np
import polars as pl

SPAN = (date(2004, 4, 1), date(2004, 6, 10))  # all authorised, or not, by the last meeting
DAY_HOURS = 16
OPEN = ("SCD1", "SCD5", "SCD6", "SCD7", "SCD8")  # not the covert units: nobody sees theirs
UNAUTHORISED, LONG, DOUBLE, OUTSIDE = 8, 3, 4, 5
STRANGERS = 9_001  # number of the first person who claims nothing else


def mended(claims: pl.DataFrame) -> pl.DataFrame:
    """The claims without a double one or a day too long, each with its authorisation."""
    whole = claims.with_columns(
        pl.col("authorised_on").fill_null(pl.col("worked_on") + timedelta(days=7))
    ).sort("staff_ref", "started_at", "ended_at", "cost_gbp", "category", nulls_last=True)
    busy = pl.col("ended_at").cum_max().shift(1).over("staff_ref")
    in_day = pl.col("hours").sum().over("staff_ref", "worked_on")
    alone = busy.is_null() | (busy <= pl.col("started_at"))
    return whole.filter(alone & (in_day <= DAY_HOURS)).sort("worked_on", "ocu", "staff_ref")


def plant(claims: pl.DataFrame, seed: int) -> tuple[pl.DataFrame, list[dict[str, Any]]]:
    """Breaks each rule in a few claims; returns all claims and what was planted."""
    rng = np.random.default_rng([seed, 21])
    known = claims.with_row_index("i").filter(
        pl.col("worked_on").is_between(*SPAN)
        & pl.col("ocu").is_in(OPEN)
        & (pl.col("entered_on") <= pl.col("worked_on") + timedelta(days=14))
        & ~pl.col("planted")
    )
    court = known.filter(pl.col("category") == "court")["i"].to_numpy()
    other = known.filter(pl.col("category").is_in(["casual", "planned"]))["i"].to_numpy()
    outside = rng.choice(court, OUTSIDE, replace=False).tolist()
    drawn = rng.choice(other, UNAUTHORISED + LONG + DOUBLE, replace=False).tolist()
    bare, rest = drawn[:UNAUTHORISED], drawn[UNAUTHORISED:]
    rows = {index: claims.row(index, named=True) for index in [*bare, *rest, *outside]}
    for index in bare:
        rows[index]["authorised_on"] = None
    for index in outside:
        rows[index]["duty"] = "custody"
    # Strangers, so that no other claim of theirs is touched.
    for number, index in enumerate(rest):
        rows[index]["staff_ref"] = f"P{rows[index]['ocu'][3:]}-{STRANGERS + number}"
    for index in rest[:LONG]:
        _lengthen(rows[index])
    twice = [_again(rows[index]) for index in rest[LONG:]]
    planted = [
        *(_told("not_authorised", rows[index]) for index in bare),
        *(_told("over_a_day", rows[index]) for index in rest[:LONG]),
        *(_told("double_claim", row) for row in twice),
        *(_told("outside_duty", rows[index]) for index in outside),
    ]
    kept = claims.with_row_index("i").filter(~pl.col("i").is_in(list(rows))).drop("i")
    changed = pl.DataFrame([*rows.values(), *twice], schema=claims.schema)
    return pl.concat([kept, changed]), planted


def _lengthen(row: dict[str, Any]) -> None:
    """A claim of more hours than a day leaves beside a tour of duty."""
    hours = DAY_HOURS + 0.5
    row["cost_gbp"] = round(row["cost_gbp"] / row["hours"] * hours, 2)
    row["started_at"] = row["started_at"].replace(hour=6, minute=0)
    row["ended_at"] = row["started_at"] + timedelta(hours=hours)
    row["hours"] = hours


def _again(row: dict[str, Any]) -> dict[str, Any]:
    """The same time claimed once more, a quarter of an hour later."""
    later = timedelta(minutes=15)
    return row | {"started_at": row["started_at"] + later, "ended_at": row["ended_at"] + later}


def _told(rule: str, row: dict[str, Any]) -> dict[str, Any]:
    names = ("worked_on", "ocu", "branch", "staff_ref", "hours", "cost_gbp")
    return {"rule": rule} | {name: row[name] for name in names}
