"""What the alerts of past meetings came to: planted, lasting, or neither.

The rule: an alert has lasted where the count of each of the three fortnights after it stayed
beyond the middle of the band that it was tested by, the count expected then. By chance alone one
in eight does. Alerts whose three fortnights are not all known yet are not judged. Series are
counted one by one, without the scan over boroughs that touch.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date
from typing import Annotated, NotRequired, TypedDict

import numpy as np

from dashboard import rows
from dashboard.decisions.remarks import MARKS, Subject
from dashboard.errors import ContentError
from dashboard.reports import remarks
from dashboard.reports.alerts.alert_row import unit_of
from dashboard.reports.alerts.past_rounds import Round, rounds
from dashboard.reports.request import Request
from dashboard.reports.request.reckoned import reckoned
from dashboard.signals import alerts as signals
from dashboard.stats import alerts as rules

TRUTH = "ground_truth.json"
PLANTED = ("rise", "cluster", "acted_on")


class Event(TypedDict):
    """What the sample planted, of whatever kind."""

    kind: str


class Truth(TypedDict):
    """The sample's ground truth."""

    events: list[Event]


class Rise(Event):
    """A rise: an event of one of PLANTED."""

    measure: str
    borough: str
    since: str  # a day, as ISO writes it
    now: NotRequired[int]  # of its borough's count, where that is known
    expected: NotRequired[float]


@dataclass(frozen=True)
class Record:
    """Past meetings whose alerts can be judged, their alerts, and how many of these were true.

    planted  whether it is known which rises were planted; then these count as true, too
    """

    meetings: int
    alerts: int
    true: int
    planted: bool


@dataclass(frozen=True)
class Marked:
    """Alerts that were marked alike: how many, of how many it is known by now what they came to,
    and how many of these were true."""

    alerts: int
    judged: int
    true: int


def record(request: Request) -> Record:
    """The record of the alert list over the past meetings that the snapshot knows."""
    (row,) = _record(request, planted_by(request))
    return Record(**row)


class Judged(TypedDict):
    """The fields of a Record."""

    meetings: int
    alerts: int
    true: int
    planted: bool


@reckoned(Judged)
def _record(request: Request, _of: str) -> list[Judged]:
    judgement = judged(rounds(request, request.listed).meetings, truth(request))
    return [{**asdict(judgement)}]  # type: ignore[typeddict-item]


def marked_outcomes(request: Request) -> dict[str, Marked]:
    """What people marked alerts as up to the request's meeting, and what came of those alerts."""
    by_mark = {name: [0, 0, 0] for name in MARKS}
    came = came_true(request)
    for subject, row in remarks.all_remarks(request).rows.items():
        if row["mark"]:
            right = came.get(subject)
            for place, counts in enumerate((True, right is not None, bool(right))):
                by_mark[row["mark"]][place] += counts
    return {name: Marked(*counts) for name, counts in by_mark.items() if counts[0]}


def came_true(request: Request) -> dict[Subject, bool]:
    """Alerts of one series that can be judged by now, and whether each was true."""
    return {
        Subject(**{key: of for key, of in row.items() if key != "true"}): row["true"]  # type: ignore[arg-type]
        for row in _came(request, planted_by(request))
    }


class Came(TypedDict):
    """An alert of one series that can be judged, and whether it was true."""

    measure: str
    unit_code: str
    borough: Annotated[str | None, "null: of no borough"]
    window_since: date
    window_until: date
    true: bool


@reckoned(Came)
def _came(request: Request, _of: str) -> list[Came]:
    planted = truth(request)
    true: dict[Subject, bool] = {}
    for meeting in rounds(request, request.listed).meetings:
        alert, right = series_judged(meeting, planted)
        for place in np.flatnonzero(alert):
            item, span = meeting.series[place], meeting.window
            subject = Subject(
                item.measure, unit_of(request, item), item.borough, span.since, span.until
            )
            true[subject] = bool(right[place])
    return [{**asdict(subject), "true": came} for subject, came in true.items()]  # type: ignore[typeddict-item]


def judged(past: tuple[Round, ...], planted: list[Rise] | None) -> Record:
    """The record of past meetings.

    planted  the rises that are known to be planted; None where nobody knows
    """
    held = alerts = true = 0
    for meeting in past:
        if np.isnan(meeting.later).any(axis=1).all():
            continue
        held += 1
        alert, right = series_judged(meeting, planted)
        alerts += int(alert.sum())
        true += int((alert & right).sum())
    return Record(held, alerts, true, planted is not None)


def series_judged(meeting: Round, planted: list[Rise] | None) -> tuple[np.ndarray, np.ndarray]:
    """Which series of a meeting were an alert that can be judged, and which of all were true."""
    alert = (meeting.tier == "alert") & ~np.isnan(meeting.later).any(axis=1)
    lasted = (meeting.later > meeting.mean[:, None]).all(axis=1)
    here = [e for e in planted or () if e["since"] == meeting.window.since.isoformat()]
    return alert, lasted | of_planted(meeting, alert, here)


def truth(request: Request) -> list[Rise] | None:
    """The planted rises of the sample's ground truth; None for data whose truth nobody knows."""
    path = request.data / "sample" / TRUTH
    if not (request.sample and path.exists()):
        return None
    try:
        said: Truth = json.loads(path.read_text(encoding="utf-8"))
        events = said["events"]
    except (ValueError, KeyError) as error:
        raise ContentError(f"{path.name} of the sample cannot be read: {error}") from error
    return [rows.typed_row(Rise, event) for event in events if event["kind"] in PLANTED]


def planted_by(request: Request) -> str:
    """What tells the planted rises, which stand in no snapshot, from others."""
    return hashlib.sha256(repr(truth(request)).encode()).hexdigest()


def tiers_of(meeting: Round, now: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Tier and p of each series of a meeting, had its counts been `now`."""
    tested = np.ones(len(now), dtype=bool)
    p = rules.tail(now, meeting.mean, meeting.variance)
    return signals.tiers(now, p, meeting.lists.adjusted(p), tested, meeting.family), p


def of_planted(meeting: Round, alert: np.ndarray, here: list[Rise]) -> np.ndarray:
    """Which alerts are a planted rise: in its borough; or wider, of a measure that rose there.

    A planted shooting is a gun crime too, so that the borough tells and not the measure.
    """
    places = {event["borough"] for event in here}
    inside = np.array([item.borough in places for item in meeting.series], dtype=bool)
    names = meeting.measure
    rose = {*names[inside & alert], *(event["measure"] for event in here)}
    wider = np.array([item.borough is None and item.measure in rose for item in meeting.series])
    return inside | wider.astype(bool)
