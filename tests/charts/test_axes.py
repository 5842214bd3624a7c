"""Specs are checked against the schema here, and only here: the program builds the same ones."""

from __future__ import annotations

import subprocess
import sys

import altair as alt
import pytest
from altair.utils import schemapi

from dashboard.charts import axes

DRAWN = "from tests.charts.test_axes import wrong; wrong()"


def wrong() -> dict:
    """A chart with a line of a width that Vega-Lite does not have."""
    return axes.finished(alt.Chart(alt.NamedData("rows")).mark_line(strokeWidth="thick"))


def test_a_wrong_spec_fails_in_the_tests():
    with pytest.raises(schemapi.SchemaValidationError):
        wrong()


def test_the_program_does_not_spend_its_time_on_the_check():
    assert subprocess.run([sys.executable, "-c", DRAWN], check=False).returncode == 0
