"""Two clocks: what was known before the as-at, whatever the order of import."""

from datetime import date

import pytest

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
