"""What the store holds of a seal and of the result that it led to: declared once for all readers.

Days are in ISO's spelling, as the store's JSON has them.
"""

from __future__ import annotations

from typing import Annotated, NotRequired, TypedDict

WHOLE_COUNT = "null: of a whole count, which nothing stands beside"


class Band(TypedDict):
    """A count that is expected, with the band that holds 95 of 100."""

    mean: float
    low: float
    high: float


class Fortnight(Band):
    """A fortnight of the forecast without the action."""

    start: str


class Difference(TypedDict):
    """A difference with its 95 % interval."""

    value: float
    low: float
    high: float


class SealedPast(TypedDict):
    """dashboard.decisions.effects.Past."""

    treated: float
    compared: float
    touching: float
    exposure: float
    ahead: list[float]
    phi: float
    drift: NotRequired[float]
    unsure: NotRequired[float]


class Mixture(TypedDict):
    """dashboard.decisions.synthetic.Mix."""

    mean: float
    means: dict[str, float]
    weights: dict[str, float]
    miss: float


class Mixes(TypedDict):
    """The mix of the boroughs acted in, and that of each placebo."""

    own: Mixture
    placebos: dict[str, Mixture]


class Mixed(TypedDict):
    """What a mix says of what came, and how many placebos went as far."""

    expected: float
    as_far: int
    of: int
    weights: dict[str, float]


class Sealed(TypedDict):
    """What is settled before the action; see dashboard.decisions.sealing."""

    method: NotRequired[int]
    test: str
    at_most: NotRequired[float]
    kind: str  # beside or whole
    treated: list[str]
    compared: list[str]
    touching: list[str]
    caps: NotRequired[dict[str, list[float]]]
    synthetic: NotRequired[Annotated[Mixes | None, "null: history allows no mix"]]
    since: str
    until: str
    horizon: int
    ratio: float
    peak: Annotated[float | None, "null: the fortnight of the meeting is not known"]
    level: float
    past: SealedPast
    forecast: list[Fortnight]
    total: Band
    seed: int
    chances: dict[str, float]  # of seeing it, by fortnights waited


class Judged(TypedDict):
    """The verdict and all figures behind it."""

    verdict: str  # worked, did_not, not_yet or never
    seen_from: Annotated[str | None, "null: not within a year"]
    treated: float
    fortnights: list[float]
    compared: Annotated[float | None, WHOLE_COUNT]
    touching: Annotated[float | None, WHOLE_COUNT]
    expected: Band
    p: float
    p_effect: float
    difference: Annotated[Difference | None, WHOLE_COUNT]
    moved: Annotated[Difference | None, f"{WHOLE_COUNT}; or nothing touches"]
    net: Annotated[Difference | None, f"{WHOLE_COUNT}; or nothing touches"]
    synthetic: NotRequired[Annotated[Mixed | None, "null: no mix was sealed"]]
