"""What the whole alert list promises, simulated: alerts of three families and clusters together.

Twelve kinds of crime in 32 boroughs by day, 12 units and 6 directorate counts above them;
26 fortnights known (78 where a season is to be told). BUSINESS_CRIME names the published parquet
file of daily business crime, on which doublings are planted too.
Run: python -m tests.benchmarks.simulate_list [quiet meetings] [replicates] [seed] [thirds]
where thirds is 1 for usual counts of which a third each lies evenly in 0.2 to 1, 1 to 5, 5 to 30.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
import polars as pl
from rich.console import Console
from rich.table import Table

from dashboard import catalogue
from dashboard.signals.alerts import LEVELS, AlertTable, alert_table
from dashboard.signals.clusters import ClusterRow, cluster_rows
from dashboard.signals.table import SeriesTable
from dashboard.stats import alerts as rules
from dashboard.stats.discrete_fdr import discrete_bh
from dashboard.stats.ears import ears_upper
from dashboard.stats.intervals import wilson
from dashboard.stats.multiple import benjamini_hochberg
from dashboard.stats.xmr_rules import limits

KINDS, BOROUGHS, DAYS, YEAR = 12, 32, 14, 26
SIZES = (1.0, 5.0)  # usual counts from which power is told apart
LOW, HIGH = 0.2, 30.0  # expected in a borough and fortnight
THIRDS = ((0.2, 1.0), (1.0, 5.0), (5.0, 30.0))
SIMULATED = 199  # of the scan: its Gumbel tail is right on average, if less firm than 499's
RISEN, REPLICATES, NULL, SEED = 0.02, 50, 2_000, 20040712
# Published by the Met, not part of the repository: MPS Business Crime Dashboard, 2023 to 2025.
REAL = Path(os.environ.get("BUSINESS_CRIME", "business-crime-offences.parquet"))
GRID = date(2004, 7, 12)
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
    """What a rule found: shares of false alerts by meeting, and doublings found by size."""

    false: list[float] = field(default_factory=list)
    wrong: int = 0
    alerts: int = 0
    found: dict[float, int] = field(default_factory=lambda: dict.fromkeys(SIZES, 0))
    planted: dict[float, int] = field(default_factory=lambda: dict.fromkeys(SIZES, 0))

    def add(self, alert: np.ndarray, risen: np.ndarray, true: np.ndarray, mean: np.ndarray) -> None:
        """One meeting: alerts, planted series, those one of which is a part, usual counts."""
        wrong = int((alert & ~true).sum())
        self.false.append(wrong / max(1, int(alert.sum())))
        self.wrong += wrong
        self.alerts += int(alert.sum())
        for low, high in zip(SIZES, (*SIZES[1:], np.inf), strict=True):
            sized = risen & (mean >= low) & (mean < high)
            self.found[low] += int((alert & sized).sum())
            self.planted[low] += int(sized.sum())

    @property
    def cells(self) -> list[str]:
        """Mean share of false alerts with its standard error, pooled share, found by size: in %."""
        error = np.std(self.false, ddof=1) / np.sqrt(len(self.false))
        return [
            f"{100 * np.mean(self.false):.1f} ± {100 * error:.1f}",
            f"{100 * self.wrong / max(1, self.alerts):.1f}",
            *(f"{100 * self.found[low] / max(1, self.planted[low]):.0f}" for low in SIZES),
        ]


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


def usual_counts(rng: np.random.Generator, shape: tuple[int, int], thirds: bool) -> np.ndarray:
    """Evenly on the scale of logarithms, or a third each evenly in THIRDS."""
    if not thirds:
        return np.exp(rng.uniform(np.log(LOW), np.log(HIGH), shape))
    low, high = np.array(THIRDS)[rng.integers(len(THIRDS), size=shape)].transpose(2, 0, 1)
    return rng.uniform(low, high)


def meeting(
    rng: np.random.Generator,
    phi: float | None = None,
    season: float = 0.0,
    drift: float = 0.0,
    share: float = 0.0,
    trio: bool = False,
    thirds: bool = False,
) -> Meeting:
    """A fortnight; φ is 1 to 1.6 by kind where it is not given. A season is at its top now."""
    codes = [code for code, _ in neighbours()]
    mean = usual_counts(rng, (KINDS, len(codes)), thirds)
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


def rules_on(number: int, seed: int, thirds: bool = False, **setting: float) -> dict[str, Score]:
    """The list, the rules beside it and an oracle over borough series with planted doublings."""
    rng = np.random.default_rng(seed)
    scores = {name: Score() for name in ("list", *OTHERS, "oracle")}
    for _ in range(number):
        found = meeting(rng, share=RISEN, thirds=thirds, **setting)
        figures = alert_table(found.now, found.table)
        chosen = np.flatnonzero((FAMILY == "borough") & figures.tested)
        now, mean = found.now[chosen], found.mean[chosen] * (1 + setting.get("season", 0.0))
        alerts = {"list": figures.tier[chosen] == "alert"}
        alerts |= {name: rule(found.table, chosen, now) for name, rule in OTHERS.items()}
        variance = mean * max(setting["phi"], 1 + 1e-6)
        steps = rules.attainable(mean, variance)
        q = discrete_bh(rules.tail(now, mean, variance), steps, LEVELS["borough"])
        alerts["oracle"] = (q <= LEVELS["borough"]) & (now >= rules.MIN_COUNT)
        for name, alert in alerts.items():
            scores[name].add(alert, found.risen[chosen], found.related[chosen], found.mean[chosen])
    return scores


def old_rule(table: SeriesTable, chosen: np.ndarray, now: np.ndarray) -> np.ndarray:
    """The mean of 26 fortnights, dispersion pooled over all levels of a type, plain BH at 10 %."""
    before, kind = table.history[chosen][:, -YEAR:], table.measure[chosen]
    pooled = {
        name: rules.pooled_dispersion(table.history[table.measure == name][:, -YEAR:])
        for name in np.unique(kind)
    }
    phi = np.array([pooled[name] for name in kind])
    p = rules.tail(now, *rules.predictive(before.sum(axis=1), YEAR, phi))
    return (benjamini_hochberg(p) <= 0.1) & (now >= rules.MIN_COUNT)


def xmr_rule(table: SeriesTable, chosen: np.ndarray, now: np.ndarray) -> np.ndarray:
    """Above the upper limit of the 26 fortnights before."""
    found = [limits(row) for row in table.history[chosen][:, -YEAR:]]
    return now > np.array([np.inf if item is None else item.upper for item in found])


def ears_rule(table: SeriesTable, chosen: np.ndarray, now: np.ndarray) -> np.ndarray:
    """EARS C1: above the mean of the last seven by 3.09 deviations."""
    before = table.history[chosen][:, -YEAR:]
    upper = [ears_upper(np.append(row, 0.0), "C1")[-1] for row in before]
    return now > np.array(upper)


OTHERS = {"old rule": old_rule, "XmR": xmr_rule, "EARS C1": ears_rule}


def settings_table(number: int, thirds: bool) -> Table:
    """Every setting and rule."""
    out = _table(f"Borough alerts, {number} meetings a setting, 2 % of series doubled")
    for name, setting in SETTINGS.items():
        for rule, score in rules_on(number, SEED, thirds, **setting).items():
            out.add_row(name, rule, *score.cells)
    return out


def _table(title: str) -> Table:
    out = Table(title=title)
    last = zip(SIZES, (*SIZES[1:], None), strict=True)
    sizes = [f"{low:g} to {high:g}" if high else f"{low:g} or more" for low, high in last]
    for heading in ("setting", "rule", "false, mean %", "pooled %", *sizes):
        out.add_column(heading, justify="left" if heading in ("setting", "rule") else "right")
    return out


def real_table(path: Path, draws: int) -> Table:
    """Doublings planted in the boroughs of the published business file: robbery of business
    property, each fortnight that has a year before it.

    A doubling adds a Poisson number of the usual count and one more. The usual count is the mean
    of the thirteen fortnights on either side; beside it, that of the 26 before, which lies behind
    where the level moves.
    """
    boroughs, counts = real_robbery(path)
    out = _table(f"Business robbery as published, {draws} draws a fortnight, 2 % doubled")
    for words, either_side in (("usual: 13 either side", True), ("usual: 26 before", False)):
        rng = np.random.default_rng(SEED)
        scores = {name: Score() for name in ("list", *OTHERS)}
        for at in range(YEAR, counts.shape[1]):
            near = [i for i in range(at - 13, at + 14) if i != at and i < counts.shape[1]]
            usual = counts[:, near if either_side else slice(at - YEAR, at)].mean(axis=1)
            table = _with_whole(boroughs, counts[:, :at])
            for _ in range(draws):
                risen = rng.random(len(boroughs)) < RISEN
                now = counts[:, at] + np.where(risen, rng.poisson(usual + 1), 0)
                figures = alert_table(np.append(now, now.sum()), table)
                chosen = np.flatnonzero(figures.tested[:-1])
                alerts = {"list": figures.tier[chosen] == "alert"}
                alerts |= {name: one(table, chosen, now[chosen]) for name, one in OTHERS.items()}
                for name, alert in alerts.items():
                    scores[name].add(alert, risen[chosen], risen[chosen], usual[chosen])
        for name, score in scores.items():
            out.add_row(words, name, *score.cells)
    return out


def _with_whole(boroughs: list[str], history: np.ndarray) -> SeriesTable:
    number = len(boroughs)
    return SeriesTable(
        measure=np.full(number + 1, "robbery"),
        family=np.array(["borough"] * number + ["directorate"]),
        place=np.array([*boroughs, ""]),
        history=np.vstack([history, history.sum(axis=0)]),
    )


def real_robbery(path: Path) -> tuple[list[str], np.ndarray]:
    """Boroughs, and their counts of robbery of business property by whole fortnight."""
    since = (pl.col("date").str.to_date() - pl.lit(GRID)).dt.total_days()
    known = (
        pl.read_parquet(path)
        .with_columns((since // DAYS).alias("fortnight"))
        .filter(~pl.col("borough").is_in(["Other", "Unknown"]))
    )
    first = int(known["fortnight"].min()) + 1  # type: ignore[arg-type]
    last = int(known["fortnight"].max()) - 1  # type: ignore[arg-type]
    boroughs = sorted(known["borough"].unique())
    counts = np.zeros((len(boroughs), last - first + 1))
    robbery = known.filter(pl.col("crime_group") == "ROBBERY OF BUSINESS PROPERTY")
    for borough, at, n in (
        robbery.group_by("borough", "fortnight")
        .agg(pl.col("business_crime_offence_count").sum())
        .iter_rows()
    ):
        if first <= at <= last:
            counts[boroughs.index(borough), at - first] = n
    return boroughs, counts


def main(null: int = NULL, number: int = REPLICATES, seed: int = SEED, thirds: int = 0) -> None:
    console = Console(width=110)
    if number:
        console.print(settings_table(number, bool(thirds)))
        if REAL.exists():
            console.print(real_table(REAL, number))
        console.print("trios in one row, exactly:", *trios(100, SEED), "of 100")
    tally = {} if not null else any_signal(null, seed)
    for name, shown in tally.items():
        low, high = wilson(shown, null)
        console.print(f"{name}: {shown} of {null} null meetings ({low:.3f} to {high:.3f})")


if __name__ == "__main__":
    main(*(int(item) for item in sys.argv[1:]))
