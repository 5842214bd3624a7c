import pytest

from dashboard.errors import StatisticsError
from dashboard.stats import year_end


def test_a_target_passed_is_missed_and_one_just_held_is_not():
    assert year_end.chance_at_most(41, 0.8, 40) == 0.0
    assert year_end.chance_at_most(40, 0.8, 40) > 0.0


def test_a_target_reached_is_met():
    assert year_end.chance_at_least(40, 0.8, 40) == 1.0
    assert year_end.chance_at_least(39, 0.8, 40) < 1.0


def test_what_is_decided_needs_no_share_of_the_year_to_come():
    assert year_end.chance_at_least(40, 1.0, 40) == 1.0
    assert year_end.chance_at_most(41, 1.0, 40) == 0.0


def test_half_a_year_to_come_is_like_the_half_that_was():
    # (58 + ½) × ½ ÷ ½, and of a plain Poisson 58.5 ÷ ½.
    found = year_end.project(58, 0.5)
    assert (found.rest, found.variance) == pytest.approx((58.5, 117))


def test_at_least_and_at_most_share_out_the_whole():
    at_most = year_end.chance_at_most(58, 0.5, 119)
    assert at_most + year_end.chance_at_least(58, 0.5, 120) == pytest.approx(1)


def test_more_dispersion_makes_a_wider_band():
    calm, wild = year_end.project(58, 0.5), year_end.project(58, 0.5, 1.6)
    assert calm.projected == wild.projected
    assert wild.high80 - wild.low80 > calm.high80 - calm.low80


@pytest.mark.parametrize(
    "chance, words",
    [
        (0.0949, "very unlikely"),
        (0.0951, "unlikely"),  # 10 %
        (0.3549, "unlikely"),  # 35 %
        (0.3551, "could go either way"),
        (0.6551, "likely"),
        (0.9049, "likely"),  # 90 %
        (0.9051, "very likely"),
    ],
)
def test_words_change_at_their_bounds(chance, words):
    assert year_end.chance_words(chance) == words


@pytest.mark.parametrize("count, share, phi", [(-1, 0.5, 1), (5, 0, 1), (5, 1, 1), (5, 0.5, 0.9)])
def test_a_year_without_a_share_to_come_is_refused(count, share, phi):
    with pytest.raises(StatisticsError):
        year_end.project(count, share, phi)
