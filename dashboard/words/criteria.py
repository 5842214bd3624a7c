"""The nine criteria of the EFQM excellence model, by their numbers. Pure."""

from __future__ import annotations

# EFQM Excellence Model of 2003: five enablers, four results.
CRITERIA = {
    1: "Leadership",
    2: "Policy and strategy",
    3: "People",
    4: "Partnerships and resources",
    5: "Processes",
    6: "Customer results",
    7: "People results",
    8: "Society results",
    9: "Key performance results",
}


def criterion(number: int) -> str:
    """'3 People'."""
    return f"{number} {CRITERIA[number]}"
