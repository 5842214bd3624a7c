"""The replay: a run is signalled at the month at which it could first be seen."""

from datetime import date
from types import SimpleNamespace

import pyarrow as pa
import pytest

from dashboard.periods import next_start
from dashboard.reports.measure.tracks import Shown, track
from dashboard.reports.measure.trajectory import Path
from dashboard.reports.trends import first_signal

LEVEL = [100.0, 104.0, 98.0, 103.0, 99.0, 101.0] * 4  # 24 months from April 2002


class FakeRequest:
    """A measure without targets and a catalogue without breaks."""

    as_at = date(2005, 4, 1)

    def __init__(self, settles=28, breaks=()):
        self.about = SimpleNamespace(
            id="robberies",
            name="Robberies",
            owner="SCD7",
            unit="n",
            better="lower",
            aggregate="sum",
            settles=settles,
            published=(),
            is_rate=False,
        )
        self.catalogue = SimpleNamespace(breaks_of=lambda *names: breaks)

    @property
    def figures(self):
        return self

    def measure(self, name):
        return self.about

    def run(self, query, **asked):
        """Every return has come."""
        assert query == "returns_missing"
        return pa.table({})


@pytest.fixture(autouse=True)
def without_targets(monkeypatch):
    def path(request, measure, unit, starts, grain, values):
        return Path((None,) * len(starts), None, "", "")

    monkeypatch.setattr("dashboard.reports.measure.trajectory.path", path)


def replayed(monkeypatch, values, request=None, **more):
    """(first signal, signals) of months from April 2002 on."""
    request, start, rows = request or FakeRequest(), date(2002, 4, 1), []
    for value in values:
        row = {"period_start": start, "numerator": value, "denominator": None}
        rows.append(row | {"provisional": False})
        start = next_start(start, "month")

    def at(request, place, grain, shown):
        return track(request, "robberies", "SCD7", "unit", grain, rows, shown=shown)

    monkeypatch.setattr(first_signal, "track_at", at)
    first_signal.replay.cache_clear()
    first = first_signal.first_signal(request, "robberies", "SCD7", **more)
    return first, first_signal.replay(request, "robberies", "SCD7", **more)


def test_a_jump_is_signalled_in_its_own_month(monkeypatch):
    first, _ = replayed(monkeypatch, [*LEVEL, 150.0, 152.0, 149.0])
    assert (first.start, first.rule, first.side) == (date(2004, 4, 1), "outside", "high")
    assert first.upper < 150.0
    said = first_signal.words(first, "month")
    assert (
        said == "First signalled in April 2004 (outside the limits), with the figures up to then."
    )


def test_a_small_rise_is_signalled_by_its_seventh_month(monkeypatch):
    # two above the mean of 101 and never near the limit: only the shift of seven tells
    first, signals = replayed(monkeypatch, [*LEVEL, *[103.0, 102.5] * 3, 103.0])
    assert (first.start, first.rule) == (date(2004, 10, 1), "shift")
    assert [item.rule for item in signals[24:30]] == [""] * 6  # six are none
    assert len(signals) == 31


def test_nothing_beyond_has_no_first_signal(monkeypatch):
    first, signals = replayed(monkeypatch, LEVEL)
    assert first is None and {item.rule for item in signals} == {""}


def test_what_a_later_month_brings_is_not_known_before(monkeypatch):
    # the limits of April 2004 stand on 25 points, whatever came after them
    later, _ = replayed(monkeypatch, [*LEVEL, 150.0, 300.0, 310.0])
    alone, _ = replayed(monkeypatch, [*LEVEL, 150.0])
    assert later == alone


def test_a_break_ends_the_run(monkeypatch):
    moved = SimpleNamespace(on=date(2004, 4, 1), note="another office", area="", unit="")
    first, signals = replayed(
        monkeypatch, [*LEVEL, 150.0, 152.0, 149.0], FakeRequest(breaks=(moved,))
    )
    assert first is None and {item.rule for item in signals} == {""}


def test_a_measure_that_settles_late_is_judged_late(monkeypatch):
    # 60 days: at the end of a month the month itself and the one before have not settled
    first, _ = replayed(monkeypatch, [*LEVEL, 150.0, 152.0, 149.0], FakeRequest(settles=60))
    assert first.start == date(2004, 4, 1)
    first, _ = replayed(monkeypatch, [*LEVEL, 150.0], FakeRequest(settles=60))
    assert first is None


def test_a_readers_rebase_is_replayed_too(monkeypatch):
    first, _ = replayed(
        monkeypatch,
        [*LEVEL, 150.0, 152.0, 149.0],
        shown=Shown(rebase=date(2004, 4, 1), because="moved"),
    )
    assert first is None
