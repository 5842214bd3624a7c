"""The morning review on a few rows: what came in, what is unusual in it, what waits."""

from datetime import date, timedelta

import pytest

from dashboard import reports
from dashboard.access import Role
from dashboard.reports.measure import chart_rows
from dashboard.reports.request import paging
from dashboard.reports.unit import day, headline, part, part_known, records, waiting
from dashboard.ui.kit import downloads

HEAD = "crime_ref,reported_on,offence,borough,ocu,branch,validated_on,supervised_on\n"
LAST = date(2004, 7, 11)
# Reports a week: in the seven days to LAST, and in each of the 26 weeks before.
KINDS = {
    "robbery_business": (5, 4),  # one more than in any: unusual
    "kidnap": (2, 3),  # one fewer than in any: unusual
    "drug_trafficking": (2, 2),  # as many: not
    "blackmail": (1, 0),  # the first
    "cash_in_transit_robbery": (0, 0),  # one in the 27th week before: not looked at
}


def lines() -> str:
    rows = []

    def add(offence: str, on: date, done: str) -> None:
        borough = "Camden" if len(rows) % 2 else "Brent"
        rows.append(f"R{len(rows):04d},{on},{offence},{borough},SCD7,,{done},{done}")

    for offence, (now, before) in KINDS.items():
        for week in range(27):
            for number in range(before if week else now):
                # The first of each week on its last day, another on its first.
                on = LAST - timedelta(days=7 * week + (6 if number else 0))
                add(offence, on, "2004-07-11" if week else "")
    add("cash_in_transit_robbery", LAST - timedelta(days=7 * 27), "")
    # Of another unit, never looked at: its days of grace ended on the 4th, the 5th, and long ago.
    for ref, day_, branch in (
        ("W1", "2004-06-27", "SCD1(1)"),
        ("W2", "2004-06-28", "SCD1(1)"),
        ("W3", "2004-02-02", ""),
    ):
        rows.append(f"{ref},{day_},murder,Camden,SCD1,{branch},,")
    return HEAD + "\n".join(rows) + "\n"


@pytest.fixture
def request_(folder):
    folder.load("crimes", lines(), "2004-07-11")
    folder.publish("2004-07-12")
    return reports.open_request(date(2004, 7, 12), None, folder.data)


def test_the_last_day_is_that_of_the_data(request_):
    assert day.last_day(request_) == LAST


def test_what_came_in_beside_the_units_own_weeks(request_):
    found = day.came(request_, "SCD7")
    rows = {row["offence"]: row for row in found.rows.to_pylist()}
    assert {name: (row["in_week"], row["least"], row["most"]) for name, row in rows.items()} == {
        name: (now, before, before) for name, (now, before) in KINDS.items() if now or before
    }
    assert {name: row["unusual"] for name, row in rows.items()} == {
        "robbery_business": "most",
        "kidnap": "fewest",
        "drug_trafficking": "",
        "blackmail": "first",
    }
    assert all(row["on_day"] == 1 and len(row["weeks"]) == 27 for row in rows.values())
    assert found.title.startswith("4 came to SCD7 on 11 July 2004, 10 in seven days")
    # The unusual ones lead, and each has its place in the sentence.
    order = [row["unusual"] != "" for row in found.rows.to_pylist()]
    assert order == sorted(order, reverse=True)


def test_the_list_is_of_the_seven_days_newest_first(request_):
    found = day.arrived(request_, "SCD7").rows.to_pylist()
    days = [row["reported_on"] for row in found]
    assert len(days) == 10 and days == sorted(days, reverse=True)
    assert (days[0], days[-1]) == (LAST, LAST - timedelta(days=6))


def test_what_waits_is_the_oldest_first_and_of_acts_alone(request_):
    found = waiting.waiting(request_, "SCD7")
    rows = found.rows.to_pylist()
    # Only the report of the 27th week before was neither validated nor supervised in time.
    assert [row["fault"] for row in rows] == ["unvalidated", "unsupervised"]
    assert [row["open_since"] for row in rows] == sorted(row["open_since"] for row in rows)
    oldest = (date(2004, 7, 12) - (LAST - timedelta(days=7 * 27 - 7))).days
    assert found.title.startswith(f"2 acts wait to be done, the oldest for {oldest} days")
    # The plan's measure counts the report that nobody validated, not a supervisor's look.
    assert found.title.endswith("; 1 of them is open faults of validation or authority")


def test_what_waits_by_branch_says_how_many_are_new_and_its_list_is_the_branchs(request_):
    """Validated within 7 days: W1 waits since 4 July, a day more than a week; W2 since 5 July."""
    listed = {row["unit_code"]: row for row in waiting.counted_by_part(request_, "SCD1")}
    counts = {code: (row["n"], row["fresh"]) for code, row in listed.items()}
    # W2 is validated late and no supervisor's 14 days are over by the 11th but those of W1.
    assert counts == {"SCD1(1)": (3, 2), part.UNASSIGNED: (2, 0)}
    found = waiting.waiting(request_, "SCD1", branch="SCD1(1)", first=waiting.NEWEST)
    assert [row["open_since"].day for row in found.rows.to_pylist()] == [11, 5, 4]
    assert {row["branch"] for row in found.rows.to_pylist()} == {"SCD1(1)"}
    assert waiting.waiting(request_, "SCD1").rows.num_rows == 5
    # Of what is above it an OCU is a line.
    above = {row["unit_code"]: row["n"] for row in waiting.counted_by_part(request_, "SCD")}
    assert above == {"SCD1": 5, "SCD7": 2}


def test_what_is_known_of_a_branch_is_its_own(request_):
    known = part_known.known(request_, "SCD1(1)").rows.to_pylist()
    assert {row["kind"]: row["value"] for row in known} == {
        part_known.REPORTS: 2,  # of the planning year: W3 has no branch, and is of the one before
        part_known.WAITS: 3,
    }
    assert part_known.known(request_, "SCD1(2)").rows.num_rows == 0
    assert part.branch_of(request_, "SCD1(1)", "SCD7") is None
    homicide = chart_rows.track_of(request_, "SCD1", "homicides")
    behind = [
        records.records_behind(request_, homicide, branch=code).rows.num_rows
        for code in (None, "SCD1(1)", "SCD1(2)")
    ]
    assert behind == [2, 2, 0]


def test_what_leaves_is_all_of_a_list_not_its_page(request_, monkeypatch):
    """Three reports a page: one more than that came in, and all of them leave, and the audit
    counts what left."""
    monkeypatch.setattr(paging, "PAGE", 9)
    first = day.arrived(request_, "SCD7")
    assert (first.rows.num_rows, first.total) == (9, 10)
    second = day.arrived(request_, "SCD7", 2)
    whole = first.whole
    refs = [part.rows.column("crime_ref").to_pylist() for part in (first, second, whole)]
    assert refs[0] + refs[1] == refs[2] and len(refs[2]) == 10
    assert whole.page_of is None and whole.total == 10
    assert day.arrived(request_, "SCD7", None).whole.rows.num_rows == 10
    made = downloads.forms_of(first, "came-in", None, None, None)["csv"]().decode("utf-8-sig")
    assert all(ref in made for ref in refs[2])


def test_a_list_that_fills_its_page_is_no_page_of_one(request_, monkeypatch):
    monkeypatch.setattr(paging, "PAGE", 10)
    found = day.arrived(request_, "SCD7")
    assert found.page_of is None and found.whole is found


def test_a_unit_without_reports_says_why_there_is_no_day(request_):
    assert "SCD4" in day.why_no_day(request_, "SCD4") and not day.why_no_day(request_, "SCD7")


def test_a_commander_of_another_unit_sees_counts_and_neither_places_nor_reports(request_):
    role = Role("commander", "commander of SCD1", "all", "own", unit="SCD1")
    other = reports.open_request(date(2004, 7, 12), None, request_.data, role)
    rows = day.came(other, "SCD7").rows.to_pylist()
    assert sum(row["in_week"] for row in rows) == 10
    assert {row["where"] for row in rows} == {""}
    assert {row["where"] for row in day.came(request_, "SCD7").rows.to_pylist()} != {""}
    assert day.arrived(other, "SCD7").rows.num_rows == 0
    assert waiting.waiting(other, "SCD7").rows.num_rows == 0


def test_the_likeliest_miss_is_named_first_and_what_is_better_than_usual_last():
    """All are likely missed but the last; one is better than usual, which is no news."""
    rows = [
        {"measure": "recovering", "variation": "improvement_high", "miss": 1.0},
        {"measure": "likely", "variation": "common", "miss": 0.7},
        {"measure": "likeliest", "variation": "", "miss": 0.99},
        {"measure": "either", "variation": "concern_high", "miss": 0.5},
    ]
    named = [row["measure"] for row in headline.likeliest(rows)]
    assert named == ["likeliest", "likely", "recovering"]
