"""How much a recent figure still grows, by its age when it was known."""

from __future__ import annotations

from datetime import date
from typing import Annotated, TypedDict

from dashboard import rows
from dashboard.access import Disclosed
from dashboard.periods import calendar, next_start
from dashboard.reports.quality.revision import FEW, Known, grew, totals
from dashboard.reports.request import Request
from dashboard.reports.request.kept import kept
from dashboard.stats.growth import growth
from dashboard.words import numbers

# Age of a period when it was known: days from its end to the day of the file; first day of a band.
AGES = (0, 14, 28, 56, 91)
LAST_AGE = 182  # a period known at this age has as good as stopped growing
TOO_FEW = "null: too few known"

NONE_KNOWN = "null: no period was known at that age"


class Growth(TypedDict):
    """How much periods of a grain still grew from an age on: a ratio with its 95 % interval."""

    grain: str
    age: str
    pairs: int
    known: Annotated[float | None, NONE_KNOWN]
    latest: Annotated[float | None, NONE_KNOWN]
    factor: Annotated[float | None, TOO_FEW]
    low: Annotated[float | None, TOO_FEW]
    high: Annotated[float | None, TOO_FEW]
    said: str


@kept(32)
def provisional(request: Request, measure: str) -> Disclosed:
    """How much a window and a month usually still grow, by their age when first known.

    Each period stands once in a band: as known at its first as-at of that age, against what
    is known of it at the open as-at.
    """
    about = request.measure(measure)
    factors = [
        row for grain in (calendar().grain, "month") for row in _factors(request, measure, grain)
    ]
    said = next((row for row in factors if row["grain"] == "month" and row["pairs"]), None)
    title = (
        f"A month known {said['age']} after its end: {said['said']}"
        if said
        else f"{about.name}: how much it grows can't be told from one snapshot [x]"
    )
    return request.disclose(
        rows.table(Growth, factors),
        title=title,
        subtitle=f"{about.name}: known at that age → known now, of the same periods",
        notes=(
            "The factor is a ratio of sums; its 95 % interval needs three periods or more. "
            "Below 30 known only the numbers are told.",
        ),
        measure=measure,
    )


def _factors(request: Request, measure: str, grain: str) -> list[Growth]:
    known = totals(request, measure, grain)
    bands = [*AGES, LAST_AGE]
    factors: list[Growth] = []
    for since, until in zip(bands, bands[1:], strict=False):
        pairs = _pairs(request, known, grain, since, until)
        estimate = growth(pairs)
        few = estimate.known < FEW
        factors.append(
            {
                "grain": grain,
                "age": f"{since} to {until - 1} days",
                "pairs": estimate.pairs,
                "known": estimate.known if estimate.pairs else None,
                "latest": estimate.latest if estimate.pairs else None,
                "factor": None if few else estimate.factor,
                "low": None if few else estimate.low,
                "high": None if few else estimate.high,
                "said": grew(estimate.known, estimate.latest)
                if estimate.pairs
                else numbers.MISSING,
            }
        )
    return [row for row in factors if row["pairs"]] or factors[:1]


def _pairs(
    request: Request,
    known: dict[date, dict[date, Known]],
    grain: str,
    since: int,
    until: int,
) -> list[tuple[float, float]]:
    """(known at an age in the band, known now) of each period that both are known of.

    An as-at whose figures come from a file no newer says nothing on growth.
    """
    pairs = []
    for start, at in known.items():
        last, end = at.get(request.as_at), next_start(start, grain)
        early = [
            at[as_at]
            for as_at in sorted(at)
            if last
            and since <= (at[as_at].known_on - end).days < until
            and at[as_at].known_on < last.known_on
        ]
        if last and early:
            pairs.append((early[0].n, last.n))
    return pairs
