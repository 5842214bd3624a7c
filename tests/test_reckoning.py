"""What Why? says of a figure: the rows, parameters and files that it really came from."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from dashboard import queries, reports, rows
from dashboard.reports.alerts import alert_list
from dashboard.reports.measure import chart_rows, covers, past_chances, verdicts
from dashboard.reports.measure.window import Window
from dashboard.reports.tasking import bar_rows, forecasts, objectives, pressures
from dashboard.reports.trends import seasons, series_at
from dashboard.stats import year_end

ROOT = Path(__file__).parent.parent / "dashboard"


def _disclosed():
    """Each call in the program that discloses rows of a query by its name: where, query, whether
    it says what it was asked with."""
    for path in sorted(ROOT.rglob("*.py")):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call):
                given = {item.arg: item.value for item in call.keywords}
                name = getattr(given.get("query"), "value", None)
                if "title" in given and isinstance(name, str):
                    told = given.get("params")
                    keys = getattr(told, "keys", [None])  # of a dict that is written out
                    named = {getattr(key, "value", None) for key in keys}
                    asked = set(queries.report(name).parameters)
                    whole = told is not None and (None in named or asked <= named)
                    yield f"{path.name}:{call.lineno}", name, whole


def test_what_was_asked_with_parameters_says_with_which():
    listed = list(_disclosed())
    assert len(listed) > 40
    silent = [where for where, name, said in listed if queries.report(name).parameters and not said]
    assert not silent


@pytest.mark.parametrize(
    ("measure", "unit", "grain"),
    [("commercial_robbery", "SCD7", "month"), ("commercial_robbery", "MPS", "week")],
)
def test_what_a_why_says_asked_again_gives_the_rows_of_its_figure(request_, measure, unit, grain):
    """Both charts of a series, by the query and the parameters that they name."""
    track = series_at.track_at(request_, series_at.Place(measure, unit), grain, Window(3))
    drawn = chart_rows.chart(request_, track)
    for shown in (drawn, seasons.seasonal(request_, track)):
        given = {key: said for key, said in shown.why.params.items() if said != "not given"}
        asked = covers.answer(request_, shown.why.query, **given).rows.to_pylist()
        points = {row["period_start"]: row["numerator"] for row in shown.rows.to_pylist()}
        assert {row["period_start"]: row["numerator"] for row in asked} == points
        assert len(asked) == shown.why.rows_read > 12
    drawn_breaks = [row["note"] for row in drawn.rows.to_pylist() if row["note"]]
    assert len(drawn.why.breaks) == len(drawn_breaks) == len(track.notes)


def test_a_break_that_is_drawn_is_said_and_one_beyond_the_data_is_not(request_):
    (said,) = request_.definition("commercial_robbery").breaks
    assert said.startswith("1 April 2002: ")  # those of later years lie beyond the sample


def test_a_composed_report_names_the_files_of_all_its_columns(request_):
    said = " ".join(pressures.pressure(request_).why.sources)
    assert all(kind in said for kind in ("crimes", "overtime", "overtime_budget", "strength"))


@pytest.fixture(scope="module")
def request_(sample_data):
    return reports.open_request(None, None, sample_data)


def test_an_alert_says_what_was_expected_in_each_of_its_boroughs(request_):
    listed = alert_list.alert_list(request_)
    why = listed.alerts.why
    for row, said in zip(alert_list.of_tier(listed.alerts), why.reckoned[1:], strict=True):
        assert f"{row['now']:,} in " in said and f"{row['expected']:.1f} expected" in said
        if len(row["boroughs"]) > 1:
            assert all(request_.catalogue.areas[code].name in said for code in row["boroughs"])
    assert why.sources and all(item.startswith("crimes") for item in why.sources)


def test_a_forecast_says_the_days_that_it_was_read_from(request_):
    why = forecasts.coming(request_).why
    assert why.params["since"] < why.params["until"] == str(request_.fortnight.until)


def test_a_target_that_is_not_foretold_is_without_a_forecast_in_title_and_row(request_):
    board = rows.typed(objectives.Said, objectives.board(request_).rows)
    aimed = bar_rows.objectives(board)
    unforeseen = [item for item in aimed if not bar_rows.outlook(item)]
    told = [row for row in board if (row["verdict"] or "").startswith("not foretold")]
    assert told and {row["measure"] for row in told} <= {item.of["measure"] for item in unforeseen}
    missed = [item.of for item in aimed if bar_rows.outlook(item) == bar_rows.MISSED]
    assert missed == [item.of for item in aimed if verdicts.is_missed(item.of["miss"])]


def test_likely_to_be_missed_is_the_threshold_that_words_a_chance_unlikely():
    assert year_end.chance_words(year_end.UNLIKELY) == "unlikely"
    assert verdicts.is_missed(1 - year_end.UNLIKELY)
    assert not verdicts.is_missed(1 - year_end.UNLIKELY - 0.01)


def test_beside_chances_stands_what_the_same_words_came_to_before(request_):
    said = past_chances.record(request_, ["unlikely", "likely"])
    assert "'unlikely' came true in" in said
    assert "'likely'" not in said  # about as said
    assert past_chances.record(request_, ["likely"]).endswith("about as said")
    assert past_chances.record(request_, []) == ""
    board = objectives.board(request_)
    assert any("came true in" in note for note in board.notes)
    assert any("past year ends" in words for words in board.why.reckoned)


def test_a_chance_is_worded_as_the_record_of_such_chances_came_true(request_, monkeypatch):
    def row(words, said, came, low, high):
        return {"words": words, "mean_chance": said, "share": came, "low": low, "high": high}

    record = [
        row("unlikely", 0.22, 0.48, 0.23, 0.69),  # what they said lies just below the interval
        row("likely", 0.78, 0.60, 0.50, 0.78),  # and at its end: about as said
        row("very unlikely", 0.03, 0.13, 0.04, 0.38),
        row("under 1 in 100", 0.0006, 0.0, 0.0, 0.39),  # its own record, which bears it out
    ]
    monkeypatch.setattr(past_chances, "record_of_chances", lambda _: record)
    corrected = [past_chances.corrected(request_, said) for said in (0.33, 0.7, 0.05, 0.001, 0.5)]
    assert corrected == [0.48, 0.7, 0.13, 0.001, 0.5]  # of the last nothing was ever said
    assert past_chances.corrected(request_, 0.0) == 0.0  # passed already: there is no doubt left
    assert [verdicts.is_missed(1 - said) for said in corrected] == [False, False, True, True, False]
