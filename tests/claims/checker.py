"""Is a claim about a series true? Judged from the values alone, by arithmetic of its own.

Nothing of dashboard.stats or of the claims' making is used: lists, sums and comparisons.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from statistics import median, stdev

from scipy.stats import t

CLOSE = 1e-9


@dataclass(frozen=True)
class Values:
    """The judged periods since the last break: first days, and values, None where missing."""

    starts: tuple[date, ...]
    values: tuple[float | None, ...]


def faults(claim, series: Values) -> list[str]:
    """What is false in a claim; nothing where it is true, and no stronger one is."""
    if claim.kind in ("no_figures", "unsettled"):
        return []
    found = []
    last = series.values[-1]
    if claim.start != series.starts[-1]:
        found.append("another period is the last judged")
    if claim.kind == "missing":
        return found + ["the last period has a figure"] * (last is not None)
    if last is None or abs((claim.value if claim.value is not None else 1e99) - last) > CLOSE:
        return [*found, "another figure"]
    return found + OF_KIND[claim.kind](claim, series)


def _limits(series: Values) -> tuple[float, float, float]:
    known = [value for value in series.values if value is not None]
    pairs = zip(series.values, series.values[1:], strict=False)
    ranges = [abs(b - a) for a, b in pairs if a is not None and b is not None]
    mean, moving = sum(known) / len(known), sum(ranges) / len(ranges)
    kept = [item for item in ranges if item < 3.267 * moving]
    moving = (sum(kept) / len(kept) if kept else 0) or moving
    return mean - 2.66 * moving, mean, mean + 2.66 * moving


def _run(series: Values, line: float) -> int:
    """How many of the last points lie on the side of the line that the last lies on."""
    count, sign = 0, (series.values[-1] > line) - (series.values[-1] < line)
    for value in reversed(series.values):
        if value is None or abs(value - line) <= CLOSE * max(abs(line), 1) or not sign:
            break
        if ((value > line) - (value < line)) != sign:
            break
        count += 1
    return count


def _steps(series: Values) -> int:
    """How many of the last points rise, or fall, without a break; the last counts as one."""
    values, count, sign = series.values, 1, 0
    for at in range(len(values) - 1, 0, -1):
        if values[at] is None or values[at - 1] is None or values[at] == values[at - 1]:
            break
        step = 1 if values[at] > values[at - 1] else -1
        if sign and step != sign:
            break
        sign, count = step, count + 1
    return count * (sign or 1)


def _where(claim, series: Values) -> tuple[float, float, float, bool, bool]:
    """Lower limit, mean, upper limit as claimed, and whether the last is above, below them."""
    low, high, last = claim.low, claim.high, series.values[-1]
    above = last - high > CLOSE * max(abs(high), 1)
    below = low - last > CLOSE * max(abs(low), 1)
    return low, claim.middle, high, above, below


def _same_limits(claim, series: Values) -> list[str]:
    """XmR limits are counted anew; others (Laney's, a median's) are tested where they are made."""
    low, mean, high = _limits(series)
    close = all(
        abs(one - other) <= 1e-6 * max(abs(other), 1)
        for one, other in zip((claim.low, claim.middle, claim.high), (low, mean, high), strict=True)
    )
    return [] if close else ["other limits"]


def _outside(claim, series: Values) -> list[str]:
    *_, above, below = _where(claim, series)
    true = above if claim.side == "high" else below
    return [] if true else ["it is not outside on that side"]


def _within(claim, series: Values) -> list[str]:
    low, mean, high, above, below = _where(claim, series)
    found = ["it is outside"] * (above or below)
    found += ["it stands in a run"] * (_run(series, mean) >= 7)
    found += ["it stands in a rise or fall"] * (abs(_steps(series)) >= 7)
    near = sum(_near(series, low, mean, high))
    last_near = (series.values[-1] - mean) > 2 / 3 * (high - mean) or (
        mean - series.values[-1]
    ) > 2 / 3 * (mean - low)
    one_side = _run(series, mean) >= 3
    return found + ["two of three are near"] * (near >= 2 and last_near and one_side)


def _near(series: Values, low: float, mean: float, high: float) -> tuple[int, int]:
    """Of the last three those nearer to the limit of the last one's side than to the mean, and
    those beyond it."""
    up = series.values[-1] > mean
    limit = high if up else low
    near = beyond = 0
    for value in series.values[-3:]:
        if value is None or limit == mean:
            continue
        far = (value - mean) / (limit - mean)
        near += 2 / 3 < far <= 1 + CLOSE
        beyond += far > 1 + CLOSE
    return near, beyond


def _near_claim(claim, series: Values) -> list[str]:
    low, mean, high, above, below = _where(claim, series)
    found = ["it is outside, which is more"] * (above or below)
    found += ["it stands in a run, which is more"] * (_run(series, mean) >= 7)
    found += ["another side"] * ((series.values[-1] > mean) != (claim.side == "high"))
    close, beyond = _near(series, low, mean, high)
    found += ["another number is beyond"] * (beyond != claim.beyond)
    found += ["none of them is close"] * (not close)
    count = close + beyond
    return found + ["another number is near"] * (count != claim.count or count < 2)


def _changes(series: Values) -> tuple[list[float | None], float, float, float]:
    """The changes of a stock, the first missing; the usual one and its limits."""
    pairs = zip((None, *series.values), series.values, strict=False)
    steps = [None if None in pair else pair[1] - pair[0] for pair in pairs]
    known = [step for step in steps if step is not None]
    apart = [abs(b - a) for a, b in zip(steps, steps[1:], strict=False) if None not in (a, b)]
    mean = sum(apart) / len(apart)
    if 2 * apart.count(0) <= len(apart):
        kept = [item for item in apart if item < 3.267 * mean]
        mean = sum(kept) / len(kept)
    reach = max(2.66 * max(mean, 1), 3.145 * median(apart))
    usual = median(known)
    return steps, usual - reach, usual, usual + reach


def _marked(series: Values) -> list[int]:
    """Of each change: 2 or −2 beyond the limits, 1 or −1 one of seven on a side, else 0."""
    steps, low, usual, high = _changes(series)
    sides = [0 if step is None else (step > usual) - (step < usual) for step in steps]
    found = [0] * len(steps)
    for at in range(len(steps)):
        seven = sides[at : at + 7]
        if len(seven) == 7 and abs(sum(seven)) == 7:
            found[at : at + 7] = seven
    for at, step in enumerate(steps):
        if step is not None and (step > high + CLOSE or step < low - CLOSE):
            found[at] = 2 if step > high else -2
    return found


def _as_usual(claim, series: Values) -> list[str]:
    found = ["its change is unusual"] * (_marked(series)[-1] != 0)
    found += ["its year is unusual"] * (_year_of(series)[1] != 0)
    return found + ["it stood at another figure before"] * (claim.began != series.values[-2])


def _year_of(series: Values) -> tuple[float | None, int]:
    """What a stock stood at 52 weeks or 12 months before, and the side of a climb or fall since."""
    back = [
        at
        for at, start in enumerate(series.starts)
        if (series.starts[-1] - start).days in (364, 365, 366)
    ]
    began = series.values[back[0]] if back else None
    if began is None:
        return None, 0
    known = [step for step in _changes(series)[0][back[0] + 1 :] if step is not None]
    moved, periods = series.values[-1] - began, len(series.starts) - 1 - back[0]
    mean = sum(known) / len(known)
    if len(set(known)) == 1:
        return began, (moved > 0) - (moved < 0)
    pairs = zip(known, known[1:], strict=False)
    alike = sum((a - mean) * (b - mean) for a, b in pairs) / sum((a - mean) ** 2 for a in known)
    alike = max(alike, 0)
    spread = stdev(known) * (periods * (1 + alike) / (1 - alike)) ** 0.5
    rare = t.cdf(-abs(moved) / spread, len(known) - 1) < 0.005
    return began, ((moved > 0) - (moved < 0)) * int(rare)


def _year(claim, series: Values) -> list[str]:
    found = ["its change is unusual"] * (_marked(series)[-1] != 0)
    before, side = _year_of(series)
    found += ["it stood at another figure a year before"] * (claim.began != before)
    return found + ["its year is another"] * (side != (1 if claim.side == "high" else -1))


def _moved_stock(claim, series: Values, least: int) -> list[str]:
    marks, sign = _marked(series), 1 if claim.side == "high" else -1
    found = ["its change is another"] * (abs(marks[-1]) != least)
    found += ["another side"] * (marks[-1] * sign <= 0)
    count = 0
    while count < len(marks) and marks[-1 - count] * sign >= least:
        count += 1
    before = series.values[-1 - count] if count < len(series.values) else None
    found += ["it stood at another figure before"] * (claim.began != before)
    return found + _since(claim, series, count)


def _surge(claim, series: Values) -> list[str]:
    return _moved_stock(claim, series, 2)


def _drift(claim, series: Values) -> list[str]:
    return _moved_stock(claim, series, 1)


def _since(claim, series: Values, count: int) -> list[str]:
    found = ["another number of points"] * (claim.count != count)
    true = series.starts[-count] if 0 < count <= len(series.starts) else None
    return found + ["it began at another period"] * (claim.since != true)


def _run_claim(claim, series: Values) -> list[str]:
    low, mean, high, above, below = _where(claim, series)
    count = _run(series, mean)
    found = ["it is outside, which is more"] * (above or below)
    found += ["another side"] * ((series.values[-1] > mean) != (claim.side == "high"))
    return found + ["the run is shorter than seven"] * (count < 7) + _since(claim, series, count)


def _trend_claim(claim, series: Values) -> list[str]:
    *_, above, below = _where(claim, series)
    steps = _steps(series)
    found = ["it is outside, which is more"] * (above or below)
    found += ["it moves the other way"] * ((steps > 0) != (claim.side == "high"))
    return found + ["fewer than seven"] * (abs(steps) < 7) + _since(claim, series, abs(steps))


def _median_run(claim, series: Values) -> list[str]:
    line = median(value for value in series.values if value is not None)
    found = ["another side"] * ((series.values[-1] > line) != (claim.side == "high"))
    count, first = 0, len(series.values)
    for at in range(len(series.values) - 1, -1, -1):
        value = series.values[at]
        if value is None or (value != line and (value > line) != (claim.side == "high")):
            break
        first, count = at, count + (value != line)
    found += ["the run is too short"] * (count < 6)
    if first == len(series.values):
        return [*found, "its last point is not on that side"]
    return found + ["it began at another period"] * (claim.since != series.starts[first])


def _at_median(claim, series: Values) -> list[str]:
    if claim.middle is None:
        return []
    line = median(value for value in series.values if value is not None)
    return ["another median"] * (abs(line - claim.middle) > CLOSE)


def _still(claim, series: Values) -> list[str]:
    known = [value for value in series.values if value is not None]
    return ["they differ"] * (len(set(known)) != 1) + ["another number"] * (
        len(known) != claim.count
    )


def _none(claim, series: Values) -> list[str]:
    missing = ["a period is missing"] * any(value is None for value in series.values)
    return (
        missing
        + ["there were some"] * any(series.values)
        + ["another number"] * (claim.count != len(series.values))
    )


def _forecast(claim, series: Values) -> list[str]:
    return ["a band upside down"] * (claim.low is not None and claim.low > claim.high)


def _too_few(claim, series: Values) -> list[str]:
    known = sum(value is not None for value in series.values)
    return ["another number"] * (claim.count != known) + ["they are enough"] * (known >= 3)


def _nothing(claim, series: Values) -> list[str]:
    return []


OF_KIND = {
    "outside": _outside,
    "within": _within,
    "as_usual": _as_usual,
    "surge": _surge,
    "drift": _drift,
    "year": _year,
    "near": _near_claim,
    "run": _run_claim,
    "trend": _trend_claim,
    "median_run": _median_run,
    "median": _at_median,
    "restless": _at_median,
    "still": _still,
    "none": _none,
    "forecast": _forecast,
    "too_few": _too_few,
    "unjudged": _nothing,
}
