"""Targets that were accepted since the catalogue was edited: put into a copy of it, as its rows."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import fields
from datetime import date
from pathlib import Path

from dashboard.catalogue.model import Catalogue
from dashboard.catalogue.records import Target
from dashboard.catalogue.schema import TABLES
from dashboard.periods import day_words

COLUMNS = tuple(field.name for field in fields(Target))


def fitting(
    catalogue: Catalogue, targets: Iterable[Target], as_at: date, measures: Iterable[str]
) -> tuple[tuple[Target, ...], list[str]]:
    """Of the targets those that were set before `as_at` and that the catalogue has a place for;
    and of the others set by then why each is left out, in a sentence."""
    known, names = list(catalogue.targets), set(measures)
    kept: list[Target] = []
    left: list[str] = []
    for target in sorted(targets, key=lambda item: (item.set_on, item.measure, item.unit_code)):
        if target.set_on >= as_at:
            continue
        if reason := _misfit(catalogue, target, known, names):
            said = f"{target.measure} of {target.unit_code}, set on {day_words(target.set_on)}"
            left.append(f"the accepted target of {said} is left out: {reason}")
            continue
        known.append(target)
        kept.append(target)
    return tuple(kept), left


def _misfit(catalogue: Catalogue, target: Target, known: list[Target], measures: set[str]) -> str:
    """Why a target has no place beside those that are known; '' where it has."""
    if target.unit_code not in catalogue.units:
        return "the catalogue has no such unit"
    if target.measure not in measures:
        return "there is no such measure"
    if target.set_on >= target.until:
        return "it was set after its span had ended"
    return clash(target, known)


def clash(target: Target, known: Iterable[Target]) -> str:
    """Why a target can't stand beside others of the same measure and unit: a year has one target,
    revised only as a whole, and once a day; '' where it can."""
    for other in known:
        if (other.measure, other.unit_code) != (target.measure, target.unit_code):
            continue
        if target.since >= other.until or other.since >= target.until:
            continue
        if (other.since, other.until) != (target.since, target.until):
            span = f"{day_words(other.since)} to {day_words(other.until)}"
            return f"it overlaps the one that holds from {span}"
        if other.set_on == target.set_on:
            return f"another was set on {day_words(other.set_on)} too"
    return ""


def write(folder: Path, targets: Iterable[Target]) -> None:
    """Adds the targets to the targets.csv of a catalogue's copy, under its own columns; a file is
    made where there is none."""
    file = folder / TABLES["targets"].file
    content = file.read_text("utf-8-sig") if file.exists() else f"{','.join(COLUMNS)}\n"
    header = next(csv.reader(io.StringIO(content, newline="")))
    lines = io.StringIO(newline="")
    out = csv.writer(lines, lineterminator="\n")
    for target in targets:
        said = {**vars(target), "target": f"{target.target:.4f}".rstrip("0").rstrip(".")}
        out.writerow([said[name.strip().lower()] for name in header])
    gap = "" if content.endswith("\n") else "\n"
    file.write_text(f"{content}{gap}{lines.getvalue()}", encoding="utf-8")
