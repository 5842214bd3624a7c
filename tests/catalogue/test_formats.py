"""Files of published formats: what `check` says of each that is not as it should be."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dashboard import catalogue
from dashboard.catalogue import format_files

LONG = """\
title = "Incidents by district"
source = "https://example.org/incidents"
shape = "long"
level = "borough"
grain = "month"
optional = ["kind"]

[columns]
period = ["Month"]
area = ["District"]
offence = ["Type"]
count = ["Number"]
kind = ["Kind"]

[[leave_out]]
rule = "test_rows"
why = "they are exercises"
when = [{ column = "kind", is = ["Exercise"] }]
"""
WIDE = """\
title = "Incidents by ward"
source = "https://example.org/incidents"
shape = "wide"
level = "ward"
grain = "month"
apart = ["ward"]

[columns]
ward = ["Ward code"]
area = ["District"]
offence = ["Type"]

[first_month]
below = 0.1
why = "it is cut off"
"""


def faults_of(folder: Path, text: str, name: str = "force-incidents") -> list[str]:
    (folder / "formats").mkdir(exist_ok=True)
    (folder / "formats" / f"{name}.toml").write_text(text, "utf-8")
    found: list[str] = []
    format_files.read_all(folder, found)
    return found


@pytest.mark.parametrize("text", [LONG, WIDE])
def test_a_sound_format_has_no_fault(tmp_path, text):
    assert faults_of(tmp_path, text) == []


def test_what_a_format_says(tmp_path):
    faults_of(tmp_path, LONG)
    (found,) = format_files.read_all(tmp_path, []).values()
    assert (found.name, found.level, found.grain, found.fineness) == (
        "force-incidents", "borough", "month", 0,
    )  # fmt: skip
    assert found.reasons == {"test_rows": "they are exercises"}
    assert found.readings[0].columns["area"] == ("District",)


@pytest.mark.parametrize(
    ("old", "new", "line", "sentence"),
    [
        ('shape = "long"', 'shape = "tall"', 3, 'shape is one of "long", "wide"; got: \'tall\''),
        ('level = "borough"', 'level = "county"', 4, "level is one of"),
        ('grain = "month"', 'grain = "week"', 5, "grain is one of"),
        ('grain = "month"', 'grains = "month"', 5, "grains is no key; write one of grain"),
        ('grain = "month"\n', "", 1, 'grain is missing; write grain = "month"'),
        ('title = "Incidents by district"', "title = 7", 1, "title is a text in quotes"),
        ('period = ["Month"]', 'period = "Month"', 9, "period is a list of texts in quotes"),
        ('period = ["Month"]', 'year = ["Year"]', 8, "a period, or a year and a month"),
        ('count = ["Number"]', "", 8, 'rows = "records"'),
        ('area = ["District"]', "", 8, "one of them"),
        ('offence = ["Type"]', "", 8, 'either [columns] has offence = ["…"]'),
        ('area = ["District"]', 'Area = ["District"]', 10, "can't be a role"),
        ('count = ["Number"]', 'count = ["Number"]\nline = ["Line"]', 13, "can't be a role"),
        ('column = "kind"', 'column = "sort"', 18, "when names a role of [columns]"),
        ('is = ["Exercise"]', 'are = ["Exercise"]', 18, "are is no key"),
        (', is = ["Exercise"]', "", 18, "one of is, is_not and blank"),
        ('why = "they are exercises"\n', "", 15, "[[leave_out]] has a rule, a why and a when"),
        ('optional = ["kind"]', 'stacked = ["kind"]', 6, "at least two names"),
        ('optional = ["kind"]', 'optional = ["sort"]', 6, "optional names a role of [columns]"),
        ('optional = ["kind"]', 'offence = "fraud"', 8, "either [columns] has offence"),
        ('optional = ["kind"]', "rows = 2", 6, 'rows is one of "counts", "records"'),
        ('shape = "long"', 'shape = "long', 3, "not readable as TOML"),
    ],
)
def test_a_fault_has_its_line_and_says_what_to_write(tmp_path, old, new, line, sentence):
    assert old in LONG
    found = faults_of(tmp_path, LONG.replace(old, new, 1))
    assert any(
        fault.startswith(f"formats/force-incidents.toml:{line}: ") and sentence in fault
        for fault in found
    ), found


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("below = 0.1", "below = 10", "[first_month] has below = 0.1"),
        ('grain = "month"', 'grain = "day"', 'write grain = "month"'),
        ('offence = ["Type"]', 'offence = ["Type"]\ncount = ["N"]', "no period, count or records"),
        ('shape = "wide"', 'shape = "long"', "[first_month] is of a wide format"),
        ('[first_month]', '[lookup]\nfile = "a/b.csv"\nby = []\n\n[first_month]', "[lookup] has"),
        ('[first_month]', '[values]\ncolumn = "ward"\n\n[first_month]', "[values] says which"),
        ('[first_month]', '[known]\ncolumn = "ward"\n\n[first_month]', "[known] lists the words"),
        ('[first_month]', '[spellings]\nward = "x"\n\n[first_month]', "[spellings.ward]"),
        ('[first_month]', '[[variant]]\nvalue = "offences"\n[[variant]]\nvalue = "outcomes"\n'
         '[first_month]', "a variant is known by its counts"),
    ],
)  # fmt: skip
def test_faults_of_what_goes_together(tmp_path, old, new, sentence):
    found = faults_of(tmp_path, WIDE.replace(old, new, 1))
    assert any(sentence in fault for fault in found), found


@pytest.mark.parametrize("name", ["incidents", "Force-incidents", "force_incidents"])
def test_a_file_is_named_by_publisher_and_what(tmp_path, name):
    assert "is named publisher-what.toml" in faults_of(tmp_path, LONG, name)[0]


def test_what_a_format_names_stands_in_the_catalogue(tmp_path):
    own = tmp_path / "catalogue"
    shutil.copytree(catalogue.PACKAGED, own)
    text = LONG.replace('offence = ["Type"]\n', "").replace(
        "optional", 'words_of = "no-such"\noffence = "sheep_rustling"\noptional'
    )
    (own / "formats" / "force-incidents.toml").write_text(text)
    says = own / "directorate.toml"
    says.write_text('formats = ["mps-nothing"]\n' + says.read_text())
    found = catalogue.faults(own)
    assert len(found) == 3
    assert any("offence is a code of offences.csv; got: 'sheep_rustling'" in f for f in found)
    assert any("words_of names a format; got: 'no-such'" in fault for fault in found)
    assert any("formats lists packaged ones" in fault for fault in found)


def test_the_formats_of_a_catalogue_are_its_own_and_those_that_it_lists(tmp_path):
    own = tmp_path / "catalogue"
    shutil.copytree(catalogue.PACKAGED, own)
    shutil.rmtree(own / "formats")
    packaged = catalogue.load(catalogue.PACKAGED).formats
    assert catalogue.load(own).formats == packaged
    before = catalogue.load(own).hash
    (own / "formats").mkdir()
    (own / "formats" / "force-incidents.toml").write_text(LONG)
    says = own / "directorate.toml"
    says.write_text('formats = ["police-uk-street"]\n' + says.read_text())
    found = catalogue.load(own)
    assert set(found.formats) == {"police-uk-street", "force-incidents"}
    assert found.hash != before
