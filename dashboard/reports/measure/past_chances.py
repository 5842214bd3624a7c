"""What past chances and bands of year ends came to: said beside those of today.

The same rows as the backtest shows; they are of counts, whose chances alone are scored by words.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, TypedDict

import numpy as np

from dashboard.reports.measure import rate_ends
from dashboard.reports.measure.growth import WHOLE
from dashboard.reports.measure.past_targets import Asked, asked, chances, met
from dashboard.reports.measure.year_ends import Years, widened_then, years
from dashboard.reports.request import Request
from dashboard.reports.request.reckoned import reckoned
from dashboard.stats import backtest as scoring
from dashboard.stats import year_end
from dashboard.words import numbers, phrases

EDGES = (0.001, 0.999)  # chances that a wall says as 'under 1 in 100' and 'over 99 in 100'
THRESHOLD = (
    f"likely to be missed: a chance of {100 * year_end.UNLIKELY:.0f} % or less, taken as often as "
    "such chances came true where that was not about what they said, or what stands will not meet "
    "it without change"
)


class Reliable(TypedDict):
    """How often what was called by a word came true."""

    place: str
    words: str
    n: int
    mean_chance: float
    came_true: int
    share: float
    low: float
    high: float
    part_of: Annotated[str | None, "null: a word of its own, part of none"]


def reliability(forecasts: Years, questions: Asked, then: np.ndarray) -> list[Reliable]:
    """How often what was called unlikely, likely, … came true, with the dispersion as then.

    Of what was said as 'under 1 in 100' and 'over 99 in 100' there is a row, too: part_of says of
    which words it is a part.
    """
    if not questions.row.size:
        return []
    keys = list(
        zip(forecasts.measure, forecasts.unit, forecasts.borough, forecasts.year, strict=True)
    )
    number = {key: place for place, key in enumerate(dict.fromkeys(keys))}
    outcome = np.array([number[key] for key in keys])[questions.row]
    said, came = chances(forecasts, questions, then), met(forecasts.total, questions)
    listed = [_reliable(forecasts, item) for item in scoring.reliability(said, came, outcome)]
    told = np.array([numbers.odds(float(value)) for value in said])
    for edge in EDGES:
        if (chosen := told == numbers.odds(edge)).any():
            (item,) = scoring.reliability(said[chosen], came[chosen], outcome[chosen])
            part = _reliable(forecasts, item)
            listed.append({**part, "words": numbers.odds(edge), "part_of": item.words})
    return listed


def _reliable(forecasts: Years, item: scoring.Bin) -> Reliable:
    return {
        "place": place_of(forecasts),
        "words": item.words,
        "n": item.n,
        "mean_chance": item.mean_chance,
        "came_true": item.came_true,
        "share": item.came_true / item.n,
        "low": item.low,
        "high": item.high,
        "part_of": None,
    }


def place_of(forecasts: Years) -> str:
    """Where the series lie: as wholes, or in areas."""
    return WHOLE if forecasts.borough.size and forecasts.borough[0] is None else "borough"


def corrected(request: Request, chance: float) -> float:
    """A chance as the record of those in the same words corrects it: the share of them that came
    true, where the interval of that share does not hold what they said; else the chance itself.

    What a wall says as under 1 or over 99 in 100 is held against its own record. Chances of rates,
    which nobody scored by words, are corrected by the record of counts. What is settled already, 0
    or 1, stays so, and nothing else becomes so.
    """
    past = {row["words"]: row for row in record_of_chances(request)}
    told = numbers.odds(chance)
    row = past.get(told) or past.get(year_end.chance_words(chance))
    if chance in (0, 1) or row is None or about_as_said(row):
        return chance
    least, most = EDGES
    return min(max(row["share"], least), most)


def about_as_said(row: Reliable) -> bool:
    """Whether chances came true about as they said: by the interval of the share that did."""
    return row["low"] <= row["mean_chance"] <= row["high"]


def record(request: Request, said: Iterable[str]) -> str:
    """What past chances in the words that are `said` came to, where it was not about what they
    said, by the interval of the backtest; '' where none was ever scored.

    'Past chances of counts: 'unlikely' came true in 48 % (said 22 %)'
    """
    past = {row["words"]: row for row in record_of_chances(request)}
    shown = [past[words] for _, words in year_end.WORDS if words in set(said) and words in past]
    if year_end.SURE in set(said) and year_end.SURE in past:
        shown.append(past[year_end.SURE])
    each = [
        f"'{row['words']}' came true in {numbers.share(row['share'])} "
        f"(said {numbers.share(row['mean_chance'])})"
        for row in shown
        if not about_as_said(row)
    ]
    if each:
        return f"past chances of counts: {phrases.listed(each)}"
    return "past chances of counts came true about as said" if shown else ""


@reckoned(Reliable)
def record_of_chances(request: Request) -> list[Reliable]:
    forecasts = years(request, WHOLE)
    if not forecasts.measure.size:
        return []
    return reliability(forecasts, asked(request, forecasts), widened_then(forecasts))


def bands(request: Request, measures: Iterable[str]) -> tuple[str, ...]:
    """Of each measure whose past year ends are known, what its 80 % bands held, in a sentence.

    'Networks disrupted: the band of four in five held 45 % of 31 past year ends'
    """
    held = {row["measure"]: row for row in _bands(request)}
    return tuple(
        f"{request.measures[name].name}: the band of four in five held "
        f"{numbers.share(held[name]['share'])} of {held[name]['n']:,} past year ends before it was "
        "widened"
        for name in measures
        if name in held
    )


class Band(TypedDict):
    """The share of a measure's past year ends that the 80 % band held, and of how many."""

    measure: str
    share: float
    n: int


@reckoned(Band)
def _bands(request: Request) -> list[Band]:
    forecasts = years(request, WHOLE)
    said: dict[str, Band] = {}
    for name in np.unique(forecasts.measure.astype(str)):
        one = forecasts.of(forecasts.measure == name)
        share = scoring.held(one.came, one.rest, one.variance).mean()
        said[str(name)] = {"measure": str(name), "share": float(share), "n": len(one.measure)}
    rates = rate_ends.rate_years(request, WHOLE)
    for name in sorted({item.ahead.key[0] for item in rates}):
        own = tuple(item for item in rates if item.ahead.key[0] == name)
        share = float(rate_ends.held(own).mean())
        said[name] = {"measure": name, "share": share, "n": len(own)}
    return list(said.values())
