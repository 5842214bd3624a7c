"""What a borough's count is set against: its people over time, or its own years before.

Residents count as person-years of the months counted, so that eleven months of 2025 are
eleven twelfths of its population; likewise those there on a workday, where they are loaded.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from dashboard.catalogue import Catalogue
from dashboard.periods import next_start
from dashboard.words import phrases
from dashboard.words.names import areas_word

RESIDENTS, WORKDAY, HISTORY = AGAINST = ("residents", "workday", "history")
CASES = "cases"
WORDS = {
    RESIDENTS: "resident population",
    WORKDAY: "workday population",
    HISTORY: "its own history",
}
EXPECTS = {
    RESIDENTS: "what resident population lets expect",
    WORKDAY: "what workday population lets expect",
    HISTORY: "what each one's own history lets expect",
}


def compared_with(against: str) -> str:
    """What something is compared with, in words."""
    return WORDS.get(against) or f"the share of all {areas_word()}"


def expects(against: str) -> str:
    """What is expected by it, in words."""
    return EXPECTS.get(against) or compared_with(against)


MOST_APART = 2  # years by which the population of a year may stand in for another's
CITY = "not_policed"


class Part(NamedTuple):
    """What a borough counted in a window: the count, and of a share the cases."""

    seen: float
    size: float | None


@dataclass(frozen=True)
class CountedSpan:
    """A span of whole months of one measure; `parts` by area, the rest included."""

    since: date
    until: date
    provisional: bool
    parts: Mapping[str, Part]

    @property
    def months(self) -> list[date]:
        """First days of its months."""
        starts, start = [], self.since
        while start < self.until:
            starts.append(start)
            start = next_start(start, "month")
        return starts


def person_years(
    catalogue: Catalogue, area: str, months: list[date], against: str = RESIDENTS
) -> float | None:
    """Population times time: each month gives a twelfth of the population of its year.

    return  None where the population of a month's year, and of the years near it, is not loaded
    """
    total = 0.0
    for month in months:
        people = _people(catalogue, area, month.year, against)
        if people is None:
            return None
        total += people[0] / 12
    return total


def _people(catalogue: Catalogue, area: str, year: int, against: str) -> tuple[int, int] | None:
    """The population of a year, else of the nearest year known; and which year that is."""
    for apart in range(MOST_APART + 1):
        for near in (year - apart, year + apart):
            row = catalogue.people(area, near)
            held = row and (row.population if against == RESIDENTS else row.workday_population)
            if held:
                return held, near
    return None


def loaded(catalogue: Catalogue, against: str, year: int) -> bool:
    """Whether the switch has figures for a year; own history always may."""
    if against == HISTORY:
        return True
    codes = policed(catalogue)
    return all(_people(catalogue, code, year, against) for code in codes)


def policed(catalogue: Catalogue) -> list[str]:
    """Codes of the boroughs that the force polices, by name."""
    areas = [area for area in catalogue.areas.values() if area.kind == "borough"]
    return [area.code for area in sorted(areas, key=lambda area: area.name)]


def misleading(catalogue: Catalogue) -> list[str]:
    """Codes of the boroughs whose residents say little of who is there: those round the City."""
    city = [area.code for area in catalogue.areas.values() if area.kind == CITY]
    near = {code for middle in city for code in catalogue.neighbours(middle)}
    return [code for code in policed(catalogue) if code in near]


def by_people(
    catalogue: Catalogue, now: CountedSpan, codes: list[str], against: str
) -> tuple[dict[str, float], dict[str, float], str]:
    """Expected counts at the rate of all boroughs, by person-years."""
    held = {code: person_years(catalogue, code, now.months, against) for code in codes}
    known = {code: years for code, years in held.items() if years}
    if not known or len(known) < len(codes):
        year = now.months[-1].year
        return {}, {}, f"{WORDS[against]} of {year} is not loaded"
    overall = sum(now.parts[code].seen for code in known) / sum(known.values())
    expected = {code: overall * years for code, years in known.items()}
    return expected, expected, _people_words(catalogue, next(iter(known)), now, against)


def _people_words(catalogue: Catalogue, code: str, now: CountedSpan, against: str) -> str:
    """'resident population 2025 (GLA Population Projections, 11 months of 12)'."""
    years = sorted({month.year for month in now.months})
    used = sorted(
        {people[1] for year in years if (people := _people(catalogue, code, year, against))}
    )
    rows = [row for year in used if (row := catalogue.people(code, year))]
    sources = phrases.listed(list(dict.fromkeys(row.source for row in rows)))
    said = phrases.listed([str(year) for year in used])
    count = len(now.months)
    part = f", {count} months of 12" if count > 1 and count % 12 else ""
    return f"{WORDS[against]} {said} ({sources}{part})"


def by_history(
    windows: Mapping[int, CountedSpan], codes: list[str]
) -> tuple[dict[str, float], dict[str, float], str]:
    """Expected counts as the mean of the same months of the years before.

    The mean of k years is a sample too: the difference from it varies by (k + 1)/k as much as
    from a known mean, which limits for k/(k + 1) of the expected count give.
    """
    before = [windows[ago] for ago in sorted(windows) if ago]
    years = len(before)
    if not years:
        return {}, {}, "no whole year before it since the series began or last broke"
    expected = {
        code: mean
        for code in codes
        if (mean := sum(w.parts[code].seen for w in before if code in w.parts) / years) > 0
    }
    effective = {code: mean * years / (years + 1) for code, mean in expected.items()}
    span = "the year before" if years == 1 else f"the {years} years before"
    return expected, effective, f"{WORDS[HISTORY]}: mean of the same months of {span}"
