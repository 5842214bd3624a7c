"""How much of a series is shown, and where its limits start anew."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from dashboard.catalogue import Catalogue
from dashboard.queries import Measure

YEARS = 3  # whole planning years before the present one, that the limits stand on
SOURCE = re.compile(r"\s*\[[A-Z][\w-]*\]")  # the key of a paper, of no use on a chart


@dataclass(frozen=True)
class Window:
    """How much of a series is shown, and where a reader has its limits start anew.

    years    whole planning years before the present one; None for all there are
    rebase   a day from which limits start anew, beside the breaks of the catalogue
    because  the reader's reason for it
    """

    years: int | None = YEARS
    rebase: date | None = None
    because: str = ""


USUAL = Window()


def breaks(
    catalogue: Catalogue, measure: Measure, unit: str, borough: str, shown: Window
) -> list[tuple[date, str]]:
    """Days and notes of the catalogue's breaks of a series and the reader's own, by day."""
    noted = [
        (item.on, SOURCE.sub("", item.note))
        for item in catalogue.breaks_of(measure.id, measure.published)
        if item.area in ("", borough) and item.unit in ("", unit)
    ]
    if shown.rebase is not None:
        by = "rebased by the reader"
        noted.append((shown.rebase, f"{shown.because} ({by})" if shown.because else by))
    return sorted(noted)
