"""Twenty thousand simulated series: how false are the alerts of each rule, and what do they find?

26 fortnights of baseline, 2 % of series risen to 2 mean + 1 in the fortnight tested, means of
0.2 to 30, dispersion 1.0 and 1.5. Run: python -m tests.benchmarks.simulate_alerts
"""

from __future__ import annotations

import sys
import time

import numpy as np
from scipy.stats import binom

from dashboard.stats import alerts, ears, spc
from dashboard.stats.two_period import wheeler_z

SERIES, WINDOWS, RISEN = 20_000, 26, 0.02
SIZES = ((0.2, 1.0), (1.0, 5.0), (5.0, 30.0))


def draw(rng: np.random.Generator, phi: float, number: int) -> tuple[np.ndarray, ...]:
    """Means, which have risen, baseline and count now of that many series."""
    low, high = np.array(SIZES)[rng.integers(len(SIZES), size=number)].T
    mean = rng.uniform(low, high)
    risen = rng.random(number) < RISEN
    both = np.column_stack(
        [np.repeat(mean[:, None], WINDOWS, 1), np.where(risen, 2 * mean + 1, mean)]
    )
    rate = both if phi == 1 else rng.gamma(both / (phi - 1), phi - 1)
    counts = rng.poisson(rate).astype(float)
    return mean, risen, counts[:, :WINDOWS], counts[:, WINDOWS]


def xmr_upper(baseline: np.ndarray, now: np.ndarray) -> np.ndarray:
    charts = (_last(row, count) for row, count in _rows(baseline, now))
    return np.array([(c.rules[-1], c.directions[-1]) == ("outside", "high") for c in charts])


def xmr_rules(baseline: np.ndarray, now: np.ndarray) -> np.ndarray:
    charts = (_last(row, count) for row, count in _rows(baseline, now))
    return np.array([c.variation == "concern_high" for c in charts])


def _rows(baseline: np.ndarray, now: np.ndarray):
    return zip(baseline, now, strict=True)


def _last(row: np.ndarray, count: float) -> spc.Chart:
    return spc.xmr(np.append(row, count), better="lower", fix_after_n=WINDOWS)


def ears_c1(baseline: np.ndarray, now: np.ndarray) -> np.ndarray:
    upper = [ears.ears_upper(np.append(row, 0.0), "C1")[-1] for row in baseline]
    return now > np.array(upper)


def wheeler(baseline: np.ndarray, now: np.ndarray) -> np.ndarray:
    before = baseline[:, -8:].mean(axis=1)
    return np.array([wheeler_z(x, b) > 3 for b, x in _rows(before, now)])


def exact(baseline: np.ndarray, now: np.ndarray) -> np.ndarray:
    return binom.sf(now - 1, now + baseline.sum(axis=1), 1 / (WINDOWS + 1)) < alerts.WATCH


def table_of(baseline: np.ndarray, now: np.ndarray) -> alerts.AlertTable:
    same = np.zeros(len(now), dtype=int)
    return alerts.test_series(now, baseline, same, same)


def alert_list(baseline: np.ndarray, now: np.ndarray) -> np.ndarray:
    return table_of(baseline, now).tier == "alert"


def watch_list(baseline: np.ndarray, now: np.ndarray) -> np.ndarray:
    return table_of(baseline, now).p < alerts.WATCH


RULES = {
    "XmR, above the limit": xmr_upper,
    "XmR, four rules": xmr_rules,
    "EARS C1": ears_c1,
    "Wheeler z > 3 against 8": wheeler,
    "exact p < .005": exact,
    "NB pooled, p < .005 (watch)": watch_list,
    "NB pooled + BH .10 (alert)": alert_list,
}


def line(name: str, found: np.ndarray, mean: np.ndarray, risen: np.ndarray) -> str:
    """False alarms and power by size of mean, in %, and the share of alarms that is false."""
    cells = [found & ~risen, found & risen]
    wholes = [~risen, risen]
    sized = [(mean >= low) & (mean < high) for low, high in SIZES]
    percents = [
        " / ".join(f"{100 * cell[size].sum() / whole[size].sum():.2f}" for size in sized)
        for cell, whole in zip(cells, wholes, strict=True)
    ]
    share = cells[0].sum() / max(1, found.sum())
    return f"{name:<28} {percents[0]:>20} {percents[1]:>23} {share:>6.2f}"


def main(number: int = SERIES) -> None:
    rng = np.random.default_rng(20040712)
    for phi in (1.0, 1.5):
        mean, risen, baseline, now = draw(rng, phi, number)
        print(f"\ndispersion {phi}, {number} series; means {SIZES}")
        print(f"{'rule':<28} {'false alarms, %':>20} {'power, %':>23} {'false':>6}")
        for name, rule in RULES.items():
            print(line(name, rule(baseline, now), mean, risen))
        start = time.perf_counter()
        table = table_of(baseline, now)
        took = time.perf_counter() - start
        watched = int((table.p < alerts.WATCH)[~risen].sum())
        foretold = alerts.WATCH * int(table.tested[~risen].sum())
        print(f"watch tier: {watched} false, {foretold:.0f} foretold at most; {took:.2f} s for all")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else SERIES)
