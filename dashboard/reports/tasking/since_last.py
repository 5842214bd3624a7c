"""Since the last tasking: what is new, what has cleared, which figures and targets changed.

Two snapshots' clocks are compared: what was known at the meeting before, data and targets,
against what is known now.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa

from dashboard import rows
from dashboard.access import Disclosed
from dashboard.catalogue import Target
from dashboard.periods import calendar, day_words, planning_year_start
from dashboard.reports.alerts import alert_list
from dashboard.reports.alerts.alert_row import Alert, Counted, Standing, same
from dashboard.reports.alerts.clusters import figures
from dashboard.reports.alerts.rows_of_list import AlertRows, alert_rows, identity_of
from dashboard.reports.measure import identity
from dashboard.reports.request import Request, meetings
from dashboard.reports.request.kept import kept
from dashboard.reports.tasking import changes
from dashboard.reports.tasking.changes import Cleared, Retargeted, Revised
from dashboard.signals.windows import Series, Windows
from dashboard.snapshots import SnapshotInfo
from dashboard.words import numbers
from dashboard.words.figures import FIGURE_OF
from dashboard.words.names import window_word


@dataclass(frozen=True)
class SinceLast:
    """What changed between the meeting before and this one.

    meeting   day of the meeting before, of the snapshots in the data folder
    as_at     the day its figures were known before
    new       this meeting's alerts that were none then
    cleared   its alerts that are none now: tested and no longer unusual, or not tested any more
    revised   counts of its fortnight, old → new, biggest change first
    targets   targets of this planning year that were set or changed since
    """

    meeting: date
    as_at: date
    new: tuple[Alert, ...]
    cleared: Disclosed
    revised: Disclosed
    targets: Disclosed

    @property
    def quiet(self) -> bool:
        """Whether nothing at all changed."""
        tables = (self.cleared, self.revised, self.targets)
        return not self.new and not any(item.rows.num_rows for item in tables)


def since_last(request: Request) -> SinceLast | None:
    """What changed since the latest earlier meeting that the folder has a snapshot of; None
    where it has none."""
    return _since_last(request, request.listed)


@kept(64)
def _since_last(request: Request, listed: tuple[SnapshotInfo, ...]) -> SinceLast | None:
    earlier = meetings.earlier(request, listed)
    if not earlier:
        return None
    before = earlier[0]
    held = day_words(meetings.day_of(before))
    subtitle = f"known at the meeting of {held} (as at {day_words(before.as_at)}) → known now"
    pairs = _pairs(before, request)
    cleared, targets = _cleared(before, request), _targets(before, request)
    revised = _revised(before, request, pairs)

    def disclosed(table: pa.Table, title: str) -> Disclosed:
        return request.disclose(
            table,
            title=title,
            subtitle=subtitle,
            query="meeting_series",
            compared_with=before.snapshot.id,
        )

    return SinceLast(
        meeting=meetings.day_of(before),
        as_at=before.as_at,
        new=tuple(row for row in alert_list.alerts(request) if not _stood(before, row)),
        cleared=disclosed(
            rows.table(Cleared, cleared), _count(len(cleared), "alert", "cleared or gone")
        ),
        revised=disclosed(
            rows.table(Revised, revised),
            changes.revisions(revised, len(pairs))
            if pairs
            else f"that {window_word()}'s counts are not held by day any more",
        ),
        targets=disclosed(
            rows.table(Retargeted, targets), _count(len(targets), "target", "set or changed")
        ),
    )


def _count(number: int, noun: str, what: str) -> str:
    return f"{number or 'no'} {noun}{'' if number == 1 else 's'} {what}"


def _stood(before: Request, row: Alert) -> bool:
    return any(other["tier"] == "alert" and same(other, row) for other in alert_rows(before).rows)


def _cleared(before: Request, now: Request) -> list[Cleared]:
    here = alert_rows(now)
    standing = [row for row in here.rows if row["tier"] in ("alert", "watch")]
    gone: list[Cleared] = []
    for old in alert_rows(before).rows:
        now_too = {row["tier"] for row in standing if same(old, row)}
        if old["tier"] != "alert" or "alert" in now_too:
            continue
        known, watched = _known(here, old), "watch" in now_too
        gone.append(
            {
                "measure": old["measure"],
                "name": old["name"],
                "unit_code": old["unit_code"],
                "unit_name": old["unit_name"],
                "borough": old["borough"],
                "borough_name": old["borough_name"],
                "then_words": changes.window(old),
                "then": old["now"],
                "then_expected": old["expected"],
                "now": known and known["now"],
                "expected": known and known["expected"],
                "low": known and known["low"],
                "high": known and known["high"],
                "watched": watched,
                "sentence": changes.cleared(old, known, watched=watched),
                FIGURE_OF: _of_now(now, old, here) if known else None,
                changes.THEN: old[FIGURE_OF],
            }
        )
    return gone


def _of_now(now: Request, old: Standing, here: AlertRows) -> str:
    """What is known now of the same place is of this meeting's window."""
    measure, window = now.measures[old["measure"]], here.read.window[old["measure"]]
    place = old["unit_code"], old["borough"]
    return identity.spelt(now, measure, window.since, window.until, *place)


def _known(here: AlertRows, old: Standing) -> Counted | None:
    """What is known now of the place of an alert of the meeting before; None where it is not
    tested any more."""
    if len(old["boroughs"]) > 1:
        return figures(here.read, here.table, old["measure"], tuple(old["boroughs"]))
    return here.tested.get((old["measure"], old["unit_code"], old["borough"]))


Pair = tuple[Series, int, int, str]


def _pairs(before: Request, now: Request) -> list[Pair]:
    """Every tested series of both snapshots with its count of the older one's window, as known
    then and now; the window in words."""
    old, new = alert_rows(before).read, alert_rows(now).read
    places = {identity_of(now, item): index for index, item in enumerate(new.series)}
    pairs = []
    for index, item in enumerate(old.series):
        place = places.get(identity_of(before, item))
        count = None if place is None else _known_now(new, place, old, item.measure)
        if count is not None:
            pairs.append((item, int(old.now[index]), count, old.window[item.measure].words))
    return pairs


def _known_now(new: Windows, place: int, old: Windows, measure: str) -> int | None:
    """The newer snapshot's count of the older one's window; None where it holds none."""
    if measure not in new.window:
        return None
    ago = (new.window[measure].since - old.window[measure].since) // calendar().window
    if not 0 <= ago <= calendar().windows_a_year:
        return None
    value = new.now[place] if ago == 0 else new.baseline[place, calendar().windows_a_year - ago]
    return None if np.isnan(value) else int(value)


def _revised(before: Request, now: Request, pairs: list[Pair]) -> list[Revised]:
    tiers = {
        (row["measure"], row["unit_code"], code): row["tier"]
        for row in alert_rows(before).rows
        for code in row["boroughs"] or [""]
    }
    changed: list[Revised] = []
    for item, old, new, window in pairs:
        if old == new:
            continue
        measure, unit, borough = identity_of(now, item)
        area = now.catalogue.areas.get(borough or "")
        row: Revised = {
            "sentence": "",
            "measure": measure,
            "name": now.measures[measure].name,
            "unit_code": unit,
            "unit_name": now.catalogue.units[unit].name,
            "borough": borough,
            "borough_name": area.name if area else None,
            "window": window,
            "tier": tiers.get((measure, unit, borough or ""), ""),
            "old": old,
            "new": new,
            "change": new - old,
        }
        changed.append({**row, "sentence": changes.revised(row)})
    # A figure that was an alert first, then by size; the whole before its parts.
    changed.sort(
        key=lambda row: (row["tier"] != "alert", -abs(row["change"]), row["borough"] or "")
    )
    return changed


def _targets(before: Request, now: Request) -> list[Retargeted]:
    """Targets in force on the as-at that were not known so at the meeting before."""
    year = planning_year_start(now.as_at)
    changed: list[Retargeted] = []
    for target in now.catalogue.targets:
        measure = now.measures.get(target.measure)
        serves = target.since <= now.as_at and (target.until is None or now.as_at < target.until)
        known = now.catalogue.target(target.measure, target.unit_code, year, now.as_at)
        if measure is None or not serves or known != target:
            continue
        then = before.catalogue.target(target.measure, target.unit_code, year, before.as_at)
        if then is not None and then.target == target.target and then.basis == target.basis:
            continue
        old, new = (_aim(item, measure.unit) for item in (then, target))
        sentence = (
            f"{measure.name}, {target.unit_code}: target {old} → {new}, "
            f"set on {day_words(target.set_on)}, {target.status}."
        )
        changed.append(
            {
                "measure": measure.id,
                "name": measure.name,
                "unit_code": target.unit_code,
                "old": old,
                "new": new,
                "set_on": target.set_on,
                "status": target.status,
                "sentence": sentence,
            }
        )
    return changed


def _aim(target: Target | None, unit: str) -> str:
    """'20 %', '1,540', '−5 % on the year before'; 'none' where there was no target."""
    if target is None:
        return "none"
    if target.basis == "change_on_year":
        return f"{target.target:+g} % on the year before".replace("-", "−")
    return numbers.figure(target.target / 100 if unit == "percent" else target.target, unit)
