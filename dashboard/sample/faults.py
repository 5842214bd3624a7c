"""Reports with one housekeeping fault each, planted among those of one fortnight in March 2004."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np

from dashboard.sample import clock, lives
from dashboard.sample.clock import NEVER
from dashboard.sample.lives import Lives

SINCE, UNTIL = date(2004, 3, 8), date(2004, 3, 22)
EACH = 6
FAULTS = {
    "unvalidated": "nobody has validated the report",
    "unsupervised": "no supervisor has seen the report",
    "no_update": "open, and nothing entered since 31 March 2004",
    "ethnicity_missing": "the victim is a person whose ethnicity is left blank",
    "detection_unauthorised": "detected, and nobody has authorised the detection",
}


def plant(block: Lives) -> list[dict[str, Any]]:
    """Plants the faults in the block's reports, where it holds that fortnight; lists them.

    A report gets one fault, and whatever else might be wrong with it is put right.
    """
    clean = _clean(block)
    person = block.victim_kind == lives.VICTIM_KINDS.index("person")
    undetected = clean & (block.detection_known == NEVER)
    detected = clean & (block.detection_known < clock.day(date(2004, 3, 31)))
    fitting = {
        "unvalidated": clean,
        "unsupervised": clean,
        "no_update": undetected,
        "ethnicity_missing": clean & person,
        "detection_unauthorised": detected,
    }
    chosen: list[dict[str, Any]] = []
    taken = np.zeros(len(block.number), dtype=bool)
    for fault, why in FAULTS.items():
        rows = np.flatnonzero(fitting[fault] & ~taken)[:EACH]
        taken[rows] = True
        _put_right(block, rows, person)
        _spoil(block, rows, fault)
        chosen += [
            {
                "crime_ref": f"C{block.number[row]:09d}",
                "fault": fault,
                "ocu": lives.OCUS[block.ocu[row]],
                "why": why,
            }
            for row in rows
        ]
    return chosen


def _clean(block: Lives) -> np.ndarray:
    """SCD's reports of the fortnight that nothing else happened to."""
    return (
        (block.reported_on >= clock.day(SINCE))
        & (block.reported_on < clock.day(UNTIL))
        & (block.entered_on == block.reported_on)
        & (block.no_crimed_on == NEVER)
        & (block.reclassified_on == NEVER)
        & (block.ocu != lives.OCUS.index("TP"))
        & (block.located_on == 0)
    )


def _put_right(block: Lives, rows: np.ndarray, person: np.ndarray) -> None:
    block.validated_on[rows] = block.reported_on[rows] + 1
    block.supervised_on[rows] = block.reported_on[rows] + 2
    detected = rows[block.detection_known[rows] < NEVER]
    block.authorised_on[detected] = block.detection_known[detected]
    blank = rows[person[rows] & (block.ethnicity[rows] < 0)]
    block.ethnicity[blank] = lives.ETHNICITIES.index("W1")
    for name in ("updated_1", "updated_2", "updated_3"):
        getattr(block, name)[rows] = NEVER
    # An update just before the last as-at, so that only the planted fault stands.
    block.updated_3[rows] = clock.day(date(2004, 7, 5))


def _spoil(block: Lives, rows: np.ndarray, fault: str) -> None:
    if fault == "unvalidated":
        block.validated_on[rows] = NEVER
    elif fault == "unsupervised":
        block.supervised_on[rows] = NEVER
    elif fault == "no_update":
        block.updated_3[rows] = NEVER
    elif fault == "ethnicity_missing":
        block.ethnicity[rows] = -1
    else:
        block.authorised_on[rows] = NEVER
