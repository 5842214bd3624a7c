"""What the sample holds: one stream per offence, investigating unit and kind of weapon.

Figures of a year are those of 2003/04 where a paper has them ([keys] are the sources of
the sample's README): gun-enabled crime 3,966, of which SCD investigates a quarter
[MI-FY05]; about 205 homicides [PERF-Mar04], a dozen of them Trident's [BBC07]; 175
Trident shootings [MI-Jun04]; 7,500 to 8,000 child abuse offences [CAIC07]; 358 kidnaps
in 2004 [IND05]; 150 cash-in-transit robberies [DM06]. The rest is illustrative.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

PERSON = "person"


@dataclass(frozen=True)
class Was:
    """What some reports were first classified as, and who had them then."""

    offence: str
    ocu: str
    desk: str | None
    share: float


@dataclass(frozen=True)
class Stream:
    """One homogeneous flow of crime reports.

    yearly     offences in 2003/04; levels turn it into the other planning years
    dispersion variance over mean of a count (1: Poisson)
    desks      branch or team that takes it, by region N, S, E, W; or one list for all
    detected   share in the end detected by sanction, and otherwise
    delay      median days from report to detection
    """

    offence: str
    ocu: str
    yearly: float
    desks: tuple[str, ...] | Mapping[str, tuple[str, ...]] = ()
    dispersion: float = 1.4
    spread: str = "violence"
    season: str = "flat"
    levels: str = "flat"
    weapon: str = "none"
    premises: str = "any"
    victims: str = PERSON
    ages: str = "adult"
    sexes: str = "mostly_male"
    ethnicity: str = "london"
    hours: str = "night"
    detected: tuple[float, float] = (0.15, 0.04)
    delay: float = 30
    no_crime: float = 0.02
    report_lag: float = 0.3
    was: Was | None = field(default=None)


def _by_region(branches: dict[str, str], teams: int) -> dict[str, tuple[str, ...]]:
    return {
        region: tuple(f"{branch}/{team}" for team in range(1, teams + 1))
        for region, branch in branches.items()
    }


HOMICIDE = _by_region({"N": "SCD1(1)", "E": "SCD1(1)", "S": "SCD1(2)", "W": "SCD1(3)"}, 4)
CHILDREN = _by_region({"N": "SCD5(1)", "W": "SCD5(1)", "S": "SCD5(2)", "E": "SCD5(2)"}, 4)
FLYING = {region: (f"SCD7(5)/{n}",) for n, region in enumerate("NSEW", 1)}
SHOOTINGS = {
    "N": ("SCD8(1)/1",), "W": ("SCD8(1)/1",), "S": ("SCD8(1)/2",), "E": ("SCD8(1)/2",),
}  # fmt: skip
TRADE: dict[str, Any] = {
    "premises": "shop",
    "victims": "business",
    "hours": "trading",
    "spread": "trade",
}
GUN: dict[str, Any] = {"spread": "gun", "season": "gun", "levels": "gun", "weapon": "gun"}
CHILD: dict[str, Any] = {
    "spread": "children", "premises": "child", "ages": "child", "hours": "home",
    "season": "school", "levels": "child", "weapon": "hands",
}  # fmt: skip

STREAMS = (
    # Homicide: one report a victim, Poisson.
    Stream(
        "murder", "SCD1", 163, HOMICIDE, 1, weapon="homicide", premises="homicide",
        levels="homicide", detected=(0.85, 0.05), delay=9, no_crime=0.01,
        was=Was("attempted_murder", "SCD1", "SCD1(2)/1", 0.05),
    ),
    Stream(
        "manslaughter", "SCD1", 28, HOMICIDE, 1, weapon="hands", premises="homicide",
        levels="homicide", detected=(0.85, 0.05), delay=14, no_crime=0.01,
        was=Was("murder", "SCD1", "SCD1(1)/2", 0.12),
    ),
    Stream(
        "infanticide", "SCD1", 1.2, HOMICIDE, 1, weapon="hands", premises="homicide", ages="child",
        sexes="even", detected=(0.7, 0.2), delay=20, no_crime=0.02,
    ),
    Stream(
        "murder", "SCD8", 12, ("SCD8(2)",), 1, spread="trident", weapon="shot", premises="street",
        ethnicity="trident", levels="trident", detected=(0.62, 0.02), delay=40, no_crime=0,
    ),
    Stream(
        "attempted_murder", "SCD1", 110, HOMICIDE, 1.3, weapon="attempt", premises="homicide",
        detected=(0.52, 0.04), delay=20,
        was=Was("grievous_bodily_harm", "TP", None, 0.2),
    ),
    # Shootings: Trident's, and those that boroughs keep.
    Stream(
        "shooting_nonfatal", "SCD8", 175, SHOOTINGS, 1.3, spread="trident", season="gun",
        levels="trident", weapon="shot", premises="street", ethnicity="trident",
        detected=(0.17, 0.06), delay=35, no_crime=0.01,
        was=Was("shooting_nonfatal", "TP", None, 0.12),
    ),
    Stream(
        "shooting_nonfatal", "TP", 270, (), 1.3, **(GUN | {"weapon": "shot"}), premises="street",
        detected=(0.16, 0.04), delay=30,
    ),
    # Robbery: the Flying Squad's, and what stays with boroughs.
    Stream(
        "robbery_business", "SCD7", 3110, FLYING, 1.4, **TRADE, season="robbery",
        levels="robbery", weapon="shop", detected=(0.19, 0.03), delay=28, no_crime=0.02,
        was=Was("robbery_personal", "TP", None, 0.025),
    ),
    Stream(
        "robbery_business", "TP", 420, (), 1.4, **TRADE, season="robbery", weapon="hands",
        detected=(0.16, 0.03), delay=20,
    ),
    Stream(
        "cash_in_transit_robbery", "SCD7", 150, FLYING, 1.3, spread="trade", season="robbery",
        weapon="van", premises="van", victims="business", hours="office",
        detected=(0.2, 0.02), delay=45, no_crime=0.01,
        was=Was("robbery_business", "SCD7", "SCD7(5)/3", 0.06),
    ),
    Stream(
        "robbery_personal", "TP", 1460, (), 1.5, **GUN, premises="street", detected=(0.12, 0.05),
        delay=25, no_crime=0.03,
    ),
    Stream(
        "robbery_personal", "TP", 1200, (), 1.5, spread="gun", weapon="blade", premises="street",
        detected=(0.13, 0.05), delay=22, no_crime=0.03,
    ),
    # Kidnap and blackmail.
    Stream(
        "kidnap", "SCD7", 550, ("SCD7(1)/1",), 1.3, weapon="kidnap", levels="kidnap",
        spread="violence", detected=(0.3, 0.05), delay=14, no_crime=0.07,
        was=Was("threats_to_kill", "TP", None, 0.03),
    ),
    Stream(
        "blackmail", "SCD7", 290, ("SCD7(1)/2", "SCD7(1)/1"), 1.3, spread="trade", victims="money",
        premises="office", hours="office", detected=(0.24, 0.05), delay=35, report_lag=6,
    ),
    # Child abuse.
    Stream(
        "child_assault", "SCD5", 4500, CHILDREN, 1.4, **CHILD, sexes="even",
        detected=(0.13, 0.1), delay=40, no_crime=0.065, report_lag=5,
    ),
    Stream(
        "child_cruelty", "SCD5", 1180, CHILDREN, 1.3, **CHILD, sexes="even",
        detected=(0.16, 0.12), delay=45, no_crime=0.06, report_lag=12,
        was=Was("child_assault", "SCD5", "SCD5(2)/2", 0.05),
    ),
    Stream(
        "child_sexual", "SCD5", 2460, CHILDREN, 1.3, **CHILD, sexes="mostly_female",
        detected=(0.15, 0.05), delay=60, no_crime=0.06, report_lag=160,
        was=Was("sexual_other", "TP", None, 0.03),
    ),
    Stream(
        "child_assault", "SCD5", 90, ("SCD5(3)/1", "SCD5(3)/2"), 1.3, **CHILD, sexes="even",
        detected=(0.4, 0.05), delay=30, no_crime=0.02,
    ),
    # Economic and specialist.
    Stream(
        "fraud", "SCD6", 900, ("SCD6(1)", "SCD6(1)", "SCD6(2)"), 1.5, spread="fraud",
        victims="money", premises="office", hours="office", detected=(0.2, 0.05), delay=90,
        report_lag=40,
    ),
    Stream(
        "money_laundering", "SCD6", 130, ("SCD6(5)",), 1.4, spread="fraud", victims="state",
        premises="office", hours="office", detected=(0.6, 0.02), delay=25, report_lag=30,
    ),
    Stream(
        "wildlife_crime", "SCD6", 30, ("SCD6(4)",), 1.3, spread="trade", victims="state",
        premises="any", hours="office", detected=(0.4, 0.05), delay=30, report_lag=10,
    ),
    Stream(
        "handling_stolen_goods", "SCD6", 60, ("SCD6(3)",), 1.3, spread="fraud",
        victims="business", premises="shop", hours="office", detected=(0.4, 0.05), delay=30,
        report_lag=10,
    ),
    Stream(
        "fraud", "TP", 700, (), 1.5, spread="fraud", victims="money", premises="office",
        hours="office", detected=(0.18, 0.08), delay=50, report_lag=25,
    ),
    # Drugs and guns.
    Stream(
        "drug_trafficking", "SCD7", 260, ("SCD7(4)", "SCD7(3)", "SCD7(2)"), 1.5, spread="drugs",
        victims="state", detected=(0.88, 0.02), delay=3, no_crime=0.01, report_lag=0.1,
    ),
    Stream(
        "drug_trafficking", "TP", 1500, (), 1.6, spread="drugs", victims="state",
        detected=(0.84, 0.03), delay=3, no_crime=0.01, report_lag=0.1,
    ),
    Stream(
        "firearms_possession", "SCD8", 60, ("SCD8(3)",), 1.3, **(GUN | {"weapon": "shot"}),
        victims="state", detected=(0.72, 0.03), delay=4, no_crime=0.01, report_lag=0.1,
    ),
    Stream(
        "firearms_possession", "TP", 420, (), 1.4, **(GUN | {"weapon": "shot"}), victims="state",
        detected=(0.42, 0.04), delay=5, no_crime=0.01, report_lag=0.1,
    ),
    # What else boroughs record that touches SCD's field.
    Stream("grievous_bodily_harm", "TP", 420, (), 1.5, **GUN, detected=(0.14, 0.06), delay=24),
    Stream("threats_to_kill", "TP", 560, (), 1.5, **GUN, detected=(0.1, 0.08), delay=20),
    Stream(
        "grievous_bodily_harm", "TP", 800, (), 1.5, weapon="blade", detected=(0.25, 0.1), delay=24
    ),
    Stream(
        "sexual_other", "TP", 500, (), 1.4, sexes="mostly_female", detected=(0.18, 0.06),
        delay=40, no_crime=0.06, report_lag=30,
    ),
)  # fmt: skip

# Month's share of a year, January first; robbery and gun as data/catalogue/profiles.csv.
_FLAT = (1 / 12,) * 12
SEASONS = {
    "flat": _FLAT,
    "robbery": (
        0.088, 0.08, 0.085, 0.078, 0.078, 0.074, 0.076, 0.075, 0.078, 0.088, 0.096, 0.104,
    ),
    "gun": (0.084, 0.077, 0.084, 0.08, 0.084, 0.082, 0.085, 0.083, 0.081, 0.088, 0.088, 0.084),
    "school": (0.084, 0.081, 0.087, 0.082, 0.085, 0.085, 0.084, 0.077, 0.083, 0.086, 0.086, 0.08),
}  # fmt: skip

# Level of the planning years 2000/01 … 2004/05, 2003/04 being 1.
LEVELS = {
    "flat": (1.0, 1.0, 1.0, 1.0, 1.0),
    "gun": (0.9, 1.06, 1.03, 1.0, 0.921),
    "homicide": (0.94, 0.97, 0.98, 1.0, 0.94),
    "trident": (0.88, 0.96, 0.93, 1.0, 1.057),
    "robbery": (0.97, 1.06, 1.02, 1.0, 0.97),
    "child": (0.95, 0.97, 0.99, 1.0, 1.0),
    "kidnap": (0.95, 1.0, 1.0, 1.0, 1.0),
}

# Homicides cleared up: 81% in 2002/03, 97% in 2003/04 [PERF-Mar04].
HOMICIDE_CLEAR_UP = (0.95, 0.95, 0.94, 1.08, 1.0)


def homicide(stream: Stream) -> bool:
    return stream.offence in ("murder", "manslaughter", "infanticide")


def offences() -> tuple[str, ...]:
    """Every offence code that a report of the sample may carry, now or at first."""
    codes = [item.offence for item in STREAMS] + [item.was.offence for item in STREAMS if item.was]
    return tuple(dict.fromkeys(codes))


def table(
    mixes: Mapping[str, Mapping[Any, float]], names: list[str]
) -> tuple[tuple[Any, ...], np.ndarray]:
    """Vocabulary, and per stream the cumulated shares of each word of it."""
    words = tuple(dict.fromkeys(word for mix in mixes.values() for word in mix if word))
    shares = np.zeros((len(names), len(words) + 1))
    for row, name in enumerate(names):
        for word, share in mixes[name].items():
            shares[row, words.index(word) if word else len(words)] = share
    return words, np.cumsum(shares / shares.sum(axis=1, keepdims=True), axis=1)
