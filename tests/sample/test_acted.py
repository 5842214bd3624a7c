"""What was acted on in April and May: the true effect is called, the null one is not."""

from __future__ import annotations

from datetime import date

import numpy as np

from dashboard import catalogue, reports
from dashboard.decisions import effects, looking_back
from dashboard.reports.decisions import board
from dashboard.sample import acted, clock, plants, volumes
from dashboard.sample.clock import FORTNIGHT
from dashboard.sample.places import BOROUGHS
from dashboard.sample.streams import STREAMS
from tests.sample.conftest import Written

CATALOGUE = catalogue.load("data/catalogue")


def called(seed: int, rates: np.ndarray, item: plants.Acted, others: set[str]) -> bool:
    """Whether an action is said to have worked, on robberies drawn with a seed."""
    rng = np.random.default_rng([seed, 1])
    row = plants.stream_of(item)
    counts = volumes.drawn_counts(rng, rates[row], STREAMS[row].dispersion).astype(float)
    counts += acted.added((len(STREAMS), *counts.shape))[row]
    since = (item.until - clock.GRID_START) // FORTNIGHT
    places = [BOROUGHS.index(code) for code in item.boroughs]
    # What is left of a count is a binomial share of it, as acted.without leaves it.
    left = rng.binomial(counts[places, since:].astype(int), 1 + item.change)
    counts[places, since:] = left
    counts = counts[: len(BOROUGHS)]
    near = {code for own in item.boroughs for code in CATALOGUE.neighbours(own)}
    treated = np.array([code in item.boroughs for code in BOROUGHS])
    touching = np.array([code in near for code in BOROUGHS]) & ~treated
    compared = ~treated & ~touching & np.array([code not in others for code in BOROUGHS])
    past = looking_back.of_boroughs(counts[:, :since], treated, compared, touching)
    after = counts[:, since:].sum(axis=1)
    horizon = clock.FORTNIGHTS - since
    p = effects.p_value(past, horizon, 0.5, after[treated].sum(), after[compared].sum())
    return bool(p <= effects.LEVEL)


def test_over_many_seeds_the_true_effect_is_called_and_the_null_one_as_seldom_as_chance():
    """A test at 2.5 % calls 12 or 13 of 500 that did nothing; more than 21 once in 100 times."""
    rates = volumes.expected(1)
    assert sum(called(seed, rates, plants.WORKED, set()) for seed in range(100)) >= 80
    others = set(plants.WORKED.boroughs)
    null = [called(seed, rates, plants.NOTHING, others) for seed in range(500)]
    assert sum(null) <= 21 and sum(null[:100]) <= 5


def test_the_rises_and_the_effect_are_in_the_files(written: Written, offences):
    robberies = offences.filter(
        (offences["offence"] == "robbery_business") & (offences["ocu"] == "SCD7")
    )
    for item in plants.ACTED:
        there = robberies.filter(robberies["borough"].is_in(item.boroughs))
        day = there["reported_on"]
        rise = there.filter((day >= item.until - FORTNIGHT) & (day < item.until)).height
        before = there.filter((day >= date(2003, 4, 21)) & (day < item.until - FORTNIGHT)).height
        usual = before / ((item.until - FORTNIGHT - date(2003, 4, 21)).days / 14)
        assert rise >= len(item.boroughs) * (item.more - 3)
        after = there.filter(day >= item.until).height / ((clock.UNTIL - item.until).days / 14)
        assert (after < 0.6 * usual) is (item.change < 0)


def test_the_events_of_the_truth_name_what_was_done(written: Written):
    events = [event for event in written.truth["events"] if event["kind"] == "acted_on"]
    assert {event["borough"] for event in events} == {
        code for item in plants.ACTED for code in item.boroughs
    }


def test_who_counts_the_star_chambers_decisions_too_says_so(sample_data):
    """The page counts two more than the tasking meeting: the same words are of two scopes."""
    request = reports.open_request(date(2004, 7, 12), None, sample_data)
    every = board.board(request)
    of_one = [board.board(request, of=of) for of in (board.tasking, board.star_chamber)]
    assert every.rows.num_rows == sum(found.rows.num_rows for found in of_one)
    assert board.AMONG in every.subtitle
    assert all(found.rows.num_rows and board.AMONG not in found.subtitle for found in of_one)
