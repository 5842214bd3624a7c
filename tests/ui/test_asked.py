"""What a page asks of a snapshot that was published and reckoned: counts, which do not vary."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.benchmarks import selections
from tests.choosing import EXHAUSTIVE

ROOT = Path(__file__).resolve().parents[2]
MOST = 3  # queries a page
MORE = {"ocu: borough": 4}  # series, records, faults and mix of one area are asked live
RECKON = (
    "import sys; from pathlib import Path; from dashboard import snapshots;"
    "from dashboard.cli.reckoning import reckon;"
    "data = Path(sys.argv[1]); reckon(data, snapshots.listing(data))"
)


@pytest.mark.skipif(not EXHAUSTIVE, reason="it reckons eight meetings, and draws every page anew")
def test_a_new_selection_asks_three_queries_at_most(sample_copy):
    data = sample_copy()
    subprocess.run([sys.executable, "-c", RECKON, str(data)], cwd=ROOT, check=True)
    asked = {cost.words: cost.asked for cost in selections.costs(data)}
    assert len(asked) >= 20
    assert {words: n for words, n in asked.items() if n > MOST} == MORE
