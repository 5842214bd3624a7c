"""The chart for a series, by one rule from its mean, its kind and its length."""

from __future__ import annotations

from dashboard.errors import StatisticsError

KINDS = ("count", "share", "rate", "amount", "stock")
FEWEST = 3  # points for any chart
FEWEST_LIMITS = 13  # points for limits that are more than a trial
RARE = 0.5  # events a period, below which the gaps between them say more
SMALL = 5.0  # events a period, below which a moving range misleads
BIG = 1000.0  # cases a period, from which binomial limits are too narrow to use


def chart_for(mean: float, kind: str, length: int, still: bool = False) -> str:
    """Which chart to draw; no page chooses by hand.

    mean    events a period; for a share or rate its cases (denominator) a period; for an
            amount (pounds, hours) or a stock it does not matter
    kind    'count', 'share', 'rate', 'amount' or 'stock' (what is counted at the ends of periods)
    length  points with a value
    still   whether most points equal the one before: moving ranges then say little of how far
            points usually lie apart (.docs/methods/limits.md)
    return  the first that holds:
            'none'     fewer than 3 points: the figures alone
            't'        a count under 0.5 a period: days between events
            'band'     a count under 5 a period: points in the band of the count forecast
            'run'      fewer than 13 points, a share of under 5 cases, or a series that stands
                       still: median and runs
            'stock'    a stock: each end from the one before, by its usual change
            'p_prime'  a share of 1,000 cases or more a period ('u_prime' for a rate)
            'xmr'      all others

    >>> [chart_for(mean, "count", 24) for mean in (0.4, 0.5, 5.0)]
    ['t', 'band', 'xmr']
    """
    if kind not in KINDS:
        raise StatisticsError(f"a series is one of {', '.join(KINDS)}; got: {kind!r}")
    if length < FEWEST:
        return "none"
    if kind == "count" and mean < SMALL:
        return "t" if mean < RARE else "band"
    if length < FEWEST_LIMITS or still or (kind in ("share", "rate") and mean < SMALL):
        return "run"
    if kind == "stock":
        return "stock"
    if kind in ("share", "rate") and mean >= BIG:
        return {"share": "p_prime", "rate": "u_prime"}[kind]
    return "xmr"
