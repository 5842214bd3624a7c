"""Boroughs against the limits for their size: what each seen is worth, and a verdict.

A count is set against what its exposure lets expect, a share against the share of all boroughs,
whichever was asked. No ranking: each borough stands against its own limits.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from dashboard.catalogue import Catalogue
from dashboard.reports.boroughs.exposure import (
    CASES,
    HISTORY,
    CountedSpan,
    by_history,
    by_people,
    compared_with,
    policed,
)
from dashboard.stats import funnel, overdispersion
from dashboard.words.names import area_word

FEWEST = 1.0  # expected (or cases) a borough, on average: below it there is no verdict


def too_few() -> str:
    """Why areas are not compared where there is next to nothing to compare."""
    return f"fewer than one a {area_word()} on average: too few to compare"


STATUSES = ("above_998", "above_95", "within", "below_95", "below_998")


@dataclass(frozen=True)
class Limits:
    """Limits on a borough's value (a ratio of seen to expected, or a share)."""

    low_95: float
    high_95: float
    low_998: float
    high_998: float

    def status(self, value: float) -> str:
        """Where a value lies, the outer limits first."""
        if value > self.high_998:
            return "above_998"
        if value < self.low_998:
            return "below_998"
        if value > self.high_95:
            return "above_95"
        return "below_95" if value < self.low_95 else "within"


@dataclass(frozen=True)
class Judged:
    """One borough against its limits: exact ones, and those widened for overdispersion."""

    seen: float
    size: float  # expected count, or cases of a share
    value: float
    exact: Limits
    adjusted: Limits
    effective: float  # the expected count less what its own uncertainty takes

    def limits(self, adjust: bool) -> Limits:
        return self.adjusted if adjust else self.exact


@dataclass(frozen=True)
class Comparison:
    """All boroughs of a measure against one basis.

    against  a key of WORDS; basis: what the comparison rests on, in words
    reason   why there is no verdict; '' where there is one
    adjust   whether the widened limits are due (φ > 1 + 2√(2/N), ten boroughs or more)
    """

    against: str
    basis: str
    boroughs: Mapping[str, Judged]
    reason: str = ""
    phi: float | None = None
    tau2: float | None = None
    adjust: bool = False
    target: float = 1.0

    def status(self, code: str) -> str:
        """The borough's status by the limits that are due; '' where it is not judged."""
        borough = self.boroughs.get(code)
        return borough.limits(self.adjust).status(borough.value) if borough else ""


def compare(
    catalogue: Catalogue, windows: Mapping[int, CountedSpan], against: str, *, rate: bool
) -> Comparison:
    """Each borough's window 0 against the basis asked for.

    windows  by how many years ago, as queries/reports/borough_matrix.sql cuts them
    rate     whether the measure is a share
    """
    now = windows[0]
    codes = [code for code in policed(catalogue) if code in now.parts]
    if rate:
        return _of_shares(now, codes)
    expected, effective, basis = (
        by_history(windows, codes)
        if against == HISTORY
        else by_people(catalogue, now, codes, against)
    )
    if not expected:
        return Comparison(against, basis, {}, reason=basis)
    if sum(expected.values()) < FEWEST * len(codes):
        return Comparison(against, basis, {}, reason=too_few())
    return _of_counts(now, expected, effective, against, basis)


def _of_counts(
    now: CountedSpan,
    expected: dict[str, float],
    effective: dict[str, float],
    against: str,
    basis: str,
) -> Comparison:
    size = np.array([effective[code] for code in expected])
    scale = np.array([effective[code] / expected[code] for code in expected])
    seen = np.array([now.parts[code].seen for code in expected])
    spread = overdispersion.of_ratios(seen * scale, size)
    inner = overdispersion.ratio_limits(spread, funnel.INNER)
    outer = overdispersion.ratio_limits(spread, funnel.OUTER)
    edges = funnel.limits_of_counts(size).tolist()
    judged = {}
    for place, code in enumerate(expected):
        exact = Limits(*(edge / float(size[place]) for edge in edges[place]))
        wide = Limits(*(float(edge[place]) for edge in (*inner, *outer)))
        value = float(seen[place]) / expected[code]
        judged[code] = Judged(
            float(seen[place]), expected[code], value, exact, wide, float(size[place])
        )
    return Comparison(against, basis, judged, "", spread.phi, spread.tau2, spread.adjust)


def _of_shares(now: CountedSpan, codes: list[str]) -> Comparison:
    """Shares about the share of all boroughs; a share above 1 is compared as a count."""
    held = {code: now.parts[code] for code in codes if now.parts[code].size}
    basis = compared_with(CASES)
    if not held or not sum(part.seen for part in held.values()):
        return Comparison(CASES, basis, {}, reason="nothing to compare yet")
    cases = {code: float(part.size or 0) for code, part in held.items()}
    overall = sum(part.seen for part in held.values()) / sum(cases.values())
    if sum(cases.values()) < FEWEST * len(codes):
        return Comparison(CASES, basis, {}, reason=too_few())
    if any(part.seen > cases[code] for code, part in held.items()):
        expected = {code: overall * size for code, size in cases.items()}
        return _of_counts(now, expected, expected, CASES, f"{basis}, outcomes as counts")
    seen = [part.seen for part in held.values()]
    spread = overdispersion.of_shares(seen, list(cases.values()))
    inner = overdispersion.share_limits(spread, funnel.INNER)
    outer = overdispersion.share_limits(spread, funnel.OUTER)
    edges = funnel.limits_of_shares(list(cases.values()), overall).tolist()
    judged = {}
    for place, (code, part) in enumerate(held.items()):
        exact = Limits(*edges[place])
        wide = Limits(*(float(edge[place]) for edge in (*inner, *outer)))
        value = part.seen / cases[code]
        judged[code] = Judged(part.seen, cases[code], value, exact, wide, cases[code])
    return Comparison(
        CASES, basis, judged, "", spread.phi, spread.tau2, spread.adjust, spread.target
    )
