"""A snapshot of an older program opens, though it lacks what newer ones have."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dashboard import reports, snapshots
from dashboard.__main__ import app
from dashboard.errors import UsageError
from dashboard.reports.alerts import alert_list
from dashboard.snapshots import signal_marts
from tests import choosing
from tests.screens import NAMES, asked, screen
from tests.snapshots.older import older_copy

AS_AT = date(2004, 7, 12)
PAGES = Path(__file__).resolve().parents[2] / "pages"
# What the program of the first round did not write.
SINCE = [
    *(f"marts/{name}.parquet" for name in (*signal_marts.names(), "measure_units", "return_gaps")),
    *(f"catalogue/{name}" for name in ("directorate.toml", "roles_of_units.csv", "formats")),
]


@pytest.fixture(scope="module")
def older(sample_data, tmp_path_factory) -> Path:
    """A data folder with the sample's last snapshot as that program wrote it."""
    data = tmp_path_factory.mktemp("older") / "data"
    older_copy(snapshots.get(sample_data, AS_AT), data, SINCE)
    return data


def test_its_alerts_are_those_of_the_snapshot_that_has_them(older, sample_data):
    then, now = (reports.open_request(AS_AT, data=data) for data in (older, sample_data))
    rows = [alert_list.alert_list(request) for request in (then, now)]
    figures = [
        [(row["measure"], row["unit_code"], row["borough"], row["now"], row["q"]) for row in of]
        for of in map(alert_list.as_rows, rows)
    ]
    assert len(figures[1]) >= 3 and figures[0] == figures[1]


@pytest.mark.parametrize("page", choosing.chosen(NAMES, 3, "older-pages"))
def test_every_page_opens_it(older, page):
    assert asked(screen(page, older, as_at=str(AS_AT)))


def test_all_as_ats_are_made_anew_beside_what_an_older_program_made(folder, monkeypatch):
    """`publish --again`: the older snapshot stays as it was; a second time changes nothing."""
    head = "crime_ref,reported_on,offence,borough,ocu\n"
    folder.load("crimes", head + "R1,2004-07-01,robbery_business,Camden,SCD7\n", "2004-07-02")
    days = ("2004-07-05", "2004-07-19")
    with monkeypatch.context() as older:
        older.setattr("dashboard.snapshots.identity.method", lambda: "an older program")
        for day in days:
            folder.publish(day)
    before = {info.id for info in snapshots.listing(folder.data)}

    def again() -> str:
        done = CliRunner().invoke(app, ["publish", "--again", "--data", str(folder.data)])
        assert done.exit_code == 0, done.output
        return done.output

    assert "2 of 2 as-ats published anew" in again()
    found = {info.id for info in snapshots.listing(folder.data)}
    assert before < found and len(found) == 4
    newest = {str(info.as_at): info.id for info in snapshots.listing(folder.data)}
    assert not before & set(newest.values()) and set(newest) == set(days)
    assert "0 of 2 as-ats published anew" in again()


@pytest.mark.parametrize(
    "words", [("--again", "--as-at", "latest"), ("--again", "--json"), ()], ids=" ".join
)
def test_a_call_that_says_both_or_neither_is_refused(folder, words):
    done = CliRunner().invoke(app, ["publish", *words, "--data", str(folder.data)])
    assert isinstance(done.exception, UsageError)
