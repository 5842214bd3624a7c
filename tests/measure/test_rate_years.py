"""When a rate's year is foretold, from what, and how its past forecasts are scored."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import numpy as np
import pytest

from dashboard import reports
from dashboard.reports.measure import rate_ends, rate_years
from dashboard.reports.measure.growth import BOROUGH, WHOLE
from dashboard.reports.measure.point import Point
from dashboard.stats import backtest as scoring
from dashboard.stats.intervals import wilson

APRIL = date(2001, 4, 1)


@pytest.fixture(scope="module")
def request_(sample_data):
    return reports.open_request(date(2004, 7, 12), None, sample_data)


def rates(parts, breaks=(), of_detections=False):
    """One rate by month from April 2001."""
    measure = SimpleNamespace(id="on_time", of_detections=of_detections)
    done, cases = np.array(parts, dtype=float).T
    keys = (("on_time", "SCD2", None),)
    return rate_years.Rates(measure, keys, APRIL, done[None], cases[None], (breaks,))


def test_nothing_is_said_before_the_third_month_of_a_year():
    one = rates([(8, 10)] * 24)
    days = [date(2002, month, 1) for month in range(4, 13)]
    said = [bool(list(rate_years.ahead(one, [(2002, day)]))) for day in days]
    assert said == [False, False, False] + [True] * 6  # April to June are over on 1 July
    assert not list(rate_years.ahead(one, [(2002, date(2003, 4, 1))]))


def test_a_rate_is_known_for_a_year_before_it_is_foretold():
    missing, day = (np.nan, np.nan), date(2002, 7, 1)
    for gone, said in ((3, True), (4, False)):  # of fifteen months
        one = rates([missing] * gone + [(8, 10)] * (15 - gone))
        assert bool(list(rate_years.ahead(one, [(2002, day)]))) is said


def test_the_year_so_far_and_the_cases_to_come_are_those_of_the_months():
    months = [(1, 30), (2, 10), (1, 10)] + [(5, 10)] * 9
    (found,) = rate_years.ahead(rates(months * 2 + [(9, 60)] * 3), [(2003, date(2003, 7, 1))])
    assert found.so_far == (27.0, 180.0)
    assert found.elapsed == pytest.approx(50 / 140)  # not three months of twelve
    assert found.periods == 9
    assert np.median(found.coming) == pytest.approx(180 * 90 / 50, rel=0.1)


def test_pounds_are_no_cases():
    pounds = rates([(10.25, 100)] * 24)
    assert not list(rate_years.ahead(pounds, [(2002, date(2002, 9, 1))]))


@pytest.mark.parametrize(
    "one, apart",
    [
        (rates([(8, 10)] * 24), False),
        (rates([(8, 10)] * 23 + [(19, 14)]), False),  # not known yet
        (rates([(19, 14)] + [(8, 10)] * 23), True),
        (rates([(8, 10)] * 24, of_detections=True), True),
    ],
)
def test_outcomes_of_other_periods_are_no_share(one, apart):
    (found,) = rate_years.ahead(one, [(2002, date(2002, 9, 1))])
    assert found.level.apart is apart


def test_a_forecast_knows_nothing_of_what_came_after():
    calm = [(8, 10)] * 24
    risen = calm[:17] + [(1, 40)] * 7
    laws = [
        next(rate_years.ahead(rates(months), [(2002, date(2002, 9, 1))])).law()
        for months in (calm, risen)
    ]
    assert laws[0].values == pytest.approx(laws[1].values)
    assert laws[0].chances == pytest.approx(laws[1].chances)


def test_a_track_is_foretold_from_the_months_that_its_page_shows():
    points = tuple(
        Point(date(2001 + (3 + i) // 12, (3 + i) % 12 + 1, 1), part, 10.0, False)
        for i, part in enumerate([8.0] * 5 + [None] + [7.0] * 10)
    )
    measure = SimpleNamespace(id="on_time", of_detections=False)
    found = rate_years.of_track(
        SimpleNamespace(measure=measure, unit="SCD2", borough="", points=points)
    )
    assert found.start == APRIL and found.keys == (("on_time", "SCD2", None),)
    assert np.isnan(found.done[0, 5]) and found.done[0, 6] == 7.0
    assert np.isnan(found.rate(2001)).all()  # a month is missing


def test_years_with_a_break_inside_are_not_scored():
    inside = rates([(8, 10)] * 36, breaks=(date(2002, 9, 1),))
    assert {item.ahead.year for item in rate_ends.scored(inside, 1)} == {2003}
    on_the_day = rates([(8, 10)] * 36, breaks=(date(2002, 4, 1),))
    assert {item.ahead.year for item in rate_ends.scored(on_the_day, 1)} == {2002, 2003}


def test_outcomes_are_those_of_the_whole_year():
    found = list(rate_ends.scored(rates([(8, 10)] * 24 + [(3, 10)] * 12), 1))
    last = [item for item in found if item.ahead.year == 2003]
    assert {(item.total, item.last) for item in last} == {(0.3, 0.8)}
    assert len(last) == 9


@pytest.mark.parametrize("place", [WHOLE, BOROUGH])
def test_bands_of_the_samples_years_hold_four_of_five(request_, place):
    """Wilson's interval over measures and years contains .80, small counts by their steps."""
    found = rate_ends.rate_years(request_, place)
    held = rate_ends.held(found)
    independent = rate_ends.clusters(found)
    low, high = wilson(held.mean() * independent, independent)
    assert independent >= 25
    assert low <= 0.80 <= high


def test_a_band_that_held_too_little_is_widened_by_what_earlier_years_say(request_):
    found = rate_ends.rate_years(request_, WHOLE)
    then = rate_ends.widened_then(found)
    first = min(item.ahead.year for item in found)
    assert {at for at, item in zip(then, found, strict=True) if item.ahead.year == first} == {1.0}
    every = scoring.least_factor(lambda factor: rate_ends.held(found, factor))
    one = found[0].ahead.key[0]
    # three years of one measure are too few: all together stand in
    assert rate_ends.widenings(found)[one].found == every
    assert not rate_ends.widenings(found)[one].own
    assert rate_ends.inflation(request_, one) == every.factor >= 1


def test_a_wider_law_is_wider():
    (found,) = rate_years.ahead(rates([(8, 10)] * 24), [(2002, date(2002, 9, 1))])
    widths = [found.law(f).quantile(0.9) - found.law(f).quantile(0.1) for f in (1.0, 3.0)]
    assert widths[0] < widths[1]
