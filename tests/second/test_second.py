"""A directorate of another kind: five OCUs, twelve districts, a meeting every Thursday; no tiles,
no neighbours, other weapons. Every page, pack and command on its own data, and no other's name."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner

from dashboard import catalogue, queries, reports
from dashboard.__main__ import app
from dashboard.reports.alerts import alert_list
from dashboard.reports.packs.contents import PACKS
from tests import identities
from tests.screens import NAMES, asked, screen
from tests.second import files
from tests.second.conftest import AS_ATS, CATALOGUE

AS_AT = AS_ATS[-1]
MEASURES = 10


@pytest.fixture
def request_(second: Path) -> reports.Request:
    return reports.open_request(AS_AT, data=second)


def free_of(text: str, others: set[str], read_by_people: bool = True) -> None:
    """Names no other directorate; and, in words for people, no window but the week.

    Names of columns and keys are the same for every directorate.
    """
    windows = {"fortnight", "Fortnight", "fortnights", "Fortnights"} if read_by_people else set()
    lines = text.splitlines()
    found = identities.found_in(text, others | windows)
    near = [
        re.findall(rf".{{0,60}}\b{re.escape(name)}.{{0,30}}", lines[at - 1]) for at, name in found
    ]
    assert near == []


def test_the_catalogue_is_sound(second: Path):
    assert catalogue.faults(CATALOGUE, queries.measure_ids(catalogue.ours())) == []
    assert queries.owner_faults(catalogue.load(CATALOGUE)) == []
    assert queries.faults() == []
    assert len(queries.measures()) == MEASURES
    assert queries.measures()["cyber_attacks"].owner == "FRU3"


def test_an_owner_that_is_no_unit_says_what_to_write(tmp_path: Path):
    for path in CATALOGUE.rglob("*"):
        if path.is_file() and path.name != "roles_of_units.csv":
            target = tmp_path / path.relative_to(CATALOGUE)
            target.parent.mkdir(exist_ok=True)
            target.write_bytes(path.read_bytes())
    found = queries.owner_faults(catalogue.load(tmp_path))
    assert any(
        fault.startswith("measures/cyber_attacks.sql: the owner 'cyber' is no unit")
        and fault.endswith("write the line cyber,UNIT into roles_of_units.csv")
        for fault in found
    )


def test_a_map_is_made_for_areas_without_tiles(request_: reports.Request):
    areas = [item for item in request_.catalogue.areas.values() if item.kind == "borough"]
    places = [(item.grid_x, item.grid_y) for item in sorted(areas, key=lambda item: item.name)]
    assert places[:5] == [(1, 0), (2, 0), (3, 0), (4, 0), (1, 1)]
    assert len(set(places)) == 12


def test_figures_are_those_of_the_sources(request_: reports.Request):
    crimes = files.crimes().with_columns(pl.col("reported_on").dt.truncate("1mo").alias("month"))
    for measure, rows in (
        ("drug_trafficking", crimes.filter(pl.col("offence") == "drug_trafficking")),
        ("cyber_attacks", crimes.filter(pl.col("offence") == "computer_misuse")),
        ("gun_crime", crimes.filter(pl.col("weapon") == "firearm")),
    ):
        told = pl.DataFrame(
            request_.run("measure_series", measure=measure, level="force", grain="month")
        )
        mine = rows.group_by("month").agg(pl.len().cast(pl.Float64).alias("n"))
        both = told.join(mine, left_on="period_start", right_on="month", how="full")
        assert both.height == 27 and told["unit_code"].unique().to_list() == ["FEN"]
        assert (both["numerator"] == both["n"]).all(), measure


def test_the_week_before_the_thursday_is_tested_against_fifty_two(request_: reports.Request):
    assert request_.fortnight.words == "23 February to 1 March 2026"
    assert request_.meeting == date(2026, 3, 5)
    found = alert_list.alert_list(request_).alerts.rows.to_pylist()
    risen = {row["measure"]: row for row in found if row["borough"] == files.RISEN}
    alert = risen["gun_crime"]  # of the planted rise a third came with firearms
    assert len([value for value in alert["spark"] if value is not None]) == 53
    assert "in the week to 1 March" in alert["sentence"]


@pytest.mark.few(2)
@pytest.mark.parametrize("page", NAMES)
def test_every_page_opens_and_names_no_other(page: str, second: Path, others: set[str]):
    shown = screen(page, as_at=AS_AT.isoformat())
    parts = [asked(shown)]
    parts += [str(item.options) + item.label for item in shown.selectbox]
    parts += [str(element.proto) for element in shown.get("bidi_component")]  # the wall
    text = re.sub(r"<style>.*?</style>", " ", " ".join(parts), flags=re.S)
    assert len(text) > 100
    # What a query takes is said to analysts in the words of its parameters.
    free_of(re.sub(r"<[^>]+>", " ", text), others, page != "explore")


@pytest.mark.few(2)
@pytest.mark.parametrize(
    ("view", "words"),
    [
        ("overdue", "1 recommendation, 2 reviews and 1 visit are overdue"),
        ("visits", "1 of 7 visits owed by the head of the unit were not made in their quarter"),
        ("reviews", "0 of 2 other reviews were done by their day"),
        ("improvement", "Plans that say who does what"),
    ],
)
def test_each_view_of_accountability_is_of_its_own_units(view, words, second, others):
    shown = screen("accountability")
    shown.query_params["as_at"], shown.query_params["view"] = AS_AT.isoformat(), view
    shown.run()
    assert not shown.exception and not shown.error
    said = re.sub(r"<[^>]+>", " ", " ".join(item.proto.body for item in shown.get("html")))
    assert words in said
    free_of(said, others)


@pytest.mark.few(2)
@pytest.mark.parametrize("name", sorted(PACKS))
def test_every_pack_is_written_and_names_no_other(
    name: str, second: Path, others: set[str], tmp_path: Path
):
    given = ["report", name, "--as-at", AS_AT.isoformat(), "--out", str(tmp_path / "pack.csv")]
    wanted = {"unit": ["--unit", "FRU1"], "borough": ["--borough", "D07"]}
    done = CliRunner().invoke(app, given + wanted.get(PACKS[name].needs, []))
    assert done.exit_code == 0, done.output
    assert "could not be made" not in done.stderr
    free_of((tmp_path / "pack.csv").read_text("utf-8-sig"), others)


@pytest.mark.few(2)
@pytest.mark.parametrize(
    "words",
    [
        "check",
        "alerts --as-at 2026-03-02 --json",
        "alerts --as-at 2026-03-02",
        "alerts --as-at 2026-03-02 --digest text",
        "alerts --as-at 2026-03-02 --digest html",
        "backtest --as-at 2026-03-02 --json",
        "backtest --as-at 2026-03-02",
        "query measure_series measure=kidnaps level=ocu grain=week --format csv",
        "query returns_missing --format json",
        "snapshots list --json",
        "snapshots verify",
        "snapshots compare 2026-02-23 2026-03-02 --json",
    ],
)
def test_every_command_is_answered_and_names_no_other(words: str, second: Path, others: set[str]):
    done = CliRunner().invoke(app, words.split())
    assert done.exit_code == 0, done.output
    free_of(done.output, others, "json" not in words)


def test_a_snapshot_carries_its_own_catalogue(second: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv(catalogue.VARIABLE)
    request = reports.open_request(AS_AT, data=second)
    assert (request.force, request.marking) == ("FEN", "OFFICIAL")
    assert json.dumps(sorted(request.measures)).count("cyber_attacks") == 1
