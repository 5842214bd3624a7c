"""The rows of the objectives board: a measure's figure, variation, target, and what is said."""

from __future__ import annotations

from typing import Annotated, Final, TypedDict

from dashboard.reports.measure.verdicts import Verdict

LATEST: Final = "latest_figure_of"


FEW = 100  # cases below which a share is shown with its interval


NO_FIGURE = "null: no whole period is known"


NO_PARTS = f"{NO_FIGURE}, or of no rate"


NO_TARGET = "null: no target"


class Standing(TypedDict):
    """A measure's figure, its variation and its target."""

    measure: str
    name: str
    unit_code: str
    unit: str
    better: str
    unit_of_parts: str  # what both parts of a rate are counted in: n, gbp, hours
    value: Annotated[float | None, NO_FIGURE]
    numerator: Annotated[float | None, NO_FIGURE]
    denominator: Annotated[float | None, NO_PARTS]
    low: Annotated[float | None, f"{NO_PARTS}, or of {FEW} cases and more"]  # Wilson interval
    high: Annotated[float | None, f"{NO_PARTS}, or of {FEW} cases and more"]
    period_words: Annotated[str | None, NO_FIGURE]
    latest: Annotated[float | None, NO_FIGURE]
    latest_numerator: Annotated[float | None, NO_FIGURE]
    latest_denominator: Annotated[float | None, NO_PARTS]
    latest_words: Annotated[str | None, NO_FIGURE]
    basis: str
    as_of: str  # of a stock the end that it stood at; '' of what adds up over the year
    context: str  # what the figure is of, where that is more than the unit that owns the measure
    target: Annotated[float | None, NO_TARGET]  # what the year is to reach
    path: Annotated[float | None, NO_TARGET]  # what the last period was to reach
    target_words: Annotated[str | None, NO_TARGET]
    target_status: Annotated[str | None, NO_TARGET]
    variation: str  # a state of dashboard.stats.spc; '' where there are too few points or cases
    assurance: str
    symbol: str  # '', or [x]: no data, or [p]: the last period may still change
    fresh: Annotated[bool | None, NO_FIGURE]  # the last period is as late as its kind comes
    spark: list[float | None]


class Objective(Standing, Verdict):
    """The same with the verdict on the target, and what both figures are of."""

    figure_of: Annotated[str | None, NO_FIGURE]
    latest_figure_of: Annotated[str | None, NO_FIGURE]


class Signed(Objective):
    """The same with what is unsigned."""

    unsigned: Annotated[str | None, "null: all that it stands on is signed"]
    unsigned_returns: Annotated[str | None, "null: all that it stands on is signed"]


class Said(Signed):
    """The same in words: the figure with its parts, and with the unsigned returns in it."""

    value_said: str
    sentence: str


class Explained(Said, total=False):
    """The same with what is said of the figure, where anything is."""

    explanation: str
