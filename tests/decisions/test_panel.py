"""A result's numbers, counted anew from the snapshot's reports and reckoned by formulas alone."""

from __future__ import annotations

import math
from datetime import date, timedelta
from statistics import NormalDist

import polars as pl
import pytest

from dashboard import reports
from dashboard.reports.decisions import one

AS_AT, DECISION = date(2004, 7, 12), "sample-robbery-south"
HALF = 0.5


@pytest.fixture(scope="module")
def shown(sample_data):
    return one.decision_of(reports.open_request(AS_AT, None, sample_data), DECISION)


@pytest.fixture(scope="module")
def counts(sample_data):
    """Robberies of a borough in a fortnight, from the reports themselves."""
    snapshot = reports.open_request(AS_AT, None, sample_data).snapshot
    robberies = (
        pl.scan_parquet(snapshot.path / "facts" / "crimes.parquet")
        .filter(pl.col("offence") == "robbery_business", pl.col("no_crimed_on").is_null())
        .filter(pl.col("ocu") == "SCD7")
        .select("borough", "reported_on")
        .collect()
    )

    def count(borough: str, since: date) -> int:
        inside = pl.col("reported_on").is_between(since, since + timedelta(days=13))
        return robberies.filter(inside, pl.col("borough") == borough).height

    return count


def lower_tail(count: int, mean: float, variance: float) -> float:
    """P(N ≤ count) of a negative binomial of that mean and variance, added up term by term."""
    size = mean**2 / (variance - mean)
    share = size / (size + mean)
    return sum(
        math.exp(
            math.lgamma(n + size) - math.lgamma(size) - math.lgamma(n + 1)
            + size * math.log(share) + n * math.log1p(-share)
        )
        for n in range(count + 1)
    )  # fmt: skip


def test_the_counts_are_those_of_the_reports(shown, counts):
    sealed, found = shown.sealed, shown.judged
    since = date.fromisoformat(sealed["since"])
    starts = [since + timedelta(days=14 * step) for step in range(sealed["horizon"])]
    treated = [sum(counts(code, start) for code in sealed["treated"]) for start in starts]
    assert found["fortnights"] == treated and found["treated"] == sum(treated)
    capped = [
        min(counts(code, start), sealed["caps"][code][step])
        for code in sealed["compared"]
        for step, start in enumerate(starts)
    ]
    assert found["compared"] == pytest.approx(sum(capped))
    touching = sum(counts(code, start) for code in sealed["touching"] for start in starts)
    assert found["touching"] == touching


def test_the_verdict_and_the_ranges_follow_from_them(shown):
    past, found = shown.sealed["past"], shown.judged
    base, theirs = past["treated"] + HALF, found["compared"] + HALF
    before = past["compared"] + HALF
    mean = base * theirs / before
    variance = past["phi"] * mean * (1 + mean / base + mean / theirs + mean / before)
    assert found["expected"]["mean"] == pytest.approx(mean)
    assert found["p"] == pytest.approx(lower_tail(int(found["treated"]), mean, variance), rel=1e-6)
    assert (found["p"] <= 0.025) and found["verdict"] == "worked"

    z = NormalDist().inv_cdf(0.975)
    parts = (found["treated"] + HALF, theirs, base, before)
    ratio = math.log(parts[0] / parts[1] / (parts[2] / parts[3]))
    wide = z * math.sqrt(past["phi"] * sum(1 / part for part in parts))
    difference = found["difference"]
    for name, log in (("value", ratio), ("low", ratio - wide), ("high", ratio + wide)):
        assert difference[name] == pytest.approx(math.exp(log))

    scale = theirs / before
    expected = past["touching"] * scale
    spread = past["phi"] * (
        found["touching"] + past["touching"] * scale**2 + expected**2 * (1 / theirs + 1 / before)
    )
    moved = found["moved"]
    assert moved["value"] == pytest.approx(found["touching"] - expected)
    assert moved["high"] - moved["value"] == pytest.approx(z * math.sqrt(spread))


def test_the_synthetic_control_is_what_its_sealed_mix_comes_to(shown, counts):
    own, found = shown.sealed["synthetic"]["own"], shown.judged["synthetic"]
    since = date.fromisoformat(shown.sealed["since"])
    starts = [since + timedelta(days=14 * step) for step in range(shown.sealed["horizon"])]
    index = sum(
        weight * sum(counts(code, start) for start in starts) / own["means"][code]
        for code, weight in own["weights"].items()
    )
    assert found["expected"] == pytest.approx(own["mean"] * index)
    assert found["of"] >= 10 and found["as_far"] <= found["of"]
    assert any("went as these did before" in sentence for sentence in shown.sentences)
