"""What is sealed with a decision, and the judgement that it leads to at the end of its horizon.

Everything that a result could be argued about is settled before the action: what would come
without it, which boroughs it is compared with, when it is judged, and by which test.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from dashboard.decisions import effects, synthetic
from dashboard.decisions.effects import Past
from dashboard.decisions.sealed import Difference, Fortnight, Judged, Mixes, Sealed, SealedPast
from dashboard.periods import calendar
from dashboard.stats import alerts as counts

METHOD = 2  # of this module and of effects: a seal says by which one it is judged
FIRST_LEVEL = 0.05  # of seals that say none: those of the first method
TEST = (
    f"one-sided at {100 * effects.LEVEL:g} %, judged once at the end of the horizon: chance of a"
    " count as far on the expected side if the action did nothing"
)


@dataclass(frozen=True)
class Reach:
    """Which series an effect is looked for in: the boroughs acted in, compared with, touching.

    All three are empty where the effect is of a whole count, which nothing stands beside.
    """

    treated: tuple[str, ...] = ()
    compared: tuple[str, ...] = ()
    touching: tuple[str, ...] = ()


def seal(
    past: Past,
    reach: Reach,
    since: date,
    horizon: int,
    ratio: float,
    seed: int,
    peak: float | None,
    caps: Mapping[str, list[float]] | None = None,
    mixes: Mixes | None = None,
) -> Sealed:
    """What is sealed, as the store holds it.

    since  first day of the first fortnight after the meeting's own
    peak   the count of the fortnight that the meeting looked at
    caps   the most that each fortnight of a comparison borough counts for
    mixes  of `synthetic.seal`; None where history does not allow a synthetic control
    """
    mean, variance = effects.without(past, horizon)
    low, high = counts.band(mean, variance)
    return {
        "method": METHOD,
        "test": TEST,
        "at_most": effects.LEVEL,
        "kind": "beside" if past.beside else "whole",
        "treated": list(reach.treated),
        "compared": list(reach.compared),
        "touching": list(reach.touching),
        "caps": dict(caps or {}),
        "synthetic": mixes,
        "since": since.isoformat(),
        "until": (since + horizon * calendar().window).isoformat(),
        "horizon": horizon,
        "ratio": ratio,
        "peak": peak,
        "level": past.level(),
        "past": _kept(past),
        "forecast": _fortnights(past, since, horizon),
        "total": {"mean": float(mean), "low": float(low), "high": float(high)},
        "seed": seed,
        "chances": {str(h): share for h, share in effects.chances(past, ratio, seed).items()},
    }


def _kept(past: Past) -> SealedPast:
    return {
        "treated": past.treated,
        "compared": past.compared,
        "touching": past.touching,
        "exposure": past.exposure,
        "ahead": list(past.ahead),
        "phi": past.phi,
        "drift": past.drift,
        "unsure": past.unsure,
    }


def _fortnights(past: Past, since: date, horizon: int) -> list[Fortnight]:
    """The forecast without the action, fortnight by fortnight."""
    forecast: list[Fortnight] = []
    for step, season in enumerate(past.ahead[:horizon]):
        mean = past.level() * season
        variance = past.phi * mean * (1 + mean / (past.treated + effects.HALF))
        low, high = counts.band(np.array(mean), np.array(max(variance, mean * (1 + 1e-6))))
        start = since + step * calendar().window
        forecast.append(
            {"start": start.isoformat(), "mean": mean, "low": float(low), "high": float(high)}
        )
    return forecast


def past_of(sealed: Sealed) -> Past:
    """The past that was sealed."""
    said = sealed["past"]
    return Past(
        said["treated"], said["compared"], said["touching"], said["exposure"],
        tuple(said["ahead"]), said["phi"], said.get("drift", 0.0), said.get("unsure", 0.0),
    )  # fmt: skip


def judge(
    sealed: Sealed,
    treated: Sequence[float],
    compared: float | None = None,
    touching: float | None = None,
    each: Mapping[str, float] | None = None,
) -> Judged:
    """The result, from what came in the horizon: the verdict and all figures behind it.

    treated   count of each fortnight of the horizon in the boroughs acted in, or of the whole
    compared, touching  counts of the whole horizon in the sealed boroughs
    each      those of each comparison borough, none capped
    return    `verdict` is worked, did_not, not_yet or never; `seen_from` the meeting from which on
              it could be told, for one that can't be yet
    """
    past, horizon, ratio = past_of(sealed), int(sealed["horizon"]), float(sealed["ratio"])
    count = float(sum(treated))
    beside = compared if past.beside else None
    mean, variance = effects.without(past, horizon, beside)
    low, high = counts.band(mean, variance)
    p = float(effects.p_value(past, horizon, ratio, count, beside))
    against = float(effects.p_effect(past, horizon, ratio, count, beside))
    seen_from = first_seen(sealed, horizon + 1)
    judged: Judged = {
        "verdict": _verdict(p, against, seen_from, sealed.get("at_most", FIRST_LEVEL)),
        "seen_from": None if seen_from is None else seen_from.isoformat(),
        "treated": count,
        "fortnights": [float(item) for item in treated],
        "compared": beside,
        "touching": touching,
        "expected": {"mean": float(mean), "low": float(low), "high": float(high)},
        "p": p,
        "p_effect": against,
        "difference": None,
        "moved": None,
        "net": None,
        "synthetic": synthetic.judge(sealed.get("synthetic"), count, each or {}, ratio),
    }
    if beside is not None:
        difference = effects.difference_in_differences(past, count, beside)
        judged["difference"] = _difference(difference)
        if touching is not None and past.touching:
            both = past.treated + past.touching
            moved = effects.weighted_displacement(past, past.touching, touching, beside)
            net = effects.weighted_displacement(past, both, count + touching, beside)
            judged["moved"], judged["net"] = _difference(moved), _difference(net)
    return judged


def _difference(said: effects.Difference) -> Difference:
    return {"value": said.value, "low": said.low, "high": said.high}


def _verdict(p: float, against: float, seen_from: date | None, level: float) -> str:
    if p <= level:
        return "worked"
    if against <= level:
        return "did_not"
    return "never" if seen_from is None else "not_yet"


def first_seen(sealed: Sealed, least: int = 1) -> date | None:
    """The meeting from which on the expected effect would be seen in 80 of 100 cases; None
    where that is not within a year.

    least  fortnights that have to have passed
    """
    for horizon, share in sorted((int(h), share) for h, share in sealed["chances"].items()):
        if horizon >= least and share >= effects.ENOUGH:
            since = date.fromisoformat(sealed["since"])
            return since + horizon * calendar().window + timedelta(days=calendar().cut_off)
    return None
