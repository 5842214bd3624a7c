"""Patterns that no attacker narrows, and no more hidden than that takes."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.stats.cell_suppression import Unprotected, pattern
from tests.access.attacker import SMALL, System
from tests.choosing import many

COUNTS = st.sampled_from([0, 0, 1, 2, 3, 4, 5, 6, 9, 14, 30, 200])


def table(rows: list[list[int]], of: str = ""):
    """Cells and sums of a two-way table with its totals, in the words of the attacker."""
    whole = [[*row, sum(row)] for row in rows]
    whole.append([sum(column) for column in zip(*whole, strict=True)])
    counts = {
        ("n", of, str(i), str(j)): n for i, row in enumerate(whole) for j, n in enumerate(row)
    }
    down, across = range(len(whole)), range(len(whole[0]))
    lines = [[("n", of, str(i), str(j)) for j in across] for i in down]
    lines += [[("n", of, str(i), str(j)) for i in down] for j in across]
    return counts, [(line[-1], line[:-1]) for line in lines]


def attacked(counts, sums, hidden, known=()) -> System:
    system = System(hidden=set(hidden), sums=[(total, tuple(parts)) for total, parts in sums])
    for cell, count in counts.items():
        if cell not in hidden or cell in known:
            system.shown[cell] = count
    return system


def possible(counts, sums, hidden, known=()):
    """Hidden cells under 5, with which of 1 to 4 the attacker has to leave possible."""
    cells = [cell for cell in hidden if counts[cell] < 5 and cell not in known]
    return attacked(counts, sums, hidden, known).possible(cells)


def narrowed(counts, sums, hidden):
    """Hidden cells under 5 of which the attacker rules out any of 1 to 4."""
    return {cell: v for cell, v in possible(counts, sums, hidden).items() if v != SMALL}


def rows(most_rows: int, most_columns: int, least: int = 1):
    return st.integers(1, most_columns).flatmap(
        lambda width: st.lists(
            st.lists(COUNTS, min_size=width, max_size=width), min_size=least, max_size=most_rows
        )
    )


@settings(many(15))
@given(rows(6, 5))
def test_no_small_count_of_a_table_is_narrowed(made):
    counts, sums = table(made)
    hidden = pattern(counts, sums, largest=4)
    assert {cell for cell, count in counts.items() if 0 < count < 5} <= hidden
    assert narrowed(counts, sums, hidden) == {}


@settings(many(8))
@given(rows(4, 4), st.data())
def test_tables_that_share_their_totals_are_protected_together(made, data):
    """The same people by another field: rows anew, with the same totals of columns."""
    counts, sums = table(made, "first")
    split = [data.draw(st.integers(0, sum(row[j] for row in made))) for j in range(len(made[0]))]
    whole = [sum(row[j] for row in made) for j in range(len(made[0]))]
    other = [split, [all_ - part for all_, part in zip(whole, split, strict=True)]]
    more, joined = table(other, "second")
    counts |= more
    last = str(len(made))
    joined += [
        (("n", "first", last, str(j)), [("n", "second", "2", str(j))])
        for j in range(len(whole) + 1)
    ]
    hidden = pattern(counts, sums + joined, largest=4)
    assert narrowed(counts, sums + joined, hidden) == {}


@settings(many(4))
@given(rows(4, 4, least=2))  # of a single row the totals tell everything
def test_who_knows_a_row_narrows_nothing_of_the_others(made):
    counts, sums = table(made)
    known = [{cell for cell in counts if cell[2] == str(i)} for i in range(len(made))]
    hidden = pattern(counts, sums, largest=4, known=known)
    assert narrowed(counts, sums, hidden) == {}
    for view in known:
        at_best = possible(counts, sums, set(counts), view)
        for cell, values in possible(counts, sums, hidden, view).items():
            assert values == at_best[cell]  # a total is no less than the part that one knows


@settings(many(4))
@given(rows(2, 2))
def test_no_pattern_hides_fewer_people(made):
    counts, sums = table(made)
    hidden = pattern(counts, sums, largest=4)
    small = {cell for cell, count in counts.items() if 0 < count < 5}
    others = [cell for cell in counts if cell not in small]
    heavy = max(counts.values()) + 1
    weight = {cell: counts[cell] or heavy for cell in others}
    sets = [
        (sum(weight[cell] for cell in chosen), chosen)
        for size in range(len(others) + 1)
        for chosen in itertools.combinations(others, size)
    ]
    taken = sum(weight.get(cell, 0) for cell in hidden)
    lighter = [set(chosen) for cost, chosen in sets if cost < taken]
    assert all(narrowed(counts, sums, small | chosen) for chosen in lighter)


@pytest.mark.parametrize(
    ("made", "hidden"),
    [
        # The four inner cells: 40, 50 and 60 are fewer people than any sum with them.
        ([[3, 40], [50, 60]], "00 01 10 11"),
        ([[4, 6], [200, 5]], "00 01 10 11"),
        ([[1, 5], [6, 9]], "00 01 10 11"),
        # A 0 weighs more than all people of the table: the totals go before it.
        ([[1, 9], [0, 30]], "00 01 20 21"),
        ([[2, 0], [14, 30]], "00 02 10 12"),
        # Weighed as nothing the two of the first column would go with six others.
        ([[0, 9, 1], [0, 4, 9]], "01 02 03 11 12 13"),
        # Two small ones side by side protect each other's row, and need their columns' rest.
        ([[3, 3], [9, 200]], "00 01 10 11"),
        # Of one row the totals below go with its cells, the dearest part and the sum stay.
        ([[4, 14, 30]], "00 01 10 11"),
    ],
)
def test_the_lightest_pattern_is_the_one_that_is_hidden(made, hidden):
    """Each by trying all patterns, lightest first, against the attacker."""
    counts, sums = table(made)
    expected = {("n", "", *place) for place in hidden.split()}
    assert pattern(counts, sums, largest=4) == expected


def test_a_0_and_a_5_are_no_small_counts():
    counts, sums = table([[0, 5], [5, 0]])
    assert pattern(counts, sums, largest=4) == frozenset()


def test_a_cycle_alone_is_too_weak():
    """The counts on the cheapest cycle can't all give 4 people: it would say 3 at most."""
    counts, sums = table([[1, 2, 60], [5, 70, 80], [40, 50, 90]])
    cycle = {("n", "", i, j) for i in "01" for j in "01"}
    assert narrowed(counts, sums, cycle)
    assert narrowed(counts, sums, pattern(counts, sums, largest=4)) == {}


def test_fractions_are_no_people():
    """Twins are equal: with 5 in all the third is 1, 3 or 5, though halves would allow 2 and 4."""
    counts = {"third": 1, "twin": 2, "other": 2, "all": 5, "more": 60, "sum": 65}
    counts = {("n", "", name, ""): count for name, count in counts.items()}
    third, twin, other, whole, more, all_ = counts
    sums = [(whole, [third, twin, other]), (twin, [other]), (all_, [whole, more])]
    assert narrowed(counts, sums, {third, twin, other})[third] == {1, 3}
    assert narrowed(counts, sums, pattern(counts, sums, largest=4)) == {}


@pytest.mark.parametrize(
    ("third", "twin", "largest"),
    [
        (1, 4, 4),  # 1, 3, 5 … for the third, though halves would allow 2 and 4
        (1, 2, 2),  # not the largest
        (2, 2, 2),  # not 1
    ],
)
def test_what_only_fractions_allow_is_not_possible(third, twin, largest):
    """Lines alone leave the third each value; so the cheapest cells of the other sum go too."""
    counts = {"third": third, "twin": twin, "other": twin, "all": third + 2 * twin}
    counts |= {"more": 60, "sum": 60 + counts["all"]}
    sums = [("all", ["third", "twin", "other"]), ("twin", ["other"]), ("sum", ["all", "more"])]
    hidden = pattern(counts, sums, largest=largest)
    assert hidden == {"third", "twin", "other", "all", "more"}
    asked = possible(counts, sums, hidden)
    assert all(set(range(1, largest + 1)) <= values for values in asked.values())


def test_what_is_public_is_never_hidden_and_protects_nothing():
    counts, sums = table([[3, 40, 5], [30, 50, 60], [6, 70, 8]])
    public = {("n", "", "0", "2")}
    hidden = pattern(counts, sums, largest=4, public=public)
    assert not public & hidden
    assert narrowed(counts, sums, hidden) == {}


def test_where_no_pattern_protects_nothing_is_given():
    counts, sums = table([[1, 2], [30, 40]])
    with pytest.raises(Unprotected):  # everybody knows that they are 3 in all
        pattern(counts, sums, largest=4, public={("n", "", "0", "2")})


def test_the_one_part_of_a_public_sum_is_not_protected():
    with pytest.raises(Unprotected):
        pattern({"part": 3, "sum": 3}, [("sum", ["part"])], largest=4, public={"sum"})


def test_out_of_time_nothing_is_given():
    counts, sums = table([[3, 40, 5], [30, 50, 60], [6, 70, 8]])
    with pytest.raises(Unprotected, match="in time"):
        pattern(counts, sums, largest=4, seconds=0)


def test_where_all_counts_are_small_all_are_hidden():
    counts, sums = table([[1, 2]])  # 3 in all
    assert pattern(counts, sums, largest=4) == set(counts)


def test_tables_that_nothing_joins_are_protected_each_by_itself():
    one, sums = table([[3, 40], [50, 60]], "one")
    other, more = table([[30, 4], [7, 80]], "other")
    empty, none = table([[0, 20], [30, 40]], "none")
    hidden = pattern(one | other | empty, [*sums, *more, *none], largest=4)
    assert hidden == pattern(one, sums, largest=4) | pattern(other, more, largest=4)
    assert narrowed(one | other, sums + more, hidden) == {}


def test_a_count_in_no_sum_is_hidden_alone():
    assert pattern({"alone": 3, "other": 9}, [], largest=4) == {"alone"}


def test_what_public_cells_alone_say_joins_nothing():
    counts = {"part": 3, "public": 40, "all": 43, "same": 40}
    sums = [("all", ["part", "public"]), ("public", ["same"])]
    hidden = pattern(counts, sums, largest=4, public={"public", "same"})
    assert hidden == {"part", "all"}


def test_where_one_alone_is_small_nothing_else_protects_it():
    """Of 1 to 1 there is one value, which every pattern leaves possible."""
    counts, sums = table([[1, 9], [6, 30]])
    assert pattern(counts, sums, largest=1) == {("n", "", "0", "0")}
