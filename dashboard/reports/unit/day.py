"""The morning review of a unit: what came in, what is unusual in it, what waits for somebody.

Unusual is said by the unit's own weeks alone, more or fewer than in any of them: it is no alert.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from statistics import median
from typing import Annotated, TypedDict

from dashboard import rows
from dashboard.access import Disclosed
from dashboard.periods import day_words
from dashboard.reports.alerts import alert_words, standing
from dashboard.reports.alerts.alert_row import Alert
from dashboard.reports.request import Request
from dashboard.reports.request.paging import bounds, page_of, total_of
from dashboard.reports.unit.part import whose
from dashboard.words import phrases

BRIEF = (
    "name",
    "on_day",
    "in_week",
    "least",
    "most",
    "unusual",
    "where",
)  # where there is little room
ARRIVED = (
    "crime_ref",
    "reported_on",
    "offence",
    "borough",
    "branch",
    "status",
)  # where there is little room
WEEKS = 26  # seven days each, that the last are held against
BOROUGHS = 3  # named for an offence


class Came(TypedDict):
    """An offence of which reports came in.

    on_day, in_week      reports of the last day of data, and of the seven days to it
    least, most, median  of the WEEKS before; `weeks` holds them oldest first, the last at the end
    unusual              a key of WORDS; '' where the seven days lie within those before
    where                the boroughs with most of them; '' where the unit's records are closed
    """

    offence: str
    name: str
    on_day: int
    in_week: int
    least: int
    most: int
    median: float
    unusual: str
    where: str
    weeks: list[int]


class Counted(TypedDict):
    """A row of the query came_in: reports of an offence in a borough in seven days."""

    offence: str
    borough: str
    weeks_ago: int
    n: int
    on_last: int


class Arrived(TypedDict):
    """A report of the seven days."""

    crime_ref: str
    reported_on: date
    offence: str
    borough: str
    branch: Annotated[str | None, "null: of no branch"]
    status: str


def last_day(request: Request) -> date | None:
    """The last day that the reports loaded say anything of; None where none are by day."""
    ends = [
        row["until"]
        for row in request.coverage_rows
        if row["source"] == "crimes" and row["grain"] == "day"
    ]
    return max(ends) - timedelta(days=1) if ends else None


def why_no_day(request: Request, unit: str) -> str:
    """Why there is no day of the unit to show, in a sentence; '' where there is."""
    last = last_day(request)
    if last is None:
        return "Nothing that is loaded is told by the day: import crime records."
    if request.run("came_in", unit=unit, last=last, weeks=WEEKS).num_rows:
        return ""
    if closed := request.closed(unit):
        return closed
    return (
        f"No report came to {unit} in the {7 * (WEEKS + 1)} days to {day_words(last)}: what is"
        " loaded of it comes by week or month."
    )


def came(request: Request, unit: str) -> Disclosed:
    """One row an offence, those that are unusual first."""
    last = last_day(request)
    params = {"unit": unit, "last": last, "weeks": WEEKS}
    listed = kinds(request, unit)
    beyond = standing.alerts_on(request, unit=unit)
    alerts = list(dict.fromkeys(row["name"] for row in beyond))
    return request.disclose(
        rows.table(Came, listed),
        title=_title(listed, unit, last or request.as_at, alerts),
        subtitle=f"seven days against each seven of the {WEEKS} weeks before, no-crimes included",
        notes=(
            *_by_chance(len(listed)),
            "Unusual is no alert: alerts are of whole fortnights.",
            *_beside(beyond[:1]),
        ),
        query="came_in",
        columns=BRIEF,
        params=params,
        unit=unit,
    )


def _beside(beyond: Sequence[Alert]) -> tuple[str, ...]:
    """Why the week of a kind may be usual while an alert stands on its measure."""
    return tuple(
        f"The alert on {phrases.inside(row['name'])} is of {alert_words.window(row)}"
        f"{alert_words.place(row['borough_name'], row['unit_name'])}; here the week is of the unit"
        " as a whole."
        for row in beyond
    )


def _by_chance(count: int) -> tuple[str, ...]:
    """How often one of so many kinds would be unusual where nothing had changed."""
    if not count:
        return ()
    weeks = (WEEKS + 1) / (2 * count)  # each kind is above or below all others in 2 of 27
    often = f"about one week in {weeks:.0f}" if weeks >= 1.5 else "nearly every week"
    return (f"Though nothing changed, one of {count} kinds would be unusual in {often}.",)


def kinds(request: Request, unit: str) -> list[Came]:
    """The rows of `came`."""
    params = {"unit": unit, "last": last_day(request), "weeks": WEEKS}
    held: dict[str, list[Counted]] = defaultdict(list)
    for row in rows.typed(Counted, request.run("came_in", **params)):
        held[row["offence"]].append(row)
    named = not request.closed(unit)
    listed = [_came(request, offence, weeks, named) for offence, weeks in held.items()]
    return sorted(listed, key=lambda row: (not row["unusual"], -row["in_week"], row["name"]))


def _came(request: Request, offence: str, weeks: list[Counted], named: bool) -> Came:
    counts = Counter[int]()
    for row in weeks:
        counts[row["weeks_ago"]] += row["n"]
    before, now = [counts[ago] for ago in range(WEEKS, 0, -1)], counts[0]
    places = Counter({row["borough"]: row["n"] for row in weeks if row["weeks_ago"] == 0})
    areas = request.catalogue.areas
    most = [f"{areas[code].name} {n}" for code, n in places.most_common(BOROUGHS) if code in areas]
    return {
        "offence": offence,
        "name": _name(request, offence),
        "on_day": sum(row["on_last"] for row in weeks),
        "in_week": now,
        "least": min(before),
        "most": max(before),
        "median": float(median(before)),
        "unusual": _unusual(now, before),
        "where": ", ".join(most) if named else "",
        "weeks": [*before, now],
    }


def _name(request: Request, offence: str) -> str:
    """'Commercial robbery (robbery of business property)': of an offence that a measure counts and
    nothing else, the measure's name before its own."""
    offences = request.catalogue.offences
    own = offences[offence].name if offence in offences else offence
    exactly = f"offence = '{offence}'"
    for measure in request.measures.values():
        if measure.unit == "n" and measure.query.header.get("records") == exactly:
            same = measure.name.lower() == own.lower()
            return own if same else f"{measure.name} ({phrases.inside(own)})"
    return own


def _unusual(now: int, before: list[int]) -> str:
    """Where seven days lie beyond all those before, in words; '' where they lie among them."""
    if now > max(before):
        return "first" if max(before) == 0 else "most"
    return "fewest" if now < min(before) else ""


WORDS = {
    "first": f"the first in {WEEKS + 1} weeks",
    "most": f"more than in any of {WEEKS} weeks before",
    "fewest": f"fewer than in any of {WEEKS} weeks before",
}


def _title(came: list[Came], unit: str, last: date, alerts: list[str]) -> str:
    """What came in and what of it is unusual; an alert outranks it, and is named before it."""
    on_day, in_week = (sum(row["on_day"] for row in came), sum(row["in_week"] for row in came))
    out = [f"{row['name']} {WORDS[row['unusual']]}" for row in came if row["unusual"]]
    if alerts:
        # A fortnight in some boroughs may be an alert though the unit's week as a whole is not.
        named = phrases.listed_first([phrases.inside(name) for name in alerts])
        out = [f"an alert stands on {named}", *out]
    said = phrases.listed(out) if out else "no kind is beyond its weeks before"
    return f"{on_day} came to {unit} on {day_words(last)}, {in_week} in seven days: {said}"


def arrived(
    request: Request, unit: str, page: int | None = 1, branch: str | None = None
) -> Disclosed:
    """One page of the reports of the last seven days, newest first; all where `page` is None.

    branch  whose alone, where it is one's

    raises  NotAllowedError for a unit whose records the role may not open
    """
    last = last_day(request) or request.as_at
    since, until = last - timedelta(days=6), last + timedelta(days=1)
    params = {"unit": unit, "branch": branch, "since": since, "until": until, **bounds(page)}
    reports = request.run("arrivals", **params)
    total = total_of(reports)
    return request.disclose(
        reports,
        title=f"What came in{whose(branch)} · {total:,}",
        subtitle=f"{day_words(since)} to {day_words(last)}, newest first",
        query="arrivals",
        columns=ARRIVED,
        params=params,
        page_of=page_of(reports, lambda: arrived(request, unit, None, branch)),
        unit=unit,
        branch=branch,
    )
