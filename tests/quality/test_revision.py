"""Revisions on literal vintages: what moved, what came late, and which difference is whose."""

from __future__ import annotations

import json
from datetime import date

import pytest

from dashboard.reports import open_request
from dashboard.reports.quality import growth, rate_checks, reconciliation, revision

pytestmark = pytest.mark.some(8, "revision")

HEAD = "crime_ref,reported_on,committed_on,offence,borough,ocu,no_crimed_on\n"
CORPORATE = "measure,period_start,grain,unit_code,value,published_on\n"


def robbery(n: int, offence: str = "robbery_business", no_crimed: str = "") -> str:
    return f"C{n},2004-05-10,2004-05-09,{offence},Camden,SCD7,{no_crimed}\n"


def extract(*rows: str) -> str:
    # Reports of April and June show that the extract covers all of May.
    others = "C900,2004-04-02,,kidnap,Camden,SCD7,\nC901,2004-06-02,,kidnap,Camden,SCD7,\n"
    return HEAD + "".join(rows) + others


@pytest.fixture
def twice(folder):
    """May known to have five robberies on 3 June; by 11 July one entered late, two reclassified,
    one of the five no-crimed."""
    first = [robbery(n) for n in (1, 2, 3, 4, 5)] + [robbery(6, "kidnap"), robbery(7, "kidnap")]
    later = [robbery(n) for n in (1, 2, 3, 4)] + [robbery(5, no_crimed="2004-06-20")]
    later += [robbery(6), robbery(7), robbery(8)]
    folder.load("crimes", extract(*first), "2004-06-03")
    folder.load("crimes", extract(*later), "2004-07-11")
    return folder


def opened(folder, corporate: str = ""):
    if corporate:
        folder.load("corporate", CORPORATE + corporate, "2004-06-03")
    for as_at in ("2004-06-04", "2004-07-12"):
        folder.publish(as_at)
    return open_request(date(2004, 7, 12), data=folder.data)


def test_the_triangle_says_what_was_known_when(twice):
    request = opened(twice)
    found = revision.triangle(request, "commercial_robbery")
    may = [row for row in found.rows.to_pylist() if row["period_start"] == date(2004, 5, 1)]
    assert [(row["known_as_at"], row["n"], row["state"]) for row in may] == [
        (date(2004, 6, 4), 5, "first"),
        (date(2004, 7, 12), 7, "more"),
    ]
    assert "May 2004 moved most, 5 → 7" in found.title and "%" not in found.title  # too few


def test_a_months_growth_stands_on_the_pairs_it_says(twice):
    rows = growth.provisional(opened(twice), "commercial_robbery").rows.to_pylist()
    month = next(row for row in rows if row["grain"] == "month")
    assert (month["age"], month["pairs"], month["said"]) == ("0 to 13 days", 1, "5 → 7")
    assert month["factor"] is None  # under 30 known


def test_one_snapshot_says_nothing_on_growth(twice):
    twice.publish("2004-07-12")
    request = open_request(date(2004, 7, 12), data=twice.data)
    assert "[x]" in revision.triangle(request, "commercial_robbery").title
    assert "[x]" in growth.provisional(request, "commercial_robbery").title


def test_an_as_at_without_a_newer_file_says_nothing_on_growth(folder):
    folder.load("crimes", extract(robbery(1)), "2004-06-03")
    rows = growth.provisional(opened(folder), "commercial_robbery").rows.to_pylist()
    assert {row["pairs"] for row in rows} == {0}


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (794, 846, "794 → 846 (+6.5 %)"),
        (528, 520, "528 → 520 (−1.5 %)"),
        (30, 30, "30 → 30 (±0.0 %)"),
        (29, 31, "29 → 31"),  # below 30 no percentage
    ],
)
def test_growth_in_words(first, last, words):
    assert revision.grew(first, last) == words


@pytest.mark.few(2)
@pytest.mark.parametrize(
    ("value", "cause", "words"),
    [
        (7, "same", "the same"),
        (5, "reclassified", "since then +1 entered late, +2 reclassified and −1 no-crimed"),
        (8, "no-crimes", "leaves the no-crimes in"),
        (12, "unexplained", "7 more than the records gave"),
        (2, "unexplained", "3 fewer than the records gave"),
    ],
)
def test_a_difference_is_named(twice, value, cause, words):
    request = opened(twice, f"commercial_robbery,2004-05-01,month,SCD7,{value},2004-06-03\n")
    row = reconciliation.figures(request).rows.to_pylist()[0]
    assert row["cause"] == cause and words in row["words"]
    assert (row["then"], row["own"]) == (5, 7)


def test_date_basis_and_unit_are_told_apart(folder):
    rows = [robbery(n) for n in (1, 2, 3)]
    rows += ["C10,2004-06-01,2004-05-31,robbery_business,Camden,SCD7,\n"]
    rows += [f"C{n},2004-05-20,2004-05-20,robbery_business,Camden,TP,\n" for n in (11, 12)]
    folder.load("crimes", extract(*rows), "2004-06-03")
    published = "commercial_robbery,2004-05-01,month,SCD7,{},2004-06-03\n"
    request = opened(folder, published.format(4))
    assert reconciliation.figures(request).rows.to_pylist()[0]["cause"] == "date basis"


def test_the_work_of_another_unit_is_told(folder):
    rows = [robbery(n) for n in (1, 2, 3)]
    rows += ["C11,2004-05-20,2004-04-20,robbery_business,Camden,TP,\n"]
    folder.load("crimes", extract(*rows), "2004-06-03")
    request = opened(folder, "commercial_robbery,2004-05-01,month,SCD7,4,2004-06-03\n")
    assert reconciliation.figures(request).rows.to_pylist()[0]["cause"] == "unit"


def test_a_month_that_no_record_covers_is_not_reconciled(twice):
    request = opened(twice, "commercial_robbery,2004-02-01,month,SCD7,9,2004-06-03\n")
    row = reconciliation.figures(request).rows.to_pylist()[0]
    assert (row["cause"], row["own"], row["own_said"]) == ("not covered", None, "[x]")


def test_the_planted_mismatches_are_what_stays_unexplained(sample_data):
    truth = json.loads((sample_data / "sample" / "ground_truth.json").read_text("utf-8"))
    request = open_request(date(2004, 7, 12), data=sample_data)
    found = reconciliation.figures(request)
    open_ones = {
        (row["measure"], row["unit_code"], str(row["period_start"]), row["residual"])
        for row in found.rows.to_pylist()
        if row["cause"] == "unexplained"
    }
    planted = {
        (item["measure"], item["unit_code"], item["period_start"], item["published_by"])
        for item in truth["mismatches"]
    }
    assert open_ones == planted
    assert "gun-enabled crime April 2004 (300, records 317)" in found.title


def test_a_rate_that_its_parts_do_not_give_is_found(sample_data):
    request = open_request(date(2004, 7, 12), data=sample_data)
    rows = rate_checks.rates(request).rows.to_pylist()
    wrong = [row for row in rows if not row["agrees"]]
    # The month whose published count is planted wrong: its rate was of the right one.
    assert [row["period"] for row in wrong] == ["April 2004"]
    assert len(rows) == 6 and wrong[0]["denominator"] == 300


def test_without_corporate_figures_it_says_so(twice):
    assert "kind corporate" in reconciliation.why_none(opened(twice))
