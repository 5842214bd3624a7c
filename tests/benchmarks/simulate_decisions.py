"""Simulated decisions, each made at a peak: how often does the test say "worked", and is that
what the form had promised?

32 boroughs of one crime type with a common season, three years of fortnights; the borough whose
last fortnight stands out most is acted in, and the test is that of the program at its sealed
horizon. Whole counts the same way, the most striking of twelve series. Beside it what a plain
before and after would say: the four fortnights before against the same number after.
Run: python -m tests.benchmarks.simulate_decisions [DECISIONS]
"""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass

import numpy as np
from rich.console import Console
from rich.table import Table
from scipy.stats import binom

from dashboard.decisions import effects, looking_back
from dashboard.stats.intervals import wilson

DECISIONS, SEED = 5_000, 20040713
BOROUGHS, YEARS, HORIZON, SEASON = 32, 3, 6, 0.15
LENGTH = 26 * YEARS
PHIS = (1.0, 1.5, 2.0)
# What the action did, and what was expected of it: whole counts show a halving every time.
SIZES = {"borough": ((1.0, 0.5), (0.5, 0.5)), "whole": ((1.0, 0.75), (0.5, 0.5), (0.75, 0.75))}


@dataclass
class Tally:
    """What came of the decisions of one setting."""

    number: int = 0
    worked: int = 0
    promised: float = 0.0
    plain: int = 0

    @property
    def share(self) -> float:
        return self.worked / self.number

    @property
    def most(self) -> float:
        """Upper 95 % limit of the share."""
        return wilson(self.worked, self.number)[1]


def drawn(rng: np.random.Generator, mean: np.ndarray, phi: float) -> np.ndarray:
    return rng.poisson(rng.gamma(mean / (phi - 1), phi - 1) if phi > 1 else mean).astype(float)


def seasons(rng: np.random.Generator, length: int) -> np.ndarray:
    """A common season of ±15 %, at any time of its year."""
    return 1 + SEASON * np.sin(2 * np.pi * (np.arange(length) / 26 + rng.random()))


def borough_decision(rng, phi: float, effect: float, size: float, tally: Tally) -> None:
    """One decision in the borough that stands out most of 32."""
    season = seasons(rng, LENGTH + HORIZON)
    level = rng.uniform(1.0, 9.0, BOROUGHS)
    counts = drawn(rng, level[:, None] * season, phi)
    before = counts[:, LENGTH - 27 : LENGTH - 1].mean(axis=1)
    chosen = int(np.argmax((counts[:, LENGTH - 1] - before) / np.sqrt(before + 0.5)))
    treated = np.zeros(BOROUGHS, dtype=bool)
    treated[chosen] = True
    touching = np.zeros(BOROUGHS, dtype=bool)
    touching[[(chosen + step) % BOROUGHS for step in (-2, -1, 1, 2)]] = True
    if effect != 1:
        counts[chosen, LENGTH:] = drawn(rng, effect * level[chosen] * season[LENGTH:], phi)
    past = looking_back.of_boroughs(counts[:, :LENGTH], treated, ~(treated | touching), touching)
    after = counts[:, LENGTH:].sum(axis=1)
    compared = after[~(treated | touching)].sum()
    _judged(past, size, after[chosen], compared, counts[chosen], tally)


def whole_decision(rng, phi: float, effect: float, size: float, tally: Tally) -> None:
    """One decision on the whole count that stands out most of twelve."""
    season = seasons(rng, LENGTH + HORIZON)
    level = rng.uniform(8.0, 60.0, 12)
    counts = drawn(rng, level[:, None] * season, phi)
    before = counts[:, LENGTH - 27 : LENGTH - 1].mean(axis=1)
    chosen = int(np.argmax((counts[:, LENGTH - 1] - before) / np.sqrt(before)))
    if effect != 1:
        counts[chosen, LENGTH:] = drawn(rng, effect * level[chosen] * season[LENGTH:], phi)
    past = looking_back.of_whole(counts[chosen, :LENGTH])
    _judged(past, size, counts[chosen, LENGTH:].sum(), None, counts[chosen], tally)


def _judged(past, size, treated, compared, series, tally: Tally) -> None:
    p = float(effects.p_value(past, HORIZON, size, treated, compared))
    tally.number += 1
    tally.worked += p <= effects.LEVEL
    tally.promised += effects.chance_seen(past, HORIZON, size, tally.number, 400)
    then = series[LENGTH - 4 : LENGTH].sum()
    both = int(then + treated)
    tally.plain += binom.cdf(treated, both, HORIZON / (HORIZON + 4)) <= effects.LEVEL


def setting(one, phi: float, effect: float, size: float, number: int) -> Tally:
    rng, tally = np.random.default_rng([SEED, int(phi * 10), int(effect * 100)]), Tally()
    for _ in range(number):
        one(rng, phi, effect, size, tally)
    return tally


def main(number: int) -> None:
    console, begun = Console(), time.perf_counter()
    table = Table(title=f"{number:,} decisions a setting, horizon of {HORIZON} fortnights")
    for name in ("series", "φ", "effect", "said worked", "at most", "promised", "before/after"):
        table.add_column(name, justify="right")
    for words, one in (("borough", borough_decision), ("whole", whole_decision)):
        for phi in PHIS:
            for effect, size in SIZES[words]:
                found = setting(one, phi, effect, size, number)
                table.add_row(
                    words, f"{phi}", "none" if effect == 1 else f"× {effect}",
                    f"{100 * found.share:.1f} %", f"{100 * found.most:.1f} %",
                    f"{100 * found.promised / found.number:.1f} %",
                    f"{100 * found.plain / found.number:.1f} %",
                )  # fmt: skip
    console.print(table)
    console.print(f"{time.perf_counter() - begun:.0f} s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else DECISIONS)
