"""How long reports wait, and whether a rate rose by what was left out of it."""

from __future__ import annotations

from typing import Annotated, NamedTuple, TypedDict

from dashboard import rows
from dashboard.access import Disclosed
from dashboard.access.disclosure import METHOD, Note
from dashboard.catalogue import ours
from dashboard.catalogue.order import unit_place
from dashboard.periods import calendar, day_words
from dashboard.reports.request import Request
from dashboard.reports.request.accounts import unasked, unasked_notes
from dashboard.reports.request.kept import kept
from dashboard.snapshots import SnapshotInfo, editions
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
UNDONE = "null: no report has come so far"
NO_RATE = "null: nothing was recorded"
UNSEEN = "null: fewer than two snapshots know reports of it"


class Delay(TypedDict):
    """How long a step takes in a unit: n reports took it, others still wait."""

    unit_code: str
    step: str  # a key of STEPS
    words: str
    n: int
    waiting: int
    median_days: Annotated[float | None, UNDONE]
    ninth_decile_days: Annotated[float | None, UNDONE]


class Delayed(TypedDict):
    """A row of the query quality_delays."""

    unit_code: str
    step: str
    n: int
    waiting: int
    median_days: float | None
    ninth_decile_days: float | None


class Balance(TypedDict):
    """A unit's two rates, twelve months and the twelve before, with 95 % intervals; moved: rose or
    fell, '' where neither."""

    unit_code: str
    detection_numerator: int
    detection_numerator_before: int
    detection_denominator: int
    detection_denominator_before: int
    no_crime_numerator: int
    no_crime_numerator_before: int
    no_crime_denominator: int
    no_crime_denominator_before: int
    detection_low: Annotated[float | None, NO_RATE]
    detection_high: Annotated[float | None, NO_RATE]
    no_crime_low: Annotated[float | None, NO_RATE]
    no_crime_high: Annotated[float | None, NO_RATE]
    detection_moved: str
    no_crime_moved: str
    reclassified: Annotated[int | None, UNSEEN]
    followed: Annotated[int | None, UNSEEN]
    remark: str


class Counted(TypedDict):
    """A row of the query quality_balance."""

    unit_code: str
    recorded: int
    no_crimed: int
    detected: int
    recorded_before: int
    no_crimed_before: int
    detected_before: int


class Reclassified(TypedDict):
    """A row of the query reclassified."""

    ocu: str
    reports: int
    reclassified: int


class Rate(NamedTuple):
    """Both parts of a rate, its interval where it has one."""

    numerator: int
    denominator: int

    @property
    def interval(self) -> tuple[float, float] | None:
        """Wilson's; where detections outnumber the offences (of earlier periods), Byar's."""
        if self.denominator <= 0:
            return None
        if self.numerator <= self.denominator:
            return intervals.wilson(self.numerator, self.denominator)
        low, high = intervals.poisson(self.numerator)
        return low / self.denominator, high / self.denominator


@kept(16)
def delays(request: Request) -> Disclosed:
    """Median and ninth decile of days by unit and step, with those that still wait."""
    order, unknown = list(STEPS), unasked(request)
    lacking = {name for names in unknown.values() for name in names}
    unit_delays: list[Delay] = [
        {**row, "words": STEPS[row["step"]]}
        for row in rows.typed(Delayed, request.run("quality_delays"))
        # What no source tells is not known: it was not left undone.
        if COLUMNS[row["step"]] not in lacking
    ]
    unit_delays.sort(
        key=lambda row: (
            unit_place(request.catalogue, row["unit_code"], ours().force),
            order.index(row["step"]),
        )
    )
    return request.disclose(
        rows.table(Delay, unit_delays),
        title=NOT_TOLD if COLUMNS["validated"] in lacking else _slowest(unit_delays),
        subtitle="reports of the last twelve months that are at least 28 days old",
        notes=(
            "Half of the reports took no longer than the median, nine in ten no longer than the "
            "second figure; those that still wait are in neither, and stand beside them.",
            *unasked_notes(request),
        ),
        query="quality_delays",
    )


def _slowest(unit_delays: list[Delay]) -> str:
    waits = [
        row
        for row in unit_delays
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
    pairs = [
        balance_of(row, followed.get(row["unit_code"]))
        for row in rows.typed(Counted, request.run("quality_balance"))
    ]
    pairs.sort(key=lambda row: unit_place(request.catalogue, row["unit_code"], ours().force))
    named = [row["unit_code"] for row in pairs if row["remark"]]
    return request.disclose(
        rows.table(Balance, pairs),
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


def balance_of(row: Counted, followed: tuple[int, int] | None) -> Balance:
    detection = Rate(row["detected"], row["recorded"] - row["no_crimed"])
    detection_before = Rate(
        row["detected_before"], row["recorded_before"] - row["no_crimed_before"]
    )
    no_crime = Rate(row["no_crimed"], row["recorded"])
    no_crime_before = Rate(row["no_crimed_before"], row["recorded_before"])
    moved = _moved(detection, detection_before), _moved(no_crime, no_crime_before)
    low, high = detection.interval or (None, None)
    no_crime_low, no_crime_high = no_crime.interval or (None, None)
    reclassified, reports = followed or (None, None)
    return {
        "unit_code": row["unit_code"],
        "detection_numerator": detection.numerator,
        "detection_numerator_before": detection_before.numerator,
        "detection_denominator": detection.denominator,
        "detection_denominator_before": detection_before.denominator,
        "no_crime_numerator": no_crime.numerator,
        "no_crime_numerator_before": no_crime_before.numerator,
        "no_crime_denominator": no_crime.denominator,
        "no_crime_denominator_before": no_crime_before.denominator,
        "detection_low": low,
        "detection_high": high,
        "no_crime_low": no_crime_low,
        "no_crime_high": no_crime_high,
        "detection_moved": moved[0],
        "no_crime_moved": moved[1],
        "reclassified": reclassified,
        "followed": reports,
        "remark": "both rose: look into it" if moved == ("rose", "rose") else "",
    }


def _moved(this: Rate, last: Rate) -> str:
    now, before = this.interval, last.interval
    if now is None or before is None:
        return ""
    if now[0] > before[1]:
        return "rose"
    return "fell" if now[1] < before[0] else ""


def _watched(request: Request) -> tuple[SnapshotInfo, ...]:
    infos = editions.holding(editions.editions(request.listed, request.as_at), "crimes")
    return (*(info for info in infos if info.as_at != request.as_at), request.snapshot)


def _reclassified(request: Request) -> dict[str, tuple[int, int]]:
    """Unit → (reclassified, reports that at least two snapshots know); {} with one snapshot."""
    infos = _watched(request)
    if len(infos) < 2:
        return {}
    since = infos[0].as_at - calendar().window
    known = rows.typed(
        Reclassified, editions.across(infos, "reclassified", request.scope, {"since": since})
    )
    by_unit = {row["ocu"]: (row["reclassified"], row["reports"]) for row in known}
    if by_unit:
        sums = zip(*by_unit.values(), strict=True)
        reclassified, reports = (sum(part) for part in sums)
        by_unit[ours().force] = (reclassified, reports)
    return by_unit


def _reclassified_note(request: Request) -> str:
    infos = _watched(request)
    if len(infos) < 2:
        return "Reclassified [x]: it takes two snapshots to see a report change its offence."
    return (
        f"Reclassified: reports since {day_words(infos[0].as_at - calendar().window)} whose "
        f"offence changed from one of {len(infos)} as-ats to another."
    )
