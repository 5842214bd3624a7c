"""The most important thing that a unit's page has to say, as its heading."""

from __future__ import annotations

from collections.abc import Iterable

from dashboard import rows
from dashboard.access import Disclosed
from dashboard.reports.alerts import standing
from dashboard.reports.measure import verdicts
from dashboard.reports.request import Request
from dashboard.reports.unit import ocu
from dashboard.reports.unit.planned import Planned
from dashboard.words import numbers, phrases

NAMED = 2  # likeliest misses that a heading names; one beside an alert


def headline(request: Request, unit: str, plan: Disclosed, late: int = 0) -> str:
    """'OCU7: alert on robbery in Ashby and Holme; 6 of 8 targets are likely to be missed, likeliest
    overtime against profile; 8 actions overdue'.

    plan  as dashboard.reports.unit.ocu gives it
    late  how much is overdue at the unit

    For every unit alike: its alerts, then the targets that are likely to be missed, then what is
    overdue. Without alert and missed target, what lies beyond its own limits.
    """
    alerts = _alerts(request, unit)
    parts = [part for part in (alerts, _missed(unit, plan, 1 if alerts else NAMED)) if part]
    parts = parts or [_otherwise(request, unit, plan)]
    if late:
        parts.append(f"{phrases.many(late, 'action')} overdue")
    return f"{unit}: {'; '.join(parts)}"


def _alerts(request: Request, unit: str) -> str:
    """'alert on commercial robbery in Ashby and Holme, and 1 more'."""
    beyond = standing.alerts_on(request, unit=unit)
    if not beyond:
        return ""
    place = f" in {beyond[0]['borough_name']}" if beyond[0]["borough_name"] else ""
    more = f", and {len(beyond) - 1:,} more" if beyond[1:] else ""
    return f"alert on {phrases.inside(beyond[0]['name'])}{place}{more}"


def _missed(unit: str, plan: Disclosed, most: int) -> str:
    """How many of the unit's own targets are likely to be missed, and `most` of the likeliest; ''
    of none."""
    listed = rows.typed(Planned, plan.rows)
    # A target of more than the unit is no charge to it: its own part stands beside it.
    own = [row for row in listed if row["whole"] is None]
    others = [row for row in listed if row["whole"] is not None]
    whose = "its own " if any(row["target_words"] for row in others) else ""
    wider = likeliest(others)
    if missed := likeliest(own):
        names = [phrases.inside(row["name"]) for row in missed[:most]]
        lead = "likeliest " if len(missed) > len(names) else ""
        return f"{verdicts.missed(own, whose)}, {lead}{phrases.listed(names)}"
    if wider:
        none = f"{phrases.inside(verdicts.missed(own, whose))}; " if own else ""
        return f"{none}{_of_whole(unit, wider[0])}"
    return ""


def likeliest(listed: Iterable[Planned]) -> list[Planned]:
    """The likely misses, the likeliest first; what is better than usual last: it misses its target,
    and is no news of today."""
    missed = verdicts.likely_missed(listed)
    return sorted(missed, key=lambda row: row["variation"].startswith("improvement"))


def _otherwise(request: Request, unit: str, plan: Disclosed) -> str:
    if all(row["symbol"] == numbers.MISSING for row in rows.typed(Planned, plan.rows)):
        return "nothing of its plan is loaded"
    changed = ocu.head(request, unit).changed
    return phrases.inside(phrases.listed(changed[:1])) or "no figure of its plan is fresh"


def _of_whole(unit: str, row: Planned) -> str:
    """'of review recommendations overdue OCU2 has none; all of OCU, end of June 2032: 17'."""
    own = row["figure"] if row["value"] else "none"
    whole = f"{row['whole_words']}: {row['whole']}"
    return f"of {phrases.inside(row['name'])} {unit} has {own}; {whole}"
