"""Pressure and capacity side by side: what is beyond expectation, overtime spent, posts empty."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Annotated, TypedDict

from dashboard import rows
from dashboard.access import Disclosed
from dashboard.catalogue import ours
from dashboard.periods import Period, day_words, later, month_start, planning_year_start
from dashboard.reports.alerts.rows_of_list import alert_rows
from dashboard.reports.decisions import budgets
from dashboard.reports.measure import identity
from dashboard.reports.request import Request
from dashboard.reports.request.kept import kept_as_written
from dashboard.words import numbers, phrases, status
from dashboard.words.names import window_word

BRIEF = (
    "unit_code",
    "unit_name",
    "alerts",
    "tested",
    "overtime_words",
    "posts_words",
)  # where there is little room
MOST_BELOW = 3  # units that the title names as below their profile
EARLY = 3  # periods of the year; before the third an overtime run rate says nothing
UNLOADED = "null: not loaded"
UNTESTED = "null: nothing of it is tested"


class Pressure(TypedDict):
    """An OCU: what is beyond expectation, what it spent, and what it has."""

    unit_code: str
    unit_name: str
    alerts: Annotated[int | None, UNTESTED]
    watched: Annotated[int | None, UNTESTED]
    tested: int
    spent_gbp: Annotated[float | None, UNLOADED]
    profiled_gbp: Annotated[float | None, UNLOADED]
    overtime: Annotated[float | None, f"{UNLOADED}, or too early in the year"]  # of its profile
    moved_gbp: float  # of overtime budget that decisions which stand moved to it; below 0: from it
    overtime_words: str
    posts: Annotated[int | None, UNLOADED]
    in_post: Annotated[int | None, UNLOADED]
    vacant: Annotated[int | None, UNLOADED]
    posts_words: str
    sickness_days: Annotated[float | None, UNLOADED]
    strength_month: Annotated[date | None, UNLOADED]
    figure_of: Annotated[str | None, "null: no measure holds spent and profiled together"]


class Known(TypedDict):
    """A row of the query pressure."""

    unit_code: str
    spent_gbp: float | None
    profiled_gbp: float | None
    months: int
    posts: float | None
    in_post: float | None
    sickness_days: float | None
    strength_month: date | None


@kept_as_written(32)
def pressure(request: Request) -> Disclosed:
    """One row an OCU of the directorate, in order of their codes.

    alerts, watched, tested  of the series of measures that the OCU owns
    overtime  spent over profiled, of whole months of the planning year; null before period 3
    vacant    posts that nobody fills, of `posts`, and the days of sickness: of the latest month
              known
    """
    span = {"since": planning_year_start(request.as_at), "until": month_start(request.as_at)}
    known = rows.typed(Known, request.run("pressure", **span))
    able = [_row(request, row) for row in known]
    until = later(span["since"], max((row["months"] for row in known), default=0))
    able.sort(key=lambda row: (len(row["unit_code"]), row["unit_code"]))  # 2 before 10
    return request.disclose(
        rows.table(Pressure, able),
        title=title_of(able, Period(span["since"], until).words),
        subtitle=f"alerts of the {window_word()} {request.fortnight.words}; overtime of whole "
        f"months of the year, posts of the latest month, as at {day_words(request.as_at)}",
        notes=(f"{ours().directorate} budgets are illustrative: no paper was found.",)
        if request.sample
        else (),
        query="pressure",
        columns=BRIEF,
        params=span,
        composed=("overtime_against_profile", *(key[0] for key in alert_rows(request).tested)),
    )


def loaded(able: Iterable[Pressure]) -> bool:
    """Whether overtime or posts of any unit are known."""
    return any(row["overtime"] is not None or row["posts"] is not None for row in able)


def _row(request: Request, row: Known) -> Pressure:
    code = row["unit_code"]
    tiers = [item for item in alert_rows(request).rows if _owner(request, item["measure"]) == code]
    tested = [key for key in alert_rows(request).tested if _owner(request, key[0]) == code]
    spent, profiled = row["spent_gbp"], row["profiled_gbp"]
    early, since = row["months"] < EARLY, planning_year_start(request.as_at)
    posts, in_post = (None if n is None else int(n) for n in (row["posts"], row["in_post"]))
    vacant = None if posts is None or in_post is None else posts - in_post
    return {
        "unit_code": code,
        "unit_name": request.catalogue.units[code].name,
        # Where nothing was tested there is no number of alerts, not even none.
        "alerts": sum(item["tier"] == "alert" for item in tiers) if tested else None,
        "watched": sum(item["tier"] == "watch" for item in tiers) if tested else None,
        "tested": len(tested),
        "spent_gbp": spent,
        "profiled_gbp": profiled,
        "overtime": spent / profiled if profiled and spent is not None and not early else None,
        "moved_gbp": budgets.net(request, since, code) / budgets.PENCE,
        "overtime_words": _overtime(spent, profiled, early),
        "posts": posts,
        "in_post": in_post,
        "vacant": vacant,
        "figure_of": identity.of_overtime(request, code, since, later(since, row["months"])),
        "posts_words": numbers.MISSING if vacant is None else f"{vacant} of {posts:,}",
        "sickness_days": row["sickness_days"],
        "strength_month": row["strength_month"],
    }


def _owner(request: Request, measure: str) -> str:
    return request.catalogue.ocu_of(request.measures[measure].owner)


def _overtime(spent: float | None, profiled: float | None, early: bool) -> str:
    """'120 %: £141,541 of £118,080'; both parts alone while it is too early for a rate."""
    if spent is None or not profiled:
        return numbers.MISSING
    parts = numbers.rate(spent, profiled, "gbp")
    return f"too early: {parts}" if early else f"{100 * spent / profiled:.0f} %: {parts}"


def capacity(request: Request, unit: str) -> str:
    """What a unit has to spare: 'OCU1: 13 of 330 posts vacant · overtime 102 % of profile'; ''
    for what is no OCU."""
    able = {row["unit_code"]: row for row in rows.typed(Pressure, pressure(request).rows)}
    row = able.get(request.catalogue.ocu_of(unit))
    if row is None:
        return ""
    posts = "posts not loaded" if row["vacant"] is None else f"{row['posts_words']} posts vacant"
    known = row["overtime"] is not None
    spent = (
        f"overtime {numbers.share(row['overtime'])} of profile" if known else "overtime not known"
    )
    return f"{row['unit_name']}: {posts} · {spent}"


def over(able: Iterable[Pressure]) -> list[Pressure]:
    """The units that have alerts and are over their profile at once."""
    return [row for row in able if row["alerts"] and left(row) < 0]


def left(row: Pressure) -> float:
    """Pounds that a unit's whole months are below its profile and what was moved to it of others'
    budget; negative where they are over it, 0 where nobody can tell."""
    spent, profiled = row["spent_gbp"], row["profiled_gbp"]
    if row["overtime"] is None:
        return 0.0
    return (profiled or 0.0) - (spent or 0.0) + row["moved_gbp"]


def below(able: Iterable[Pressure]) -> list[Pressure]:
    """The units without an alert that are below their profile, most pounds first."""
    quiet = [row for row in able if not row["alerts"] and left(row) > 0]
    return sorted(quiet, key=left, reverse=True)


def with_room(able: Iterable[Pressure]) -> list[Pressure]:
    """The units that the title names as having room: those of `below`, where together they have
    the pounds that the units of `over` are over; else none, as nobody has room of this size."""
    units = list(able)
    least, needed = below(units), -sum(left(row) for row in over(units))
    return least[:MOST_BELOW] if sum(left(row) for row in least) >= needed else []


def alerted(row: Pressure) -> str:
    """'2 alerts', 'no alert'; that nothing of the unit is tested, where nobody can tell."""
    if row["alerts"] is None:
        return status.UNTESTED
    return phrases.many(row["alerts"], "alert") if row["alerts"] else "no alert"


def strain(row: Pressure, loaded: str = "") -> str:
    """'OCU8 has 1 alert and is £56,203 over its overtime profile': what speaks against taking from
    a unit; '' where nothing does.

    loaded  what is said of the most loaded unit; '' of another
    """
    said = [f"has {alerted(row)}"] if row["alerts"] else []
    said += [f"is {numbers.pounds(-left(row))} over its overtime profile"] if left(row) < 0 else []
    said += [loaded] if loaded else []
    return f"{row['unit_code']} {phrases.listed(said)}" if said else ""


def _room(able: list[Pressure]) -> str:
    """Who has room: '; below theirs: U6 £3,680 (no alert), U4 £2,559 (not tested)'; or that all
    together have less than is needed."""
    least, named = below(able), with_room(able)
    if not least:
        return "; no unit without an alert is below its own"
    if not named:
        whole = numbers.pounds(sum(map(left, least)))
        return f"; all units below theirs without an alert have only {whole} left"
    each = [f"{row['unit_code']} {numbers.pounds(left(row))} ({alerted(row)})" for row in named]
    return f"; below theirs: {', '.join(each)}"


def title_of(able: list[Pressure], span: str) -> str:
    """Who is under pressure and over its profile at once, by how much, and who has room; else what
    is loaded.

    span  of the whole months that the sums are of
    """
    pressed = over(able)
    if pressed:
        if len(pressed) == 1:
            (row,) = pressed
            said = f"{row['unit_code']} has alerts and is {numbers.pounds(-left(row))} over its"
            return f"{said} overtime profile{_moved(row)}, {span}{_room(able)}"
        each = [
            f"{row['unit_code']} ({numbers.pounds(-left(row))}{_moved(row)})" for row in pressed
        ]
        said = f"{phrases.listed(each)} have alerts and are over their"
        return f"{said} overtime profile, {span}{_room(able)}"
    if not any(row["profiled_gbp"] or row["posts"] for row in able):
        return "Overtime and posts are not loaded"
    return "No unit has both alerts and overtime over its profile"


def _moved(row: Pressure) -> str:
    """' with the £12,500 moved to it'; '' where none was."""
    pence = round(row["moved_gbp"] * budgets.PENCE)
    return f" {'with' if pence > 0 else 'without'} {budgets.words(pence)}" if pence else ""
