"""The sum of all areas, and the share of it that is the unit's."""

from __future__ import annotations

from dashboard.catalogue import ours
from dashboard.queries import Measure
from dashboard.reports.boroughs.exposure import CountedSpan, Part
from dashboard.reports.boroughs.spans import (
    Choice,
    figure,
    period,
    windows,
)
from dashboard.reports.request import Request
from dashboard.words.names import area_inside, areas_word, whole_area

SHARE = "scd_share_of_gun_crime"
GUN = "gun-enabled crimes"


def rest(window: CountedSpan, request: Request) -> dict[str, Part]:
    """What stands beside the map, by area."""
    known = request.catalogue.areas
    return {
        code: part
        for code, part in window.parts.items()
        if code not in known or known[code].kind != "borough"
    }


def total(window: CountedSpan) -> Part:
    """The whole: tiles and the rest."""
    sizes = [part.size for part in window.parts.values() if part.size is not None]
    seen = sum(part.seen for part in window.parts.values())
    return Part(seen, sum(sizes) if sizes else None)


def sum_words(
    about: Measure, window: CountedSpan, request: Request, unit: str | None = None
) -> str:
    """'32 boroughs 8,005 + unknown 20 = 8,025, all of …'; of one unit it says so."""
    beside, whole = rest(window, request), total(window)
    inside = [part for code, part in window.parts.items() if code not in beside]
    sizes = [part.size for part in inside if part.size is not None]
    tiles_sum = Part(sum(part.seen for part in inside), sum(sizes) if sizes else None)
    words = [f"{len(inside)} {areas_word()} {figure(about, *tiles_sum)}"]
    for code, part in beside.items():
        words.append(f"{area_inside(request.catalogue, code)} {figure(about, *part)}")
    all_of = f"all that {unit} investigated" if unit else f"all of {whole_area()}"
    return f"{' + '.join(words)} = {figure(about, *whole)}, {all_of}."


def share(name: str, part: Part, what: str, where: str = "") -> str:
    """Who investigated how much of what, with both parts.

    >>> share("OCU7", Part(853, 3653), "gun-enabled crimes")
    'OCU7 investigated 853 of 3,653 gun-enabled crimes, 23.4 %'
    """
    if not part.size:
        return f"No {what}{where}"
    return (
        f"{name} investigated {part.seen:,.0f} of {part.size:,.0f} {what}{where},"
        f" {100 * part.seen / part.size:.1f} %"
    )


def share_words(request: Request, choice: Choice, borough: str | None = None) -> str:
    """The directorate's share of gun-enabled crime, of all or in a borough, as a sentence.

    Published counts do not know who investigates; then it says that.
    """
    spans = windows(request, Choice(choice.span, choice.against, None, choice.until)).get(SHARE)
    if spans is None:
        return "[x] Who investigates is not known: published counts name no unit."
    window = spans[0]
    part = window.parts.get(borough, Part(0, 0)) if borough else total(window)
    where = f" in {request.catalogue.areas[borough].name}" if borough else ""
    months = f", {period(window)}"
    return f"{share(ours().directorate, part, GUN, where)}{months}."
