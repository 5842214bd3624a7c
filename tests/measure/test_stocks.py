"""What stands open at an end stood there before: its changes are judged, not where it stands."""

from __future__ import annotations

from datetime import date
from itertools import accumulate

import pytest

from dashboard.periods import next_start
from dashboard.reports.measure import chart_rows, claims, wording, year_words
from dashboard.reports.measure.tracks import track
from tests.asking import a_measure
from tests.measure.test_trend_limits import drawn

WAITING = "waiting"
# Rises of 3 in the middle, whose ranges 2, 4, 2, 1, 2, 1 … have a mean of 2.4: to 9.3 is usual.
RISES = [3.0, 1.0, 5.0, 3.0, 4.0, 2.0] * 4


def ends(changes, at=400.0):
    return [*accumulate(changes, initial=at)]


@pytest.fixture
def waiting(asking):
    def of(values):
        rows, start = [], date(2002, 4, 1)
        for value in values:
            row = {"period_start": start, "numerator": value, "denominator": None}
            rows.append(row | {"provisional": False})
            start = next_start(start, "month")
        plan = {WAITING: a_measure(WAITING, name="Open faults", aggregate="last")}
        return track(asking(plan=plan), WAITING, "SCD7", "unit", "month", rows)

    return of


def stock(values, **more):
    return drawn(values, aggregate="last", **more)


def test_a_stock_that_only_rises_has_no_end_marked_and_is_told_by_its_year():
    found = stock(ends(RISES))
    assert (found.kind, set(found.rules), set(found.states)) == ("stock", {"common"}, {"common"})
    assert found.variation == "concern_high" and found.course.began == 436.0
    as_a_level = drawn(ends(RISES))  # what it was judged by: most of it beyond the limits
    assert sum(rule == "outside" for rule in as_a_level.rules) > 12


@pytest.mark.parametrize(("rise", "state"), [(9.0, "common"), (10.0, "concern_high")])
def test_a_change_beyond_what_is_usual_is_marked_and_one_within_is_not(rise, state):
    assert stock(ends([*RISES, rise])).states[-1] == state


def test_the_statement_says_from_what_it_rose_and_since_when_until_it_is_over(waiting):
    # Three months of 80 after April 2004's end at 472
    risen = waiting(ends([*RISES, *[80.0] * 3]))
    claim = claims.claim(risen)
    assert (claim.kind, claim.since, claim.count) == (claims.SURGE, date(2004, 5, 1), 3)
    assert (claim.began, claim.value) == (472.0, 712.0)
    said = wording.statement(risen)
    assert "have risen by more than usual since May 2004: from 472 to 712" in said
    assert [rule for rule in risen.chart.rules if rule != "common"] == ["change"] * 3
    over = waiting(ends([*RISES, *[80.0] * 3, 4.0]))
    assert claims.claim(over).kind == claims.AS_USUAL
    assert "716 at the end of August 2004, 4 more than a month before" in wording.statement(over)


@pytest.mark.parametrize(("months", "kind"), [(6, claims.YEAR), (7, claims.DRIFT)])
def test_seven_changes_on_one_side_of_the_usual_one_are_a_drift(waiting, months, kind):
    assert claims.claim(waiting(ends([*RISES, *[4.0] * months]))).kind == kind


@pytest.mark.parametrize(
    ("change", "words", "state"),
    [
        (4.0, "have risen by more than usual", "concern_high"),
        (1.0, "have risen by less than usual", "improvement_low"),
        (0.0, "have stood still", "improvement_low"),
        (-1.0, "have fallen by more than usual", "improvement_low"),
    ],
)
def test_what_usually_rises_may_rise_by_less_stand_still_or_fall(waiting, change, words, state):
    found = waiting(ends([*RISES[:-1], *[change] * 7]))
    assert words in wording.statement(found)
    assert found.variation == state


# Rises of 1 ± 1.064 by turns are 12 in a year at t(11) = 3.117, chance 0.98 % by scipy's
# ttest_1samp; of 1 ± 1.070 at 3.099, 1.01 %. That they alternate takes nothing from it.
@pytest.mark.parametrize(
    ("by", "kind", "state"),
    [(1.064, claims.YEAR, "concern_high"), (1.070, claims.AS_USUAL, "common")],
)
def test_a_slow_climb_is_told_by_its_year_where_chance_seldom_brings_it(waiting, by, kind, state):
    found = waiting(ends([1 + by, 1 - by] * 12))
    claim = claims.claim(found)
    assert set(found.chart.rules) == {"common"}
    assert (claim.kind, found.chart.course.began, found.variation) == (kind, 412.0, state)


def test_a_gap_has_no_change_on_either_side_and_nothing_is_said_of_it(waiting):
    values = ends(RISES)
    found = waiting([*values[:-2], None, values[-1] + 50])
    assert found.chart.rules[-2:] == ("common", "common")
    assert found.chart.mean[-2:] == (None, None)
    assert claims.claim(found).kind == claims.UNJUDGED


@pytest.mark.parametrize(
    ("values", "kind", "last"),
    [
        (ends(RISES[:11]), "run", "common"),  # twelve ends: one short of firm limits
        (ends(RISES[:12]), "stock", "common"),
        ([4.0] * 13, "run", "common"),  # never another figure: no change to judge by
        ([0.0] * 12 + [2.0], "stock", "common"),  # a range of one case is the least there is
        ([0.0] * 12 + [3.0], "stock", "change"),
    ],
)
def test_few_ends_and_small_stocks(values, kind, last):
    found = stock(values)
    assert (found.kind, found.rules[-1]) == (kind, last)


@pytest.mark.parametrize(
    ("target", "assurance"),
    [(460.0, "consistent_fail"), (470.0, "inconsistent"), (481.3, "consistent_pass")],
)
def test_a_target_is_held_against_the_next_end(target, assurance):
    # At 472 now: 468.7 to 481.3 usually stand open a month later
    assert stock(ends(RISES), target=target).assurance == assurance


def test_what_stands_at_none_may_meet_a_target_of_none():
    assert stock([1.0, 0.0] * 7, target=0.0).assurance == "inconsistent"


def test_its_chart_starts_with_the_second_end_and_goes_below_no_zero(waiting, asking):
    plan = {WAITING: a_measure(WAITING, name="Open faults", aggregate="last")}
    rows = chart_rows.chart(asking(plan=plan), waiting([2.0, 1.0] * 7)).rows.to_pylist()
    assert (rows[0]["mean"], rows[0]["lower"]) == (None, None)
    assert min(row["lower"] for row in rows[1:]) == 0.0
    assert {row["rule"] for row in rows} == {"usual change"}


def test_what_stands_now_stands_beside_what_stood_a_year_before(waiting):
    # Twelve rises of 36 in all since then
    assert "at the end of April 2004, 436 a year before" in year_words.year_to_date(
        waiting(ends(RISES))
    )
