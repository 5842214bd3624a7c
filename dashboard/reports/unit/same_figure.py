"""Why one figure, or one target, has two rows or two verdicts: said where a unit's row stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dashboard.catalogue import ours
from dashboard.queries import Measure
from dashboard.reports.measure import scopes, verdicts
from dashboard.reports.measure.tracks import MeasureSeries, total, tracks
from dashboard.reports.request import Request
from dashboard.words import numbers

COUNTED_BY = ("fact", "records", "numerator", "numerator_on", "no_crimes", "unit", "aggregate")


def above(request: Request, unit: str, track: MeasureSeries, own: verdicts.Verdict) -> str | None:
    """'force-wide 21 %: unlikely (33 %)': how a target is judged where it is answered for, on the
    row of a unit where it is judged the other way; None where the one is not likely to be missed
    and the other likely to be met.

    own  the verdict on the unit's row
    """
    owner = track.measure.owner
    if track.place != "unit" or owner == unit or not _side(own):
        return None
    whole = tracks(request, owner).get(track.measure.id)
    year = total(track.measure, whole.year) if whole else None
    if whole is None or year is None:
        return None
    verdict = verdicts.verdict(request, whole)
    if {_side(verdict), _side(own)} != {-1, 1}:
        return None
    of = scopes.FORCE_WIDE if owner == ours().force else f"all of {owner}"
    chance = verdict["chance"]
    sure = "" if chance is None else f" ({numbers.chance(chance)})"
    said = numbers.figure(year.value(track.measure.is_rate), track.measure.unit, whole.aims.target)
    return f"{of} {said}: {verdict['chance_words'] or verdict['verdict']}{sure}"


def _side(verdict: verdicts.Verdict) -> int:
    """1 of a target likely to be met, -1 of one likely to be missed, else 0."""
    miss = verdict["miss"]
    if miss is None:
        return 0
    return verdicts.is_missed(1 - miss) - verdicts.is_missed(miss)


def repeated(measures: Sequence[Measure], listed: Sequence[Mapping[str, object]]) -> dict[str, str]:
    """The name of the measure with a target that counts the same, of each that has none, by id.

    A measure of the directorate and one of the force count the same in one unit.
    listed  rows of the plan, of these measures in the same order
    """
    pairs = list(zip(measures, listed, strict=True))
    aimed = {_same(item, row): item.name for item, row in pairs if row["target_words"]}
    aimed.pop(None, None)
    return {
        item.id: aimed[key]
        for item, row in pairs
        if not row["target_words"] and (key := _same(item, row)) in aimed
    }


def _same(measure: Measure, row: Mapping[str, object]) -> tuple[object, ...] | None:
    """What is alike in two rows of one figure; None where that can't be told."""
    head = measure.query.header
    if "records" not in head or row["value"] is None:
        return None
    parts = row["numerator"], row["denominator"], row["period_words"]
    return (*(head.get(key) for key in COUNTED_BY), *parts)
