"""Simulated decisions, each made at a peak: how often does the test say "worked", and is that
what the form had promised?

32 boroughs of one crime type with a common season, three years of fortnights; the borough whose
last fortnight stands out most is acted in, and the test is that of the program at its sealed
horizon. Whole counts the same way, the most striking of twelve series. Beside it what a plain
before and after would say: the four fortnights before against the same number after.
Run: python -m tests.benchmarks.simulate_decisions [DECISIONS [borough] [burst] [whole]]
"""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass

import numpy as np
from rich.console import Console
from rich.table import Table
from scipy.special import bdtr

from dashboard.decisions import effects, looking_back
from dashboard.stats.intervals import wilson

DECISIONS, SEED = 5_000, 20040713
BOROUGHS, YEARS, HORIZON, SEASON = 32, 3, 6, 0.15
LENGTH = 26 * YEARS
PLAIN = 0.05  # level of the plain test
PHIS = (1.0, 1.5, 2.0)
# What the action did, and what was expected of it: whole counts show a halving every time.
SIZES = {
    "borough": ((1.0, 0.5), (0.5, 0.5)),
    "burst": ((1.0, 0.5),),
    "whole": ((1.0, 0.75), (0.5, 0.5), (0.75, 0.75)),
}


EACH = 5  # the promise is reckoned for every fifth decision; all of them are judged


@dataclass
class Tally:
    """What came of the decisions of one setting."""

    number: int = 0
    worked: int = 0
    promises: int = 0
    sum_promised: float = 0.0
    plain: int = 0

    @property
    def share(self) -> float:
        return self.worked / self.number

    @property
    def promised(self) -> float:
        """Mean of the chances that the forms had said."""
        return self.sum_promised / self.promises

    @property
    def most(self) -> float:
        """Upper 95 % limit of the share."""
        return wilson(self.worked, self.number)[1]


def drawn(rng: np.random.Generator, mean: np.ndarray, phi: float) -> np.ndarray:
    return rng.poisson(rng.gamma(mean / (phi - 1), phi - 1) if phi > 1 else mean).astype(float)


def seasons(rng: np.random.Generator, length: int) -> np.ndarray:
    """A common season of ±15 %, at any time of its year."""
    return 1 + SEASON * np.sin(2 * np.pi * (np.arange(length) / 26 + rng.random()))


def peak_of(counts: np.ndarray) -> int:
    """The series whose last fortnight before the decision stands out most from the year before."""
    before = counts[:, LENGTH - 27 : LENGTH - 1].mean(axis=1)
    return int(np.argmax((counts[:, LENGTH - 1] - before) / np.sqrt(before + 0.5)))


def at_a_peak(
    rng: np.random.Generator, phi: float, effect: float, low: float, high: float, number: int
) -> tuple[np.ndarray, int]:
    """Counts of `number` series and which of them is acted in, its horizon under the effect."""
    season = seasons(rng, LENGTH + HORIZON)
    level = rng.uniform(low, high, number)
    counts = drawn(rng, level[:, None] * season, phi)
    chosen = peak_of(counts)
    if effect != 1:
        counts[chosen, LENGTH:] = drawn(rng, effect * level[chosen] * season[LENGTH:], phi)
    return counts, chosen


def bursts(rng, phi: float, effect: float, size: float, number: int) -> Tally:
    """Decisions each in a borough with a true burst of one fortnight, which passes by itself."""
    return boroughs(rng, phi, effect, size, number, burst=15.0)


def boroughs(rng, phi: float, effect: float, size: float, number: int, burst: float = 0.0) -> Tally:
    """Decisions each in the borough that stands out most of 32."""
    tally = Tally()
    for _ in range(number):
        counts, chosen = at_a_peak(rng, phi, effect, 1.0, 9.0, BOROUGHS)
        counts[chosen, LENGTH - 1] += burst
        treated, touching = np.zeros((2, BOROUGHS), dtype=bool)
        treated[chosen] = True
        touching[[(chosen + step) % BOROUGHS for step in (-2, -1, 1, 2)]] = True
        others = ~(treated | touching)
        past = looking_back.of_boroughs(counts[:, :LENGTH], treated, others, touching)
        after = counts[:, LENGTH:].sum(axis=1)
        _judged(past, size, after[chosen], after[others].sum(), counts[chosen], tally)
    return tally


def wholes(rng, phi: float, effect: float, size: float, number: int) -> Tally:
    """Decisions each on the whole count that stands out most of twelve."""
    tally, series = Tally(), []
    for _ in range(number):
        counts, chosen = at_a_peak(rng, phi, effect, 8.0, 60.0, 12)
        series.append(counts[chosen])
    pasts = looking_back.of_wholes(np.array(series)[:, :LENGTH])
    for past, row in zip(pasts, series, strict=True):
        _judged(past, size, row[LENGTH:].sum(), None, row, tally)
    return tally


def _judged(past, size, treated, compared, series, tally: Tally) -> None:
    p = float(effects.p_value(past, HORIZON, size, treated, compared))
    tally.worked += p <= effects.LEVEL
    if tally.number % EACH == 0:
        tally.promises += 1
        tally.sum_promised += effects.chance_seen(past, HORIZON, size, tally.number, 500)
    tally.number += 1
    then = int(series[LENGTH - 4 : LENGTH].sum())
    tally.plain += bdtr(treated, then + int(treated), HORIZON / (HORIZON + 4)) <= PLAIN


KINDS = {"borough": boroughs, "burst": bursts, "whole": wholes}


def setting(kind: str, phi: float, effect: float, size: float, number: int) -> Tally:
    """What comes of that many decisions: the same every time."""
    rng = np.random.default_rng([SEED, int(phi * 10), int(effect * 100)])
    return KINDS[kind](rng, phi, effect, size, number)


def main(number: int, kinds: list[str]) -> None:
    console, begun = Console(width=120), time.perf_counter()
    table = Table(title=f"{number:,} decisions a setting, horizon of {HORIZON} fortnights")
    for name in ("series", "φ", "effect", "said worked", "at most", "promised", "before/after"):
        table.add_column(name, justify="right")
    for kind in kinds:
        for phi in PHIS:
            for effect, size in SIZES[kind]:
                found = setting(kind, phi, effect, size, number)
                row = (
                    kind, f"{phi}", "none" if effect == 1 else f"× {effect}",
                    *(f"{100 * value:.1f} %" for value in
                      (found.share, found.most, found.promised, found.plain / number)),
                )  # fmt: skip
                table.add_row(*row)
                print(*row, sep=" | ", file=sys.stderr, flush=True)
    console.print(table)
    console.print(f"{time.perf_counter() - begun:.0f} s")


if __name__ == "__main__":
    asked = sys.argv[1:]
    main(int(asked[0]) if asked else DECISIONS, asked[1:] or list(KINDS))
