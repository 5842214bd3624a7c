"""Two clocks: what was known before the as-at, whatever the order of import."""

from datetime import date

import pytest

from dashboard import ingest, snapshots

HEAD = "crime_ref,reported_on,offence,borough,ocu\n"
COUNTS = "date,grain,borough,offence,offences,outcomes,publisher\n"


def offences(folder, info):
    rows = folder.rows(info, "crimes")
    return dict(zip(rows["crime_ref"], rows["offence"], strict=True))


def test_a_later_delta_reclassifies_and_an_as_at_before_it_does_not_know(folder):
    folder.load("crimes", HEAD + "A,2004-06-01,murder,Camden,SCD1\n", "2004-06-10")
    folder.load("crimes", HEAD + "A,2004-06-01,manslaughter,Camden,SCD1\n", "2004-06-20", True)
    # As-at is exclusive: on the day of the vintage itself it was not known yet.
    assert offences(folder, folder.publish("2004-06-20")) == {"A": "murder"}
    assert offences(folder, folder.publish("2004-06-21")) == {"A": "manslaughter"}


def test_the_order_of_import_does_not_matter(folder):
    folder.load("crimes", HEAD + "A,2004-06-01,manslaughter,Camden,SCD1\n", "2004-06-20", True)
    folder.load("crimes", HEAD + "A,2004-06-01,murder,Camden,SCD1\n", "2004-06-10")
    assert offences(folder, folder.publish("2004-07-12")) == {"A": "manslaughter"}


def test_a_whole_extract_replaces_what_it_no_longer_holds(folder):
    both = HEAD + "A,2004-06-01,murder,Camden,SCD1\nB,2004-06-02,murder,Camden,SCD1\n"
    folder.load("crimes", both, "2004-06-10")
    folder.load("crimes", HEAD + "B,2004-06-02,murder,Camden,SCD1\n", "2004-06-20")
    assert offences(folder, folder.publish("2004-07-12")) == {"B": "murder"}


def test_an_absent_cell_inside_a_later_coverage_is_zero(folder):
    first = "2004-05-01,month,Camden,robbery_business,7,,corporate\n"
    last = "2004-06-01,month,Camden,robbery_business,5,,corporate\n"
    brent = "2004-06-01,month,Brent,robbery_business,2,,corporate\n"
    folder.load("counts", COUNTS + first + last + brent, "2004-07-01")
    # Brent's cell of June has gone; the file still speaks for Brent.
    moved = brent.replace("2004-06-01", "2004-05-01").replace(",2,", ",1,")
    folder.load("counts", COUNTS + first + last + moved, "2004-07-08")
    before = folder.rows(folder.publish("2004-07-08"), "published")
    after = folder.rows(folder.publish("2004-07-09"), "published")
    assert before["n"].sum() == 14
    assert after["n"].sum() == 13
    assert after.filter(borough="E09000005")["date"].to_list() == [date(2004, 5, 1)]


def test_an_older_vintage_supersedes_nothing_newer(folder):
    folder.load("counts", COUNTS + "2004-05-01,month,Camden,fraud,9,,corporate\n", "2004-07-08")
    folder.load("counts", COUNTS + "2004-05-01,month,Camden,fraud,4,,corporate\n", "2004-06-08")
    rows = folder.rows(folder.publish("2004-07-12"), "published")
    assert rows["n"].to_list() == [9]


def test_an_unknown_borough_is_counted_under_unknown_until_an_alias_says(folder):
    folder.load("crimes", HEAD + "A,2004-06-01,murder,Camdenn,SCD1\n", "2004-06-10")
    info = folder.publish("2004-07-12")
    assert folder.rows(info, "crimes")["borough"].to_list() == ["unknown"]
    assert any("Camdenn" in text for text in info.manifest["warnings"])


@pytest.mark.parametrize("vintages", [("2004-06-10", "2004-06-20"), ("2004-06-20", "2004-06-10")])
def test_returns_are_replaced_cell_by_cell(folder, vintages):
    head = "measure,period_start,grain,unit_code,numerator,denominator\n"
    values = {"2004-06-10": 3, "2004-06-20": 4}
    for vintage in vintages:
        line = f"networks_disrupted,2004-05-01,month,SCD7,{values[vintage]},\n"
        folder.load("returns", head + line, vintage)
    rows = folder.rows(folder.publish("2004-07-12"), "returns")
    assert rows["numerator"].to_list() == [4]


CLAIMS = "worked_on,ocu,category,hours,cost_gbp,staff_ref\n"
WEEKS = [f"2004-0{month}-{day:02d}" for month in (1, 2) for day in (5, 12, 19, 26)]


def claims(ocu, days=WEEKS, times=1, people=10):
    """Claims of so many people on each of the days, each so many times over."""
    each = [f"{day},{ocu},casual,2,50,S{n}\n" for day in days for n in range(people)]
    return "".join(each * times)


def test_claims_that_are_let_pass_after_others_of_their_vintage_count_once(folder):
    folder.load("overtime", CLAIMS + claims("SCD7") + claims("SCD1"), "2004-07-01")
    cut = folder.load("overtime", CLAIMS + claims("SCD7", people=3), "2004-07-08")
    assert cut.held  # of ten claims three are left
    # The whole of it comes; one claim of it stands twice and is two.
    twice = CLAIMS + claims("SCD7", WEEKS[:1], 2) + claims("SCD7", WEEKS[1:]) + claims("SCD1")
    assert not folder.load("overtime", twice, "2004-07-08").held
    before = folder.rows(folder.publish("2004-07-09"), "overtime")
    (item,) = [item for item in ingest.staged(folder.data) if item.held]
    ingest.let_pass(item, "local ann", "it was right")
    after = folder.rows(folder.publish("2004-07-09"), "overtime")
    assert len(before) == len(after) == 10 + 160
    assert after["cost_gbp"].sum() == 50 * 170


def test_a_whole_extract_says_the_claims_that_a_part_before_it_added(folder):
    folder.load("overtime", CLAIMS + claims("SCD7"), "2004-03-01")
    late = claims("SCD7", ["2004-02-27"])
    folder.load("overtime", CLAIMS + late, "2004-03-02", delta=True)
    assert len(folder.rows(folder.publish("2004-03-08"), "overtime")) == 90
    folder.load("overtime", CLAIMS + claims("SCD7") + late, "2004-03-08")
    assert len(folder.rows(folder.publish("2004-03-09"), "overtime")) == 90
    # A part that comes after it is added.
    folder.load("overtime", CLAIMS + claims("SCD1", WEEKS[:1]), "2004-03-09", delta=True)
    assert len(folder.rows(folder.publish("2004-03-10"), "overtime")) == 100


MAY = "2004-05-01,month,Camden,robbery_business,7,,corporate\n"
JUNE = "2004-06-01,month,Camden,robbery_business,5,,corporate\n"


@pytest.mark.few(1)
@pytest.mark.parametrize(
    ("kind", "table", "first", "more"),
    [
        ("crimes", "crimes", HEAD + "A,2004-06-01,murder,Camden,SCD1\n",
         "B,2004-06-01,murder,Camden,SCD1\n"),
        ("overtime", "overtime", CLAIMS + claims("SCD7"), claims("SCD1")),
        ("counts", "published", COUNTS + MAY, JUNE),
    ],
)  # fmt: skip
def test_what_a_file_says_again_stands_when_the_first_is_withdrawn(
    folder, kind, table, first, more
):
    folder.load(kind, first, "2004-07-01")
    account = folder.load(kind, first + more, "2004-07-01")
    assert account.rows_superseded and account.rows_accepted
    whole = folder.rows(folder.publish("2004-07-02"), table)
    ingest.withdraw(ingest.staged(folder.data)[0], folder.data)
    left = folder.rows(folder.publish("2004-07-02"), table)
    assert (
        left.drop("vintage", strict=False)
        .sort(left.columns[:4])
        .equals(whole.drop("vintage", strict=False).sort(whole.columns[:4]))
    )
    assert len(left) == first.count("\n") - 1 + more.count("\n")


def test_what_a_stock_keeps_no_longer_is_no_revision(folder):
    """Stocks are kept for two years: months that the clock leaves behind are absent, not 0."""
    head = "recommendation_ref,review_ref,owner,feeds,due_on,closed_on\n"
    folder.load("recommendations", head + "R1,V1,SCD1,training,2002-05-01,\n", "2004-06-01")
    kept = folder.publish("2004-07-12")
    moved = [folder.publish(day) for day in ("2004-10-02", "2007-10-02")]
    assert [snapshots.compare(kept, later).num_rows for later in moved] == [0, 0]
    closed = head + "R1,V1,SCD1,training,2002-05-01,2004-05-30\n"
    folder.load("recommendations", closed, "2004-06-02")
    changed = snapshots.compare(kept, folder.publish("2004-10-02")).to_pylist()
    assert {(row["measure"], str(row["period_start"])) for row in changed} == {
        ("recommendations_overdue", f"2004-0{month}-01") for month in (5, 6)
    }


def test_money_that_moved_is_among_what_is_compared(folder):
    finance = "unit_code,month,heading,budget_gbp,actual_gbp\n"
    claims = "worked_on,ocu,category,hours,cost_gbp\n2004-06-03,SCD7,casual,2,40\n"
    folder.load("finance", finance + "SCD1,2004-05-01,pay,100,100\n", "2004-06-10")
    folder.load("overtime", claims, "2004-06-10")
    old = folder.publish("2004-06-14")
    folder.load("finance", finance + "SCD1,2004-05-01,pay,100,130\n", "2004-07-10")
    folder.load("overtime", claims.replace(",40", ",50"), "2004-07-10")
    changed = snapshots.compare(old, folder.publish("2004-07-12")).to_pylist()
    names = ("measure", "unit_code", "period_start", "old_numerator", "new_numerator")
    assert [tuple(row[name] for name in names) for row in changed] == [
        ("finance_pay", "SCD1", date(2004, 5, 1), 100, 130),
        ("overtime_cost", "SCD7", date(2004, 6, 1), 40, 50),
    ]
