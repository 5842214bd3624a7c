"""Total rows, repeats, levels of area, single counts in the account, and what is no text."""

import gzip
import io
import zipfile

import pytest

from dashboard import ingest
from dashboard.errors import ContentError
from tests.ingest.conftest import totals

BOROUGH = "mps-borough-crime"
HEAD = "MajorText,MinorText,BoroughName,202403,202404\n"
TWO = (
    "ROBBERY,ROBBERY OF BUSINESS PROPERTY,Ealing,8,5\n"
    "ROBBERY,ROBBERY OF BUSINESS PROPERTY,Merton,2,4\n"
)


def load(folder, *rows):
    return folder.load(BOROUGH, HEAD + TWO + "".join(rows), vintage="2024-05-10")


@pytest.mark.parametrize(
    "row",
    [
        "ROBBERY,ROBBERY OF BUSINESS PROPERTY,Total,10,9",
        "ROBBERY,ROBBERY OF BUSINESS PROPERTY,All boroughs,10,9",
        "ROBBERY,ROBBERY OF BUSINESS PROPERTY,London,10,9",
        "ROBBERY,ROBBERY OF BUSINESS PROPERTY,MPS total,10,9",
        "Grand Total,,,10,9",
        "ROBBERY Total,,,10,9",
        "ROBBERY,Total,,10,9",
        "ROBBERY,All offences,Ealing,8,5",
        ",,Merton Total,2,4",
    ],
)
def test_a_total_row_is_left_out_named_and_agrees(folder, row):
    account = load(folder, row + "\n")
    assert totals(account, "rows") == {"accepted": 2, "excluded": 1}
    assert account.value_accepted == 19
    assert account.value_read == account.value_accepted + account.value_excluded
    assert "1 total row left out (line 4" in account.warnings[0]
    assert "2 of 2 sums agree" in account.warnings[0]


def test_a_total_that_does_not_add_up_is_said(folder):
    account = load(folder, "ROBBERY,ROBBERY OF BUSINESS PROPERTY,Total,11,9\n")
    assert "1 of 2 sums agree" in account.warnings[0]
    assert "line 4 says 11 for 202403, its rows add up to 10" in account.warnings[1]


def test_a_category_whose_name_holds_the_word_is_no_total(folder):
    row = "2004-06-01,month,Ealing,TNO Victim Based,5,mps-monthly-dashboard\n"
    account = folder.load("counts", "date,grain,borough,offence,offences,publisher\n" + row)
    assert totals(account, "rows") == {"accepted": 1}


def test_a_file_of_totals_alone_accepts_nothing(folder):
    account = folder.load(BOROUGH, HEAD + "Total,,,10,9\n", vintage="2024-05-10")
    assert totals(account, "rows") == {"excluded": 1}
    assert account.staged is None


def test_a_return_for_all_boroughs_is_left_out(folder):
    head = "measure,period_start,grain,unit_code,borough,numerator\n"
    rows = "kidnaps,2004-05-01,month,SCD7,Ealing,2\nkidnaps,2004-05-01,month,SCD7,Total,2\n"
    account = folder.load("returns", head + rows)
    assert totals(account, "rows") == {"accepted": 1, "excluded": 1}


def test_rows_that_stand_twice_are_named_and_of_events_they_are_two(folder):
    account = load(folder, TWO.splitlines(keepends=True)[1])
    assert "line 4 repeats line 3: ROBBERY OF BUSINESS PROPERTY, Merton" in account.warnings[0]
    victims = (
        "Count of Victims,Recorded Date,Homicide Offence Type,Borough\n"
        + "1,Jan 2003,Murder,Brent\n" * 2
    )
    account = folder.load("mps-homicide-victims", victims, vintage="2021-02-01")
    assert (account.value_accepted, account.warnings) == (2, ())


def test_single_counts_stand_in_the_account(folder):
    rows = 'THEFT,SHOPLIFTING,Ealing,"1,340",\nTHEFT,SHOPLIFTING,Merton,7,99999999999999999999\n'
    account = load(folder, rows)
    assert totals(account, "counts") == {"accepted": 5, "rejected": 3}
    assert account.value_read == account.value_accepted + account.value_rejected == 26 + 1340
    assert {row[3] for row in folder.rejects(account)} == {
        "required", "thousands_marks", "too_large"
    }  # fmt: skip


def test_months_after_the_vintage_are_said_on_screen(folder):
    account = folder.load(BOROUGH, HEAD + TWO, vintage="2024-03-20")
    assert any("1 month after the vintage 2024-03-20" in text for text in account.warnings)
    assert totals(account, "counts") == {"accepted": 2, "rejected": 2}


@pytest.mark.parametrize(
    "heading", ["WardName", "ward_code", "lsoa_name", "LSOA code", "Neighbourhood"]
)
def test_a_file_with_a_finer_level_in_its_headings_is_refused(folder, heading):
    text = f"MajorText,MinorText,{heading},BoroughName,202403\nTHEFT,SHOPLIFTING,X,Ealing,4\n"
    with pytest.raises(ContentError, match="import the publisher's borough file"):
        folder.load(BOROUGH, text, vintage="2024-05-10")


@pytest.mark.parametrize("area", ["E05009317", "E01000006", "Ealing 001A", "Merton 012"])
def test_areas_of_a_finer_level_are_refused_by_their_names(folder, area):
    text = f"MajorText,MinorText,BoroughName,202403\nTHEFT,SHOPLIFTING,{area},4\n"
    with pytest.raises(ContentError, match="no borough"):
        folder.load(BOROUGH, text, vintage="2024-05-10")


def test_more_unknown_areas_than_there_are_boroughs_are_another_level(folder):
    rows = "".join(f"THEFT,SHOPLIFTING,Park {n} End,1\n" for n in range(60))
    with pytest.raises(ContentError, match="60 areas that are no boroughs"):
        folder.load(
            BOROUGH, "MajorText,MinorText,BoroughName,202403\n" + rows, vintage="2024-05-10"
        )


def test_rows_that_are_no_text_are_rejected_and_the_rest_read(folder):
    head = b"date,grain,borough,offence,offences\n"
    good = "2004-06-01,month,Ealing,théft,4\n".encode()
    bad = b"2004-06-01,month,Brent\xff,fraud,4\n"
    control = "2004-06-01,month,Merton,fr\u202eaud,4\n".encode()
    account = folder.load("counts", folder.write(head + good + bad + control))
    assert totals(account, "rows") == {"accepted": 1, "rejected": 2}
    assert [(row[0], row[3]) for row in folder.rejects(account)] == [
        (3, "not_text"), (4, "not_text")
    ]  # fmt: skip


def test_a_rejected_cell_is_no_formula_where_an_analyst_opens_it(folder):
    head = "date,grain,borough,offence,offences\n"
    rows = "2004-06-01,month,Camden,fraud,=cmd|' /C calc'!A0\n2004-06-01,month,Brent,fraud,-3\n"
    account = folder.load("counts", folder.write((head + rows).encode()))
    assert [row[2] for row in folder.rejects(account)] == ["'=cmd|' /C calc'!A0", "-3"]


def zipped(name="inner.csv") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(name, HEAD + TWO)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (zipped(), "is a zip archive, not a workbook"),
        (gzip.compress(gzip.compress(HEAD.encode())), "holds a gzip file inside a gzip file"),
        (gzip.compress(zipped()), "holds a zip archive or workbook inside"),
        (b"7z\xbc\xaf\x27\x1c" + b"x" * 99, "is a 7z archive"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "is encrypted"),
        (b"PK\x03\x04" + b"x" * 99, "cut short or damaged"),
    ],
    ids=["zip", "gzip in gzip", "zip in gzip", "7z", "encrypted", "damaged"],  # bytes hold the time
)
def test_archives_in_archives_and_encrypted_files_are_refused(folder, content, sentence):
    with pytest.raises(ContentError, match=sentence):
        folder.load(BOROUGH, folder.write(content, "file.bin"), vintage="2024-05-10")
    assert not folder.data.exists() or not folder.everything()


def test_what_is_not_foreseen_is_one_sentence_with_a_number(folder, monkeypatch):
    def fails(*_):
        raise RuntimeError("unforeseen")

    monkeypatch.setattr("dashboard.ingest.cells.run", fails)
    with pytest.raises(ContentError, match="give incident [0-9A-F]{6}") as caught:
        load(folder)
    assert "\n" not in str(caught.value)
    log = (folder.data / "state" / "incidents.log").read_text()
    assert "RuntimeError: unforeseen" in log
    assert not ingest.staged(folder.data)


@pytest.mark.parametrize("place", ["before", "after"])
def test_a_kill_while_a_file_is_replaced_leaves_the_old_or_the_new(folder, monkeypatch, place):
    file = folder.write(HEAD + TWO)
    folder.load(BOROUGH, file, vintage="2024-05-10")
    import os

    real, moved = os.replace, []

    def killed(one, other):
        moved.append(other)
        if len(moved) == 2 and place == "before":
            raise KeyboardInterrupt  # as a kill: nothing below it tidies up
        real(one, other)
        if len(moved) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", killed)
    with pytest.raises(KeyboardInterrupt):
        folder.load(BOROUGH, file, vintage="2024-05-10", columns={"area": "BoroughName"})
    monkeypatch.undo()
    assert len(ingest.staged(folder.data)) == 1
    assert folder.rows("counts")["n"].sum() == 19
    folder.load(BOROUGH, HEAD + TWO.replace(",8,", ",9,"), vintage="2024-05-11")
    left = {path.name for path in (folder.data / "staging" / "counts").glob("*.parquet")}
    assert left == {item.path.name for item in ingest.staged(folder.data)}
    assert not list((folder.data / "staging" / "counts").glob(".*.part"))


def test_a_share_above_its_whole_is_rejected(folder):
    head = "measure,period_start,grain,unit_code,numerator,denominator\n"
    rows = "".join(
        f"urgent_submissions_on_time,2004-0{month}-01,month,SCD4,{part},9\n"
        for month, part in ((4, 9), (5, 10))  # all of them, and one more than there are
    )
    account = folder.load("returns", head + rows)
    assert totals(account, "rows") == {"accepted": 1, "rejected": 1}
    assert folder.rejects(account) == [(3, "numerator", "10", "share_above_1")]


def test_a_part_without_its_whole_is_rejected_and_a_count_needs_none(folder):
    head = "measure,period_start,grain,unit_code,numerator,denominator\n"
    rows = "urgent_submissions_on_time,2004-04-01,month,SCD4,20,\n"
    rows += "networks_disrupted,2004-04-01,month,SCD7,6,\n"
    account = folder.load("returns", head + rows)
    assert totals(account, "rows") == {"accepted": 1, "rejected": 1}
    assert folder.rejects(account) == [(2, "denominator", "", "required")]


@pytest.mark.parametrize(("whole", "left_out"), [((9, 11), 2), ((9, 12), 0)])
def test_a_unit_without_a_borough_beside_its_boroughs_is_their_sum(folder, whole, left_out):
    head = "measure,period_start,grain,unit_code,borough,numerator\n"
    rows = "".join(
        f"networks_disrupted,2004-0{month}-01,month,SCD7,{borough},{n}\n"
        for month, counts in ((4, (4, 5, whole[0])), (5, (4, 7, whole[1])))
        for borough, n in zip(("Camden", "Brent", ""), counts, strict=True)
    )
    account = folder.load("returns", head + rows)
    assert account.rows_excluded == left_out
    assert account.rows_accepted == 6 - left_out
