"""What holds a new vintage: each rule at its edge, just short of it, and what is not compared."""

from __future__ import annotations

import json
from collections.abc import Iterable

import polars as pl
import pytest

from dashboard import ingest
from dashboard.errors import UsageError

COUNTS = "publisher,date,grain,borough,offence,offences\n"
CRIMES = "crime_ref,reported_on,offence,borough,ocu,premises\n"
YEAR = [f"2014-{month:02d}-01" for month in range(1, 13)]


def counts(
    cells: dict[str, int], borough: str = "Camden", offence: str = "robbery_business"
) -> str:
    """A row a month of one borough and offence."""
    rows = [f"ours,{day},month,{borough},{offence},{n}\n" for day, n in cells.items()]
    return "".join(rows)


def crimes(days: Iterable[str], ocu: str = "SCD7", premises: str = "", first: int = 0) -> str:
    rows = enumerate(days, first)
    return "".join(f"R{n},{day},robbery_business,Camden,{ocu},{premises}\n" for n, day in rows)


def held(folder, kind: str, *vintages: tuple[str, str], delta: bool = False) -> str:
    """Why the last of the vintages (day, rows) is held, '' where it is not; none before it is."""
    head = COUNTS if kind == "counts" else CRIMES
    for day, rows in vintages[:-1]:
        assert folder.load(kind, head + rows, vintage=day).held == ()
    day, rows = vintages[-1]
    return "; ".join(folder.load(kind, head + rows, vintage=day, delta=delta).held)


def test_the_first_file_of_a_source_is_never_held(folder):
    assert held(folder, "counts", ("2015-01-10", counts(dict.fromkeys(YEAR, 0)))) == ""


@pytest.mark.parametrize(
    ("each", "again", "why"),
    [
        (10, "2015-02-10", "10 new ones were due"),  # a month ended, with ten to be expected
        (9, "2015-02-10", ""),  # nine may fail to come
        (10, "2015-01-31", ""),  # no month ended since
    ],
)
def test_the_same_rows_again_though_new_ones_were_due(folder, each, again, why):
    same = counts(dict.fromkeys(YEAR, each))
    said = held(folder, "counts", ("2015-01-10", same), (again, same))
    assert why in said and bool(said) == bool(why)


@pytest.mark.parametrize(("before", "is_held"), [(25, True), (24, False)])
def test_nothing_where_counts_stood(folder, before, is_held):
    old, new = {"2014-01-01": before, "2014-02-01": 30}, {"2014-01-01": 0, "2014-02-01": 31}
    said = held(folder, "counts", ("2014-03-10", counts(old)), ("2014-04-10", counts(new)))
    assert (
        "nothing is left where counts stood: ours, offences, month: from 1 January" in said
    ) is (is_held)
    assert bool(said) is is_held


@pytest.mark.parametrize(("before", "is_held"), [(25, True), (24, False)])
def test_a_borough_or_an_offence_that_comes_to_nothing(folder, before, is_held):
    stays = counts({"2014-01-01": 1000})
    old = stays + counts({"2014-01-01": before}, "Barnet", "kidnapping")
    new = stays + counts({"2014-01-01": 0}, "Barnet", "kidnapping")
    said = held(folder, "counts", ("2014-03-10", old), ("2014-04-10", new))
    assert ("E09000003" in said and "kidnapping" in said) is is_held
    assert bool(said) is is_held


@pytest.mark.parametrize(
    ("old", "new", "is_held"),
    [
        (100, 225, True),  # more than twice, and five apart in square roots
        (100, 224, False),
        (1000, 2003, True),
        (1000, 2001, False),  # with one added to each not more than twice
        (225, 100, True),
        (225, 101, False),
    ],
)
def test_what_was_known_moves_too_far(folder, old, new, is_held):
    first = counts({"2014-01-01": old, "2014-12-01": 100})
    second = counts({"2014-01-01": new, "2014-12-01": 101})
    said = held(folder, "counts", ("2015-01-10", first), ("2015-02-10", second))
    assert ("moved too far" in said) is is_held


def test_what_is_young_may_fill_up(folder):
    first, second = counts({"2014-12-01": 40}), counts({"2014-12-01": 100})
    assert held(folder, "counts", ("2015-01-10", first), ("2015-02-10", second)) == ""


@pytest.mark.parametrize(("last", "is_held"), [(960, False), (1000, True)])
def test_a_source_that_always_moves_far_is_let_move(folder, last, is_held):
    folder.load("counts", COUNTS + counts({"2014-01-01": 80}), vintage="2014-06-10")
    # 150 of 80 is a factor of 1.86 (151 / 81); three times as far is one of 6.48.
    moved = ("2014-07-10", counts({"2014-01-01": 150}))
    said = held(folder, "counts", moved, ("2014-08-10", counts({"2014-01-01": last})))
    assert ("so far by a factor of 1.86 at most" in said) is is_held
    assert bool(said) is is_held


def test_what_was_let_pass_is_no_measure_of_what_is_usual(folder):
    for day, n in (("2014-06-10", 100), ("2014-07-10", 1000)):
        folder.load("counts", COUNTS + counts({"2014-01-01": n, "2014-02-01": 50}), vintage=day)
    ingest.let_pass(ingest.staged(folder.data)[-1], "local ann", "a unit joined")
    said = held(folder, "counts", ("2014-08-10", counts({"2014-01-01": 4000, "2014-02-01": 50})))
    assert "from 1 January 2014 1,000 became 4,000" in said


@pytest.mark.parametrize(
    ("known", "new", "is_held"),
    [
        (8, 303, True),  # above three times a hundred, with one added to each
        (8, 301, False),
        (8, 25, True),  # five apart in square roots
        (8, 26, False),
        (7, 3000, False),  # of seven five are older than 92 days: too few to say what is usual
    ],
)
def test_a_new_month_far_beyond_those_before(folder, known, new, is_held):
    months = dict.fromkeys(YEAR[:known], 100)
    more = counts(months | {YEAR[known]: new})
    first, second = YEAR[known][:8] + "10", YEAR[known + 1][:8] + "10"
    said = held(folder, "counts", (first, counts(months)), (second, more))
    assert ("lie far beyond" in said) is is_held
    assert bool(said) is is_held


def test_a_month_that_has_not_ended_is_not_judged(folder):
    known = dict.fromkeys(YEAR[:6], 100)
    more = counts(known | {"2014-07-01": 4})
    assert held(folder, "counts", ("2014-07-02", counts(known)), ("2014-07-10", more)) == ""


def test_a_file_that_begins_to_name_boroughs_and_offences_is_no_jump(folder):
    old = counts(dict.fromkeys(YEAR, 100))
    others = counts(dict.fromkeys(YEAR, 900), "Barnet") + counts(
        dict.fromkeys(YEAR, 900), offence="kidnapping"
    )
    new = counts(dict.fromkeys(YEAR, 101)) + others
    assert held(folder, "counts", ("2015-01-10", old), ("2015-02-10", new)) == ""


def test_categories_called_anew_are_compared_by_their_sum(folder):
    old = counts({"2014-01-01": 300}, offence="HOMICIDE")
    split = [counts({"2014-01-01": n}, offence=name) for n, name in ((200, "MURDER"), (100, "M"))]
    assert held(folder, "counts", ("2015-01-10", old), ("2015-02-10", "".join(split))) == ""
    lost = counts({"2014-01-01": 90}, offence="ANOTHER")
    assert "300 became 90" in held(folder, "counts", ("2015-03-10", lost))


def test_what_is_laid_over_is_compared_cell_by_cell(folder):
    old = counts({"2014-01-01": 500, "2014-02-01": 500})
    part = counts({"2014-01-01": 501})
    assert held(folder, "counts", ("2015-01-10", old), ("2015-02-10", part), delta=True) == ""
    zero = counts({"2014-02-01": 0})
    assert "nothing is left" in held(folder, "counts", ("2015-03-10", zero), delta=True)


def test_a_count_that_was_rejected_is_no_zero(folder):
    old = counts({"2014-01-01": 500, "2014-02-01": 500})
    new = "ours,2014-01-01,month,Camden,robbery_business,n/a\n" + counts({"2014-02-01": 500})
    assert held(folder, "counts", ("2015-01-10", old), ("2015-02-10", new)) == ""


def test_an_older_vintage_is_not_compared_with_a_newer(folder):
    new = counts(dict.fromkeys(YEAR, 100))
    old = counts(dict.fromkeys(YEAR, 0))
    assert held(folder, "counts", ("2015-02-10", new), ("2015-01-10", old)) == ""


@pytest.mark.parametrize(("filled", "is_held"), [(10, True), (9, False)])
def test_a_column_of_which_nothing_is_said_any_more(folder, filled, is_held):
    days = [f"2014-01-{day:02d}" for day in range(1, 21)]
    old = crimes(days[:filled], premises="bank") + crimes(days[filled:], first=filled)
    said = held(folder, "crimes", ("2014-02-10", old), ("2014-02-12", crimes(days)))
    assert ("1 column is empty in all 20 rows: premises" in said) is is_held
    assert bool(said) is is_held


WEEKS = [f"2014-{month:02d}-{day:02d}" for month in (1, 2, 3) for day in (1, 8, 15, 22)]


@pytest.mark.parametrize(("gone", "is_held"), [(25, True), (24, False)])
def test_an_extract_without_a_unit_that_had_rows(folder, gone, is_held):
    stays = crimes(WEEKS * 10)
    old = stays + crimes(["2014-01-16"] * gone, ocu="SCD1", first=200)
    said = held(folder, "crimes", ("2014-04-10", old), ("2014-04-12", stays))
    assert ("nothing is left where counts stood: SCD1" in said) is is_held
    assert bool(said) is is_held


@pytest.mark.parametrize(("left", "is_held"), [(7, True), (8, False)])
def test_a_part_of_an_extract_is_held_unless_it_is_laid_over(folder, left, is_held):
    # Of sixty fewer than half: seven are five apart in square roots, eight are not.
    part = crimes(["2014-03-16"] * left)
    old = ("2014-04-10", crimes(WEEKS * 5))
    assert held(folder, "crimes", old, ("2014-04-12", part), delta=True) == ""
    said = "; ".join(folder.load("crimes", CRIMES + part, vintage="2014-04-14").held)
    assert ("in all 60 became 7" in said) is is_held


@pytest.mark.parametrize(("left", "is_held"), [(7, True), (8, False)])
def test_a_list_that_lost_more_than_half(folder, left, is_held):
    head = "review_ref,kind,unit_code,due_on\n"
    rows = [f"V{n},murder,SCD7,2014-01-01\n" for n in range(60)]
    for day, some in (("2014-02-10", rows), ("2014-03-10", rows), ("2014-04-10", rows[:left])):
        account = folder.load("reviews", head + "".join(some), vintage=day)
        # A list may say the same again: nothing is due in it.
        assert bool(account.held) is (is_held and some is not rows)


def test_a_held_file_is_staged_told_again_and_passes_once_with_a_reason(folder):
    old, new = counts({"2014-01-01": 500}), counts({"2014-01-01": 0})
    held(folder, "counts", ("2014-03-10", old), ("2014-04-10", new))
    item = ingest.staged(folder.data)[-1]
    assert item.held == tuple(item.accounts["held"]) and item.passed is None
    assert not item.goes_into(item.vintage.replace(day=20))
    again = folder.load("counts", folder.path / "source-2.csv", vintage="2014-04-10")
    assert again.held == item.held and again.rows_superseded == 1
    with pytest.raises(UsageError, match="--reason"):
        ingest.let_pass(item, "local ann", "  ")
    passed = ingest.let_pass(item, "local ann", "the station closed")
    (kept,) = [x for x in ingest.staged(folder.data) if x.sequence == item.sequence]
    assert kept.held == () and kept.passed == passed.passed
    assert kept.passed["by"] == "local ann" and kept.passed["reason"] == "the station closed"
    assert kept.summary()["passed"] == kept.passed
    assert folder.load("counts", folder.path / "source-2.csv", vintage="2014-04-10").held == ()
    with pytest.raises(UsageError, match="not held"):
        ingest.let_pass(kept, "local ann", "again")


def test_what_an_older_program_staged_may_have_fewer_columns(folder):
    days = [f"2014-01-{day:02d}" for day in range(1, 21)]
    folder.load("crimes", CRIMES + crimes(days, premises="bank"), vintage="2014-02-10")
    (item,) = ingest.staged(folder.data)
    pl.read_parquet(item.path).drop("premises", "weapon").write_parquet(item.path)
    note = item.path.with_suffix(".json")
    told = json.loads(note.read_text("utf-8")) | {"bytes": item.path.stat().st_size}
    note.write_text(json.dumps(told), encoding="utf-8")
    assert held(folder, "crimes", ("2014-02-12", crimes(days))) == ""
