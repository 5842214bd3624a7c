"""Rows of the backtest on alerts: how many, how many false, and which rises are found."""

from __future__ import annotations

from datetime import date
from typing import TypedDict

import numpy as np

from dashboard.reports.backtest.past_alerts import FAMILIES, SIZES, Planted, Tally, Truth
from dashboard.reports.request import Request
from dashboard.stats import alerts as rules
from dashboard.stats import backtest as scoring


class Alerted(TypedDict):
    """Alerts of past meetings in a family of series."""

    family: str
    meetings: int
    tested: int
    alerts: int
    per_meeting: float
    with_alert: int
    judged: int  # by now
    true: int
    watched: int
    watched_expected: float


class Power(TypedDict):
    """Rises put into held-out windows, by what was expected, and how many were found."""

    expected: str
    planted: int
    found: int
    share: float
    low: float
    high: float


class Rise(TypedDict):
    """A rise that the ground truth names, and by which measures its borough alerted."""

    measure: str
    name: str
    borough: str
    borough_name: str
    since: date
    now: int
    expected: float
    found: bool
    alerted: str


def alerts(tallies: dict[str, Tally]) -> list[Alerted]:
    """Alerts of past meetings by family."""
    by_family: list[Alerted] = []
    for family in FAMILIES:
        tally = tallies[family]
        if not tally.meetings:
            continue
        by_family.append(
            {
                "family": family,
                "meetings": tally.meetings,
                "tested": tally.tested,
                "alerts": tally.alerts,
                "per_meeting": tally.alerts / tally.meetings,
                "with_alert": tally.with_alert,
                "judged": tally.judged,
                "true": tally.true,
                "watched": tally.watched,
                "watched_expected": rules.WATCH * tally.tested,
            }
        )
    return by_family


def power(planted: Planted) -> list[Power]:
    """How many of the rises put in were found, by what was expected."""
    by_size: list[Power] = []
    for low, high in SIZES:
        size = planted.sizes[low]
        if size.planted:
            part = scoring.share(np.arange(size.planted) < size.found)
            words = f"{low:.0f} to under {high:.0f}" if np.isfinite(high) else f"{low:.0f} or more"
            by_size.append(
                {
                    "expected": words,
                    "planted": size.planted,
                    "found": size.found,
                    "share": part.value,
                    "low": part.low,
                    "high": part.high,
                }
            )
    return by_size


def truths(request: Request, named: list[Truth]) -> list[Rise]:
    """Each rise that the ground truth names, and by which measures its borough alerted."""
    return [
        {
            "measure": item.measure,
            "name": request.measures[item.measure].name,
            "borough": item.borough,
            "borough_name": request.catalogue.areas[item.borough].name,
            "since": item.since,
            "now": item.now,
            "expected": item.expected,
            "found": bool(item.alerted),
            "alerted": ", ".join(request.measures[name].name for name in item.alerted),
        }
        for item in named
    ]
