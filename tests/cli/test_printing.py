"""What commands list: in words for people, by names and values for programs."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pyarrow as pa
import pytest
from rich.console import Console

from dashboard.cli import printing
from dashboard.cli.printing import Format
from dashboard.cli.spelling import spelt_out
from dashboard.errors import turns_text

ROW = {
    "due_on": date(2031, 7, 14),
    "unit_code": "OCU7",
    "days_over": -15,
    "rows_read": 26_595,
    "held_on": None,
    "delta": False,
    "description": "[alert] of [b]bold[/b]",
}


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, ""),
        (True, "yes"),
        (False, "no"),
        (0, "0"),
        (26_595.0, "26,595"),
        (-2.5, "−2.50"),
        (date(2031, 7, 14), "14 July 2031"),
        (datetime(2031, 7, 14, 9, 5, 1, tzinfo=UTC), "14 July 2031, 09:05"),
    ],
)
def test_a_value_in_words(value, said):
    assert printing.in_words(value) == said


def test_a_list_has_no_names_of_columns_and_no_codes_of_types(capsys):
    printing.print_rows([ROW], as_json=False)
    said = capsys.readouterr().out
    assert not [name for name in ROW if "_" in name and name in said]
    assert not [raw for raw in ("None", "False", "2031-07-14", "-15") if raw in said]
    assert "26,595" in said and ROW["description"] in said


def test_programs_read_names_and_values(capsys):
    printing.print_rows([ROW], as_json=True)
    assert json.loads(capsys.readouterr().out) == [ROW | {"due_on": "2031-07-14"}]


def test_a_query_keeps_the_names_of_its_sql(capsys):
    printing.print_table(pa.table({"period_start": [date(2031, 7, 14)]}), Format.table)
    said = capsys.readouterr().out
    assert "period_start" in said and "2031-07-14" in said


HOSTILE = "=cmd \u202e\x1b[2J\x7f\u2028"


@pytest.mark.parametrize("form", Format)
def test_nothing_that_was_read_steers_what_it_is_printed_on(capsys, form):
    with spelt_out():
        printing.print_table(pa.table({"operation": [HOSTILE]}), form)
        print(HOSTILE)
        printing.print_rows([{"file": HOSTILE}], as_json=False)
    said = capsys.readouterr().out
    assert not [letter for letter in said if turns_text(letter)]
    assert r"\u202e\u001b[2J\u007f\u2028" in said
    if form is Format.json:
        assert json.loads(said.splitlines()[0]) == [{"operation": HOSTILE}]


def test_a_cell_of_a_query_is_no_formula_in_a_spreadsheet(capsys):
    printing.print_table(pa.table({"operation": ["=1+1"], "n": [-3]}), Format.csv)
    assert capsys.readouterr().out.splitlines()[1] == "'=1+1,-3"


def test_what_rich_draws_goes_past(capsys):
    with spelt_out(), spelt_out():
        Console(force_terminal=True, color_system="standard").print("[red]x[/red]")
    assert "\x1b[31m" in capsys.readouterr().out
