"""How long reports wait, and whether a rate rose by what was left out of it."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from dashboard.access import Disclosed
from dashboard.access.disclosure import METHOD, Note
from dashboard.catalogue import ours
from dashboard.catalogue.order import unit_place
from dashboard.periods import calendar, day_words
from dashboard.reports.accounts import unasked, unasked_notes
from dashboard.reports.kept import kept
from dashboard.reports.request import Request
from dashboard.snapshots import editions
from dashboard.stats import intervals
from dashboard.words import numbers, phrases

STEPS = {
    "validated": "Report to validation",
    "supervised": "Report to first supervision",
    "authorised": "Detection to authorisation",
    "updated": "Since the last update, undetected reports",
}
COLUMNS = {  # of a report, which tells when a step was done
    "validated": "validated_on",
    "supervised": "supervised_on",
    "authorised": "detection_authorised_on",
    "updated": "last_updated_on",
}
NOT_TOLD = "When reports were validated is not known: no loaded file says it"
DELAYS = pa.schema(
    [
        ("unit_code", pa.string()),
        ("step", pa.string()),
        ("words", pa.string()),
        ("n", pa.int64()),
        ("waiting", pa.int64()),
        ("median_days", pa.float64()),
        ("ninth_decile_days", pa.float64()),
    ]
)
RATES = ("detection", "no_crime")
BALANCE = pa.schema(
    [
        ("unit_code", pa.string()),
        *(
            (f"{rate}_{part}{when}", pa.int64())
            for rate in RATES
            for part in ("numerator", "denominator")
            for when in ("", "_before")
        ),
        *((f"{rate}_{edge}", pa.float64()) for rate in RATES for edge in ("low", "high")),
        *((f"{rate}_moved", pa.string()) for rate in RATES),
        ("reclassified", pa.int64()),
        ("followed", pa.int64()),
        ("remark", pa.string()),
    ]
)


@kept(16)
def delays(request: Request) -> Disclosed:
    """Median and ninth decile of days by unit and step, with those that still wait."""
    order, unknown = list(STEPS), unasked(request)
    lacking = {name for names in unknown.values() for name in names}
    rows = [
        row | {"words": STEPS[row["step"]]}
        for row in request.run("quality_delays").to_pylist()
        # What no source tells is not known: it was not left undone.
        if COLUMNS[row["step"]] not in lacking
    ]
    rows.sort(
        key=lambda row: (
            unit_place(request.catalogue, row["unit_code"], ours().force),
            order.index(row["step"]),
        )
    )
    return request.disclose(
        pa.Table.from_pylist(rows, DELAYS),
        title=NOT_TOLD if COLUMNS["validated"] in lacking else _slowest(rows),
        subtitle="reports of the last twelve months that are at least 28 days old",
        notes=(
            "Half of the reports took no longer than the median, nine in ten no longer than the "
            "second figure; those that still wait are in neither, and stand beside them.",
            *unasked_notes(request),
        ),
        query="quality_delays",
    )


def _slowest(rows: list[dict[str, Any]]) -> str:
    waits = [
        row
        for row in rows
        if row["step"] == "validated"
        and row["unit_code"] != ours().force
        and row["n"] + row["waiting"]
    ]
    if not waits:
        return "No report is old enough for its delays to be told"
    worst = max(waits, key=lambda row: row["waiting"] / (row["n"] + row["waiting"]))
    whole = worst["n"] + worst["waiting"]
    if not worst["waiting"]:
        return "Every report of at least 28 days is validated"
    return (
        f"{worst['unit_code']} leaves the most unvalidated: {worst['waiting']:,} of {whole:,} "
        f"reports after 28 days ({numbers.figure(worst['waiting'] / whole, 'percent')})"
    )


@kept(16)
def balance(request: Request) -> Disclosed:
    """The detection rate beside what could lift it: no-crimes and reclassified reports.

    A rate has moved where its interval and that of the year before do not meet.
    """
    followed = _reclassified(request)
    rows = [
        _balanced(row, followed.get(row["unit_code"]))
        for row in request.run("quality_balance").to_pylist()
    ]
    rows.sort(key=lambda row: unit_place(request.catalogue, row["unit_code"], ours().force))
    named = [row["unit_code"] for row in rows if row["remark"]]
    return request.disclose(
        pa.Table.from_pylist(rows, BALANCE),
        title=(
            f"Look into {phrases.listed(named)}: more detected and more left out"
            if named
            else "No unit's detection rate rose together with its no-crime rate"
        ),
        subtitle=f"twelve months to {day_words(request.as_at)} (exclusive) and the twelve before",
        notes=(
            "Detection rate: sanction detections by the day detected, of offences reported; "
            "no-crime rate: of all recorded. [–] 95 % intervals.",
            Note("Intervals: Wilson.", METHOD),
            _reclassified_note(request),
        ),
        query="quality_balance",
    )


def _balanced(row: dict[str, Any], followed: tuple[int, int] | None) -> dict[str, Any]:
    found: dict[str, Any] = {"unit_code": row["unit_code"]}
    for when in ("", "_before"):
        found[f"detection_numerator{when}"] = row[f"detected{when}"]
        found[f"detection_denominator{when}"] = row[f"recorded{when}"] - row[f"no_crimed{when}"]
        found[f"no_crime_numerator{when}"] = row[f"no_crimed{when}"]
        found[f"no_crime_denominator{when}"] = row[f"recorded{when}"]
    for rate in RATES:
        now, before = _interval(found, rate, ""), _interval(found, rate, "_before")
        found[f"{rate}_low"], found[f"{rate}_high"] = now or (None, None)
        found[f"{rate}_moved"] = _moved(now, before)
    both = found["detection_moved"] == found["no_crime_moved"] == "rose"
    found["reclassified"], found["followed"] = followed or (None, None)
    found["remark"] = "both rose: look into it" if both else ""
    return found


def _interval(found: dict[str, Any], rate: str, when: str) -> tuple[float, float] | None:
    """Wilson's; where detections outnumber the offences (of earlier periods), Byar's."""
    numerator, denominator = (
        found[f"{rate}_{part}{when}"] for part in ("numerator", "denominator")
    )
    if denominator <= 0:
        return None
    if numerator <= denominator:
        return intervals.wilson(numerator, denominator)
    low, high = intervals.poisson(numerator)
    return low / denominator, high / denominator


def _moved(now: tuple[float, float] | None, before: tuple[float, float] | None) -> str:
    if now is None or before is None:
        return ""
    if now[0] > before[1]:
        return "rose"
    return "fell" if now[1] < before[0] else ""


def _watched(request: Request) -> tuple[Any, ...]:
    infos = editions.holding(editions.editions(request.data, request.as_at), "crimes")
    return (*(info for info in infos if info.as_at != request.as_at), request.snapshot)


def _reclassified(request: Request) -> dict[str, tuple[int, int]]:
    """Unit → (reclassified, reports that at least two snapshots know); {} with one snapshot."""
    infos = _watched(request)
    if len(infos) < 2:
        return {}
    since = infos[0].as_at - calendar().window
    rows = editions.across(infos, "reclassified", request.scope, {"since": since}).to_pylist()
    found = {row["ocu"]: (row["reclassified"], row["reports"]) for row in rows}
    if found:
        sums = zip(*found.values(), strict=True)
        reclassified, reports = (sum(part) for part in sums)
        found[ours().force] = (reclassified, reports)
    return found


def _reclassified_note(request: Request) -> str:
    infos = _watched(request)
    if len(infos) < 2:
        return "Reclassified [x]: it takes two snapshots to see a report change its offence."
    return (
        f"Reclassified: reports since {day_words(infos[0].as_at - calendar().window)} whose "
        f"offence changed from one of {len(infos)} as-ats to another."
    )
