"""What the whole alert list promises, simulated: alerts of three families and clusters together.

Twelve kinds of crime in 32 boroughs by day, 12 units and 6 directorate counts above them;
26 fortnights known (78 where a season is to be told). Run: python -m tests.benchmarks.simulate_list
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from dashboard import catalogue
from dashboard.signals.alerts import LEVELS, AlertTable, alert_table
from dashboard.signals.clusters import ClusterRow, cluster_rows
from dashboard.signals.table import SeriesTable
from dashboard.stats import alerts as rules
from dashboard.stats.discrete_fdr import discrete_bh
from dashboard.stats.intervals import wilson
from dashboard.stats.multiple import benjamini_hochberg

KINDS, BOROUGHS, DAYS, YEAR = 12, 32, 14, 26
LOW, HIGH = 0.2, 30.0  # expected in a borough and fortnight
SIMULATED = 199  # of the scan: its Gumbel tail is right on average, if less firm than 499's
RISEN, REPLICATES, NULL, SEED = 0.02, 50, 2_000, 20040712
TRIO = ("E09000007", "E09000012", "E09000019")  # Camden, Hackney, Islington
FAMILY = np.repeat(["borough", "ocu", "directorate"], [KINDS * BOROUGHS, KINDS, KINDS // 2])
SETTINGS = {
    **{f"steady, φ {phi}": {"phi": phi} for phi in (1.0, 1.5, 2.0)},
    **{f"season ±15 %, φ {phi}": {"phi": phi, "season": 0.15} for phi in (1.0, 1.5, 2.0)},
    **{
        f"drift {sign}30 % a year, φ {phi}": {"phi": phi, "drift": drift}
        for sign, drift in (("+", 0.3), ("−", -0.3))
        for phi in (1.0, 1.5, 2.0)
    },
}


@dataclass
class Meeting:
    """One simulated fortnight: borough counts first, then units, then directorate counts."""

    table: SeriesTable
    now: np.ndarray
    daily: dict[str, dict[str, np.ndarray]]
    mean: np.ndarray
    risen: np.ndarray
    related: np.ndarray


@dataclass
class Score:
    """What a rule found: shares of false alerts by meeting, and doublings of 5 or more found."""

    false: list[float] = field(default_factory=list)
    wrong: int = 0
    alerts: int = 0
    found: int = 0
    planted: int = 0

    def add(self, alert: np.ndarray, meeting: Meeting, chosen: np.ndarray) -> None:
        wrong = int((alert & ~meeting.related[chosen]).sum())
        big = meeting.risen[chosen] & (meeting.mean[chosen] >= 5)
        self.false.append(wrong / max(1, int(alert.sum())))
        self.wrong += wrong
        self.alerts += int(alert.sum())
        self.found += int((alert & big).sum())
        self.planted += int(big.sum())


@cache
def neighbours() -> tuple[tuple[str, tuple[str, ...]], ...]:
    folder = Path(__file__).resolve().parents[2] / "data" / "catalogue"
    loaded = catalogue.load(folder)
    codes = sorted(item.code for item in loaded.areas.values() if item.kind == "borough")
    return tuple((code, loaded.neighbours(code)) for code in codes)


def with_parents(boroughs: np.ndarray) -> np.ndarray:
    """Kinds × boroughs × …, with the sums of their unit and directorate below."""
    unit = boroughs.sum(axis=1)
    directorate = unit.reshape(KINDS // 2, 2, *unit.shape[1:]).sum(axis=1)
    return np.concatenate([boroughs.reshape(-1, *boroughs.shape[2:]), unit, directorate])


def meeting(
    rng: np.random.Generator,
    phi: float | None = None,
    season: float = 0.0,
    drift: float = 0.0,
    share: float = 0.0,
    trio: bool = False,
) -> Meeting:
    """A fortnight; φ is 1 to 1.6 by kind where it is not given. A season is at its top now."""
    codes = [code for code, _ in neighbours()]
    mean = np.exp(rng.uniform(np.log(LOW), np.log(HIGH), (KINDS, len(codes))))
    spread = np.full((KINDS, 1), phi) if phi else rng.uniform(1.0, 1.6, (KINDS, 1))
    windows = 3 * YEAR if season else YEAR
    at = np.arange(-windows, 1)
    path = (1 + drift) ** (at / YEAR) * (1 + season * np.cos(2 * np.pi * at / YEAR))
    risen = rng.random(mean.shape) < share
    rates = mean[..., None] * path
    rates[..., -1] = np.where(risen, 2 * mean + 1, mean) * path[-1]
    if trio:
        chosen = [codes.index(code) for code in TRIO]
        mean[0, chosen] = 13.1 / 3
        rates[0, chosen] = mean[0, chosen, None] * path
        rates[0, chosen, -1] = 68 / 3
    excess = np.maximum(spread - 1, 1e-9)[..., None]
    counts = rng.poisson(rng.gamma(rates / excess) * excess)
    days = rng.multinomial(counts[..., -1], np.full(DAYS, 1 / DAYS)).astype(float)
    kinds = np.array([f"kind {number:02}" for number in range(KINDS)])
    totals = with_parents(counts.astype(float))
    table = SeriesTable(
        measure=np.concatenate([np.repeat(kinds, len(codes)), kinds, [f"d{n}" for n in range(6)]]),
        family=FAMILY,
        place=np.concatenate([codes * KINDS, [""] * (KINDS + KINDS // 2)]),
        history=totals[:, :-1],
    )
    daily = {
        name: {code: days[row, at] for at, code in enumerate(codes)}
        for row, name in enumerate(kinds)
    }
    up = with_parents(risen.astype(int)) > 0
    return Meeting(table, totals[:, -1], daily, with_parents(mean), up, up)


def judged(found: Meeting, seed: int) -> tuple[AlertTable, list[ClusterRow]]:
    """The list's own rules."""
    figures = alert_table(found.now, found.table)
    even = dict.fromkeys(found.daily, np.full(DAYS, 1 / DAYS))
    return figures, cluster_rows(
        found.table, figures, found.daily, even, neighbours(), seed, SIMULATED
    )


def any_signal(number: int, seed: int) -> dict[str, int]:
    """Of meetings in which nothing rises, how many show an alert by family, a cluster, anything."""
    rng = np.random.default_rng(seed)
    tally = dict.fromkeys(("borough", "ocu", "directorate", "cluster", "any"), 0)
    for at in range(number):
        figures, clusters = judged(meeting(rng), at)
        shown = {str(name) for name in np.unique(FAMILY[figures.tier == "alert"])}
        if any(row.q is not None for row in clusters):
            shown.add("cluster")
        for name in shown | ({"any"} if shown else set()):
            tally[name] += 1
    return tally


def trios(number: int, seed: int) -> tuple[int, int]:
    """Of planted trios, how many are in one row, and how many are exactly that row's boroughs."""
    rng = np.random.default_rng(seed)
    inside = exact = 0
    for at in range(number):
        _, clusters = judged(meeting(rng, trio=True), at)
        rows = [set(row.boroughs) for row in clusters if row.measure == "kind 00"]
        inside += any(set(TRIO) <= row for row in rows)
        exact += set(TRIO) in rows
    return inside, exact


def rules_on(number: int, seed: int, **setting: float) -> dict[str, Score]:
    """The list, the old rule and an oracle over borough series with planted doublings."""
    rng = np.random.default_rng(seed)
    scores = {name: Score() for name in ("list", "old rule", "oracle")}
    for _ in range(number):
        found = meeting(rng, share=RISEN, **setting)
        figures = alert_table(found.now, found.table)
        chosen = np.flatnonzero((FAMILY == "borough") & figures.tested)
        now, history = found.now[chosen], found.table.history[chosen]
        scores["list"].add(figures.tier[chosen] == "alert", found, chosen)
        before = history[:, -YEAR:]
        kind = found.table.measure[chosen]
        pooled = {
            name: rules.pooled_dispersion(found.table.history[found.table.measure == name, -YEAR:])
            for name in np.unique(kind)
        }
        phi = np.array([pooled[name] for name in kind])
        old = rules.tail(now, *rules.predictive(before.sum(axis=1), YEAR, phi))
        scores["old rule"].add((benjamini_hochberg(old) <= 0.1) & (now >= 3), found, chosen)
        known = found.mean[chosen] * (1 + setting.get("season", 0.0))
        variance = known * max(setting["phi"], 1 + 1e-6)
        steps = rules.attainable(known, variance)
        oracle = discrete_bh(rules.tail(now, known, variance), steps, LEVELS["borough"])
        scores["oracle"].add((oracle <= LEVELS["borough"]) & (now >= 3), found, chosen)
    return scores


def settings_table(number: int) -> Table:
    """Every setting: mean share of false alerts and its error, pooled share, doublings found."""
    out = Table(title=f"Borough alerts, {number} meetings a setting, 2 % of series doubled")
    for heading in ("setting", "rule", "false, mean %", "pooled %", "found at 5 or more, %"):
        out.add_column(heading, justify="left" if heading in ("setting", "rule") else "right")
    for name, setting in SETTINGS.items():
        for rule, score in rules_on(number, SEED, **setting).items():
            error = np.std(score.false) / np.sqrt(number)
            out.add_row(
                name,
                rule,
                f"{100 * np.mean(score.false):.1f} ± {100 * error:.1f}",
                f"{100 * score.wrong / max(1, score.alerts):.1f}",
                f"{100 * score.found / max(1, score.planted):.0f} of {score.planted}",
            )
    return out


def main(null: int = NULL, number: int = REPLICATES, seed: int = SEED) -> None:
    console = Console(width=110)
    if number:
        console.print(settings_table(number))
        console.print("trios in one row, exactly:", *trios(100, SEED), "of 100")
    tally = {} if not null else any_signal(null, seed)
    for name, shown in tally.items():
        low, high = wilson(shown, null)
        console.print(f"{name}: {shown} of {null} null meetings ({low:.3f} to {high:.3f})")


if __name__ == "__main__":
    main(*(int(item) for item in sys.argv[1:]))
