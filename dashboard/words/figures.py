"""What a printed figure is of, in one spelling: the same on page, in a pack and in a file.

Two figures whose identities are equal are the same figure, wherever they stand. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final, NamedTuple

# The column of a report's rows that says what their figure is of. Further figures of a row that
# are of another place or time have columns of their own: 'before_of'.
FIGURE_OF: Final = "figure_of"


# What a column holds, where it is the measure's own figure under another name.
VALUES = frozenset({"value", "now", "latest", "last", "then", "n", "overtime", "whole_value"})
NUMERATORS = frozenset({"seen", "before", "london", "latest_numerator", "spent_gbp"})
DENOMINATORS = frozenset({"cases", "latest_denominator", "profiled_gbp"})


def what(name: str) -> str:
    """What of a measure a column holds: its figure, a part of it, else what the column is named.

    >>> what("now"), what("seen"), what("expected")
    ('value', 'numerator', 'expected')
    """
    held = (("value", VALUES), ("numerator", NUMERATORS), ("denominator", DENOMINATORS))
    return next((said for said, names in held if name in names), name)


class Figure(NamedTuple):
    """What a figure is of.

    unit   code of the unit whose figure it is: the force of what only the whole force has
    area   code of the one area; '' of all
    since  first day that it speaks of; until is exclusive
    basis  what is counted and by which day, as the measure says
    """

    measure: str
    unit: str
    area: str
    since: date
    until: date
    basis: str
    as_at: date

    @property
    def spelt(self) -> str:
        """'measure=kidnaps;unit=OCU7;area=;period=2031-04-01/2031-07-01;basis=…;as_at=…'."""
        parts = {
            "measure": self.measure,
            "unit": self.unit,
            "area": self.area,
            "period": f"{self.since.isoformat()}/{self.until.isoformat()}",
            "basis": self.basis.replace(";", ","),
            "as_at": self.as_at.isoformat(),
        }
        return ";".join(f"{key}={value}" for key, value in parts.items())


def parsed_figure(spelt: str) -> Figure:
    """The figure of a spelling.

    >>> april, july = date(2031, 4, 1), date(2031, 7, 1)
    >>> kidnaps = Figure("kidnaps", "OCU7", "", april, july, "reports", july)
    >>> parsed_figure(kidnaps.spelt) == kidnaps
    True
    """
    said = dict(item.split("=", 1) for item in spelt.split(";"))
    since, until = (date.fromisoformat(day) for day in said["period"].split("/"))
    return Figure(
        said["measure"],
        said["unit"],
        said["area"],
        since,
        until,
        said["basis"],
        date.fromisoformat(said["as_at"]),
    )


def whose(spelt: str, owner: str, force: str) -> str:
    """Whose a figure is, beside the unit that owns its measure: the owner's own figure may be
    another one.

    force  code under which the figures of all units together stand

    >>> day = date(2031, 7, 14)
    >>> def of(unit): return Figure("kidnaps", unit, "", day, day, "reports", day).spelt
    >>> whose(of("OCU7"), "OCU7", "ALL"), whose(of("ALL"), "OCU7", "ALL")
    ("OCU7's own", 'all units, OCU7 leads')
    >>> whose(of("ALL"), "ALL", "ALL"), whose(of("DIR"), "OCU7", "ALL")
    ('all units', 'all of DIR, OCU7 leads')
    """
    unit = parsed_figure(spelt).unit
    if unit == owner:
        return "all units" if unit == force else f"{unit}'s own"
    return f"{'all units' if unit == force else f'all of {unit}'}, {owner} leads"


def together(spelt: Iterable[str | None]) -> str:
    """What the rows of a chart are of, in one spelling: their parts, each once, and all their
    time; '' where none says.

    >>> day = date(2031, 7, 14)
    >>> months = (date(2031, 4, 1), date(2031, 5, 1), date(2031, 6, 1))
    >>> april = Figure("kidnaps", "OCU7", "", *months[:2], "reports", day)
    >>> may = Figure("kidnaps", "OCU8", "", *months[1:], "reports", day)
    >>> together([april.spelt, None, may.spelt]).split(";")[:4]
    ['measure=kidnaps', 'unit=OCU7,OCU8', 'area=', 'period=2031-04-01/2031-06-01']
    """
    known = [parsed_figure(item) for item in spelt if item]
    if not known:
        return ""
    since, until = min(item.since for item in known), max(item.until for item in known)
    said = {
        name: ",".join(dict.fromkeys(getattr(item, name) for item in known))
        for name in ("measure", "unit", "area", "basis")
    }
    return Figure(since=since, until=until, as_at=known[0].as_at, **said).spelt
