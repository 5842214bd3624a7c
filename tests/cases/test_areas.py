"""Areas of another level are refused by name; what stands twice is named."""

from __future__ import annotations

import pytest

from dashboard.errors import ContentError
from tests.cases.shapes import (
    HEAD,
    ROBBERY,
    TOP,
    TWO,
    book,
    robbery,
)

LEVELS = "area_type,MajorText,MinorText,BoroughName,202401\n"


@pytest.mark.parametrize("levels", [("Borough", "Ward"), ("Ward", "Ward"), ("Borough", "Part")])
def test_rows_of_several_levels_are_never_added_up(files, levels):
    rows = "".join(f"{level},{ROBBERY}Camden,7\n" for level in levels)
    with pytest.raises(ContentError, match="keep the rows of boroughs"):
        files.load(LEVELS + rows)


def test_a_column_that_says_that_all_rows_are_boroughs_is_no_hindrance(files):
    account = files.load(LEVELS + f"Borough,{ROBBERY}Camden,7\nBorough,{ROBBERY}Brent,8\n")
    assert (account.value_accepted, account.warnings) == (15, ())


@pytest.mark.parametrize("area", ["Bloomsbury SNT", "Highgate (Ward)", "Camden 001A"])
def test_one_area_of_a_finer_level_beside_boroughs_is_refused_by_name(files, area):
    with pytest.raises(ContentError, match="1 area that is no borough"):
        files.load(TOP + TWO + f"{ROBBERY}{area},5,6\n")


def test_names_none_of_which_is_a_borough_are_another_level(files):
    wards = "".join(f"{ROBBERY}{name},5,6\n" for name in ("Bloomsbury", "Highgate", "Kilburn"))
    with pytest.raises(ContentError, match="3 areas that are no boroughs"):
        files.load(TOP + wards)


def test_the_same_minor_of_two_majors_is_two_categories_of_one_name(files):
    rows = "THEFT,OTHER THEFT,Camden,5,5\nVEHICLE OFFENCES,OTHER THEFT,Camden,7,7\n"
    account = files.load(TOP + rows)
    assert account.value_accepted == 24
    assert not any("twice" in text for text in account.warnings)


@pytest.mark.parametrize(
    ("second", "said"),
    [("30,31", "line 3 repeats line 2"), ("3,4", "2 rows share their area, offence and period")],
)
def test_a_borough_by_its_name_and_by_another_is_named(files, second, said):
    rows = f"{ROBBERY}Westminster,30,31\n{ROBBERY}City of Westminster,{second}\n"
    account = files.load(TOP + rows)
    assert said in account.warnings[0]
    both = "'City of Westminster' and 'Westminster' are one area"
    assert any(both in text for text in account.warnings)


def test_rows_that_differ_in_capitals_alone_stand_twice(files):
    account = files.load(TOP + f"{ROBBERY}Camden,5,6\n{ROBBERY}CAMDEN,5,6\n")
    assert "line 3 repeats line 2" in account.warnings[0]
    assert len(account.warnings) == 1


def test_two_sheets_that_spell_one_borough_two_ways_both_count_it(files):
    sheets = {"A": [HEAD, robbery("Westminster", 1, 2)]}
    sheets["B"] = [HEAD, robbery("City of Westminster", 1, 2)]
    with pytest.raises(ContentError, match="sheets A and B both count"):
        files.load(book(**sheets))
