"""Teams' claims against their own year before: a funnel, never a league table.

Nobody counts officers by team, so each team is held against its own history: of its claims of
this year so far and of the year before together, what part falls into this year? If all went
on alike that part would be the same everywhere, give or take what chance does to a team of
its size; both years' chance is in it. Stated as claims seen beside claims expected.
"""

from __future__ import annotations

from typing import TypedDict

import numpy as np

from dashboard import rows
from dashboard.access import Disclosed
from dashboard.access.disclosure import METHOD, Note
from dashboard.catalogue import ours
from dashboard.reports.overtime import overtime_words as words
from dashboard.reports.request import Request
from dashboard.reports.request.kept import kept
from dashboard.reports.spending.ledgers import Ledger, ledger
from dashboard.stats import funnel, overdispersion
from dashboard.stats.overdispersion import Spread
from dashboard.words import numbers, phrases

FEWEST = 20  # claims of both years below which a team is not judged


class Team(TypedDict):
    """A team's claims of this year so far among those of both years: a row of charts.funnel."""

    unit_code: str
    ocu: str
    unit_name: str
    place: int
    value: float
    numerator: float
    denominator: float
    target: float
    low_95: float
    high_95: float
    low_998: float
    high_998: float
    said: str
    limits: str
    state: str  # inside or outside
    expected: float
    hours: float
    pence: int
    people: int


class Claimed(TypedDict):
    """A row of the query overtime_teams."""

    unit_code: str
    branch: str | None
    team: str | None
    n: int
    n_before: int
    pence: int
    hours: float
    people: int


class Judged(TypedDict):
    """What one team claimed; `code` is that of the team, else of its branch."""

    code: str
    ocu: str
    n: int
    n_before: int
    pence: int
    hours: float
    people: int


@kept(64)
def teams(request: Request, unit: str) -> Disclosed | None:
    """The rows of dashboard.charts.funnel; None where there is no year before to compare with.

    value  share of a team's claims of both spans that falls into this year; limits are on it
    """
    accounts = ledger(request)
    if accounts is None:
        return None
    since = accounts.year.replace(year=accounts.year.year - 1)
    params = {"since": since, "middle": accounts.year, "until": accounts.until}
    # All teams set the target and the spread; a unit's page shows its own of them.
    known = _finest(rows.typed(Claimed, request.run("overtime_teams", **params)))
    judged = [row for row in known if row["n"] + row["n_before"] >= FEWEST]
    seen, before = (sum(row["n"] for row in judged), sum(row["n_before"] for row in judged))
    if len(judged) < 2 or not seen or not before:
        return None
    order = list(request.catalogue.units)
    judged.sort(key=lambda row: order.index(row["code"]) if row["code"] in order else len(order))
    spread = overdispersion.of_shares(
        [row["n"] for row in judged], [row["n"] + row["n_before"] for row in judged]
    )
    shown = [
        row for row in _limited(request, judged, spread) if unit in (ours().directorate, row["ocu"])
    ]
    if not shown:
        return None
    left_out = sum(unit in (ours().directorate, row["ocu"]) for row in known) - len(shown)
    return request.disclose(
        rows.table(Team, shown),
        title=_title(shown),
        subtitle=_subtitle(accounts),
        notes=_notes(left_out, spread),
        query="overtime_teams",
        params=params,
        unit=unit,
    )


def _finest(claimed: list[Claimed]) -> list[Judged]:
    """One row a team; of a branch without teams the branch, of a unit without either what is
    left of it."""
    by_team: dict[str, Judged] = {}
    for row in claimed:
        code = row["team"] or row["branch"] or f"{row['unit_code']} not assigned"
        added = by_team.setdefault(
            code,
            {
                "code": code,
                "ocu": row["unit_code"],
                "n": 0,
                "n_before": 0,
                "pence": 0,
                "hours": 0.0,
                "people": 0,
            },
        )
        added["n"] += row["n"]
        added["n_before"] += row["n_before"]
        added["pence"] += row["pence"]
        added["hours"] += row["hours"]
        added["people"] += row["people"]
    return list(by_team.values())


def _limited(request: Request, judged: list[Judged], spread: Spread) -> list[Team]:
    sizes = [row["n"] + row["n_before"] for row in judged]
    if spread.adjust:
        inner = overdispersion.share_limits(spread, funnel.INNER)
        outer = overdispersion.share_limits(spread, funnel.OUTER)
        edges = np.array([*inner, *outer]).T.tolist()
    else:
        edges = funnel.limits_of_shares(sizes, spread.target).tolist()
    pairs = zip(judged, edges, strict=True)
    return [_row(request, row, limits, spread, place) for place, (row, limits) in enumerate(pairs)]


def _row(request: Request, row: Judged, limits: list[float], spread: Spread, place: int) -> Team:
    low, high, lowest, highest = limits
    size = row["n"] + row["n_before"]
    value = row["n"] / size
    # What the year before lets expect, if this year's part were that of all teams together.
    expected = row["n_before"] * spread.target / (1 - spread.target)
    return {
        "unit_code": row["code"],
        "ocu": row["ocu"],
        "unit_name": words.unit_words(request, row["code"]),
        "place": place,
        "value": value,
        "numerator": float(row["n"]),
        "denominator": float(size),
        "target": spread.target,
        "low_95": low,
        "high_95": high,
        "low_998": lowest,
        "high_998": highest,
        "said": f"{numbers.number(row['n'])} claims, {numbers.number(expected)} expected",
        "limits": f"{numbers.figure(lowest, 'percent')} to {numbers.figure(highest, 'percent')}",
        "state": "inside" if lowest <= value <= highest else "outside",
        "expected": expected,
        "hours": float(row["hours"]),
        "pence": row["pence"],
        "people": row["people"],
    }


def _title(teams: list[Team]) -> str:
    outside = [row["unit_name"] for row in teams if row["state"] == "outside"]
    if not outside:
        return "All teams claim as their own year before lets expect, give or take chance"
    size = "its size" if len(outside) == 1 else "their size"
    verb = "lies" if len(outside) == 1 else "lie"
    return f"{phrases.sentence(phrases.listed(outside))} {verb} outside the limits for {size}"


def _subtitle(accounts: Ledger) -> str:
    return (
        f"share of a team's claims since April {accounts.year.year - 1} that falls into"
        f" {words.span(accounts)}; 95 % and 99.8 % limits"
    )


def _notes(left_out: int, spread: Spread) -> tuple[str, ...]:
    limits = "adjusted for overdispersion" if spread.adjust else "exact binomial"
    said = [
        Note(f"limits {limits}, φ = {spread.phi:.2f}", METHOD),
        "a team is a branch where no team is recorded; in the organisation's order, not ranked",
        f"line: the share of all teams together, {numbers.figure(spread.target, 'percent')}",
    ]
    if left_out:
        said.append(f"{left_out} with fewer than {FEWEST} claims are not judged")
    return tuple(said)
