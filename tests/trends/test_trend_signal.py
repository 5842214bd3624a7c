"""The replay: a run is signalled at the month at which it could first be seen."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from dashboard import catalogue
from dashboard.catalogue.records import Break_
from dashboard.periods import next_start
from dashboard.reports.measure.tracks import Window, track
from dashboard.reports.trends import first_signal
from tests.asking import a_measure

MEASURE = "blackmail"
CATALOGUE = catalogue.load(Path(__file__).parents[2] / "data" / "catalogue")
LEVEL = [100.0, 104.0, 98.0, 103.0, 99.0, 101.0] * 4  # 24 months from April 2002


@pytest.fixture
def given(asking):
    """A request of a measure without targets, of a catalogue without other breaks."""

    def of(settles=28, breaks=()):
        measure = a_measure(settles=settles)
        return asking(
            date(2005, 4, 1), plan={MEASURE: measure}, beside=replace(CATALOGUE, breaks=breaks)
        )

    return of


@pytest.fixture
def replayed(monkeypatch, given):
    """(first signal, signals) of months from April 2002 on."""

    def of(values, request=None, **more):
        request, start, rows = request or given(), date(2002, 4, 1), []
        for value in values:
            row = {"period_start": start, "numerator": value, "denominator": None}
            rows.append(row | {"provisional": False})
            start = next_start(start, "month")

        def at(request, place, grain, shown):
            return track(request, MEASURE, "SCD7", "unit", grain, rows, shown=shown)

        monkeypatch.setattr(first_signal, "track_at", at)
        first_signal.replay.cache_clear()
        first = first_signal.first_signal(request, MEASURE, "SCD7", **more)
        return first, first_signal.replay(request, MEASURE, "SCD7", **more)

    return of


def test_a_jump_is_signalled_in_its_own_month(replayed):
    first, _ = replayed([*LEVEL, 150.0, 152.0, 149.0])
    assert (first.start, first.rule, first.side) == (date(2004, 4, 1), "outside", "high")
    assert first.upper < 150.0
    said = first_signal.words(first, "month")
    assert (
        said == "First signalled in April 2004 (outside the limits), with the figures up to then."
    )


def test_a_small_rise_is_signalled_by_its_seventh_month(replayed):
    # two above the mean of 101 and never near the limit: only the shift of seven tells
    first, signals = replayed([*LEVEL, *[103.0, 102.5] * 3, 103.0])
    assert (first.start, first.rule) == (date(2004, 10, 1), "shift")
    assert [item.rule for item in signals[24:30]] == [""] * 6  # six are none
    assert len(signals) == 31


def test_nothing_beyond_has_no_first_signal(replayed):
    first, signals = replayed(LEVEL)
    assert first is None and {item.rule for item in signals} == {""}


def test_what_a_later_month_brings_is_not_known_before(replayed):
    # the limits of April 2004 stand on 25 points, whatever came after them
    later, _ = replayed([*LEVEL, 150.0, 300.0, 310.0])
    alone, _ = replayed([*LEVEL, 150.0])
    assert later == alone


def test_a_break_ends_the_run(given, replayed):
    moved = Break_("", "", "", date(2004, 4, 1), "another office")
    first, signals = replayed([*LEVEL, 150.0, 152.0, 149.0], given(breaks=(moved,)))
    assert first is None and {item.rule for item in signals} == {""}


def test_a_measure_that_settles_late_is_judged_late(given, replayed):
    # 60 days: at the end of a month the month itself and the one before have not settled
    first, _ = replayed([*LEVEL, 150.0, 152.0, 149.0], given(settles=60))
    assert first.start == date(2004, 4, 1)
    first, _ = replayed([*LEVEL, 150.0], given(settles=60))
    assert first is None


def test_a_readers_rebase_is_replayed_too(replayed):
    first, _ = replayed(
        [*LEVEL, 150.0, 152.0, 149.0],
        shown=Window(rebase=date(2004, 4, 1), because="moved"),
    )
    assert first is None
