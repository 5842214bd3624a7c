"""The tasking alert list: what is beyond expectation, strongest evidence first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

import numpy as np
import pyarrow as pa

from dashboard import snapshots
from dashboard.access import Disclosed
from dashboard.periods import MONTHS, day_words
from dashboard.reports.request import Request
from dashboard.reports.windows import Series, windows
from dashboard.snapshots import SnapshotInfo
from dashboard.stats import alerts as rules

# Monthly published counts of rare events are listed while they are this fresh.
MONTHLY_FRESH = timedelta(days=92)

ALERT_SCHEMA = pa.schema(
    [
        ("measure", pa.string()),
        ("name", pa.string()),
        ("family", pa.string()),
        ("unit_code", pa.string()),
        ("unit_name", pa.string()),
        ("borough", pa.string()),
        ("borough_name", pa.string()),
        ("tier", pa.string()),
        ("now", pa.int64()),
        ("expected", pa.float64()),
        ("low", pa.int64()),
        ("high", pa.int64()),
        ("excess", pa.float64()),
        ("p", pa.float64()),
        ("q", pa.float64()),
        ("rule", pa.string()),
        ("window_since", pa.date32()),
        ("window_until", pa.date32()),
        ("fortnights_behind", pa.int64()),
        ("first_seen", pa.date32()),
        ("priority", pa.string()),
        ("sentence", pa.string()),
        ("spark", pa.list_(pa.float64())),
    ]
)
RARE_SCHEMA = pa.schema(
    [
        ("day", pa.date32()),
        ("period_words", pa.string()),
        ("measure", pa.string()),
        ("name", pa.string()),
        ("unit_code", pa.string()),
        ("borough", pa.string()),
        ("borough_name", pa.string()),
        ("n", pa.int64()),
        ("gap_days", pa.int64()),
    ]
)


@dataclass(frozen=True)
class AlertList:
    """All that sections 2 and 5 of the tasking page say of series.

    tested          number of series tested, by family (directorate, ocu, borough)
    expected_false  rows of the watch tier to expect by chance: .005 × series tested
    late, fit       sentences on figures that lag the meeting by one fortnight, or by more
    """

    alerts: Disclosed
    watch: Disclosed
    rare: Disclosed
    falls: Disclosed
    tested: dict[str, int]
    expected_false: float
    late: tuple[str, ...]
    fit: tuple[str, ...]


@dataclass(frozen=True)
class _Found:
    """The rows of one snapshot before first_seen is known.

    usual  expected in a fortnight in all of London, by measure
    """

    rows: tuple[dict[str, Any], ...]
    rare: tuple[Series, ...]
    tested: dict[str, int]
    usual: dict[str, float]
    late: tuple[str, ...]
    fit: tuple[str, ...]


def alert_list(request: Request) -> AlertList:
    """The alert list of the meeting that looks at the request's last whole fortnight.

    It is kept for as long as no snapshot comes to the folder or leaves it.
    """
    return _alert_list(request, tuple(snapshots.listing(request.data)))


@lru_cache(maxsize=64)
def _alert_list(request: Request, listed: tuple[SnapshotInfo, ...]) -> AlertList:
    found = _found(request)
    earlier = _earlier(request, listed)
    rows = [_with_first_seen(request, row, earlier) for row in found.rows]
    subtitle = (
        f"fortnight {request.fortnight.words}, as at {day_words(request.as_at)}; "
        f"{sum(found.tested.values())} series tested"
    )

    def tier(name: str) -> pa.Table:
        return pa.Table.from_pylist([row for row in rows if row["tier"] == name], ALERT_SCHEMA)

    def disclosed(table: pa.Table, title: str) -> Disclosed:
        return request.disclose(
            table, title=title, subtitle=subtitle, notes=found.late, query="all_series"
        )

    alerts, watch = tier("alert"), tier("watch")
    return AlertList(
        alerts=disclosed(alerts, _title(alerts.to_pylist(), request, sum(found.tested.values()))),
        watch=disclosed(watch, "Watch list: unusual alone, not among so many series"),
        rare=disclosed(_rare(request, found), "Rare events, each with the gap since the last"),
        falls=disclosed(tier("fall"), "Quiet falls: fewer than expected"),
        tested=found.tested,
        expected_false=rules.WATCH * sum(found.tested.values()),
        late=found.late,
        fit=found.fit,
    )


def as_rows(found: AlertList) -> list[dict[str, Any]]:
    """Alerts, then the watch tier, as the command line prints them."""
    keep = [name for name in ALERT_SCHEMA.names if name not in ("spark", "family", "priority")]
    tables = (found.alerts.rows, found.watch.rows)
    return [row for table in tables for row in table.select(keep).to_pylist()]


@lru_cache(maxsize=64)
def _found(request: Request) -> _Found:
    read = windows(request)
    table = rules.test_series(
        read.now,
        read.baseline,
        group=np.array([item.measure for item in read.series], dtype=str),
        family=np.array([item.family for item in read.series], dtype=str),
    )
    rows = []
    for index, item in enumerate(read.series):
        tier = str(table.tier[index])
        if not tier and table.tested[index] and table.fall_p[index] < rules.WATCH:
            tier = "fall"
        if tier:
            span = read.window[item.measure]
            rows.append(_row(request, item, tier, table, index, read, span))
    rows.sort(key=lambda row: (row["p"], -row["excess"]))
    families = dict.fromkeys(("directorate", "ocu", "borough"), 0)
    for index, item in enumerate(read.series):
        families[item.family] += bool(table.tested[index])
    rare = tuple(
        item
        for index, item in enumerate(read.series)
        if read.now[index] > 0 and table.expected[index] < rules.RARE_BELOW
    )
    usual: dict[str, float] = {}
    for index, item in enumerate(read.series):
        if item.family == "borough":
            usual[item.measure] = usual.get(item.measure, 0.0) + float(table.expected[index])
    return _Found(tuple(rows), rare, families, usual, read.late, read.fit)


def _row(
    request: Request, item: Series, tier: str, table: Any, index: int, read: Any, span: Any
) -> dict[str, Any]:
    measure = request.measures[item.measure]
    unit = item.unit_code
    if (
        item.family == "borough"
        and measure.scope == "ocu"
        and not _published(request, item.measure)
    ):
        unit = measure.owner
    area = request.catalogue.areas.get(item.borough or "")
    baseline = read.baseline[index]
    return {
        "measure": item.measure,
        "name": measure.name,
        "family": item.family,
        "unit_code": unit,
        "unit_name": request.catalogue.units[unit].name,
        "borough": item.borough,
        "borough_name": area.name if area else None,
        "tier": tier,
        "now": int(read.now[index]),
        "expected": float(table.expected[index]),
        "low": int(table.low[index]),
        "high": int(table.high[index]),
        "excess": float(table.excess[index]),
        "p": float(table.fall_p[index] if tier == "fall" else table.p[index]),
        "q": float(table.q[index]),
        "rule": {"alert": "nb_bh", "watch": "nb_p", "fall": "nb_fall"}[tier],
        "window_since": span.since,
        "window_until": span.until,
        "fortnights_behind": read.behind[item.measure],
        "first_seen": None,
        "priority": _priority(request, item.measure),
        "sentence": "",
        "spark": [None if np.isnan(v) else float(v) for v in baseline] + [float(read.now[index])],
    }


def _published(request: Request, measure: str) -> bool:
    return any(
        row["measure"] == measure and row["unit_code"] == "MPS" for row in request.coverage_rows
    )


def _priority(request: Request, measure: str) -> str | None:
    for priority in request.catalogue.priorities:
        begun = priority.since <= request.as_at
        ended = priority.until is not None and priority.until <= request.as_at
        if measure in priority.measures and begun and not ended:
            return priority.name
    return None


def _identity(row: dict[str, Any]) -> tuple[str, str, str | None]:
    return row["measure"], row["unit_code"], row["borough"]


def _with_first_seen(
    request: Request, row: dict[str, Any], before: tuple[Request, ...]
) -> dict[str, Any]:
    """The row with the meeting at which it was first seen, of those it stood in without a gap."""
    seen, times = request, 1
    for earlier in before:
        if earlier.fortnight.until != seen.fortnight.until - timedelta(days=14):
            break
        tiers = {_identity(other) for other in _found(earlier).rows if other["tier"] == row["tier"]}
        if _identity(row) not in tiers:
            break
        seen, times = earlier, times + 1
    first = seen.held_on or seen.meeting
    words = "first seen at this meeting" if times == 1 else f"{ordinal(times)} meeting running"
    return {**row, "first_seen": first, "sentence": sentence(row, words)}


def _earlier(request: Request, listed: tuple[SnapshotInfo, ...]) -> tuple[Request, ...]:
    """Requests for the newest snapshot of each earlier fortnight, latest first."""
    found: dict[date, Request] = {}
    for info in listed:
        other = Request(info, request.data, request.role)
        if info.as_at < request.as_at and other.fortnight.until < request.fortnight.until:
            found[other.fortnight.until] = other
    return tuple(found[key] for key in sorted(found, reverse=True))


_ENDINGS = {1: "st", 2: "nd", 3: "rd"}


def ordinal(number: int) -> str:
    """A counting number in words as minutes write it.

    >>> [ordinal(n) for n in (1, 2, 3, 4, 11, 12, 21)]
    ['1st', '2nd', '3rd', '4th', '11th', '12th', '21st']
    """
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return f"{number}{_ENDINGS.get(number % 10, 'th')}"


def sentence(row: dict[str, Any], seen: str) -> str:
    """What an alert says, true of its row by construction."""
    where = f" in {row['borough_name']}" if row["borough_name"] else f", {row['unit_name']}"
    last = row["window_until"] - timedelta(days=1)
    return (
        f"{row['name']}{where}: {row['now']} in the fortnight to {last.day} "
        f"{MONTHS[last.month - 1]}, {row['expected']:.1f} expected "
        f"({row['low']}–{row['high']}); {seen}."
    )


def _title(rows: list[dict[str, Any]], request: Request, tested: int) -> str:
    """A statement that is true of the alerts: the strongest measure and where."""
    if not tested:
        return f"No figure by day reaches the fortnight {request.fortnight.words}"
    if not rows:
        return f"Nothing is beyond expectation in the fortnight {request.fortnight.words}"
    first = rows[0]
    places = [r["borough_name"] for r in rows if r["measure"] == first["measure"] and r["borough"]]
    if not places:
        place = "London" if first["unit_code"] == "MPS" else first["unit_name"]
        return f"{first['name']} is above its usual range across {place}"
    if len(places) > 4:
        return f"{first['name']} is above its usual range in {len(places)} boroughs"
    named = places[0] if len(places) == 1 else f"{', '.join(places[:-1])} and {places[-1]}"
    return f"{first['name']} is above its usual range in {named}"


def _rare(request: Request, found: _Found) -> pa.Table:
    """The events of series too rare to test; monthly counts as a month's number.

    The measures that are rarest in all of London come first, each latest event first.
    """
    fortnight = request.fortnight
    span = {"since": fortnight.since - MONTHLY_FRESH, "until": request.as_at}
    chosen = {(item.measure, item.borough) for item in found.rare if item.family == "borough"}
    monthly = _monthly_rare(request)
    rows = []
    for event in request.run("events", **span).to_pylist():
        by_day = event["grain"] == "day" and (event["measure"], event["borough"]) in chosen
        if by_day and fortnight.since <= event["period_start"] < fortnight.until:
            rows.append(_event(request, event, event["period_start"]))
        elif (event["measure"], event["borough"], event["period_start"]) in monthly:
            rows.append(_event(request, event, None))
    total = {name: found.usual.get(name, 0.0) for name in {row["measure"] for row in rows}}
    rows.sort(key=lambda row: (total[row["measure"]], row["measure"]))
    return pa.Table.from_pylist(rows, RARE_SCHEMA)


def _monthly_rare(request: Request) -> set[tuple[str, str, date]]:
    """Measure, borough and month of the last covered month of monthly series that are rare."""
    found: set[tuple[str, str, date]] = set()
    for name, month in _monthly_only(request).items():
        since = month.replace(year=month.year - 1)
        rows = request.run(
            "measure_series",
            measure=name,
            level="borough",
            unit=None,
            borough=None,
            grain="month",
            since=since,
            until=month,
        ).to_pylist()
        totals: dict[str, float] = {}
        for row in rows:
            totals[row["borough"]] = totals.get(row["borough"], 0.0) + row["numerator"]
        fortnights = (month - since).days / 14
        found |= {
            (name, area, month)
            for area, total in totals.items()
            if total / fortnights < rules.RARE_BELOW
        }
    return found


def _monthly_only(request: Request) -> dict[str, date]:
    """Last covered month of the measures that are known by month only, while it is fresh."""
    known: dict[str, dict[str, date]] = {}
    for row in request.coverage_rows:
        spans = known.setdefault(row["measure"], {})
        spans[row["grain"]] = max(row["until"], spans.get(row["grain"], row["until"]))
    return {
        name: date(*divmod_month(spans["month"]))
        for name, spans in known.items()
        if "month" in spans
        and "day" not in spans
        and request.measures[name].alert
        and request.as_at - spans["month"] <= MONTHLY_FRESH
    }


def divmod_month(until: date) -> tuple[int, int, int]:
    """Year, month and 1 of the last whole month before `until` (exclusive).

    >>> divmod_month(date(2025, 8, 1))
    (2025, 7, 1)
    """
    index = until.year * 12 + until.month - 2
    return index // 12, index % 12 + 1, 1


def _event(request: Request, event: dict[str, Any], day: date | None) -> dict[str, Any]:
    start = event["period_start"]
    area = request.catalogue.areas.get(event["borough"])
    words = day_words(start) if day else f"{MONTHS[start.month - 1]} {start.year}"
    previous = event["previous"]
    return {
        "day": day,
        "period_words": words,
        "measure": event["measure"],
        "name": request.measures[event["measure"]].name,
        "unit_code": event["unit_code"],
        "borough": event["borough"],
        "borough_name": area.name if area else None,
        "n": event["n"],
        "gap_days": (start - previous).days if day and previous else None,
    }
