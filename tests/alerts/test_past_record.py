"""What past alerts came to: the rule for one that lasted, and the words."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from dashboard import reports
from dashboard.periods import Period
from dashboard.reports.alerts import alert_words, past_record
from dashboard.reports.alerts.past_record import Record, judged, tiers_of
from dashboard.reports.alerts.past_rounds import AFTER, Round, rounds
from dashboard.reports.tasking import digest
from dashboard.signals.windows import Series

START = date(2004, 6, 28)


def meeting(now: float, later: list[float], borough: str | None = "E09000007") -> Round:
    """One series of which five were expected; twenty are an alert."""
    window = Period(START, START + timedelta(days=14))
    item = Series("robbery", "borough" if borough else "ocu", "SCD7", borough)
    figures = np.array([now]), np.array([5.0]), np.array([5.5])
    tier = np.array(["alert" if now == 20 else ""])
    return Round(window, None, (item,), *figures, tier, np.array([later]))


@pytest.mark.parametrize(
    "later, lasted", [([6, 6, 6], 1), ([6, 5, 6], 0), ([20, 20, 4], 0), ([5.1, 5.1, 5.1], 1)]
)
def test_an_alert_has_lasted_where_all_three_counts_stayed_beyond_the_middle(later, lasted):
    assert judged((meeting(20, later),), None) == Record(1, 1, lasted, planted=False)


def test_what_raised_no_alert_or_is_too_recent_is_not_judged():
    assert judged((meeting(5, [9, 9, 9]),), None) == Record(1, 0, 0, planted=False)
    assert judged((meeting(20, [9, 9, np.nan]),), None) == Record(0, 0, 0, planted=False)


def test_a_planted_rise_is_true_though_it_ended():
    event = {"since": START.isoformat(), "borough": "E09000007", "measure": "robbery"}
    past = (meeting(20, [0, 0, 0]),)
    assert judged(past, [event]) == Record(1, 1, 1, planted=True)
    assert judged(past, [event | {"borough": "E09000012"}]) == Record(1, 1, 0, planted=True)
    assert judged(past, [event | {"since": "2004-06-14"}]) == Record(1, 1, 0, planted=True)


def test_the_words_say_what_was_judged():
    said = alert_words.record(Record(84, 28, 5, planted=True))
    assert said == "Of 28 alerts at 84 past meetings 5 were planted or lasted."
    assert alert_words.record(Record(1, 1, 1, planted=True)).endswith("1 was planted or lasted.")
    assert alert_words.record(Record(1, 2, 1, planted=False)) == (
        "Of 2 alerts at 1 past meeting 1 lasted."
    )


def test_the_sample_is_judged_by_counts_known_today(sample_data):
    request = reports.open_request(date(2004, 7, 12), None, sample_data)
    past = rounds(request, request.listed).meetings
    found = past_record.record(request)
    alerts = sum(int((tiers_of(one, one.now)[0] == "alert").sum()) for one in past[:-AFTER])
    assert (found.meetings, found.alerts) == (len(past) - AFTER, alerts)
    # the counts that followed are those of the next meeting's own window, of today's figures both
    first, second = past[10], past[11]
    assert first.known is second.known is None
    latest = dict(zip(second.series, second.now, strict=True))
    both = [
        (after, latest[item])
        for item, after in zip(first.series, first.later[:, 0], strict=True)
        if item in latest
    ]
    assert len(both) > 50 and all(after == now for after, now in both)
    assert alert_words.record(found) in digest.digest(request).lead
