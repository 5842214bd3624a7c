"""What a file of published counts comes to once published, by `query measure_series`."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.cases.shapes import (
    APRIL,
    FEB,
    HEAD,
    JAN,
    MARCH,
    ROBBERY,
    TOP,
    TWO,
    book,
    robbery,
    years,
)

COVER = [["Recorded crime"], ["See notes"]]
SPELLINGS = (
    "City of Westminster", "Kingston-upon-Thames", "KENSINGTON AND CHELSEA", "Camden ",
    "Royal Borough of Greenwich", "Hammersmith &amp; Fulham", "Kensington & Chelsea",
)  # fmt: skip
PUBLISHED = {
    "a total row": (TOP + TWO + f"{ROBBERY}Total,90,105\n", {JAN: 90, FEB: 105}),
    "a grand total": (TOP + f"{ROBBERY}Camden,50,60\nGrand Total,,,50,60\n", {JAN: 50, FEB: 60}),
    "a month not there": (
        f"MajorText,MinorText,BoroughName,202401,202402,202404\n{ROBBERY}Camden,50,60,70\n",
        {JAN: 50, FEB: 60, APRIL: 70},
    ),
    "numbers as 12.0": (TOP + f"{ROBBERY}Camden,12.0,9.0\n", {JAN: 12, FEB: 9}),
    "a row twice": (TOP + f"{ROBBERY}Camden,5,6\n" * 2, {JAN: 10, FEB: 12}),
    "blank cells": (TOP + f"{ROBBERY}Camden,,6\n{ROBBERY}Brent,4,\n", {}),
    "counts withheld": (TOP + f"{ROBBERY}Camden,<5,6\n{ROBBERY}Brent,*,-\n", {}),
    "areas in several spellings": (
        "MajorText,MinorText,BoroughName,202401\n"
        + "".join(f"{ROBBERY}{area},{n}\n" for n, area in enumerate(SPELLINGS, 1)),
        {JAN: 28},
    ),
    "the headings again": (TOP + TWO + TOP + f"{ROBBERY}Ealing,3,4\n", {JAN: 93, FEB: 109}),
    "lines without anything": (TOP + TWO + ",,,,\n", {JAN: 90, FEB: 105}),
    "cells merged downwards": (TOP + TWO + ",,Ealing,3,\n", {FEB: 105}),  # January lacks 3
    "dates as headings": (
        book(Data=[years(dt.date(2024, 1, 1), dt.datetime(2024, 2, 1)), robbery("Camden", 50, 60)]),
        {JAN: 50, FEB: 60},
    ),
    "days as a workbook stores them": (
        book(Data=[years(45292, 45323), robbery("Camden", 50, 60)]), {JAN: 50, FEB: 60},
    ),
    "a cover sheet first": (
        book(Cover=COVER, Data=[HEAD, robbery("Camden", 50, 60)]), {JAN: 50, FEB: 60},
    ),
    "a title row": (
        book(Data=[["Recorded crime"], [], HEAD, robbery("Camden", 50, 60)]), {JAN: 50, FEB: 60},
    ),
    "a sheet a year": (
        book(**{
            "2023": [years("202301", "202302"), robbery("Camden", 50, 60)],
            "2024": [HEAD, robbery("Camden", 70, 80)],
        }),
        {(2023, 1): 50, (2023, 2): 60, JAN: 70, FEB: 80},
    ),
    "a total of one month without a name": (
        f"MajorText,MinorText,BoroughName,202401\n{ROBBERY}Camden,6\n{ROBBERY}Brent,4\n"
        f"{ROBBERY},10\n", {JAN: 10},
    ),
    "a total of one month by a name of its own": (
        f"MajorText,MinorText,BoroughName,202401\n{ROBBERY}Camden,6\n{ROBBERY}Brent,4\n"
        f"{ROBBERY}Capital,10\n", {JAN: 10},
    ),
    # So few may be of an unknown area by chance; the account names them.
    "a sum too small to tell": (
        f"MajorText,MinorText,BoroughName,202401\n{ROBBERY}Camden,5\n{ROBBERY}Brent,4\n"
        f"{ROBBERY},9\n", {JAN: 18},
    ),
    "totals of an offence, of its major and of all": (
        TOP + TWO + "ROBBERY,ROBBERY OF PERSONAL PROPERTY,Camden,7,8\nROBBERY,Total,,97,113\n"
        "Total,,,97,113\n", {JAN: 90, FEB: 105},
    ),
    "a total, a share and a year beside the months": (
        "MajorText,MinorText,BoroughName,202401,202402,Total,2024,% change\n"
        f"{ROBBERY}Camden,50,60,110,110,20%\n", {JAN: 50, FEB: 60},
    ),
    "notes under the table": (
        TOP + TWO + "\nSource: MPS\n1. Provisional\nNote,subject to revision,,,\n",
        {JAN: 90, FEB: 105},
    ),
    "tabs in UTF-16 under a title": (
        ("Crime\n\n" + TOP + TWO).replace(",", "\t").encode("utf-16"), {JAN: 90, FEB: 105},
    ),
    "the turn of a year, columns and months in any order": (
        "202401,BoroughName,MinorText,202312,MajorText\n"
        "6,Camden,ROBBERY OF BUSINESS PROPERTY,5,ROBBERY\n", {(2023, 12): 5, JAN: 6},
    ),
    "dates as headings again": (
        book(Data=[
            years(dt.date(2024, 1, 1), dt.date(2024, 2, 1)), robbery("Camden", 50, 60),
            years(dt.date(2024, 1, 1), dt.date(2024, 2, 1)), robbery("Brent", 40, 45),
        ]), {JAN: 90, FEB: 105},
    ),
    "a formula without its value": (book(Data=[HEAD, robbery("Camden", "=25+25", 60)]), {FEB: 60}),
}  # fmt: skip


@pytest.mark.few(2)
@pytest.mark.parametrize(("text", "months"), PUBLISHED.values(), ids=PUBLISHED)
def test_what_a_file_comes_to_once_published(files, text, months):
    account = files.load(text)
    assert account.value_read == (
        account.value_accepted + account.value_rejected + account.value_excluded
    )
    assert files.months() == months


def test_a_category_that_was_split_counts_once(files):
    files.folder.own_catalogue(
        "offence,mps-borough-crime,MURDER,murder\n"
        "offence,mps-borough-crime,MANSLAUGHTER,manslaughter\n"
    )
    violence = "VIOLENCE AGAINST THE PERSON,"
    files.load(TOP + f"{violence}HOMICIDE,Camden,3,4\n", vintage="2024-04-10")
    files.load(TOP + f"{violence}MURDER,Camden,2,3\n{violence}MANSLAUGHTER,Camden,1,1\n")
    assert files.months("homicides") == {JAN: 3, FEB: 4}


MARKED = TWO.replace("50", '"1,050"')


@pytest.mark.parametrize(
    ("earlier", "later", "months"),
    [(TWO, MARKED, {FEB: 105}), (MARKED, TWO, {JAN: 90, FEB: 105})],
    ids=["the later edition", "the earlier edition"],
)
def test_a_month_with_a_rejected_count_is_never_added_to_that_of_another_edition(
    files, earlier, later, months
):
    files.load(TOP + earlier, vintage="2024-04-10")
    files.load(TOP + later)
    assert files.months() == months


def test_what_lies_in_no_borough_is_in_the_whole_alone_and_said(files):
    nowhere = f"{ROBBERY}Unknown,3,4\n{ROBBERY}Not specified,1,2\n{ROBBERY}Heathrow,2,0\n"
    account = files.load(TOP + TWO + nowhere)
    assert account.warnings[-1] == (
        "12 counted in no borough, so in the whole alone "
        "('Unknown' 7, 'Not specified' 3, 'Heathrow' 2)"
    )
    assert files.months() == {JAN: 96, FEB: 111}


def test_days_of_months_are_read_day_first(files):
    rows = "".join(
        f"01/{month}/2024,month,Camden,ROBBERY OF BUSINESS PROPERTY,{n}\n"
        for month, n in (("02", 12), ("03", 10))
    )
    files.load("date,grain,borough,offence,offences\n" + rows, kind="counts")
    assert files.months() == {FEB: 12, MARCH: 10}


def test_a_major_category_that_was_renamed_counts_once(files):
    files.load(TOP + TWO, vintage="2024-04-10")
    files.load(TOP + TWO.replace("ROBBERY,R", "Robbery Offences,R").replace("50", "51"))
    assert files.months() == {JAN: 91, FEB: 105}


@pytest.mark.parametrize(("known", "partly"), [("2024-02-28", True), ("2024-02-29", False)])
def test_a_month_that_has_not_ended_when_the_file_is_known_is_part_of_one(files, known, partly):
    files.load(TOP + TWO, vintage=known)
    first, second = files.rows()
    assert (first["numerator"], second["numerator"]) == (90, 105)
    assert (first["provisional"], second["provisional"]) == (False, partly)
