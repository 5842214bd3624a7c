"""populations.csv: the published figures, and what a wrong row is told."""

import shutil
from pathlib import Path

import pytest

from dashboard import catalogue

CATALOGUE = Path(__file__).resolve().parents[2] / "data" / "catalogue"
HEAD = "area,year,population,workday_population,status,source\n"


@pytest.fixture
def folder(tmp_path) -> Path:
    return Path(shutil.copytree(CATALOGUE, tmp_path / "catalogue"))


def faults(folder: Path, rows: str) -> list[str]:
    (folder / "populations.csv").write_text(HEAD + rows, encoding="utf-8")
    return catalogue.faults(folder)


def test_figures_of_2004_are_those_of_the_boroughs_and_2025_is_a_projection():
    found = catalogue.load(CATALOGUE)
    boroughs = [area for area in found.areas.values() if area.kind == "borough"]
    for area in boroughs:
        row = found.people(area.code, 2004)
        assert (row.population, row.status) == (area.population, "estimate")
    assert {found.people(area.code, 2025).status for area in boroughs} == {"projection"}
    assert found.people("E09000033", 2025).population == 270_541
    assert found.people("E09000033", 2026) is None
    assert found.people("E09000001", 2025) is None  # the City is not policed by the Met


def test_a_catalogue_without_the_file_is_sound_and_hashes_as_before(folder):
    whole = catalogue.load(folder).hash
    (folder / "populations.csv").unlink()
    found = catalogue.load(folder)
    # What is left is the column of boroughs.csv, of the year that directorate.toml says.
    assert found.people("E09000033", 2004).source == "boroughs.csv"
    assert found.people("E09000033", 2005) is None
    assert found.hash != whole


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("E09000002,2004,0,,estimate,x\n", "populations.csv:2: a population is above 0"),
        ("E09000099,2004,5,,estimate,x\n", "populations.csv:2: area is a borough of boroughs.csv"),
        ("unknown,2004,5,,estimate,x\n", "populations.csv:2: area is a borough of boroughs.csv"),
        ("E09000002,2004,5,,guess,x\n", "populations.csv:2: status is one of estimate, projection"),
        (
            "E09000002,2004,5,,estimate,x\nE09000002,2006,5,,estimate,x\n",
            "populations.csv:3: years follow each other; E09000002 has none from 2005",
        ),
        (
            "E09000002,2004,5,,estimate,x\nE09000002,2004,6,,estimate,x\n",
            "populations.csv:3: area E09000002, year 2004 stands already on line 2",
        ),
    ],
)
def test_a_wrong_row_is_told_what_is_wrong(folder, rows, said):
    found = faults(folder, rows)
    assert any(fault.startswith(said) for fault in found), found


def test_a_sound_row_with_workday_population_is_read(folder):
    assert faults(folder, "E09000033,2011,219582,600000,estimate,a census\n") == []
    row = catalogue.load(folder).people("E09000033", 2011)
    assert (row.population, row.workday_population) == (219_582, 600_000)
