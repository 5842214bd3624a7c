"""The rows of the catalogue, one frozen record per table.

Dates are local dates, `since` inclusive and `until` exclusive; a blank `until` (None)
is open. A percentage is written as 83, not 0.83.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Unit:
    """A part of the force: force, directorate, ocu, branch or team.

    records  whose its records are: open, own (its own people's), never; blank: as the unit above
    """

    code: str
    level: str
    parent: str
    name: str
    remit: str
    records: str
    note: str


@dataclass(frozen=True)
class UnitRole:
    """The unit that does a kind of work here: a measure whose owner is the role is the unit's."""

    role: str
    unit: str


@dataclass(frozen=True)
class Area:
    """A borough, or a place that published figures use instead of one."""

    code: str
    name: str
    short: str
    kind: str
    grid_x: int | None
    grid_y: int | None
    population: int | None
    bcu: str


@dataclass(frozen=True)
class Pair:
    """Two boroughs that touch; the order of the two says nothing."""

    a: str
    b: str


@dataclass(frozen=True)
class Alias:
    """A spelling seen in a source; a blank source means in any.

    The code of a `value` is written field.code, such as weapon.knife.
    """

    kind: str
    source: str
    published: str
    code: str


@dataclass(frozen=True)
class Offence:
    """An offence code, the OCU that takes it, and how much harm one does (days, sourced)."""

    code: str
    name: str
    group: str
    default_ocu: str
    remit_note: str
    harm_weight: float | None
    harm_source: str


@dataclass(frozen=True)
class Value:
    """A value that a column of the sources may take."""

    field: str
    code: str
    label: str


@dataclass(frozen=True)
class Target:
    """What a unit is to reach in a span, as set on a day.

    basis   level: in the unit of the measure; change_on_year: per cent on last year's total.
    status  sourced: found in a paper that `source` names; illustrative: ours, say so; accepted:
            proposed by the unit, accepted by the board.
    """

    measure: str
    unit_code: str
    since: date
    until: date
    set_on: date
    target: float
    basis: str
    status: str
    source: str


@dataclass(frozen=True)
class Profile:
    """The share of a planning year's total that falls in a calendar month (1-12)."""

    measure: str
    unit_code: str
    month: int
    share: float


@dataclass(frozen=True)
class Meeting:
    """A strategic meeting, or a tactical one held off its grid date (None: cancelled)."""

    kind: str
    grid_date: date
    held_on: date | None
    note: str


@dataclass(frozen=True)
class Source:
    """How far a publisher is believed on an offence or measure; rank 1 is believed first."""

    subject: str
    publisher: str
    rank: int
    since: date | None
    until: date | None
    note: str


@dataclass(frozen=True)
class Priority:
    """A priority of the control strategy and the measures that show it."""

    code: str
    name: str
    since: date
    until: date | None
    measures: tuple[str, ...]


@dataclass(frozen=True)
class Rate:
    """What an hour of overtime costs, in plain hours, while the rate is in force."""

    category: str
    multiplier: float
    since: date
    until: date | None
    source: str


@dataclass(frozen=True)
class Break_:
    """A day on which a series changes its meaning; a blank measure, area or unit means all."""

    measure: str
    area: str
    unit: str
    on: date
    note: str


@dataclass(frozen=True)
class Role:
    """What somebody who holds the role may see and do, and what their provider says of them.

    claims  values by claim: any of them will do, for every claim
    """

    code: str
    name: str
    claims: dict[str, tuple[str, ...]]
    sees: str
    records: str
    may: tuple[str, ...]
