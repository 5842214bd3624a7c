"""A contract file, run by another process: it refuses the rows that importing refuses."""

from __future__ import annotations

import csv
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dashboard import ingest
from dashboard.__main__ import app
from dashboard.ingest.contract import checking

DAY = date(2015, 2, 1)
HEAD = "crime_ref,reported_on,offence,borough,ocu\n"
SOUND = "C1,2015-01-02,robbery_business,Hackney,SCD7\n"
# A day that is not in the calendar and a unit that is not ours in one row; a reference said twice.
FAULTY = "C2,2015-13-02,robbery_business,Hackney,XX9\nC1,2015-01-03,robbery_business,Camden,SCD7\n"

MADE = {
    "kind": "crimes",
    "made_on": "2015-01-01",
    "directorate": "The directorate",
    "columns": [("ocu", "yes", "SCD7", "SCD7"), ("detection", "", "sanction non_sanction", "")],
}


@pytest.fixture(scope="module")
def contract(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("contract") / "crimes.pyz"
    done = CliRunner().invoke(app, ["kinds", "crimes", "--contract", str(path)])
    assert done.exit_code == 0, done.output
    return path


def run(contract: Path, *words: str, options: tuple[str, ...] = ()) -> subprocess.CompletedProcess:
    call = [sys.executable, "-I", *options, str(contract), *words]
    return subprocess.run(call, capture_output=True, text=True, cwd=contract.parent)


def test_the_same_rows_are_refused_for_the_same_reasons(contract: Path, tmp_path: Path):
    extract = tmp_path / "extract.csv"
    extract.write_text(HEAD + SOUND + FAULTY, "utf-8")
    done = run(contract, str(extract), "--vintage", str(DAY))
    (account,) = ingest.import_files("crimes", [extract], data=tmp_path / "data", vintage=DAY)
    told = extract.with_name("extract.csv.rejects.csv")
    assert told.read_text("utf-8") == Path(account.rejects or "").read_text("utf-8")
    lines = {row["line"]: row["rule"] for row in csv.DictReader(told.open(encoding="utf-8"))}
    assert sorted(lines) == ["3", "4"]  # two rows, though three rules were broken
    assert done.returncode == 1
    assert "2 rows rejected" in done.stdout
    assert account.warnings[0] in done.stdout


def test_what_is_sound_is_taken_and_the_rejects_of_before_go(
    contract: Path, tmp_path: Path, capsys
):
    extract = tmp_path / "extract.csv"
    extract.write_text(HEAD + SOUND, "utf-8")
    before = extract.with_name("extract.csv.rejects.csv")
    before.write_text("those of an earlier check", "utf-8")
    assert checking.main(MADE, [str(extract), "--vintage", str(DAY)], contract.name) == 0
    assert "accepted               1 rows" in capsys.readouterr().out
    assert not before.exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nowhere.csv"], "no file"),
        (["nowhere.csv", "--column", "ocu"], "COLUMN=HEADING"),
        (["--values", "colour"], "no column 'colour'"),
    ],
)
def test_what_was_asked_wrongly_is_said(words: list[str], said: str, capsys):
    assert checking.main(MADE, words, "crimes.pyz") == 2
    assert said in capsys.readouterr().err


def test_all_that_a_column_may_hold_is_listed(capsys):
    assert checking.main(MADE, ["--values", "detection"], "crimes.pyz") == 0
    assert capsys.readouterr().out.split() == ["sanction", "non_sanction"]


def test_without_its_libraries_it_says_what_to_install(contract: Path):
    done = run(contract, "extract.csv", options=("-S",))  # -S: no installed library is seen
    assert done.returncode == 2
    assert "pip install duckdb==" in done.stderr


def test_it_holds_no_roles(contract: Path):
    with zipfile.ZipFile(contract) as packed:
        assert packed.read("data/catalogue/roles.toml") == b""
        assert packed.read("data/catalogue/offences.csv")


def test_what_is_there_is_not_written_over(contract: Path):
    before = contract.read_bytes()
    done = CliRunner().invoke(app, ["kinds", "crimes", "--contract", str(contract)])
    assert done.exit_code != 0
    assert contract.read_bytes() == before
