"""`report`: where a scheduler's pack goes, under which name, and what it says."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from dashboard.__main__ import app
from dashboard.errors import NotFoundError, UsageError

NAME = "RESTRICTED_SAMPLE-DATA_Weekly-pack_2004-07-12"


@pytest.fixture
def run(sample_data):
    def call(*words: str):
        given = ("report", *words, "--as-at", "2004-07-12", "--data", str(sample_data))
        return CliRunner().invoke(app, given)

    return call


def test_in_a_folder_it_has_its_own_name(run, tmp_path):
    found = run("weekly", "--out", str(tmp_path), "--format", "csv")
    assert found.exit_code == 0, found.output
    (file,) = tmp_path.iterdir()
    assert file.name == f"{NAME}.csv"
    assert f"{file}: {file.stat().st_size:,} bytes." in found.output


@pytest.mark.parametrize(("ending", "starts"), [("csv", b"\xef\xbb\xbf"), ("XLSX", b"PK")])
def test_its_form_is_the_one_that_its_name_ends_in(run, tmp_path, ending, starts):
    file = tmp_path / f"pack.{ending}"
    assert run("weekly", "--out", str(file)).exit_code == 0
    assert file.read_bytes().startswith(starts)


def test_a_name_and_a_form_that_differ_are_refused(run, tmp_path):
    found = run("weekly", "--out", str(tmp_path / "a.pptx"), "--format", "pdf")
    assert isinstance(found.exception, UsageError)
    assert str(found.exception) == "--out ends in .pptx, --format says pdf"
    assert not list(tmp_path.iterdir())


def test_a_folder_that_is_not_there_is_said_before_the_work(run, tmp_path, monkeypatch):
    monkeypatch.setattr(
        "dashboard.export.packs.files.produce", lambda *a, **k: pytest.fail("worked")
    )
    found = run("weekly", "--out", str(tmp_path / "none" / "a.csv"))
    assert isinstance(found.exception, UsageError) and "no such folder" in str(found.exception)


def test_an_older_file_stays_whole_until_the_new_one_is(run, tmp_path):
    file = tmp_path / "a.csv"
    file.write_bytes(b"older")
    assert isinstance(run("nothing", "--out", str(file)).exception, NotFoundError)
    assert file.read_bytes() == b"older"
    assert run("weekly", "--out", str(file)).exit_code == 0
    assert file.read_bytes() != b"older"
    assert [item.name for item in tmp_path.iterdir()] == ["a.csv"]
