"""What a status says in words: variation, assurance, and an objective's whole sentence; pure."""

from __future__ import annotations

from typing import Any

from dashboard.reports.tasking.chances import percent
from dashboard.words import numbers

# States of dashboard.stats.spc in words; colour and shape only repeat them.
VARIATION = {
    "improvement_high": "higher, better than usual",
    "improvement_low": "lower, better than usual",
    "concern_high": "higher, worse than usual",
    "concern_low": "lower, worse than usual",
    "neutral_high": "higher than usual",
    "neutral_low": "lower than usual",
    "common": "in its usual range",
}
ASSURANCE = {
    "consistent_pass": "will normally meet",
    "consistent_fail": "will not meet without change",
    "inconsistent": "may or may not meet",
}


def sentence(row: dict[str, Any]) -> str:
    """A row of the objectives board as one sentence, true of it by construction.

    'Gun-enabled crime, detection: 21 % (201 of 964) in April to June 2004; in its usual range;
    may or may not meet at least 20 % in 2004/05; likely by the year's end (71 %).'
    """
    if row["value"] is None:
        return f"{row['name']}: no figures are loaded [x]."
    parts = ""
    if row["denominator"] is not None:
        parts = f" ({numbers.rate(row['numerator'], row['denominator'])})"
    said = [
        f"{row['name']}: {numbers.figure(row['value'], row['unit'])}{parts} "
        f"in {row['period_words']}",
        VARIATION.get(row["variation"], "not judged"),
    ]
    if row["target_words"]:
        said.append(
            f"{ASSURANCE.get(row['assurance'], 'not judged against')} {row['target_words']}"
        )
    if row["chance"] is not None:
        said.append(f"{row['chance_words']} by the year's end ({percent(row['chance'])})")
    return f"{'; '.join(said)}."
