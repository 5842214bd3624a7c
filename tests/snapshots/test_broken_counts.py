"""A measure that sums offences: where a count of one was rejected, the sum is missing, not less."""

from __future__ import annotations

from datetime import date

import polars as pl

HEAD = "date,grain,borough,offence,offences,outcomes,publisher\n"
MONTHS = (1, 2, 3)


def counts(murder_in_february: str) -> str:
    """Each month two murders and one manslaughter in Camden; of February as told."""
    lines = []
    for month in MONTHS:
        murders = murder_in_february if month == 2 else "2"
        lines.append(f"2004-0{month}-01,month,Camden,murder,{murders},,x\n")
        lines.append(f"2004-0{month}-01,month,Camden,manslaughter,1,,x\n")
    return HEAD + "".join(lines)


def homicides(folder, info) -> dict[date, float]:
    rows = folder.rows(info, "observations").filter(pl.col("measure") == "homicides")
    return dict(rows.select("period_start", "numerator").rows())


def test_a_rejected_count_leaves_the_sum_missing(folder):
    folder.load("counts", counts("-2"), "2004-04-01")
    info = folder.publish("2004-04-02")
    # February came to 1: the manslaughter alone.
    assert homicides(folder, info) == {date(2004, 1, 1): 3, date(2004, 3, 1): 3}
    spans = folder.rows(info, "measure_coverage").filter(pl.col("measure") == "homicides")
    assert spans.select("since", "until").sort("since").rows() == [
        (date(2004, 1, 1), date(2004, 2, 1)),
        (date(2004, 3, 1), date(2004, 4, 1)),
    ]


def test_what_a_later_edition_says_fills_it(folder):
    folder.load("counts", counts("-2"), "2004-04-01")
    folder.load("counts", counts("4"), "2004-05-01")
    info = folder.publish("2004-05-02")
    assert homicides(folder, info)[date(2004, 2, 1)] == 5


def test_a_rejected_count_of_another_offence_takes_nothing(folder):
    other = "2004-02-01,month,Camden,fraud,-1,,x\n"
    folder.load("counts", counts("2") + other, "2004-04-01")
    info = folder.publish("2004-04-02")
    assert homicides(folder, info)[date(2004, 2, 1)] == 3
