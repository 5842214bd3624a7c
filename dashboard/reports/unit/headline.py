"""The most important thing that a unit's page has to say, as its heading."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard import rows
from dashboard.access import Disclosed
from dashboard.reports.alerts import alert_words, standing
from dashboard.reports.measure import verdicts
from dashboard.reports.request import Request
from dashboard.reports.unit import ocu
from dashboard.reports.unit.planned import Planned
from dashboard.words import numbers, phrases

NAMED = 2  # measures that a heading names


def headline(request: Request, unit: str, plan: Disclosed) -> str:
    """'OCU7: commercial robbery is above its usual range in Ashby and Holme, and 1 more alert'.

    plan  as dashboard.reports.unit.ocu gives it

    An alert comes first, then the targets that are likely to be missed, then what lies beyond its
    own limits.
    """
    return f"{unit}: {_said(request, unit, plan)}"


def _said(request: Request, unit: str, plan: Disclosed) -> str:
    beyond = standing.alerts_on(request, unit=unit)
    if beyond:
        place = beyond[0]["borough_name"]
        first = alert_words.above(beyond[0], [place] if place else [])
        more = f", and {phrases.many(len(beyond) - 1, 'more alert')}" if beyond[1:] else ""
        return f"{phrases.inside(first)}{more}"
    listed = rows.typed(Planned, plan.rows)
    # A target of more than the unit is no charge to it: its own part stands beside it.
    own = [row for row in listed if row["whole"] is None]
    wider = verdicts.likely_missed([row for row in listed if row["whole"] is not None])
    if missed := verdicts.likely_missed(own):
        names = [phrases.inside(row["name"]) for row in _gravest_first(request, own, missed)]
        return f"{verdicts.missed(own)}, {_first(names)}"
    if wider:
        gravest = _gravest_first(request, listed, wider)[0]
        none = f"{verdicts.missed(own)}; ".replace("None", "none", 1) if own else ""
        return f"{none}{_of_whole(unit, gravest)}"
    if all(row["symbol"] == numbers.MISSING for row in listed):
        return "nothing of its plan is loaded"
    changed = ocu.head(request, unit).changed
    return phrases.inside(phrases.listed(changed[:1])) or "no figure of its plan is fresh"


def _gravest_first(
    request: Request, listed: Sequence[Planned], missed: Sequence[Planned]
) -> list[Planned]:
    """Measures of the control strategy's priorities in its order, then the plan's others; what is
    better than usual last: it misses its target, and is no news of today."""
    in_force = request.catalogue.in_force(request.as_at)
    places = {name: at for at, item in reversed([*enumerate(in_force)]) for name in item.measures}
    plan = [row["measure"] for row in listed]

    def place(row: Planned) -> tuple[bool, int, int]:
        better = (row["variation"] or "").startswith("improvement")
        name = row["measure"]
        return better, places.get(name, len(in_force)), plan.index(name)

    return sorted(missed, key=place)


def _of_whole(unit: str, row: Planned) -> str:
    """'of review recommendations overdue OCU2 has none; all of OCU, end of June 2032: 17'."""
    own = row["figure"] if row["value"] else "none"
    whole = f"{row['whole_words']}: {row['whole']}"
    return f"of {phrases.inside(row['name'])} {unit} has {own}; {whole}"


def _first(names: list[str]) -> str:
    """'first of all A and B', as few as a heading has room for."""
    lead = "first of all " if len(names) > NAMED else ""
    return f"{lead}{phrases.listed(names[:NAMED])}"
