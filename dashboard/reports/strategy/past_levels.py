"""How often levels chosen at 80 % were met: over the past years that are known as a whole.

Each year is foretold from its first day, and from as long before it as the next one is now, with
the widening that the years over by then would have given.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypedDict

import numpy as np

from dashboard import rows
from dashboard.access import Disclosed
from dashboard.periods import day_words
from dashboard.reports.measure import next_years, rate_ends, year_ends
from dashboard.reports.measure.growth import BOROUGH, WHOLE
from dashboard.reports.request import Request
from dashboard.reports.request.kept import kept
from dashboard.stats import backtest as scoring
from dashboard.stats import levels
from dashboard.stats.levels import Law
from dashboard.words import numbers, phrases
from dashboard.words.names import area_word

ALL = "all"


class Scored(TypedDict):
    """How often levels were met.

    share     met of n; promised: the mean chance of these levels, above .80 where they are whole
    by_steps  the same where an outcome counts by the part of its step that meets exactly 80 %
    low, high the 95 % Wilson interval of by_steps, where a measure's year counts once: its
              boroughs share its drift
    """

    n: int
    series_years: int
    years: int
    met: int
    share: float
    promised: float
    by_steps: float
    low: float
    high: float


class _Of(TypedDict):
    kind: str  # count or rate
    place: str
    measure: str  # ALL of all together
    name: str
    wait: int  # months from the day of the forecast to the year's first


class Record(_Of, Scored):
    """The levels of a measure, or of all counts or rates, in a place, and how often they were
    met."""


@dataclass(frozen=True)
class Past:
    """A past year's level chosen at 80 %, and whether it was met.

    wait      months from the day of the forecast to the year's first
    promised  the chance of the level as it was rounded; by_steps: what of the outcome's step meets
              a level of exactly 80 %
    """

    kind: str
    place: str
    measure: str
    year: int
    wait: int
    level: float
    total: float
    met: bool
    promised: float
    by_steps: float


PLACES = (WHOLE, BOROUGH)
STEPS = (
    "Met by steps: a whole number is met more often than 80 %, so that an outcome counts by the "
    "part of its step that meets exactly 80 %."
)
CLUSTERS = "In the interval a measure’s year counts once: its {area}s share its drift."


@kept(16)
def past(request: Request, place: str, wait: int) -> tuple[Past, ...]:
    """All past years of counts and rates in one place that have a side to be on."""
    return (*_counts(request, place, wait), *_rates(request, place, wait))


def _counts(request: Request, place: str, wait: int) -> Iterator[Past]:
    counts = next_years.years(request, place, wait)
    factors = year_ends.widened_then(counts)
    for at, name in enumerate(counts.measure):
        law = next_years.CountLaw(float(counts.rest[at]), float(counts.variance[at] * factors[at]))
        total = float(counts.total[at])
        below = law.at_most(total - 1)
        apart = next_years.wait_of(int(counts.year[at]), int(counts.origin[at]))
        year = int(counts.year[at])
        yield from _past(request, "count", place, str(name), year, apart, law, total, below)


def _rates(request: Request, place: str, wait: int) -> Iterator[Past]:
    rates = next_years.past_rates(request, place, wait)
    for item, widened in zip(rates, rate_ends.widened_then(rates), strict=True):
        law, name = item.ahead.law(float(widened)), item.ahead.key[0]
        below, year = law.below(item.total), item.ahead.year
        yield from _past(
            request, "rate", place, name, year, item.ahead.wait, law, item.total, below
        )


def _past(
    request: Request,
    kind: str,
    place: str,
    name: str,
    year: int,
    wait: int,
    law: Law,
    total: float,
    below: float,
) -> Iterator[Past]:
    measure = request.measures[name]
    if measure.better == "neutral":
        return
    higher = measure.better == "higher"
    level = levels.level(law, higher, measure.is_rate)
    met = total >= level - levels.NEAR if higher else total <= level + levels.NEAR
    steps = levels.met_by_steps(below, law.at_most(total), higher)
    promised = levels.chance(law, higher, level)
    yield Past(kind, place, name, year, wait, level, total, met, promised, float(steps))


def record(request: Request, wait: int, places: tuple[str, ...] = (WHOLE,)) -> Disclosed:
    """How often the levels were met: all counts or rates of a place first, wholes by measure.

    places    wholes, or boroughs, too, of which there are many
    """
    past_levels = tuple(item for place in places for item in past(request, place, wait))
    records = list(_records(request, past_levels))
    return request.disclose(
        rows.table(Record, records),
        title=_title(records),
        subtitle=f"past years foretold before they began, scored as at {day_words(request.as_at)}",
        notes=(STEPS, *((CLUSTERS.format(area=area_word()),) if BOROUGH in places else ())),
        query="backtest_years",
        params={"unit": "n", "grain": "month", "place": WHOLE, "until": None},
    )


def _records(request: Request, past_levels: tuple[Past, ...]) -> Iterator[Record]:
    for kind, place, wait in sorted(
        {(item.kind, item.place, item.wait) for item in past_levels},
        key=lambda key: (key[0], key[1] != WHOLE, key[2]),
    ):
        own = [
            item
            for item in past_levels
            if (item.kind, item.place, item.wait) == (kind, place, wait)
        ]
        head: _Of = {
            "kind": kind, "place": place, "measure": ALL, "name": f"All {kind}s", "wait": wait
        }  # fmt: skip
        yield {**head, **scored(own)}
        if place == WHOLE:
            for name in sorted({item.measure for item in own}):
                one = [item for item in own if item.measure == name]
                said = request.measures[name].name
                yield {**head, "measure": name, "name": said, **scored(one)}


def scored(past_levels: list[Past]) -> Scored:
    """Of one or more past levels: how many were met, by themselves and by steps, and how sure."""
    clusters = len({(item.measure, item.year) for item in past_levels})
    steps = scoring.share([item.by_steps for item in past_levels], clusters)
    met = sum(item.met for item in past_levels)
    return {
        "n": len(past_levels),
        "series_years": clusters,
        "years": len({item.year for item in past_levels}),
        "met": met,
        "share": met / len(past_levels),
        "promised": float(np.mean([item.promised for item in past_levels])),
        "by_steps": steps.value,
        "low": steps.low,
        "high": steps.high,
    }


def _title(records: list[Record]) -> str:
    """'Levels chosen at 80 % were met in 33 of 44 past years of counts (61 to 86 %)'."""
    wholes = [row for row in records if row["measure"] == ALL and row["place"] == WHOLE]
    if not wholes:
        return "No past year can be foretold from before it began"
    first: dict[str, Record] = {}
    for row in wholes:
        first.setdefault(row["kind"], row)
    said = [
        f"{row['met']} of {row['n']} past years of {kind}s "
        f"({100 * row['low']:.0f} to {100 * row['high']:.0f} %)"
        for kind, row in first.items()
    ]
    return f"Levels chosen at {numbers.share(levels.CHOSEN)} were met in {phrases.listed(said)}"


def markdown(request: Request, wait: int) -> str:
    """The record as a small Markdown table."""
    lines = [
        "| levels chosen at 80 % | foretold before | n | met | promised | by steps | interval |",
        "|---|---:|---:|---:|---:|---:|---|",
    ]
    for row in rows.typed(Record, record(request, wait, PLACES).rows):
        lines.append(
            f"| {row['name']}, {row['place']} | {row['wait']} months | {row['n']} of "
            f"{row['years']} years | {100 * row['share']:.0f} % | {100 * row['promised']:.0f} % | "
            f"{100 * row['by_steps']:.0f} % | {100 * row['low']:.0f}–{100 * row['high']:.0f} % |"
        )
    return "\n".join(lines) + "\n"
