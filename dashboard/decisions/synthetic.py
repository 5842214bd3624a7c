"""A synthetic control: the mix of comparison boroughs that went as the treated ones did before.

Weights are fitted on the fortnights before the decision's own (its peak would be matched, not the
level) and sealed with it. How far chance alone goes is said by placebos: each comparison borough is
held against its own mix of the others, fitted and sealed alike.

source  Abadie, Diamond & Hainmueller 2010, "Synthetic control methods for comparative case
        studies", JASA 105: weights of 0 and above that add up to one, and placebo tests; counts of
        an area are first divided by their mean, so that areas of any size are comparable.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import scipy  # its parts when first asked: they take long

from dashboard.decisions.sealed import Mixed, Mixes, Mixture

LEAST = 52  # fortnights before the decision that all are known for: two years
SMOOTH = 3  # fortnights that are taken together: single ones are mostly chance
SUM_TO_ONE = 1e3  # weight of that line among those that are fitted
PLACES = 6  # decimals of a sealed weight
FEWEST = 1.0  # mean count a fortnight below which an area is no part of a mix


@dataclass(frozen=True)
class Mix:
    """Weights of areas whose counts, each over its own mean, add up to one area's over its mean.

    mean     of the area that is matched, a fortnight
    means    of the areas it is made of, as far as they have a weight
    weights  by their codes, 0 to 1, together 1
    miss     root mean square of what it missed before, over the mean
    """

    mean: float
    means: Mapping[str, float]
    weights: Mapping[str, float]
    miss: float

    def would_be(self, counts: Mapping[str, float]) -> float:
        """What the matched area's count would be, from the others' over the same time."""
        return self.mean * sum(
            w * counts[code] / self.means[code] for code, w in self.weights.items()
        )

    def plain(self) -> Mixture:
        """As it is sealed."""
        return {
            "mean": self.mean,
            "means": dict(self.means),
            "weights": dict(self.weights),
            "miss": self.miss,
        }


def mix(target: np.ndarray, others: np.ndarray, codes: Sequence[str]) -> Mix | None:
    """The mix of `others` (areas × fortnights) that went as `target` did; None where history does
    not allow: fewer than LEAST fortnights known of all, or counts too small."""
    known = ~np.isnan(target) & ~np.isnan(others).any(axis=0)
    if known.sum() < LEAST:
        return None
    series, rows = _smoothed(target[known]), _smoothed(others[:, known])
    mean, means = float(series.mean()), rows.mean(axis=1)
    fit = means >= FEWEST
    if mean < FEWEST or not fit.any():
        return None
    held = rows[fit] / means[fit, None]
    lines = np.vstack([held.T, np.full((1, held.shape[0]), SUM_TO_ONE)])
    wanted = np.append(series / mean, SUM_TO_ONE)
    weights, _ = scipy.optimize.nnls(lines, wanted)
    weights = np.round(weights / weights.sum(), PLACES)
    miss = float(np.sqrt(np.mean((weights @ held - series / mean) ** 2)))
    named = zip(np.array(codes)[fit], means[fit], weights, strict=True)
    chosen = [(code, m, w) for code, m, w in named if w > 0]
    return Mix(
        mean,
        {str(code): float(m) for code, m, _ in chosen},
        {str(code): float(w) for code, _, w in chosen},
        miss,
    )


def _smoothed(counts: np.ndarray) -> np.ndarray:
    """Means of SMOOTH fortnights after each other, the latest whole."""
    usable = counts.shape[-1] // SMOOTH * SMOOTH
    return counts[..., -usable:].reshape(*counts.shape[:-1], -1, SMOOTH).mean(axis=-1)


def seal(
    history: np.ndarray, codes: Sequence[str], treated: Sequence[str], compared: Sequence[str]
) -> Mixes | None:
    """The treated boroughs' mix and each placebo's, as they are sealed; None where history does
    not allow.

    history  boroughs × fortnights, in the order of `codes`, latest last: the decision's own
    """
    before = dict(zip(codes, history[:, :-1], strict=True))
    pool = [code for code in compared if code in before]
    target = np.sum([before[code] for code in treated if code in before], axis=0)
    own = mix(target, np.array([before[code] for code in pool]), pool) if pool else None
    if own is None:
        return None
    placebos = {}
    for code in pool:
        rest = [other for other in pool if other != code]
        made = mix(before[code], np.array([before[other] for other in rest]), rest)
        if made is not None:
            placebos[code] = made.plain()
    return {"own": own.plain(), "placebos": placebos}


def judge(
    sealed: Mixes | None, treated: float, counts: Mapping[str, float], ratio: float
) -> Mixed | None:
    """What would have come by the sealed mix, and how many placebos went as far without an action.

    treated  what came in the treated boroughs over the horizon
    counts   what came in each comparison borough
    ratio    the expected effect: below 1 a fall, above a rise
    return   None where nothing was sealed; `as_far` of `of` placebos
    """
    if not sealed:
        return None
    own = Mix(**sealed["own"])
    expected = own.would_be(counts)
    gap = _gap(treated, expected)
    gaps = [
        _gap(counts[code], Mix(**one).would_be(counts))
        for code, one in sealed["placebos"].items()
        if code in counts
    ]
    far = [item <= gap if ratio < 1 else item >= gap for item in gaps]
    return {"expected": expected, "as_far": sum(far), "of": len(far), "weights": dict(own.weights)}


def _gap(count: float, expected: float) -> float:
    """How far a count is from what was expected, so that areas of any size are comparable."""
    return 2 * float(np.sqrt(count) - np.sqrt(expected))
