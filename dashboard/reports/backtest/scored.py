"""The rows of the backtest's scores: what bands held, how far off forecasts were, what came."""

from __future__ import annotations

from typing import Annotated, NamedTuple, TypedDict

from dashboard.stats.backtest import Share

NO_CALL = "null: no forecast can be held against it"
NO_TARGET = "null: no target was asked"


class Bands(TypedDict):
    """What bands held of n forecasts: both shares with their 95 % intervals."""

    n: int
    held_80: int
    share_80: float
    low_80: float
    high_80: float
    held_95: int
    share_95: float
    low_95: float
    high_95: float
    promised_80: float  # what the bands themselves expect to hold


class Widened(TypedDict):
    """How far dispersion is widened so that the 80 % band holds, and what it holds then."""

    factor: float
    after_80: float
    state: str  # accepted, widened, above or unreached


class Scores(TypedDict):
    """Errors of the forecast and of two simple calls; Brier scores of chances, on the same rows.

    mae  mean error, of a count or a rate; off: a share of what came
    """

    mae: Annotated[float | None, NO_CALL]
    mae_run_rate: Annotated[float | None, NO_CALL]
    mae_last_year: Annotated[float | None, NO_CALL]
    off: Annotated[float | None, NO_CALL]
    off_run_rate: Annotated[float | None, NO_CALL]
    off_last_year: Annotated[float | None, NO_CALL]
    asked: int  # targets
    brier: Annotated[float | None, NO_TARGET]
    brier_widened: Annotated[float | None, NO_TARGET]
    brier_run_rate: Annotated[float | None, NO_TARGET]
    brier_last_year: Annotated[float | None, NO_TARGET]


class OfType(TypedDict):
    """A crime type, or all together; `level` is '' where all levels are counted together."""

    measure: str
    name: str
    level: str


class Windowed(OfType, Bands, Widened):
    """Forecasts of windows."""


class OfYears(TypedDict):
    """Planning years of a crime type, or of all, in one place."""

    kind: str  # count or rate
    place: str
    measure: str
    name: str
    years: int
    series_years: int


class Then(TypedDict):
    """Whether the factor is the type's own, and what the band holds with the factor known then."""

    own: bool
    then_80: float


class YearEnd(OfYears, Bands, Widened, Then, Scores):
    """Forecasts of year ends."""


class Stage(TypedDict):
    """A stage of the year."""

    stage: str


class Staged(Stage, Bands, Scores):
    """The same by how much of the year had gone."""


class Held(NamedTuple):
    """What one band held."""

    held: int
    n: int
    share: float
    low: float
    high: float


def held_80(row: Bands) -> Held:
    """The band that is to hold four of five."""
    return Held(row["held_80"], row["n"], row["share_80"], row["low_80"], row["high_80"])


def held_95(row: Bands) -> Held:
    """The band that is to hold 95 of 100."""
    return Held(row["held_95"], row["n"], row["share_95"], row["low_95"], row["high_95"])


def bands(n: int, eighty: Share, ninety_five: Share, promised: float) -> Bands:
    """The row of both bands."""
    return {
        "n": n,
        "held_80": round(eighty.held),
        "share_80": eighty.value,
        "low_80": eighty.low,
        "high_80": eighty.high,
        "held_95": round(ninety_five.held),
        "share_95": ninety_five.value,
        "low_95": ninety_five.low,
        "high_95": ninety_five.high,
        "promised_80": promised,
    }


def briers(row: Scores) -> tuple[float | None, float | None, float | None]:
    """Of the chances, the run rate and last year's total."""
    return row["brier"], row["brier_run_rate"], row["brier_last_year"]


NOTHING: Scores = {
    "mae": None,
    "mae_run_rate": None,
    "mae_last_year": None,
    "off": None,
    "off_run_rate": None,
    "off_last_year": None,
    "asked": 0,
    "brier": None,
    "brier_widened": None,
    "brier_run_rate": None,
    "brier_last_year": None,
}
