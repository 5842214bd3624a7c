"""What a count should have been: many tests at once, weekly models, the year's end."""

import numpy as np

from dashboard.stats import alerts, ears, farrington, multiple, rate_year_end, year_end
from dashboard.stats.local_level import DISCOUNTS
from tests.reference_checks.nearness import cases_of, near, near_p


def fdr(content, tolerance):
    near_p(multiple.benjamini_hochberg(content["p"]), content["bh"], tolerance, "bh")
    near_p(multiple.benjamini_yekutieli(content["p"]), content["by"], tolerance, "by")
    near_p(multiple.holm(content["p"]), content["holm"], tolerance, "holm")


def alerts_of_counts(content, tolerance):
    """Tails, bands and forecasts of the alert list; each p relative to itself."""
    for case in cases_of(content, "tails"):
        given, expected = case["input"], case["expected"]
        now, forecast = [given["now"]], _moments(given)
        near_p(alerts.tail(now, *forecast), expected["p_at_least"], tolerance, str(given))
        near_p(alerts.lower_tail(now, *forecast), expected["p_at_most"], tolerance, str(given))
        steps = alerts.attainable(*forecast)[0]
        if given["now"] >= given["mean"]:
            step = steps[given["now"] - int(given["mean"])]
            near_p(step, expected["p_at_least"], tolerance, f"{given}: attainable")
    for case in cases_of(content, "bands"):
        found = alerts.band(*_moments(case["input"]), case["input"]["level"])
        near(np.concatenate(found), list(case["expected"].values()), 0, str(case["input"]))
    for case in cases_of(content, "forecasts"):
        found = alerts.predictive(*case["input"].values())
        near_p(found, list(case["expected"].values()), tolerance, str(case["input"]))
    for case in cases_of(content, "exact"):
        given = case["input"]
        mean, variance = alerts.predictive(given["baseline_total"], given["windows"], 1.0)
        p = alerts.tail(given["now"], mean, variance)
        near_p(p, case["expected"]["p_at_least"], tolerance, str(given))
    for case in cases_of(content, "dispersion"):
        found = alerts.pooled_dispersion(np.array(case["input"]["counts"]))
        near(found, case["expected"]["phi"], tolerance, "dispersion")
    for case in cases_of(content, "watch"):
        found = alerts.watched_by_chance(*_moments(case["input"]))
        near_p(found, case["expected"]["chance"], tolerance, str(case["input"]))


def _moments(given):
    return np.array([given["mean"]]), np.array([given["variance"]])


def ears_limits(content, tolerance):
    series = np.array(content["series"], dtype=float)
    for case in cases_of(content):
        options, expected, name = case["options"], case["expected"], case["id"]
        weeks = np.array(options["range"]) - 1
        upper = ears.ears_upper(
            series,
            options["method"],
            baseline=options.get("baseline", 7),
            alpha=options.get("alpha", 0.001),
            least_sd=options.get("minSigma", 0.0),
        )[weeks]
        near(upper, expected["upper"], tolerance, name)
        assert (series[weeks] > upper).tolist() == expected["alarm"], name


def farrington_flexible(content, tolerance):
    """Cases marked primary: negative-binomial limits, that no quirk of the package touches."""

    def primary(case):
        return case.get("role", "primary").startswith("primary")

    for case in cases_of(content, chosen=primary):
        options, expected, name = case["options"], case["expected"], case["id"]
        chosen = farrington.Options(
            years=options["b"],
            half_window=options["w"],
            blocks=options["noPeriods"],
            left_out=options["pastWeeksNotIncluded"],
            threshold=options["weightsThreshold"],
            trend_p=options["pThresholdTrend"],
            alpha=options["alpha"],
        )
        series = case.get("series", content["series"])
        for index, week in enumerate(expected["index1"]):
            found = farrington.expectation(series, week - 1, chosen)
            what = f"{name}, week {week}"
            if expected["upper"][index] is None:
                assert found is None, what
                assert not expected["alarm"][index], what
                continue
            for figure, key in FARRINGTON.items():
                close = near_p if figure == "p" else near
                close(getattr(found, figure), expected[key][index], tolerance, f"{what}: {figure}")
            assert found.trend == expected["trend_kept"][index], what
            assert found.alarm == expected["alarm"][index], what


FARRINGTON = {"expected": "expected", "upper": "upper", "phi": "dispersion", "p": "p_value"}


def year_end_chances(content, tolerance):
    for case in cases_of(content, "counts"):
        given, expected = case["input"], case["expected"]
        count = (given["ytd"], given["elapsed_weight"])
        found = year_end.project(*count, given["dispersion"])
        chance = year_end.chance_at_most(*count, given["target_max"], given["dispersion"])
        near(found.rest, expected["remaining_mean"], tolerance, str(given))
        near(found.variance, expected["remaining_variance"], tolerance, str(given))
        near_p(chance, expected["p_at_or_under"], tolerance, str(given))
        for figure in ("projected", "low80", "high80", "low95", "high95"):
            near(getattr(found, figure), expected[figure], tolerance, f"{given}: {figure}")
    for case in cases_of(content, "rates"):
        given, expected = case["input"], case["expected"]
        found = _year_of_a_rate(given["detected"], given["total"], given["expected_remaining"])
        p = found.at_least(given["target_min"])
        near_p(p, expected["p_at_or_over"], tolerance, str(given))
        near(found.mean, expected["mean_final_rate"], tolerance, str(given))


def _year_of_a_rate(done, cases, to_come):
    """The year's rate where nothing is forgotten and nothing is more spread than chance."""
    none, one = np.zeros(len(DISCOUNTS)), np.ones(len(DISCOUNTS))
    level = rate_year_end.RateLevel(
        apart=False,
        rate=(done + 0.5) / (cases + 1) * one,
        evidence=(cases + 1) * one,
        phi=one,
        weight=np.where(DISCOUNTS == 1, 1.0, none),
    )
    return rate_year_end.law(level, (done, cases), [to_come], periods=6)
