"""Which sections the tasking page has today, and where: what has news leads.

A section with nothing to show has a sentence among the words on the data instead.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dashboard import rows
from dashboard.errors import DashboardError
from dashboard.reports import Request
from dashboard.reports.alerts import alert_list
from dashboard.reports.tasking import bar_rows, forecasts, objectives, pressures, to_decide
from dashboard.reports.tasking.board_rows import Said

Look = Callable[[Request], str | None]
LEFT, RIGHT, BELOW, MORE = PLACES = ("left", "right", "below", "left, after others")


@dataclass(frozen=True)
class Part:
    """A section: its place, whether it has something to show, what it says where it has not.

    number  of the part of the meeting that it belongs to
    """

    name: str
    number: int
    place: str
    news: bool
    quiet: str = ""


@dataclass(frozen=True)
class Layout:
    """Names of the sections in each place in the meeting's order, and the quiet ones' words.

    below  what stands under both columns; without a right column nothing does
    """

    left: tuple[str, ...]
    right: tuple[str, ...]
    below: tuple[str, ...]
    quiet: tuple[str, ...]

    @property
    def numbers(self) -> dict[str, int]:
        """The number before a section's title: only the first of a part bears the part's, as the
        wall counts them, so that none stands twice."""
        own = {name: number for name, number, *_ in PARTS}
        first: dict[int, str] = {}
        for name in (*self.left, *self.right, *self.below):
            first.setdefault(own[name], name)
        return {name: number for number, name in first.items()}


def layout(request: Request) -> Layout:
    """The sections of a meeting: on the left what came, on the right what there is to meet it,
    below them the plan."""
    return arranged([_part(request, *item) for item in PARTS])


def arranged(parts: Sequence[Part]) -> Layout:
    """Places of the parts with news. Where the left or the right has none that leads, all stand in
    one column, what adds to others last."""
    lead, right, below, more = (
        tuple(part.name for part in parts if part.news and part.place == place) for place in PLACES
    )
    quiet = tuple(part.quiet for part in parts if not part.news and part.quiet)
    if lead and right:
        return Layout((*lead, *more), right, below, quiet)
    return Layout((*lead, *right, *below, *more), (), (), quiet)


def _part(request: Request, name: str, number: int, place: str, look: Look) -> Part:
    try:
        quiet = look(request)
    except DashboardError:
        # Drawn, it says in its own place what is wrong.
        return Part(name, number, place, news=True)
    return Part(name, number, place, quiet is None, quiet or "")


def _decided(request: Request) -> str | None:
    board = to_decide.before(request)
    return None if board.rows.num_rows else board.title


def _beyond(request: Request) -> str | None:
    listed = alert_list.alert_list(request)
    return None if sum(listed.tested.values()) else listed.alerts.title


def _rare(request: Request) -> str | None:
    return None if alert_list.alert_list(request).rare.rows.num_rows else ""


def _coming(request: Request) -> str | None:
    board = forecasts.coming(request)
    return None if bar_rows.ahead(rows.typed(forecasts.Coming, board.rows)) else board.title


def _pressure(request: Request) -> str | None:
    able = pressures.pressure(request)
    return None if pressures.loaded(rows.typed(pressures.Pressure, able.rows)) else able.title


def _plan(request: Request) -> str | None:
    board = objectives.board(request)
    held = any(row["value"] is not None for row in rows.typed(Said, board.rows))
    return None if held else board.title


PARTS: tuple[tuple[str, int, str, Look], ...] = (
    ("decided", 1, LEFT, _decided),
    ("beyond", 2, LEFT, _beyond),
    ("rare", 2, MORE, _rare),
    ("pressure", 3, RIGHT, _pressure),
    ("coming", 3, RIGHT, _coming),
    ("plan", 4, BELOW, _plan),
)
