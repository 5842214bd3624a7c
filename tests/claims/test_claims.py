"""Every claim of the sample's units, measures, boroughs and meetings is true; mutated ones fail."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest

from dashboard import reports
from dashboard.catalogue import order
from dashboard.reports.measure import claims, wording
from dashboard.reports.measure.tracks import of_borough, tracks
from tests.choosing import EXHAUSTIVE, chosen
from tests.claims import checker

LEVELS = ("force", "directorate", "ocu")
BOROUGHS = ("commercial_robbery", "gun_crime", "homicides")  # usual, many, rare


class Rows:
    """The rows of all measures of a unit, at a grain, by one question of their own."""

    def __init__(self, request):
        self.request, self.read = request, {}

    def of(self, track):
        unit = track.unit if track.place == "unit" else "MPS"
        level = "borough" if track.borough else self.request.catalogue.unit(unit).level
        key = level, unit, track.grain
        if key not in self.read:
            held = self.read[key] = {}
            found = self.request.run(
                "all_series", level=level, unit=unit, grain=track.grain, borough=None
            )
            for row in found.to_pylist():
                place = row["measure"], row["borough"] or ""
                held.setdefault(place, {})[row["period_start"]] = row
        return self.read[key].get((track.measure.id, track.borough), {})


def series(rows, track):
    """The judged values since the last break, as the rows have them."""
    held, shown = rows.of(track), track.points[max(track.breaks, default=0) : track.judged]
    whole = {point.start for point in track.points if point.numerator is not None}
    return checker.Values(
        tuple(point.start for point in shown),
        tuple(
            _value(track, held.get(point.start)) if point.start in whole else None
            for point in shown
        ),
    )


def _value(track, row):
    if not track.measure.is_rate:
        return row["numerator"] if row else 0.0  # an absent cell inside the coverage is none
    return row["numerator"] / row["denominator"] if row and row["denominator"] else None


@pytest.fixture(scope="module")
def claimed(sample_data):
    """(track, claim, values) of all units, measures and meetings; at the last also by borough."""
    found = []
    listed = reports.open_request(None, None, sample_data).listed
    for info in chosen(listed, 2, "claims"):
        request = reports.open_request(info.as_at, None, sample_data)
        found += claimed_of(request, BOROUGHS if info is listed[-1] else ())
    return found


def claimed_of(request, by_borough):
    """(track, claim, values) of all units and measures; of some measures also by borough."""
    rows = Rows(request)
    units = [code for code, unit in request.catalogue.units.items() if unit.level in LEVELS]
    found = [track for unit in units for track in tracks(request, unit).values()]
    for name in by_borough:
        whole = tracks(request, "MPS")[name]
        areas = order.areas(request.catalogue, ("borough",))
        found += [of_borough(request, whole, area.code) for area in areas]
    return [(track, claims.claim(track), series(rows, track)) for track in found]


def untrue(claimed):
    """The claims that the rows do not bear out, each with where it stands and why."""
    return [
        (track.measure.id, track.unit, track.borough, claim, said)
        for track, claim, values in claimed
        if (said := checker.faults(claim, values))
    ]


def undetected(claimed):
    """The mutated claims that the checker takes for true, each beside its own."""
    return [
        (claim, wrong)
        for _, claim, values in claimed
        for wrong in mutated(claim)
        if not checker.faults(wrong, values)
    ]


def test_every_claim_is_true(claimed):
    assert len(claimed) > (1_000 if EXHAUSTIVE else 100)
    assert untrue(claimed)[:5] == []
    kinds = Counter(claim.kind for _, claim, _ in claimed)
    assert {"within", "outside", "run", "forecast"} <= set(kinds) or not EXHAUSTIVE, kinds
    assert "within" in kinds


def test_xmr_limits_are_those_counted_anew(claimed):
    checked = 0
    for track, claim, values in claimed:
        if track.chart and track.chart.kind == "xmr" and claim.low is not None:
            assert checker._same_limits(claim, values) == [], (track.measure.id, track.unit)
            checked += 1
    assert checked > (100 if EXHAUSTIVE else 10)


def mutated(claim):
    """The claim with one thing said wrong."""
    other = {"high": "low", "low": "high"}
    if claim.kind in ("outside", "run", "trend", "near", "median_run", "surge", "drift", "year"):
        yield replace(claim, side=other[claim.side])
    if claim.kind in ("outside", "run", "trend", "near"):
        # Not of a run beside the median: by the rule of limits it may well be within them.
        yield replace(claim, kind="within")
    if claim.kind in claims.OF_STOCK:
        yield replace(claim, began=claim.began + 1)
        yield replace(claim, kind="surge" if claim.kind == "as_usual" else "as_usual")
    if claim.kind in ("run", "trend", "median_run", "surge", "drift"):
        yield replace(claim, since=claim.since - timedelta(days=31))
        yield replace(claim, since=claim.since + timedelta(days=31))
    if claim.kind in ("run", "trend", "near"):
        yield replace(claim, kind="outside")
        yield replace(claim, count=claim.count + 1)
    if claim.kind == "near":
        yield replace(claim, beyond=claim.beyond + 1)
    if claim.kind == "within":
        yield replace(claim, kind="outside", side="high")
        yield replace(claim, kind="outside", side="low")
        yield replace(claim, kind="run", side="high", count=7, since=claim.start)
    if claim.kind in ("none", "still", "too_few"):
        yield replace(claim, count=claim.count + 1)
    if claim.value is not None:
        yield replace(claim, value=claim.value + 1)
    if claim.start:
        yield replace(claim, start=claim.start + timedelta(days=31))


def test_every_mutated_claim_is_found_out(claimed):
    assert undetected(claimed)[:5] == []


def test_words_say_no_more_than_their_claim(claimed):
    marks = {
        "outside": " usual range in ",
        "run": " usual level since ",
        "trend": " since ",
        "within": " within ",
        "as_usual": ", a usual change",
        "surge": " than usual ",
        "year": " over the year by more than chance",
        "near": " of the last three ",
        "none": ": none in the last ",
    }
    for track, claim, _ in claimed:
        said = wording.words(track, claim)
        for kind, mark in marks.items():
            if kind == claim.kind:
                assert mark in said, said
        if claim.kind != "outside":
            assert not re.search(r" (above|below) (its|their) usual range", said), said
        if " in two of the last three " in said:
            assert claim.count == 2
        assert (" close to or beyond " in said) == (claim.kind == "near" and claim.beyond > 0)
