"""The forecasts that the alert list stands on, worked out again one number at a time.

Loops and `math` alone, from the formulas of Harvey & Fernandes, Gelper and James & Stein as the
modules name them: no code is shared with them, so that a changed sign or constant shows.
"""

from __future__ import annotations

from math import cos, exp, log, nan, pi, sin, sqrt

import numpy as np
import pytest

from dashboard.errors import StatisticsError
from dashboard.stats import shares
from dashboard.stats.course import course
from dashboard.stats.local_level import local_level

OMEGAS = (1.0, 0.98, 0.95, 0.9, 0.835, 0.75, 0.6)
HALF, FIRST, BESIDE = 0.5, 4, 4.0  # Jeffreys; periods before the first error; steady errors


def nearest(y, mean, spread, reach, phi):
    """The count, or that `reach` standard errors of its root away."""
    off = reach / 2 * sqrt(max(phi, 1.0) * spread / mean) if mean else 0.0
    return min(max(y, max(sqrt(mean) - off, 0.0) ** 2), (sqrt(mean) + off) ** 2)


def one_level(counts, seasons, ahead):
    """Mean, variance, φ and smoothing of the next count."""
    found = []
    for omega in OMEGAS:
        total = weight = squares = cleaned = logs = 0.0
        seen = errors = 0
        for y, s in zip(counts, seasons, strict=True):
            if y is None:
                continue
            moved = y
            if seen >= FIRST:
                mean = s * (total + HALF) / weight
                spread = mean * (1 + s / weight)
                n = errors + BESIDE
                far = nearest(y, mean, spread, 3.0, (squares + BESIDE) / n)
                moved = nearest(y, mean, spread, 2.0, (cleaned + BESIDE) / n)
                squares += (far - mean) ** 2 / spread
                cleaned += (moved - mean) ** 2 / spread
                logs += log(spread)
                errors += 1
            total, weight, seen = omega * total + moved, omega * weight + s, seen + 1
        mean = ahead * (total + HALF) / (weight or 1.0)
        phi = max(1.0, squares / (max(errors - 1, 3) - 2))
        size = max(cleaned / max(errors, 1), 1e-9)
        likely = -(logs + errors * log(size)) / 2 if errors else 0.0
        found.append((likely, mean, phi * mean * (1 + ahead / (weight or 1.0)), phi, 1 - omega))
    best = max(item[0] for item in found)
    chances = [exp(item[0] - best) for item in found]
    chances = [chance / sum(chances) for chance in chances]

    def mixed(of):
        return sum(chance * of(item) for chance, item in zip(chances, found, strict=True))

    mean = mixed(lambda item: item[1])
    variance = mixed(lambda item: item[2] + item[1] ** 2) - mean**2
    return mean, variance, mixed(lambda item: item[3]), mixed(lambda item: item[4])


def test_a_time_of_year_with_next_to_nothing_is_a_level_too():
    # Six periods in which a tenth of the usual is due: the weight of the past stays below 1.
    counts, seasons = [1.0, 0.0, 2.0, 1.0, 0.0, 3.0], [0.1] * 6
    found = local_level([counts], [seasons], [1.0])
    said = (found.mean[0], found.variance[0], found.phi[0], found.smoothing[0])
    assert said == pytest.approx(one_level(counts, seasons, 1.0), rel=1e-9)


SERIES = {
    "steady": [9, 7, 11, 8, 10, 9, 12, 6, 9, 10, 8, 9],
    "of zeros": [0] * 12,
    "bursts": [2, 1, 3, 2, 40, 2, 1, 0, 3, 2, 35, 2, 1],
    "a step": [5, 6, 4, 5, 7, 5, 30, 33, 29, 31, 34, 30],
    "gaps": [4, None, 6, 5, None, None, 7, 3, 5, 6, None, 20, 4],
    "five only": [3, 8, 2, 9, 4],
    "four only": [3, 8, 2, 9],
    "one only": [3],
    "none": [None, None, None],
    "a long nothing": [0] * 80 + [2, 0, 1],
    "of thousands alike": [4000] * 12,
    "falls": [90, 80, 85, 70, 60, 20, 15, 12, 5, 1, 0, 0],
}


@pytest.mark.parametrize("season", [False, True])
@pytest.mark.parametrize("name", SERIES)
def test_a_level_is_that_of_plain_arithmetic(name, season):
    counts = SERIES[name]
    seasons = [1.2 if at % 3 else 0.7 for at in range(len(counts))] if season else [1.0] * 99
    seasons, ahead = seasons[: len(counts)], 1.3 if season else 1.0
    row = np.array([[np.nan if y is None else float(y) for y in counts]])
    told = (np.array([seasons]), np.array([ahead])) if season else ()
    with np.errstate(divide="raise", invalid="raise"):
        found = local_level(row, *told)
    said = (found.mean[0], found.variance[0], found.phi[0], found.smoothing[0])
    assert said == pytest.approx(one_level(counts, seasons, ahead), rel=1e-9)


def filled(parts):
    """The sum of the parts by period, a missing part with its share: three rounds."""
    length = len(parts[0])
    known = [[y is not None for y in part] for part in parts]
    values = [[y or 0.0 for y in part] for part in parts]
    added = [sum(part[at] for part in values) for at in range(length)]
    total = list(added)
    for _ in range(0 if all(map(all, known)) else 3):
        share = []
        for part, there in zip(values, known, strict=True):
            base = sum(t for t, is_known in zip(total, there, strict=True) if is_known)
            share.append(sum(part) / base if base else 0.0)
        share = [item / max(sum(share), 1e-12) for item in share]
        cover = [
            sum(item for item, there in zip(share, known, strict=True) if there[at])
            for at in range(length)
        ]
        total = [a / c if c else 0.0 for a, c in zip(added, cover, strict=True)]
    return [t if any(there[at] for there in known) else nan for at, t in enumerate(total)]


def parts_of(parts, mean, variance):
    """Means, variances, φ and τ² of the parts."""
    total = filled(parts)
    rows = [[(y, t) for y, t in zip(part, total, strict=True) if y is not None] for part in parts]
    used = [r for r in rows if len(r) >= 2 and sum(t for _, t in r) > 0 and sum(y for y, _ in r)]
    cells = []
    for row in used:
        share = sum(y for y, _ in row) / sum(t for _, t in row)
        cells.append([(y, share * t, share * t * max(1 - share, 0.0)) for y, t in row])
    scale, phi = sum(spread for row in cells for _, _, spread in row), 1.0
    now = [[y for y, _, _ in row] for row in cells]
    for _ in range(4 if scale > 0 else 0):
        pooled = 0.0
        for row, ys in zip(cells, now, strict=True):
            squares = sum((y - fit) ** 2 for y, (_, fit, _) in zip(ys, row, strict=True))
            pooled += squares * len(row) / (len(row) - 1)
        phi = max(1.0, pooled / scale)
        now = [[nearest(y, fit, spread, 3.0, phi) for y, fit, spread in row] for row in cells]
    means, exposures = [], []
    for row in rows:
        past = sum(t for _, t in row)
        exposures.append(past / mean if past else 1.0)
        means.append((sum(y for y, _ in row) + HALF) / exposures[-1])
    most = max(1.0, *exposures)
    common = max(0.0, variance - phi * mean * (1 + 1 / most)) / mean**2
    spreads = [phi * m * (1 + 1 / e) + common * m**2 for m, e in zip(means, exposures, strict=True)]
    return means, spreads, phi, common


PARTS = {
    "all known": [[3, 5, 4, 6, 2], [10, 14, 9, 22, 11], [1, 0, 0, 2, 1]],
    "a burst": [[3, 4, 3, 60, 3, 4], [10, 12, 11, 9, 10, 12], [5, 5, 4, 6, 5, 5]],
    "a burst in a long past": [[5, 9, 1, 7, 3, 5] * 6 + [40], [8, 3, 6, 12, 2, 7] * 6 + [9]],
    "gaps": [[3, None, 4, 6, 2], [10, 14, None, 22, 11], [None, 7, 8, None, 9]],
    "one seen once": [[None, None, None, 4], [9, 30, 2, 9], [30, 5, 20, 4]],
    "one of zeros": [[0, 0, 0, 0], [9, 18, 3, 9], [3, 5, 2, 14]],
    "one alone": [[4, 6, 5, 7]],
    "nothing": [[0, 0, 0], [0, 0, 0]],
    "one each": [[1, 0], [0, 1]],
    "one event": [[1, 0, 0], [0, 0, 0]],
    "two periods": [[3, 9], [8, 1]],
    "gaps among ones": [[1, None, 0], [0, 0, None]],
    "a period known by zeros alone": [[0, 0, 0], [5, None, 7]],
    "a period that none knows": [[3, None, 4, 9], [10, None, 9, 2], [1, None, 0, 0]],
    "one known only where there was none": [[0, 0, None, None], [0, 0, 5, 9], [0, 0, 4, 1]],
    "such a one and a gap": [[0, 0, None, None], [0, 0, 5, 9], [0, 0, 4, None]],
    "one that is nearly all": [[1, 0, 0, 0], [400, 310, 520, 470]],
    "one event of many": [[0, 1, 0, 0], [9, 30, 2, 9], [30, 5, 20, 4]],
}


@pytest.mark.parametrize(("mean", "variance"), [(19.0, 20.0), (19.0, 400.0), (0.002, 0.003)])
@pytest.mark.parametrize("name", PARTS)
def test_parts_are_those_of_plain_arithmetic(name, mean, variance):
    parts = PARTS[name]
    table = np.array([[np.nan if y is None else float(y) for y in part] for part in parts])
    found = shares.forecast(table, mean, variance)
    means, spreads, phi, common = parts_of(parts, mean, variance)
    assert found.mean == pytest.approx(means) and found.variance == pytest.approx(spreads)
    assert (found.phi, found.common) == pytest.approx((phi, common))
    assert shares.whole(table) == pytest.approx(filled(parts), nan_ok=True)


def shrunk(effect, cover):
    """Each effect times 1 − terms / strength, 0 at least."""
    strength = float(effect @ np.linalg.inv(cover) @ effect)
    return effect * max(0.0, 1 - len(effect) / max(strength, 1e-12))


def one_course(counts, year):
    """Factors of the periods and of the next, and its season."""
    length, known = len(counts), [at for at, y in enumerate(counts) if y is not None]
    if len(known) < year or not sum(y for y in counts if y is not None):
        return [1.0] * (length + 1), 1.0
    ages = [at - (length - 1) for at in range(length + 1)]
    waves = len(known) >= 2 * year

    def terms(age):
        angle = 2 * pi * age / year
        return [1.0, age / year, *([sin(angle), cos(angle)] if waves else [])]

    design = np.array([terms(ages[at]) for at in known])
    y = np.array([counts[at] for at in known], dtype=float)
    effect = np.zeros(design.shape[1])
    effect[0] = log(y.sum() / len(y))
    for _ in range(4):
        mean = np.exp(design @ effect)
        matrix = design.T @ (mean[:, None] * design) + 1e-8 * np.eye(len(effect))
        effect = effect + np.linalg.solve(matrix, design.T @ (y - mean))
    mean = np.exp(design @ effect)
    phi = max(1.0, float(((y - mean) ** 2 / mean).sum()) / max(len(y) - len(effect), 1))
    cover = np.linalg.inv(design.T @ (mean[:, None] * design) + 1e-8 * np.eye(len(effect))) * phi
    drift = shrunk(effect[1:2], cover[1:2, 1:2])[0]
    factors = [exp(min(max(drift, -0.5), 0.5) * age / year) for age in ages]
    if not waves:
        return factors, 1.0
    wave = shrunk(effect[2:], cover[2:, 2:])
    season = [exp(min(max(float(wave @ terms(age)[2:]), -0.7), 0.7)) for age in ages]
    return [a * b for a, b in zip(factors, season, strict=True)], season[-1]


def wavy(length, level, drift=0.0, top=0.0, year=6):
    rng = np.random.default_rng(length)
    path = [
        level * (1 + drift) ** (at / year) * (1 + top * cos(2 * pi * (at - length) / year))
        for at in range(length)
    ]
    return [float(n) for n in rng.poisson(path)]


COURSES = {
    "under a year": wavy(5, 50, 0.5),
    "one year": wavy(6, 200, 0.8),
    "a year and more": wavy(11, 300, -0.4),
    "two years": wavy(12, 200, 0.3, 0.5),
    "three years": wavy(18, 400, 0.1, 0.8),
    "steep": wavy(14, 60, 5.0, 0.2),
    "hardly any": wavy(14, 2),
    "zeros": [0.0] * 13,
    "gaps": [None if at % 5 == 0 else y for at, y in enumerate(wavy(20, 150, 0.3, 0.4))],
    "a deep season": [300.0, 40, 4, 2, 30, 250, 310, 45, 3, 1, 33, 260, 290],
}


@pytest.mark.parametrize("name", COURSES)
def test_a_course_is_that_of_one_series_by_itself(name):
    counts = COURSES[name]
    row = np.array([[np.nan if y is None else y for y in counts]])
    found = course(row, 6)
    factors, season = one_course(counts, 6)
    assert [*found.factors[0], found.ahead[0]] == pytest.approx(factors)
    assert found.season[0] == pytest.approx(season)


@pytest.mark.parametrize("unknown", [0, 4, 9])  # periods before the last two begin
def test_courses_stand_side_by_side_and_change_nothing_of_one_another(unknown):
    same = [COURSES[name][:12] for name in ("two years", "zeros", "three years")]
    same[2] = [None] * unknown + [5.0 * 2**at for at in range(12 - unknown)]
    same.append([None] * unknown + COURSES["a deep season"][: 12 - unknown])
    with np.errstate(all="raise"):  # no logarithm of the zeros
        found = course(np.array(same, dtype=float), 6)
    for at, counts in enumerate(same):
        assert [*found.factors[at], found.ahead[at]] == pytest.approx(one_course(counts, 6)[0])


def test_a_drift_is_told_from_four_periods_that_make_a_year():
    rising = [40.0, 80.0, 160.0, 320.0]
    found = course([rising], 4)
    assert found.factors[0] == pytest.approx(one_course(rising, 4)[0][:-1])
    assert found.factors[0, 0] < 0.8


@pytest.mark.parametrize("at", [0, 7, 12])
def test_one_event_tells_neither_drift_nor_season(at):
    history = np.zeros((1, 13))
    history[0, at] = 1.0
    assert (course(history, 6).factors == 1.0).all()


@pytest.mark.parametrize(("history", "year"), [([5.0] * 30, 26), ([[5.0] * 30], 3)])
def test_what_is_no_table_and_a_year_of_three_periods_have_no_course(history, year):
    with pytest.raises(StatisticsError):
        course(history, year)
