"""The measure that the Trends page opens on where its address names none: whose standing is worst.

The order is that of a standing everywhere: an alert, then what its own limits say, then the target.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypedDict

from dashboard.periods import next_start
from dashboard.reports.alerts import standing
from dashboard.reports.measure import claims, verdicts, wording
from dashboard.reports.measure.tracks import FRESH, MeasureSeries, tracks
from dashboard.reports.request import Request
from dashboard.reports.request.reckoned import reckoned
from dashboard.words import phrases


def opening(request: Request, known: Sequence[str], unit: str | None = None) -> tuple[str, str]:
    """The measure, and the sentence that says why it is this one.

    known  ids to choose from, in the plan's order
    unit   what is said of it alone counts; None: what each measure's owner has
    """
    (row,) = _opened(request, unit or "", *known)
    return row["measure"], row["why"]


class Opened(TypedDict):
    """The measure that a page opens on, and why."""

    measure: str
    why: str


@reckoned(Opened)
def _opened(request: Request, unit: str, *known: str) -> list[Opened]:
    measure, why = first_measure(request, known, unit or None)
    return [{"measure": measure, "why": why}]


def first_measure(request: Request, known: Sequence[str], unit: str | None) -> tuple[str, str]:
    alerted = [row["measure"] for row in standing.alerts_on(request, unit=unit)]
    if alerted := [name for name in alerted if name in known]:
        most = "the only one" if len(alerted) == 1 else f"the strongest of {len(alerted)}"
        return alerted[0], _said(request, alerted[0], f"its alert is {most}")
    fresh = {track.measure.id: track for track in _fresh(request, known, unit)}
    own = sorted(fresh.values(), key=lambda track: _worst(track, known))
    if news := [track.measure.id for track in own if is_news(track)]:
        of = f"of {len(news)} measures unusual and not for the better it stands worst"
        alone = "nothing else fresh is unusual for the worse"
        why = f"no alert stands, and {of if news[1:] else alone}"
        return news[0], _said(request, news[0], why)
    quiet = "no alert stands and nothing fresh is unusual for the worse"
    miss = {name: verdicts.verdict(request, item)["miss"] or 0 for name, item in fresh.items()}
    likeliest = sorted(miss, key=lambda name: (-miss[name], known.index(name)))
    if likeliest and verdicts.is_missed(miss[likeliest[0]]):
        name = likeliest[0]
        return name, _said(request, name, f"{quiet}; its target is the likeliest to be missed")
    name = next((name for name in known if name in fresh), known[0])
    return name, _said(request, name, f"{quiet}, and no target is likely to be missed")


def _said(request: Request, name: str, why: str) -> str:
    return f"The page opens on {phrases.inside(request.measures[name].name)}: {why}."


def _fresh(request: Request, known: Sequence[str], unit: str | None) -> Iterator[MeasureSeries]:
    """The tracks of measures whose last period is news, settled, and of its owner or the unit."""
    owners = [unit] if unit else dict.fromkeys(request.measures[name].owner for name in known)
    for code in owners:
        for name, track in tracks(request, code).items():
            own = unit or request.measures[name].owner == code
            ended = next_start(track.points[-1].start, track.grain)
            if name in known and own and ended >= request.as_at - FRESH:
                yield track


def is_news(track: MeasureSeries) -> bool:
    """Whether its last point is unusual, and not for the better."""
    beyond = wording.is_beyond(track) and wording.is_settled(track)
    return beyond and not track.variation.startswith("improvement")


def _worst(track: MeasureSeries, known: Sequence[str]) -> tuple[bool, bool, bool, int]:
    """For the worse before what has no better side, beyond the limits before what moved in them."""
    within = claims.claim(track).kind not in claims.BEYOND
    neutral = not track.variation.startswith("concern")
    return not is_news(track), neutral, within, known.index(track.measure.id)
