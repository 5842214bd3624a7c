"""What a count should have been: many tests at once, weekly models, the year's end."""

import numpy as np

from dashboard.stats import ears, farrington, multiple, rate_year_end, year_end
from dashboard.stats.local_level import DISCOUNTS
from tests.reference_checks.nearness import near


def fdr(content, tolerance):
    near(multiple.benjamini_hochberg(content["p"]), content["bh"], tolerance, "bh")
    near(multiple.benjamini_yekutieli(content["p"]), content["by"], tolerance, "by")
    near(multiple.holm(content["p"]), content["holm"], tolerance, "holm")


def ears_limits(content, tolerance):
    series = np.array(content["series"], dtype=float)
    for case in content["cases"]:
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
    for case in content["cases"]:
        if not case.get("role", "primary").startswith("primary"):
            continue
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
                near(getattr(found, figure), expected[key][index], tolerance, f"{what}: {figure}")
            assert found.trend == expected["trend_kept"][index], what
            assert found.alarm == expected["alarm"][index], what


FARRINGTON = {"expected": "expected", "upper": "upper", "phi": "dispersion", "p": "p_value"}


def year_end_chances(content, tolerance):
    for case in content["counts"]:
        given, expected = case["input"], case["expected"]
        count = (given["ytd"], given["elapsed_weight"])
        found = year_end.project(*count, given["dispersion"])
        chance = year_end.chance_at_most(*count, given["target_max"], given["dispersion"])
        near(found.rest, expected["remaining_mean"], tolerance, str(given))
        near(found.variance, expected["remaining_variance"], tolerance, str(given))
        near(chance, expected["p_at_or_under"], tolerance, str(given))
        for figure in ("projected", "low80", "high80", "low95", "high95"):
            near(getattr(found, figure), expected[figure], tolerance, f"{given}: {figure}")
    for case in content["rates"]:
        given, expected = case["input"], case["expected"]
        found = _year_of_a_rate(given["detected"], given["total"], given["expected_remaining"])
        near(found.at_least(given["target_min"]), expected["p_at_or_over"], tolerance, str(given))
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
