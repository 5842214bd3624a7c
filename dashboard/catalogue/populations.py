"""How many people an area holds, year by year: residents, and those there on a workday.

A file of its own, as figures of many years are revised apart from the list of areas. A
catalogue published before the file existed has none; then only the year of boroughs.csv is
known.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

STATUSES = ("estimate", "projection")


@dataclass(frozen=True)
class Population:
    """People of an area in the middle of a year.

    workday_population  those there on a working day; None where nobody has said
    status              estimate (what was found) or projection (what was foreseen)
    """

    area: str
    year: int
    population: int
    workday_population: int | None
    status: str
    source: str


def faults(rows: list[tuple[str, Population]], areas: dict[str, Any]) -> Iterator[str]:
    """What is wrong between the rows, each `file:line: sentence`.

    rows   each with where it stands
    areas  the areas of boroughs.csv by code; empty where that file can't be read
    """
    last: dict[str, int] = {}
    for where, row in rows:
        if areas and (row.area not in areas or areas[row.area].kind != "borough"):
            yield f"{where}: area is a borough of boroughs.csv; got: {row.area!r}"
        if row.population <= 0 or row.workday_population == 0:
            yield f"{where}: a population is above 0"
        before = last.get(row.area)
        if before is not None and row.year > before + 1:
            yield f"{where}: years follow each other; {row.area} has none from {before + 1}"
        last[row.area] = row.year
