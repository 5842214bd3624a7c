"""The alert list of every past meeting: how many alerts it raised, and what rises it finds."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from dashboard.reports.alerts.past_record import Rise, series_judged, tiers_of
from dashboard.reports.alerts.past_rounds import Round
from dashboard.stats import alerts as rules
from dashboard.stats import backtest as scoring

FAMILIES = ("borough", "ocu", "directorate")
SEED, PART, REPEATS = 2004, 0.02, 20  # of the rises put into held-out fortnights
SIZES = ((1.0, 5.0), (5.0, 30.0), (30.0, np.inf))  # expected counts by which power is told


@dataclass
class Tally:
    """What came of one family's meetings: a meeting of a family that tested nothing counts not.

    judged, true  as the alert list's own record counts them (reports/alerts/past_record.py)
    """

    meetings: int = 0
    with_alert: int = 0
    tested: int = 0
    alerts: int = 0
    judged: int = 0
    true: int = 0
    watched: int = 0


@dataclass
class Power:
    """Known rises of one size: how many were put in, and how many of them raised an alert."""

    planted: int = 0
    found: int = 0


@dataclass
class Planted:
    """Rises put into held-out fortnights: by least expected count; and the alerts in all."""

    sizes: dict[float, Power] = field(default_factory=lambda: defaultdict(Power))
    alerts: int = 0
    elsewhere: int = 0


@dataclass(frozen=True)
class Truth:
    """A rise that the sample's ground truth names, and the measures that alerted in its place."""

    measure: str
    borough: str
    since: date
    now: int
    expected: float
    alerted: tuple[str, ...]


def tallies(
    meetings: tuple[Round, ...], planted: list[Rise] | None
) -> tuple[dict[str, Tally], list[Truth]]:
    """Alerts by family over all past meetings; and what became of each planted rise whose count
    is known."""
    by_family = {name: Tally() for name in FAMILIES}
    named: list[Truth] = []
    for meeting in meetings:
        here = [e for e in planted or () if e["since"] == meeting.window.since.isoformat()]
        tier, p = tiers_of(meeting, meeting.now)
        alert = tier == "alert"
        named += [_named(meeting, event, alert) for event in here if "now" in event]
        judged, true = series_judged(meeting, planted)
        watched = (tier != "") & (p < rules.WATCH)
        for name, tally in by_family.items():
            chosen = meeting.family == name
            if not chosen.any():
                continue
            tally.meetings += 1
            tally.tested += int(chosen.sum())
            tally.alerts += int((alert & chosen).sum())
            tally.with_alert += int((alert & chosen).any())
            tally.watched += int((watched & chosen).sum())
            tally.judged += int((judged & chosen).sum())
            tally.true += int((judged & true & chosen).sum())
    return by_family, named


def injected(meetings: tuple[Round, ...]) -> Planted:
    """Rises to 2·expected + 1 put into a fiftieth of the series of each past fortnight.

    Each fortnight is taken twenty times over, with a fixed seed. A rise is put into one series
    alone: the series above and below it keep what came.
    """
    rng, planted = np.random.default_rng(SEED), Planted()
    for meeting in meetings:
        for _ in range(REPEATS):
            now, risen = scoring.planted(rng, meeting.now, meeting.mean, PART)
            if not risen.any():
                continue
            alert = tiers_of(meeting, now)[0] == "alert"
            planted.alerts += int(alert.sum())
            planted.elsewhere += int((alert & ~risen).sum())
            for low, high in SIZES:
                of_size = risen & (meeting.mean >= low) & (meeting.mean < high)
                planted.sizes[low].planted += int(of_size.sum())
                planted.sizes[low].found += int((of_size & alert).sum())
    return planted


def _named(meeting: Round, event: Rise, alert: np.ndarray) -> Truth:
    there = [
        item.measure
        for item, on in zip(meeting.series, alert, strict=True)
        if on and item.borough == event["borough"]
    ]
    return Truth(
        event["measure"],
        event["borough"],
        meeting.window.since,
        event["now"],
        event["expected"],
        tuple(there),
    )
