"""The stamp's words, and file names that every system takes."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.export import Produced
from dashboard.export.forms import stamping
from tests.export.conftest import STAMP


def test_the_stamp_says_all_that_is_asked_of_it(series, produced):
    said = dict(stamping.lines(series, produced, ("[x]", "[p]")))
    assert said["Marking"] == "RESTRICTED"
    assert said[""] == "SAMPLE DATA"
    assert said["As at"] == "12 July 2004"
    assert said["Filters"] == "unit SCD7"
    assert (said["Snapshot"], said["Query"]) == ("8772eacc1fda", "ff3ce11686a4")
    assert said["Produced by"] == "local, not signed in, 13 July 2004 09:30 UTC"
    assert ("Symbol", "[x] not available") in stamping.lines(series, produced, ("[x]",))


def test_no_filter_is_said_too():
    assert stamping.filters(replace(STAMP, filters=())) == "none"


def test_figures_that_are_no_sample_do_not_say_so(series, produced):
    real = replace(series, stamp=replace(STAMP, sample=False))
    assert "SAMPLE DATA" not in str(stamping.lines(real, produced))
    assert stamping.banner(real.stamp) == "RESTRICTED"


def test_summer_time_is_written_as_utc():
    london = timezone(timedelta(hours=1))
    made = Produced("analyst", datetime(2004, 7, 13, 0, 30, tzinfo=london))
    assert made.words == "analyst, 12 July 2004 23:30 UTC"


def test_the_foot_counts_pages_only_where_there_are_some(series, produced):
    assert stamping.footer(series, produced, 2, 3).endswith("page 2 of 3")
    assert "page" not in stamping.footer(series, produced)


@pytest.mark.parametrize(
    ("marking", "name", "file"),
    [
        ("Restricted", 'a<b>:"c"/d\\e|f?g*', "RESTRICTED_SAMPLE-DATA_a-b-c-d-e-f-g_2004-07-12.csv"),
        ("Restricted", "../../etc/passwd", "RESTRICTED_SAMPLE-DATA_etc-passwd_2004-07-12.csv"),
        ("Restricted", "***", "RESTRICTED_SAMPLE-DATA_table_2004-07-12.csv"),
        ("CON", "x", "xCON_SAMPLE-DATA_x_2004-07-12.csv"),  # a device, were it not for the x
        ("COM1.secret", "x", "xCOM1.SECRET_SAMPLE-DATA_x_2004-07-12.csv"),
        ("", "x", "UNMARKED_SAMPLE-DATA_x_2004-07-12.csv"),
    ],
)
def test_file_names(marking, name, file):
    assert stamping.file_name(replace(STAMP, marking=marking), name, "csv") == file


@given(marking=st.text(max_size=200), name=st.text(max_size=300))
def test_any_name_is_safe_on_windows(marking, name):
    file = stamping.file_name(replace(STAMP, marking=marking), name, "xlsx")
    assert len(file) <= 120
    assert file.endswith("_2004-07-12.xlsx")
    assert not set('<>:"/\\|?*') & set(file)
    assert not any(ord(sign) < 32 or ord(sign) == 127 for sign in file)
    assert not file.startswith((" ", "."))
    assert not stamping.DEVICES.fullmatch(file.split(".")[0])


@pytest.mark.parametrize("sign", ["\x00", "\x0b", "\x1f", "\ufffe", "\uffff"])
def test_what_xml_forbids_is_replaced(sign):
    assert stamping.clean(f"a{sign}b") == "a\ufffdb"


@pytest.mark.parametrize("sign", ["\t", "\n", " ", "\ufffd", "\U0001f600", "é"])
def test_what_xml_allows_stays(sign):
    assert stamping.clean(sign) == sign


def test_line_ends_are_those_that_xml_keeps():
    assert stamping.clean("a\r\nb\rc") == "a\nb\nc"
