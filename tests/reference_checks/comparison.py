"""Intervals, two periods compared, units compared."""

import numpy as np
import pytest

from dashboard.stats import funnel, intervals, overdispersion, two_period
from tests.reference_checks.nearness import cases_of, near, near_p


def intervals_phe(content, tolerance):
    for row in cases_of(content, "byars_wilson"):
        level = float(row["confidence"].rstrip("%")) / 100
        if row["method"] == "Wilson":
            found = intervals.wilson(row["x"], row["n"], level)
        else:
            of_count = {"Byars": intervals.byar, "Exact": intervals.exact}[row["method"]]
            found = of_count(row["x"], level)
        near(found, [row["low"], row["high"]], tolerance, str(row))
    for row in cases_of(content, "proportions"):
        assert row["count"] / row["denominator"] == pytest.approx(row["value"], rel=tolerance)
        for level in (0.95, 0.998):
            low, high = intervals.wilson(row["count"], row["denominator"], level)
            near([low, high], _limits(row, level), tolerance, str(row))
    for row in cases_of(content, "rates_per_100000"):
        for level in (0.95, 0.998):
            found = intervals.rate(row["count"], row["denominator"], level=level)
            near(found, [row["value"], *_limits(row, level)], tolerance, str(row))


def _limits(row, level):
    end = {0.95: "95", 0.998: "998"}[level]
    return [row[f"low{end}"], row[f"high{end}"]]


def poisson_two_period(content, tolerance):
    """All but the E-test, which fails with unequal periods and which we do not have."""
    for case in cases_of(content):
        given, expected = case["input"], case["expected"]
        counts = (given["current"], given["prior"])
        exposures = (given["current_exposure"], given["prior_exposure"])
        change = two_period.change(*counts, *exposures)
        found = {
            "p_two_sided_conditional_exact": change.p_either,
            "p_rise_conditional_exact": change.p_rise,
            "p_rise_mid_p": change.p_mid,
            "rate_ratio": change.ratio,
            "rr_low95": change.low,
            "rr_high95": change.high,
            "wheeler_z": two_period.wheeler_z(*counts, *exposures),
        }
        for key, value in found.items():
            close = near_p if key.startswith("p_") else near
            close(
                value if np.isfinite(value) else None, expected[key], tolerance, f"{given}: {key}"
            )


def funnel_exact_limits(content, tolerance):
    for row in cases_of(content, "poisson"):
        found = funnel.count_limits(row["expected_count"])
        near(found, _four(row["observed_limit"]), tolerance, str(row))
    for row in cases_of(content, "binomial"):
        found = funnel.share_limits(row["n"], row["overall"])
        near(found, _four(row["proportion_limit"]), tolerance, str(row))


def _four(limits):
    return [limits[key] for key in ("low95", "high95", "low998", "high998")]


def funnel_overdispersion(content, tolerance):
    """Cases with corrected limits; the log transform needs events everywhere: not ours."""
    for case in cases_of(content, chosen=lambda case: "limits_corrected" in case):
        given, expected, name = case["input"], case["expected"], case["id"]
        spread_of, limits_of = {
            "PR": (overdispersion.of_shares, overdispersion.share_limits),
            "SR": (overdispersion.of_ratios, overdispersion.ratio_limits),
        }[given["kind"]]
        spread = spread_of(given["numerators"], given["denominators"], given["winsorise"])
        for figure in ("z", "z_winsorised", "s", "phi", "tau2", "target"):
            near(getattr(spread, figure), expected[figure], tolerance, f"{name}: {figure}")
        for end, level in (("95", 0.95), ("998", 0.998)):
            low, high = limits_of(spread, level)
            near(low, case["limits_corrected"][f"low{end}"], tolerance, f"{name}: low{end}")
            near(high, case["limits_corrected"][f"high{end}"], tolerance, f"{name}: high{end}")


def funnel_significance_phe(content, tolerance):
    for row in cases_of(content, "categories"):
        assert funnel.category(row["observed"], row["expected"]) == row["category"], row
    for row in cases_of(content, "share_limits"):
        found = funnel.normal_share_limits(row["Population"], row["Baseline"] / 100)
        expected = [row[f"{end}{kind}limit"] for kind in SIGMAS for end in ("Lower", "Upper")]
        near(100 * np.array(found), expected, tolerance, str(row))
    # These rows were found by a search, good to 1e-7 of an expected event. Divided by it, as
    # for one event and 99.8 %, that shows: so all are put back on the scale of events.
    for row in cases_of(content, "ratio_limits"):
        events, at = row["Observed_events"], funnel.expected_at_limits(row["Observed_events"])
        near(at, _at_limits(row, "exp_events"), tolerance, str(row))
        near(at, events / (_at_limits(row, "count") + 1), tolerance, str(row))
        near(at, events / (_at_limits(row, "isr") / 100), tolerance, str(row))
    for row in cases_of(content, "rate_limits"):
        events, at = row["Events"], funnel.expected_at_limits(row["Events"])
        near(at, events / _at_limits(row, "limit") * row["baseline"], tolerance, str(row))
        # Populations are given for one year of those that the events come from.
        for_one_year = _at_limits(row, "population_1_year") * row["baseline"] / 100_000
        years = round(at.low_95 / for_one_year[0])
        near(at, years * for_one_year, tolerance, str(row))


SIGMAS = ("2s0025", "3s0001")


def _at_limits(row, figure):
    names = [f"{end}_{sigma}_{figure}" for sigma in ("2s", "3s") for end in ("lower", "upper")]
    return np.array([row[name] for name in names])
