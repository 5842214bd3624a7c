"""The sample and real files never make one snapshot; the sample is never laid over real files."""

from __future__ import annotations

from datetime import date

import pytest
from typer.testing import CliRunner

from dashboard import ingest
from dashboard.__main__ import app
from dashboard.errors import ContentError
from dashboard.ingest.importing import MARK
from tests.browser.server import free_port

HEAD = "crime_ref,reported_on,offence,borough,ocu\n"
ROW = "{},2004-07-05,robbery_business,Camden,SCD7\n"


@pytest.fixture
def synthetic(folder):
    """A data folder with a file of a sample in it."""
    place = folder.path / "made"
    place.mkdir()
    (place / MARK).touch()
    (place / "crimes.csv").write_text(HEAD + ROW.format("S1"))
    made = place / "crimes.csv"
    known = date(2004, 7, 11)
    ingest.import_files("crimes", [made], data=folder.data, vintage=known, columns={})
    return folder


def test_a_mix_is_refused_and_each_alone_is_published(synthetic):
    synthetic.load("crimes", HEAD + ROW.format("R1"), "2004-07-11")
    with pytest.raises(ContentError, match="a file of the synthetic sample and 1 other are"):
        synthetic.publish("2004-07-12")
    made = next(item for item in ingest.staged(synthetic.data) if item.sample)
    ingest.withdraw(made, synthetic.data)
    assert synthetic.publish("2004-07-12").sample is False


def test_what_is_known_after_the_day_is_no_mix(synthetic):
    ingest.withdraw(ingest.staged(synthetic.data)[0], synthetic.data)
    place = synthetic.path / "made"
    synthetic.load("crimes", HEAD + ROW.format("R1"), "2004-07-11")
    (place / "more.csv").write_text(HEAD + ROW.format("S2"))
    later = date(2004, 7, 20)
    ingest.import_files(
        "crimes", [place / "more.csv"], data=synthetic.data, vintage=later, columns={}
    )
    assert synthetic.publish("2004-07-12").sample is False
    with pytest.raises(ContentError, match="synthetic sample"):
        synthetic.publish("2004-07-26")


@pytest.mark.parametrize("command", ["run", "sample"])
def test_the_sample_is_not_laid_over_what_is_imported(folder, command):
    folder.load("crimes", HEAD + ROW.format("R1"), "2004-07-11")
    # A port of its own: a dashboard that is open on the usual one is no reason to fail.
    port = ["--port", str(free_port())] if command == "run" else []
    done = CliRunner().invoke(app, [command, "--data", str(folder.data), *port])
    assert isinstance(done.exception, ContentError)
    assert "publish it" in str(done.exception)
    assert not (folder.data / "sample").exists()
