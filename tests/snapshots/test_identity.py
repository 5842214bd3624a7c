"""A snapshot's id covers what makes it: code and SQL that make figures, not what pages ask."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dashboard.queries import files
from dashboard.snapshots import identity


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the package and its SQL that may be changed."""
    shutil.copytree(identity.PACKAGE, tmp_path / "dashboard")
    shutil.copytree(files.FOLDER, tmp_path / "queries")
    monkeypatch.setattr(files, "FOLDER", tmp_path / "queries")
    return tmp_path


def method_of(tree: Path) -> str:
    identity.method.cache_clear()
    return identity.method(tree / "dashboard")


@pytest.mark.parametrize(
    ("changed", "is_another"),
    [
        ("dashboard/snapshots/facts.py", True),  # a mended fact is another snapshot
        ("dashboard/ingest/parsing.py", True),
        ("dashboard/stats/farrington.py", True),
        ("dashboard/access/records.py", True),  # whose records are open stands in the units mart
        ("dashboard/access/roles.py", False),
        ("queries/measures/homicides.sql", True),
        ("queries/macros/series_rows.sql", True),
        ("queries/publish/published.sql", True),
        ("queries/reports/tasking/pressure.sql", False),  # a page's question
        ("dashboard/reports/tasking/pressures.py", False),
        ("dashboard/charts/spc.py", False),
    ],
)
def test_the_id_changes_with_what_makes_figures(tree, changed, is_another):
    before = method_of(tree)
    path = tree / changed
    path.write_text(path.read_text("utf-8") + "\n", "utf-8")
    assert (method_of(tree) != before) is is_another
    identity.method.cache_clear()
