"""What a new organisation calls first: version, init, check, kinds, import, imports, publish."""

from __future__ import annotations

import csv
import subprocess
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dashboard import __version__, catalogue, ingest, snapshots
from dashboard.__main__ import app
from dashboard.errors import ContentError, NotFoundError, UsageError

ROOT = Path(__file__).resolve().parents[2]


def call(*words: str) -> str:
    done = CliRunner().invoke(app, list(words), catch_exceptions=True)
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    assert done.exit_code == 0, done.output
    return done.output


@pytest.fixture
def started(tmp_path: Path) -> Path:
    """A catalogue as `init` writes it."""
    call("init", str(tmp_path / "own"))
    return tmp_path / "own"


def test_version_and_commit():
    head = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True
    )
    assert call("--version").split() == [__version__, *head.stdout.split()]


def test_what_init_writes_is_sound_and_is_not_written_over(started: Path):
    assert "are sound" in call("check", "--catalogue", str(started))
    with pytest.raises(UsageError, match="is there already"):
        call("init", str(started))


def test_from_init_to_a_snapshot(started: Path, tmp_path: Path):
    own = ("--catalogue", str(started), "--data", str(tmp_path / "data"))
    template = tmp_path / "crimes.csv"
    call("kinds", "crimes", "--template", str(template), *own)
    with template.open(encoding="utf-8") as file:
        (row,) = csv.DictReader(file)
    assert (row["ocu"], row["offence"], row["borough"]) == ("OCU1", "drug_trafficking", "A01")
    call("import", "crimes", str(template), "--vintage", "2021-07-06", *own)
    assert "Published 2021-07-07" in call("publish", "--as-at", "latest", *own)
    (info,) = snapshots.listing(tmp_path / "data")
    assert snapshots.catalogue_of(info).directorate.force == "FORCE"


def test_kinds_lists_all_and_the_values_of_the_catalogue(started: Path):
    listed = call("kinds")
    assert all(
        name in listed
        for name in (*ingest.KINDS, *ingest.count_kinds(catalogue.load(catalogue.PACKAGED)))
    )
    said = [line.split("│")[2].strip() for line in listed.splitlines() if line.startswith("│")]
    assert len(said) == len(set(said)) > 20
    assert "imitation_firearm" in call("kinds", "crimes", "--catalogue", str(started))
    with pytest.raises(NotFoundError, match="crimes"):
        call("kinds", "crime")


def test_an_import_can_be_seen_and_withdrawn(folder):
    head = "crime_ref,reported_on,offence,borough,ocu\n"
    folder.load("crimes", head + "R1,2004-07-01,murder,Camden,SCD1\n", "2004-07-02")
    own = ("--data", str(folder.data))
    (item,) = ingest.staged(folder.data)
    listed = call("imports", "list", *own)
    assert str(item.sequence)[-4:] in listed and str(item.sequence) not in listed
    assert str(item.sequence) in call("imports", "list", "--json", *own)
    assert '"rows_accepted": 1' in call("imports", "show", str(item.sequence), *own)
    assert "is withdrawn" in call("imports", "withdraw", str(item.sequence), *own)
    assert ingest.staged(folder.data) == []
    assert len(list((folder.data / "withdrawn" / "crimes").iterdir())) == 2
    with pytest.raises(ContentError, match="nothing is imported, so nothing is published"):
        call("publish", "--as-at", "2004-07-12", *own)
    folder.load("crimes", head + "R1,2004-07-01,murder,Camden,SCD1\n", "2004-07-02")
    with pytest.raises(ContentError, match="known before 2004-07-01.*known on 2004-07-02"):
        call("publish", "--as-at", "2004-07-01", *own)


def test_a_catalogue_that_is_not_there_and_the_variable_that_names_one(
    started: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    with pytest.raises(UsageError, match="--catalogue names a folder"):
        call("check", "--catalogue", str(tmp_path / "none"))
    monkeypatch.setenv(catalogue.VARIABLE, str(started))
    assert catalogue.folder_of(tmp_path) == started
    assert "0 measures are sound" in call("check")


def test_what_brings_nothing_fails_and_what_lies_beside_the_sample_is_said(tmp_path: Path):
    own = ("--data", str(tmp_path / "data"))
    (tmp_path / "sample").mkdir()
    (tmp_path / "sample" / "SAMPLE").touch()
    head = "unit_code,month,heading,budget_gbp,actual_gbp\n"
    made, mine, empty = tmp_path / "sample" / "a.csv", tmp_path / "b.csv", tmp_path / "c.csv"
    for path, rows in ((made, "SCD1,2004-05-01,pay,1,1\n"), (mine, "SCD1,2004-05-01,pay,1,2\n")):
        path.write_text(head + rows, "utf-8")
    empty.write_text(head, "utf-8")
    asked = ["import", "finance", "--vintage", "2004-07-01", *own]
    nothing = CliRunner().invoke(app, [*asked, str(empty)])
    assert nothing.exit_code == 1 and "nothing was accepted" in nothing.output
    assert "synthetic" not in CliRunner().invoke(app, [*asked, str(made)]).output
    assert "nothing is published of a mix" in CliRunner().invoke(app, [*asked, str(mine)]).output


def test_every_kind_that_is_listed_says_its_columns():
    assert "offences" in call("kinds", "counts")
