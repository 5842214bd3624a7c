"""The gate's comparer: what it leaves out, and that nothing else passes."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest

from tests.gate.comparer import Answers, Compared, alike, between, compare, masked

STAMP = "Snapshot,4d05fd7fa731\nQuery,e75449bb5850\nProduced by,nobody\nHackney,23\n"


def answers(
    folder: Path, alerts: list[dict], n: list[float], failed: dict | None = None
) -> Answers:
    """A tree's answers: one command, one mart of one snapshot."""
    marts = folder / "tables" / "2004-07-12" / "marts"
    (folder / "outputs").mkdir(parents=True)
    marts.mkdir(parents=True)
    (folder / "outputs" / "alerts.json").write_text(json.dumps(alerts), "utf-8")
    about = {"ids": ["4d05fd7fa731"], "program": "0.1.0", "failed": failed or {}}
    (folder / "about.json").write_text(json.dumps(about), "utf-8")
    places = [f"place {number}" for number in range(len(n))]
    pl.DataFrame({"place": places, "n": n}).write_parquet(marts / "sums.parquet")
    return Answers(folder)


def different(base: Answers, head: Answers) -> list[Compared]:
    return [item for item in compare(base, head) if item.differences]


def test_what_names_the_build_is_left_out():
    other = STAMP.replace("4d05fd7fa731", "17670ed3c907").replace("e75449bb5850", "0123456789ab")
    other = other.replace("nobody", "somebody, 13 July 2004")
    before = masked("a.csv", STAMP, ["4d05fd7fa731"], "0.1.0")
    assert masked("a.csv", other, ["17670ed3c907"], "0.1.0") == before
    assert before[-1] == {"column 1": "Hackney", "column 2": "23"}  # a figure stays


def test_only_the_programs_own_version_is_masked():
    said = masked("a.txt", "0.1.0 and 10.1.0 and 0.1.01", [], "0.1.0")
    assert said == [{"line": "<program> and 10.1.0 and 0.1.01"}]


def test_equal_answers_are_equal(tmp_path):
    rows = [{"place": "Hackney", "now": 23}]
    pair = [answers(tmp_path / tree, rows, [0.5]) for tree in ("base", "head")]
    assert different(*pair) == [] and len(list(compare(*pair))) == 2


def test_a_changed_figure_is_named_in_a_command_and_in_a_mart(tmp_path):
    base = answers(tmp_path / "base", [{"place": "Hackney", "now": 23}], [0.5, 1.0])
    head = answers(tmp_path / "head", [{"place": "Hackney", "now": 24}], [0.5, 1.25])
    command, mart = different(base, head)
    assert command.differences == ["row 1 (Hackney): now 23 → 24"]
    assert mart.differences == ["2004-07-12: (place 1): n 1.0 → 1.25"]


def test_a_row_more_is_found_in_both_directions(tmp_path):
    rows = [{"place": "Hackney"}, {"place": "Camden"}]
    base, head = answers(tmp_path / "a", rows, [1.0, 2.0]), answers(tmp_path / "b", rows[:1], [1.0])
    assert "row 2 only in BASE: place 'Camden'" in different(base, head)[0].differences
    assert "2004-07-12: 2 rows → 1" in different(base, head)[1].differences
    assert "row 2 only in HEAD: place 'Camden'" in different(head, base)[0].differences


def test_order_counts_in_an_answer():
    rows = [{"place": "Hackney"}, {"place": "Camden"}]
    assert between(rows, rows[::-1]) != []


def test_a_missing_mart_or_command_is_found(tmp_path):
    base = answers(tmp_path / "base", [], [1.0])
    head = answers(tmp_path / "head", [], [1.0], {"alerts.json": "exit code 1"})
    (head.folder / "tables/2004-07-12/marts/sums.parquet").unlink()
    (head.folder / "outputs/alerts.json").unlink()
    command, mart = different(base, head)
    assert command.differences == ["not there in HEAD: exit code 1"]
    assert mart.differences == ["2004-07-12: not there in HEAD"]


def test_a_command_that_fails_in_both_trees_is_no_agreement(tmp_path):
    pair = [answers(tmp_path / tree, [], [], {"pack.csv": "exit code 1"}) for tree in "ab"]
    assert [item.name for item in different(*pair)] == ["pack.csv"]


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        (230190.65000000002, 230190.65000000005, True),  # threads added in another order
        ("1.5 230190.65000000002", "1.5 230190.65000000005", True),  # a line of figures in a cell
        (230190.65, 230190.66, False),  # a penny
        (1e-15, 2e-15, False),  # small chances are figures too
        (36, 36.0, False),  # another type
        (None, 0, False),  # missing is not zero
        ("12 alerts", "13 alerts", False),
    ],
)
def test_figures_agree_to_eleven_digits(old, new, same):
    assert alike(old, new) is same
