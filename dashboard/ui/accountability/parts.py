"""What several views of the accountability page are drawn with."""

from __future__ import annotations

from dashboard.charts import stacked
from dashboard.ui.kit.section import Picture, card, note

FIRST = 12  # lines of a list that stand open


def stack(
    figures: list[tuple[str, str, int]], parts: list[str], colours: tuple[int, ...] = ()
) -> Picture | None:
    """Bars of (label, part, figure); None where there is nothing to draw."""
    if not figures:
        return None
    drawn = stacked.data(figures)
    return Picture(stacked.spec(drawn["sums"].num_rows, tuple(parts), colours), drawn)


def without(name: str, title: str, reason: str) -> None:
    with card(name, f"{title} [x]"):
        note(reason)
