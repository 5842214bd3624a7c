"""Our functions against published figures, file by file, from the folder in REFERENCE_DIR.

Without it, the figures that stand in tests/reference are used; each file names its source,
commit and licence. Any other folder with files of these names and this format will do. A
file without a function is reported as skipped, by name; an empty folder fails.
"""

import json
import os
from pathlib import Path

import pytest

from tests.reference_checks import charts, comparison, foresight

CARRIED = Path(__file__).parent / "reference"
FOLDER = Path(os.environ.get("REFERENCE_DIR") or CARRIED)
FILES = sorted(FOLDER.glob("*.json"))
COVERED = {
    "alerts": foresight.alerts_of_counts,
    "anhoej_bounds": charts.anhoej_bounds,
    "ears": foresight.ears_limits,
    "farrington_flexible": foresight.farrington_flexible,
    "fdr": foresight.fdr,
    "funnel_exact_limits": comparison.funnel_exact_limits,
    "funnel_overdispersion": comparison.funnel_overdispersion,
    "funnel_significance_phe": comparison.funnel_significance_phe,
    "intervals_phe": comparison.intervals_phe,
    "poisson_two_period": comparison.poisson_two_period,
    "spc_counts_qicharts2": charts.spc_counts_qicharts2,
    "xmr_plotthedots": charts.xmr_plotthedots,
    "xmr_rule_units": charts.xmr_rule_units,
    "year_end": foresight.year_end_chances,
}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_reference_figures(path):
    content = json.loads(path.read_text(encoding="utf-8"))
    if path.stem not in COVERED:
        pytest.skip(f"no function for {path.stem}; covered: {', '.join(sorted(COVERED))}")
    COVERED[path.stem](content, content["tolerance"])


def test_there_are_figures_and_each_names_its_source():
    assert FILES, f"no reference figures in {FOLDER}"
    for path in FILES:
        content = json.loads(path.read_text(encoding="utf-8"))
        assert content["source"], path.name
        assert content["licence_of_source"], path.name


@pytest.mark.parametrize("name", sorted(COVERED))
def test_a_file_without_rows_checks_nothing_and_fails(name):
    content = json.loads((CARRIED / f"{name}.json").read_text(encoding="utf-8"))
    lists = [key for key, value in content.items() if isinstance(value, list) and key != "notes"]
    rows = [key for key in lists if isinstance(content[key][0], dict)] or ["p"]
    for key in rows:
        with pytest.raises(AssertionError):
            COVERED[name](content | {key: []}, content["tolerance"])


def test_the_carried_figures_cover_every_check():
    assert {path.stem for path in CARRIED.glob("*.json")} == set(COVERED)
