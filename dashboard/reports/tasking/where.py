"""Where it is: the boroughs as tiles, those of a problem marked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Annotated, TypedDict

from dashboard import rows
from dashboard.access import Disclosed
from dashboard.catalogue import Area
from dashboard.reports.alerts.rare_events import Rare
from dashboard.reports.alerts.rows_of_list import alert_rows
from dashboard.reports.request import Request
from dashboard.reports.tasking.problems import Problem

ALERT, RAISED, COUNTED, QUIET, OUTSIDE = "alert", "raised", "counted", "quiet", "outside"


class Tile(TypedDict):
    """An area of the map."""

    code: str
    name: str
    figure: str
    state: str  # one of the constants above
    mark: str  # the kinds that are in it, of a map of several
    grid_x: int
    grid_y: int
    kind: Annotated[int | None, "null: none of the map's kinds is in it"]


def kinds(items: Iterable[Problem]) -> dict[str, str]:
    """The measures of the problems that are of boroughs, with their names, in their order: the
    kinds that a map of several marks apart, from 1."""
    return {item.row["measure"]: item.row["name"] for item in items if item.boroughs}


def numbered(items: Iterable[Problem]) -> list[str]:
    """'1 Commercial robbery', '2 Shootings': what the marks of a map say; none of one kind."""
    names = list(kinds(items).values())
    return [f"{at} {name}" for at, name in enumerate(names, start=1)] if len(names) > 1 else []


def _places(items: Iterable[Problem]) -> dict[str, tuple[int, ...]]:
    """The kinds of the problems in each of their boroughs, as places in `kinds`."""
    listed = list(items)
    order = list(kinds(listed))
    at: dict[str, set[int]] = {}
    for item in listed:
        for code in item.boroughs:
            at.setdefault(code, set()).add(order.index(item.row["measure"]) + 1)
    return {code: tuple(sorted(places)) for code, places in at.items()}


def of_problem(request: Request, item: Problem, title: str) -> Disclosed:
    """A tile a borough: the problem's with their counts, and lightly those beside it that rose."""
    beside = raised(request, item)
    marked = {code: (ALERT, str(count)) for code, count in item.counts.items()}
    return _tiles(request, marked | {c: (RAISED, str(n)) for c, n in beside.items()}, title)


def raised(request: Request, item: Problem) -> dict[str, int]:
    """Boroughs that touch the problem's and rose without being an alert, with their counts.

    Rose: the count is nearer to the upper edge of what was expected than to what was expected, so
    that about one borough in six does it by chance. Of a series of all boroughs, any of them.
    """
    near = {code for one in item.boroughs for code in request.catalogue.neighbours(one)}
    here = alert_rows(request).tested
    return {
        code: figures["now"]
        for (measure, _, code), figures in here.items()
        if measure == item.row["measure"]
        and code
        and code not in item.boroughs
        and (code in near or not item.boroughs)
        and figures["now"] > (figures["expected"] + figures["high"]) / 2
    }


def of_all(request: Request, items: Iterable[Problem], title: str) -> Disclosed:
    """A tile a borough, those of any problem marked by their short names; where none is of a
    borough, the tiles of the first."""
    listed = list(items)
    marked = _places(listed)
    if listed and not marked:
        return of_problem(request, listed[0], title)
    named = {code: (ALERT, request.catalogue.areas[code].short) for code in marked}
    return _tiles(request, named, title, marked)


def of_list(request: Request, items: Iterable[Problem], title: str) -> Disclosed:
    """A tile a borough with its short name: those of any problem, and lightly those that rose
    beside one of its own boroughs."""
    listed = list(items)
    tiles = {area.code: (_usual(area), area.short) for area in request.catalogue.areas.values()}
    beside = {code for item in listed if item.boroughs for code in raised(request, item)}
    marked = _places(listed)
    for state, codes in ((RAISED, beside), (ALERT, set(marked))):
        tiles |= {code: (state, tiles[code][1]) for code in codes}
    return _tiles(request, tiles, title, marked)


def _usual(area: Area) -> str:
    return OUTSIDE if area.kind == "not_policed" else QUIET


def of_events(request: Request, events: Iterable[Rare], title: str) -> Disclosed:
    """A tile a borough with the number of its events."""
    counts: Counter[str] = Counter()
    for row in events:
        counts[row["borough"] or ""] += row["n"]
    shaded = {code: (COUNTED, str(count)) for code, count in counts.items() if code}
    return _tiles(request, shaded, title)


def _tiles(
    request: Request,
    marked: Mapping[str, tuple[str, str]],
    title: str,
    of_kinds: Mapping[str, tuple[int, ...]] | None = None,
) -> Disclosed:
    """A row a borough with a tile.

    kind, mark  of a map of several kinds: the first that is in the borough, and all of them
    """
    of_kinds = of_kinds or {}
    several = len({place for places in of_kinds.values() for place in places}) > 1
    tiles: list[Tile] = []
    for area in request.catalogue.areas.values():
        if area.grid_x is None or area.grid_y is None:
            continue
        state, figure = marked.get(area.code, (_usual(area), ""))
        own = of_kinds.get(area.code, ())
        tiles.append(
            {
                "code": area.code,
                "name": area.name,
                "figure": figure,
                "state": state,
                "mark": " ".join(map(str, own)) if several else "",
                "grid_x": area.grid_x,
                "grid_y": area.grid_y,
                "kind": own[0] if own else None,
            }
        )
    return request.disclose(rows.table(Tile, tiles), title=title, query="meeting_series")
