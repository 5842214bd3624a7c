"""The strategic page: its views, what is typed, and what it says where nothing is loaded."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from dashboard import reports
from dashboard.reports.strategy import (
    achieved,
    capacity,
    harm,
    levels,
    needs,
    priorities,
    workshop,
)
from dashboard.ui.strategy.sections import VIEWS
from tests.screens import screen

AS_AT = "2004-07-12"


@pytest.fixture
def opened():
    def run(data: Path, view: str, **params: str) -> AppTest:
        page = screen("strategy", data, **{"as_at": AS_AT, "view": view, **params})
        page.run()
        assert not page.exception and not page.error
        return page

    return run


def text(page: AppTest) -> str:
    said = " ".join(item.proto.body for item in page.get("html"))
    return re.sub(r"\s+", " ", re.sub(r"<style>.*?</style>|<[^>]+>", " ", said, flags=re.S))


def test_each_view_says_its_statement_first(opened, sample_data):
    request = reports.open_request(date.fromisoformat(AS_AT), None, sample_data)
    statements = {
        "priorities": priorities.priorities(request).title,
        "capacity": capacity.capacity(request).title,
        "harm": harm.units(request).title,
        "targets": levels.levels_of(request, workshop.units(request)[0]).title,
        "needs": needs.needs(request).title,
    }
    assert set(statements) == set(VIEWS)
    for view, title in statements.items():
        page = opened(sample_data, view)
        heads = [item.proto.body for item in page.get("html") if "<h1" in item.proto.body]
        assert len(heads) == 1 and title in re.sub(r"<[^>]+>", "", heads[0])


def test_a_level_that_is_typed_has_its_chance_beside_and_is_in_the_address(opened, sample_data):
    request = reports.open_request(date.fromisoformat(AS_AT), None, sample_data)
    asked = {"unit": "MPS", "measure": "gun_crime"}
    page = opened(sample_data, "targets", **asked)
    (field,) = page.number_input
    plain = workshop.workshop(request, "MPS", "gun_crime", None)
    assert field.value == plain.level
    field.set_value(3900.0).run()
    assert page.query_params["level"] == "3900"
    typed = workshop.workshop(request, "MPS", "gun_crime", 3900.0)
    assert typed.sentence in text(page)
    assert f"{100 * typed.chance:.0f} %" in text(page)
    # Another measure is another thing: its own level stands in the field.
    (measure,) = (item for item in page.selectbox if item.label == "Measure")
    measure.set_value("homicides").run()
    assert "level" not in page.query_params
    assert page.number_input[0].value == workshop.workshop(request, "MPS", "homicides", None).level


def test_a_share_is_typed_in_per_cent(opened, sample_data):
    request = reports.open_request(date.fromisoformat(AS_AT), None, sample_data)
    asked = {"unit": "MPS", "measure": "gun_crime_detection", "level": "21.5"}
    page = opened(sample_data, "targets", **asked)
    assert page.number_input[0].value == 21.5
    assert workshop.workshop(request, "MPS", "gun_crime_detection", 0.215).sentence in text(page)


@pytest.mark.parametrize(
    ("said", "words"),
    [("many", "no number"), ("-1", "0 or more"), ("nan", "0 or more"), ("inf", "0 or more")],
)
def test_a_link_with_a_level_that_is_none_says_so(opened, sample_data, said, words):
    page = opened(sample_data, "targets", unit="MPS", measure="gun_crime", level=said)
    assert words in text(page)


def test_without_any_source_each_view_says_what_it_lacks(opened, folder):
    folder.load("strength", "unit_code,month,posts,in_post\nSCD7,2004-06-01,9,8\n", "2004-07-11")
    folder.publish(AS_AT)
    assert "No level for" in text(opened(folder.data, "targets"))
    assert "Nothing was decided by then" in text(opened(folder.data, "priorities"))
    assert "its work is not counted in reports" in text(opened(folder.data, "capacity"))
    said = text(opened(folder.data, "needs"))
    assert "[x]" in said


def test_years_are_sums_of_the_observations_and_breaks_are_told(sample_data):
    request = reports.open_request(date.fromisoformat(AS_AT), None, sample_data)
    rows = {row["measure"]: row for row in priorities.priorities(request).rows.to_pylist()}
    observed = pl.read_parquet(request.snapshot.path / "marts" / "observations.parquet")
    for name in ("gun_crime", "homicides", "commercial_robbery", "commercial_robbery_detection"):
        row, own = rows[name], observed.filter(pl.col("measure") == name)
        assert row["years"] == ["2000/01", "2001/02", "2002/03", "2003/04"]
        for year, value in zip(range(2000, 2004), row["values"], strict=True):
            span = pl.col("period_start").is_between(
                date(year, 4, 1), date(year + 1, 4, 1), closed="left"
            )
            part = own.filter(span)
            came = part["numerator"].sum()
            whole = part["denominator"].sum() if name.endswith("detection") else 1
            assert value == pytest.approx(came / whole)
    # On 1 April 2002 recorded crime changed its meaning.
    assert rows["gun_crime"]["broken"] == [True, True, False, False]
    assert " | 2002/03" in rows["gun_crime"]["over_years"]
    # Whose a figure is: the owner's own page shows fewer homicides than all units have.
    said = {name: rows[name]["scope"] for name in ("homicides", "trident_murders")}
    assert said == {"homicides": "all units, SCD1 leads", "trident_murders": "SCD8's own"}
    # A year with a return that was not sent is not known.
    assert rows["firearms_recovered"]["values"][-1] is None


def test_decisions_are_counted_once_by_what_came_of_them(sample_data):
    request = reports.open_request(date.fromisoformat(AS_AT), None, sample_data)
    rows = achieved.achieved(request).rows.to_pylist()
    assert all(row["n"] == sum(row[name] for name in achieved.STATES) for row in rows)
    results = achieved.results(request).rows.to_pylist()
    told = sum(row[name] for row in rows for name in ("worked", "did_not", "not_told"))
    assert told == len(results) == 3
    # As it stood: before the first meeting that judged any, none had a result.
    before = reports.open_request(date(2004, 5, 3), None, sample_data)
    assert achieved.results(before).rows.num_rows == 0


@pytest.mark.parametrize(
    ("row", "state"),
    [
        ({"verdict": "worked", "state": "known", "ratio": 0.5}, "worked"),
        ({"verdict": "did_not", "state": "known", "ratio": 0.5}, "did_not"),
        ({"verdict": "cannot_tell", "state": "known", "ratio": 0.5}, "not_told"),
        ({"verdict": "", "state": "withdrawn", "ratio": 0.5}, "withdrawn"),
        ({"verdict": "", "state": "open", "ratio": 0.5}, "waiting"),
        ({"verdict": "", "state": "done", "ratio": None}, "other"),
    ],
)
def test_a_decision_is_in_one_state(row, state):
    assert achieved.state(row) == state


def test_needs_are_sums_of_strength_and_of_areas(sample_data):
    request = reports.open_request(date.fromisoformat(AS_AT), None, sample_data)
    rows = {row["unit_code"]: row for row in needs.needs(request).rows.to_pylist()}
    facts = request.snapshot.path / "facts"
    strength = pl.read_parquet(facts / "strength.parquet")
    last = strength.filter(pl.col("month") == pl.col("month").max())
    for item in last.iter_rows(named=True):
        row = rows[item["unit_code"]]
        assert (row["reviews_done"], row["reviews_of"]) == (item["pdr_done"], item["pdr_due"])
        assert (row["vetting_done"], row["vetting_of"]) == (item["vetted"], item["in_post"])
    areas = pl.read_parquet(facts / "improvements.parquet").filter(pl.col("status") != "closed")
    whole = rows.pop("SCD")
    for part in ("reviews_done", "reviews_of", "vetting_done", "vetting_of"):
        assert whole[part] == sum(row[part] for row in rows.values())
    assert whole["reviews"] == whole["reviews_done"] / whole["reviews_of"]
    assert whole["areas"] == areas.height > sum(row["areas"] for row in rows.values())
    assert whole["overdue"] == (areas["due_on"] < date.fromisoformat(AS_AT)).sum()
