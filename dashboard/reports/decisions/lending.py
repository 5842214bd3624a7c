"""Who can lend: no more officers than a unit has in post, and where a move would hurt least."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import Annotated, Any, TypedDict

from dashboard import rows
from dashboard.decisions.moves import Move
from dashboard.errors import UsageError
from dashboard.periods import month_start, planning_year_start
from dashboard.reports.request import Request
from dashboard.words import phrases


class Strength(TypedDict):
    """Of a row of the query pressure, who is in post."""

    unit_code: str
    in_post: Annotated[float | None, "null: not loaded"]


class Lender(TypedDict):
    """Of a unit, its place in the order of where a move would hurt, and why."""

    unit_code: str
    place: int | None
    reason: str


def in_post(request: Request) -> dict[str, int]:
    """Officers in post in the latest month known, by OCU; without those that are not known."""
    span = {"since": planning_year_start(request.as_at), "until": month_start(request.as_at)}
    known = rows.typed(Strength, request.run("pressure", **span))
    return {row["unit_code"]: int(row["in_post"]) for row in known if row["in_post"] is not None}


def check(moves: Iterable[Move], ocus: Mapping[str, str], filled: Mapping[str, int]) -> None:
    """Raises UsageError where a decision takes more officers from an OCU than it has in post, all
    its moves together.

    ocus  the OCU of each unit that lends; filled: officers in post by OCU
    """
    lent = Counter[str]()
    for item in moves:
        lent[ocus[item.giver]] += item.officers
    for code, officers in lent.items():
        if code in filled and officers > filled[code]:
            raise UsageError(
                f"{code} has {filled[code]:,} officers in post: it can't lend {officers:,}"
            )


def safest(lenders: Iterable[Lender], takers: Collection[Any]) -> str:
    """'OCU3 could lend most safely: against it: 1 alert.'; '' where no unit can be placed.

    takers  units that are to get, which don't lend
    """
    placed = [row for row in lenders if row["place"] is not None and row["unit_code"] not in takers]
    if not placed:
        return ""
    least = min(row["place"] or 0 for row in placed)
    first = [row for row in placed if row["place"] == least]
    if len(first) == 1:
        said = phrases.inside(first[0]["reason"])
        return f"{first[0]['unit_code']} could lend most safely; {said}."
    each = "; ".join(f"{row['unit_code']}: {phrases.inside(row['reason'])}" for row in first)
    codes = phrases.listed([row["unit_code"] for row in first])
    return f"{codes} could lend most safely. {each}."
