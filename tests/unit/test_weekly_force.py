"""A weekly measure that is returned for the force alone stands with the unit that owns it."""

from __future__ import annotations

from datetime import date, timedelta

from dashboard.reports import open_request
from dashboard.reports.measure.tracks import tracks

HEAD = "measure,period_start,grain,unit_code,borough,numerator\n"
MONDAYS = [date(2004, 1, 5) + timedelta(days=7 * week) for week in range(26)]


def test_a_force_wide_weekly_measure_is_served_to_its_owner_alone(folder):
    rows = "".join(f"child_referrals,{day},week,MPS,,{20 + day.day}\n" for day in MONDAYS)
    folder.load("returns", HEAD + rows, "2004-07-11")
    folder.publish("2004-07-12")
    request = open_request(date(2004, 7, 12), data=folder.data)
    track = tracks(request, "SCD5")["child_referrals"]
    assert (track.place, track.grain) == ("force", "week")
    assert track.points[-1].start == MONDAYS[-1]
    assert track.points[-1].numerator == 20 + MONDAYS[-1].day
    assert "child_referrals" not in tracks(request, "SCD7")


def test_what_the_unit_returned_itself_is_not_put_aside_for_the_force(folder):
    own = "".join(f"child_referrals,{day},week,SCD5,,3\n" for day in MONDAYS)
    folder.load("returns", HEAD + own, "2004-07-11")
    folder.publish("2004-07-12")
    request = open_request(date(2004, 7, 12), data=folder.data)
    track = tracks(request, "SCD5")["child_referrals"]
    assert (track.place, track.grain) == ("unit", "week")
    assert {point.numerator for point in track.points} == {3}
