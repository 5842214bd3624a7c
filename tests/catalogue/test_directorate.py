"""directorate.toml: what it says, what `check` says of a faulty one, and that it is part of a
catalogue's identity."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from dashboard import catalogue
from dashboard.errors import ContentError

FOLDER = Path(__file__).resolve().parents[2] / "data" / "catalogue"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FOLDER, tmp_path / "catalogue"))


def changed(folder: Path, old: str, new: str) -> list[str]:
    """The faults of the catalogue once `old` is written `new` in directorate.toml."""
    file = folder / "directorate.toml"
    text = file.read_text("utf-8")
    assert re.search(old, text, re.M)
    file.write_text(re.sub(old, new, text, flags=re.M), "utf-8")
    return catalogue.faults(folder)


def test_the_sample_s_directorate():
    own = catalogue.load(FOLDER).directorate
    assert (own.force, own.directorate, own.whole_area, own.area_word) == (
        "MPS", "SCD", "London", "borough",
    )  # fmt: skip
    assert own.calendar.window_end == date(2004, 7, 12)
    assert (own.calendar.every_weeks, own.calendar.cut_off, own.calendar.year_month) == (2, 1, 4)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (r"^brand = .*$", "", r"^directorate.toml:1: brand is missing; write brand = "),
        (r"^brand = ", "brnad = ", r"toml:6: brnad is no key; the keys are force, directorate"),
        (r"^force = .*$", 'force = "SCD1"', r"toml:4: force is a unit of level force .* has MPS;"),
        (r"^directorate = .*$", 'directorate = "X"', r"toml:5: .* which has SCD, TP; got: 'X'"),
        (r"04-01", "04-06", r"toml:9: planning_year_start is one of 01-01, 04-01, .* '04-06'"),
        (r"= 2004 ", '= "2004" ', r"toml:14: population_year is a whole number from 1801"),
        (r"every_weeks = 2", "every_weeks = 3", r"toml:18: \[meeting\] every_weeks is one of 1, 2"),
        (r"every_weeks = 2", "every_weeks = true", r"\[meeting\] every_weeks is one of 1, 2"),
        (r"2004-07-13 ", '"2004-07-13"', r"anchor is a day written YYYY-MM-DD without quotes"),
        (r"2004-07-13", "2004-07-14", r"anchor is a Tuesday; got: 2004-07-14, a Wednesday"),
        (r"cut_off = 1", "cut_off = 2", r"toml:20: .* ends on a Monday.*write cut_off = 1, got: 2"),
        (r"^\[meeting\]$", "[meetings]", r"weekday is missing; write weekday = "),
        (r"^currency = .*$", "currency = £", r"toml:12: the file is not readable as TOML"),
    ],
)
def test_a_fault_says_what_to_write(copy: Path, old: str, new: str, said: str):
    found = changed(copy, old, new)
    assert any(re.search(said, fault) for fault in found), found


def test_all_faults_are_told_at_once(copy: Path):
    found = changed(copy, r"^(brand|whole_area|area_word) = .*$", "")
    assert len(found) == 3


def test_exceptions_lie_on_the_directorate_s_own_grid(copy: Path):
    (copy / "meetings.csv").write_text(
        "kind,grid_date,held_on,note\ntactical,2004-07-20,2004-07-21,moved\n", "utf-8"
    )
    assert "is a Tuesday of the tactical grid (13 July 2004 and every 14 days)" in "".join(
        catalogue.faults(copy)
    )
    assert changed(copy, "every_weeks = 2", "every_weeks = 1") == []


def test_the_file_is_part_of_the_catalogue_s_identity(copy: Path):
    before = catalogue.load(copy).hash
    changed(copy, "SCD Performance", "SCD Figures")
    assert catalogue.load(copy).hash != before


def test_a_catalogue_published_before_the_file_existed_is_read_with_the_former_one(copy: Path):
    (copy / "directorate.toml").unlink()
    with pytest.raises(ContentError, match="directorate.toml:1: the file is missing"):
        catalogue.load(copy)
    assert catalogue.load(copy, former=FOLDER).directorate.directorate == "SCD"


def test_its_roles_of_units_are_the_former_ones_too(copy: Path):
    (copy / "directorate.toml").unlink()
    (copy / "roles_of_units.csv").unlink()
    roles = dict(catalogue.load(copy, former=FOLDER).directorate.roles)
    assert roles["serious_crime"] == "SCD7"
    # One that has its directorate has no roles but its own.
    shutil.copy(FOLDER / "directorate.toml", copy)
    assert "serious_crime" not in dict(catalogue.load(copy, former=FOLDER).directorate.roles)
