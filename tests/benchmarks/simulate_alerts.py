"""Twenty thousand simulated series: how false are the alerts of each rule, and what do they find?

26 fortnights of baseline, 2 % of series risen to 2 mean + 1 in the fortnight tested, means of
0.2 to 30, dispersion 1.0 and 1.5; then meetings as large as the sample's in which nothing has
risen. Run: python -m tests.benchmarks.simulate_alerts
"""

from __future__ import annotations

import sys
import time
from math import sqrt

import numpy as np
from rich.console import Console
from rich.table import Table
from scipy.stats import binom

from dashboard.signals.alerts import AlertTable, alert_table
from dashboard.signals.table import SeriesTable
from dashboard.stats import alerts, ears, spc
from dashboard.stats.two_period import wheeler_z
from tests.stats.simulated_meetings import meetings

SERIES, WINDOWS, RISEN, MEETINGS, SEED = 20_000, 26, 0.02, 10_000, 20040712
DISPERSIONS, DRAWS = (1.0, 1.5), 10
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


def table_of(baseline: np.ndarray, now: np.ndarray) -> AlertTable:
    kind, family = np.full(len(now), "one kind"), np.full(len(now), "borough")
    return alert_table(now, SeriesTable(kind, family, np.arange(len(now)).astype(str), baseline))


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
    "NB by level, p < .005 (watch)": watch_list,
    "NB by level + discrete BH (alert)": alert_list,
}


def cells(found: np.ndarray, mean: np.ndarray, risen: np.ndarray) -> list[str]:
    """False alarms and power by size of mean, in %; alarms; the share that is false, with error."""
    sized = [(mean >= low) & (mean < high) for low, high in SIZES]
    percents = [
        " / ".join(f"{100 * (found & of)[size].sum() / of[size].sum():.2f}" for size in sized)
        for of in (~risen, risen)
    ]
    return [*percents, f"{found.sum()}", share(int((found & ~risen).sum()), int(found.sum()))]


def share(part: int, whole: int) -> str:
    """A share in % with its standard error in points."""
    rate = part / max(1, whole)
    return f"{100 * rate:.1f} ± {100 * sqrt(rate * (1 - rate) / max(1, whole)):.1f}"


def rules_table(phi: float, number: int, rng: np.random.Generator) -> Table:
    """Every rule over one set of series."""
    mean, risen, baseline, now = draw(rng, phi, number)
    sizes = " / ".join(f"{low:g}–{high:g}" for low, high in SIZES)
    out = Table(
        title=f"Alarm rules, {number:,} series, φ {phi}, means {sizes}", title_justify="left"
    )
    for heading in ("rule", "false alarms, %", "power, %", "alarms", "false of them, %"):
        out.add_column(heading, justify="left" if heading == "rule" else "right", no_wrap=True)
    for name, rule in RULES.items():
        out.add_row(name, *cells(rule(baseline, now), mean, risen))
    return out


def watch_table(number: int, rng: np.random.Generator) -> Table:
    """The watch tier's expectation beside the false rows that came, by dispersion."""
    out = Table(
        title=f"Watch tier, {DRAWS} draws of {number:,} series (and seconds for one)",
        title_justify="left",
    )
    for heading in ("φ", "false rows that came", "by whole counts", ".005 × tested", "s"):
        out.add_column(heading, justify="right")
    for phi in DISPERSIONS:
        came, expected, most, took = 0, 0.0, 0.0, 0.0
        for _ in range(DRAWS):
            _, risen, baseline, now = draw(rng, phi, number)
            start = time.perf_counter()
            table = table_of(baseline, now)
            took += time.perf_counter() - start
            same = table.tested & ~risen
            came += int((same & (now >= alerts.MIN_COUNT) & (table.p < alerts.WATCH)).sum())
            expected += table.by_chance[same].sum()
            most += alerts.WATCH * same.sum()
        out.add_row(
            f"{phi}",
            f"{came}",
            f"{expected:.0f} ± {sqrt(expected):.0f}",
            f"{most:.0f} ± {sqrt(most):.0f}",
            f"{took / DRAWS:.2f}",
        )
    return out


def quiet_table(number: int) -> Table:
    """Meetings in which nothing has risen: how many raise any alert, by family."""
    tally = meetings(seed=SEED, number=number, share=0.0)
    out = Table(title=f"{number:,} meetings without a rise", title_justify="left")
    for heading in ("family", "any alert, % of meetings"):
        out.add_column(heading, justify="left" if heading == "family" else "right")
    for family, raised in tally.any_alert.items():
        out.add_row(family, share(raised, number))
    return out


def main(number: int = SERIES, quiet: int = MEETINGS) -> None:
    console = Console(width=max(110, Console().width))
    rng = np.random.default_rng(SEED)
    for phi in DISPERSIONS:
        console.print(rules_table(phi, number, rng))
    console.print(watch_table(number, rng))
    console.print(quiet_table(quiet))


if __name__ == "__main__":
    main(*(int(item) for item in sys.argv[1:]))
