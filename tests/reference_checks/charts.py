"""Process limits and rules: XmR, the charts for counts, runs about the median."""

import numpy as np

from dashboard.stats import spc, xmr_rules
from dashboard.stats.charts_counts import control_chart
from dashboard.stats.runs import run_bounds
from tests.reference_checks.nearness import cases_of, near

BETTER = {"increase": "higher", "decrease": "lower", "neutral": "neutral"}
RULE = {
    ("outside", "high"): "Above UCL",
    ("outside", "low"): "Below LCL",
    ("trend", "high"): "7 Point Trend (Increasing)",
    ("trend", "low"): "7 Point Trend (Decreasing)",
    ("two_in_three", "high"): "2 in 3 Above CL",
    ("two_in_three", "low"): "2 in 3 Below CL",
    ("shift", "high"): "7 Points Above CL",
    ("shift", "low"): "7 Points Below CL",
    ("common", ""): "Common Cause",
}


def state_of(state):
    """A state as the package calls it: it keeps the side of neutral points only."""
    if state == "common":
        return "common_cause"
    return f"special_cause_{state if state.startswith('neutral') else state.split('_')[0]}"


def xmr_plotthedots(content, tolerance):
    for case in cases_of(content):
        given, expected, name = case["input"], case["expected"], case["id"]
        chart = spc.xmr(
            given["values"],
            better=BETTER[given["improvement_direction"]],
            target=given["target"],
            rebase=[index - 1 for index in given["rebase_at_index1"] or []],
            screen_outliers=given["screen_outliers"],
            fix_after_n=given["fix_after_n_points"],
            two_of_three="package",
        )
        for line in ("mean", "lower", "upper"):
            near(getattr(chart, line), expected[line], tolerance, f"{name}: {line}")
        labels = [RULE[pair] for pair in zip(chart.rules, chart.directions, strict=True)]
        assert labels == expected["rule"], name
        assert [state_of(state) for state in chart.states] == expected["point_type"], name
        assert state_of(chart.variation) == expected["variation_last"], name
        assert chart.assurance == expected["assurance"], name
        points_of_xmr(chart, given["values"], expected, name)


def points_of_xmr(chart, values, expected, name):
    """The single rules, on the limits of each point."""
    for index, value in enumerate(values):
        out = xmr_rules.beyond([value], chart.lower[index], chart.upper[index])[0] != 0
        close = xmr_rules.beyond([value], chart.near_lower[index], chart.near_upper[index])[0] != 0
        assert out == expected["outside_limits"][index], name
        assert (close and not out) == expected["near_limits"][index], name
        side = xmr_rules.side_of([value], chart.mean[index])[0]
        assert side == expected["side_of_mean"][index], name


def xmr_rule_units(content, _tolerance):
    for case in cases_of(content, "seven_one_side"):
        side = case["side_of_mean"]
        ends = xmr_rules.run_ends(side, xmr_rules.RUN)
        assert np.abs(ends).tolist() == case["completes_run"], side
        assert np.abs(xmr_rules.shift(side)).tolist() == case["part_of_run"], side
    for case in cases_of(content, "seven_trend"):
        values = case["values"]
        assert xmr_rules.trend_ends(values).tolist() == case["completes_trend"], values
        assert np.abs(xmr_rules.trend(values)).tolist() == np.abs(case["part_of_trend"]).tolist()
    for case in cases_of(content, "two_in_three"):
        found = xmr_rules.two_in_three(case["near"], case["side"])
        assert found.astype(int).tolist() == case["flagged"], case


KINDS = ("p_prime", "u_prime", "run", "mr", "i", "c", "u", "p", "g", "t")


def kind_of(case):
    """The field says it; where a folder of figures has none yet, what the case is called by."""
    said = case.get("kind") or case["input"].get("kind")
    return said or next(kind for kind in KINDS if f"{case['id']}_".startswith(f"{kind}_"))


def spc_counts_qicharts2(content, tolerance):
    for case in cases_of(content):
        given, expected, name = case["input"], case["expected"], case["id"]
        chart = control_chart(
            kind_of(case),
            given["values"],
            given["denominators"],
            baseline=given["baseline_first_n"],
            exclude=[index - 1 for index in given["exclude_index1"] or []],
        )
        for line in ("plotted", "centre", "lower", "upper"):
            near(getattr(chart, line), expected[line], tolerance, f"{name}: {line}")
        assert chart.outside.tolist() == expected["outside"], name
        runs = chart.runs
        assert runs.useful == expected["n_useful"], name
        assert runs.signal == expected["runs_signal"], name
        for figure in ("longest_run", "longest_run_max", "crossings", "crossings_min"):
            assert getattr(runs, figure) == expected[figure], f"{name}: {figure}"


def anhoej_bounds(content, _tolerance):
    for row in cases_of(content, "bounds"):
        bounds = (row["longest_run_max"], row["crossings_min"])
        assert run_bounds(row["n_useful"]) == bounds, row
