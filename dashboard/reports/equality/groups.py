"""Whom crime touches and what comes of it, by group; completeness first, small numbers hidden.

Counts pass dashboard.access.suppression before anything is made of them: no share, ratio or
interval is given of a hidden count, nor of one that the totals beside it would give back.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, NamedTuple, TypedDict

from dashboard import rows
from dashboard.access import Disclosed, suppression
from dashboard.access.disclosure import METHOD, Note, People
from dashboard.catalogue.order import unit_place
from dashboard.periods import day_words
from dashboard.reports.equality import counted
from dashboard.reports.equality.counted import ALL, FIELDS, NOT_KNOWN, Grouped, groups, told
from dashboard.reports.equality.protection import (
    DETECTED,
    FOLLOWED,
    LATE,
    UNDETECTED,
    VICTIMS,
    Protection,
    protection,
)
from dashboard.reports.equality.telling import once, telling
from dashboard.reports.request import Request
from dashboard.reports.request.kept import kept
from dashboard.stats import intervals
from dashboard.stats.relative import relative
from dashboard.stats.two_period import change
from dashboard.words import numbers, phrases

# The group that others are compared with; stated on the page.
REFERENCES = {
    "victim_ethnicity": "White",
    "victim_sex": "Male",
    "victim_age_band": "25 to 34",
}
LEVEL = 0.95
HIDING = (
    "[c] a count of 1 to 4, or one that would give such a count back: never shown, and no "
    "rate is made of it."
)
HIDDEN = "null: hidden"
UNTOLD = f"{HIDDEN}, or nothing to make it of"


class Complete(TypedDict):
    """Of a unit's victims, of how many each of FIELDS is recorded."""

    unit_code: str
    victim_ethnicity_known: Annotated[int | None, HIDDEN]
    victim_ethnicity_victims: Annotated[int | None, HIDDEN]
    victim_sex_known: Annotated[int | None, HIDDEN]
    victim_sex_victims: Annotated[int | None, HIDDEN]
    victim_age_band_known: Annotated[int | None, HIDDEN]
    victim_age_band_victims: Annotated[int | None, HIDDEN]


Recorded = tuple[int | None, int | None]  # known, of all victims; None where hidden


def recorded(row: Complete) -> dict[str, Recorded]:
    """Both parts by field, in the order of FIELDS."""
    return {
        "victim_ethnicity": (row["victim_ethnicity_known"], row["victim_ethnicity_victims"]),
        "victim_sex": (row["victim_sex_known"], row["victim_sex_victims"]),
        "victim_age_band": (row["victim_age_band_known"], row["victim_age_band_victims"]),
    }


class Cross(TypedDict):
    """Victims of a group in a unit."""

    unit_code: str
    group: str
    n: Annotated[int | None, HIDDEN]
    symbol: str  # [c] where hidden


class Ratio(TypedDict):
    """A group against the reference; every interval is of 95 %.

    share     of victims whose group is known, with Wilson's interval
    ratio     victims for one of the reference group, exact interval given their total
    rate      detected of those followed for 90 days, with Wilson's interval
    relative  the rate over the reference group's, interval by Katz on the logarithm
    like      detected ÷ what the same offences of the same units come to for all victims
              (indirect standardisation), with Byar's interval
    """

    group: str
    reference: bool
    victims: Annotated[int | None, HIDDEN]
    followed: Annotated[int | None, HIDDEN]
    detected: Annotated[int | None, HIDDEN]
    share: Annotated[float | None, UNTOLD]
    share_low: Annotated[float | None, UNTOLD]
    share_high: Annotated[float | None, UNTOLD]
    ratio: Annotated[float | None, UNTOLD]
    ratio_low: Annotated[float | None, UNTOLD]
    ratio_high: Annotated[float | None, UNTOLD]
    rate: Annotated[float | None, UNTOLD]
    rate_low: Annotated[float | None, UNTOLD]
    rate_high: Annotated[float | None, UNTOLD]
    relative: Annotated[float | None, UNTOLD]
    relative_low: Annotated[float | None, UNTOLD]
    relative_high: Annotated[float | None, UNTOLD]
    expected: Annotated[float | None, UNTOLD]
    like: Annotated[float | None, UNTOLD]
    like_low: Annotated[float | None, UNTOLD]
    like_high: Annotated[float | None, UNTOLD]


class Outcomes(NamedTuple):
    """A group's counts; None for one that is hidden, or that would tell a hidden rest."""

    victims: int | None
    followed: int | None
    detected: int | None


class Between(NamedTuple):
    """A figure with its interval."""

    value: float | None = None
    low: float | None = None
    high: float | None = None


NOTHING = Between()


def without(request: Request) -> str:
    """Why there are no victims to tell of, in a sentence; '' where there are.

    raises  NotAllowedError as telling.telling does
    """
    if not any(item["kind"] == "crimes" for item in request.snapshot.manifest["sources"]):
        return "No crime reports are loaded: published counts do not say who the victims are."
    if not completeness(request).rows.num_rows:
        return "No report of the twelve months has a person as its victim (column victim_kind)."
    return ""


@kept(8)
def completeness(request: Request) -> Disclosed:
    """Of the victims of twelve months, how many have ethnicity, sex and age recorded.

    "Not stated" is no recorded ethnicity, as in measure victim_ethnicity_recorded.
    raises  NotAllowedError as telling.telling does; so do the others here
    """
    request = telling(request)
    ethnicity, sex, age = (_recorded(request, field) for field in FIELDS)
    units = sorted(
        dict.fromkeys([*ethnicity, *sex, *age]),
        key=lambda code: unit_place(request.catalogue, code, ALL),
    )
    nothing: Recorded = (None, None)
    found = [
        _complete(
            unit, ethnicity.get(unit, nothing), sex.get(unit, nothing), age.get(unit, nothing)
        )
        for unit in units
    ]
    return request.disclose(
        rows.table(Complete, found),
        title=_complete_title(found),
        subtitle=f"victims of {_span(request)}, no-crimes left out",
        notes=("Not stated counts as not recorded.", HIDING, once(request)),
        query="equality_victims",
        people=People(()),  # who tells no group is no group
    )


def _recorded(request: Request, field: str) -> dict[str, Recorded]:
    """Of each unit's victims, of how many a field is recorded."""
    cells: dict[str, dict[str, int | None]] = {}
    for row in rows.typed(Cross, victims(request, field).rows):
        cells.setdefault(row["unit_code"], {})[row["group"]] = row["n"]
    found: dict[str, Recorded] = {}
    for unit, in_unit in cells.items():
        # What the table by unit hides can't be worked out from here.
        whole, unknown = in_unit[ALL], in_unit[NOT_KNOWN]
        found[unit] = None if whole is None or unknown is None else whole - unknown, whole
    return found


def _complete(unit: str, ethnicity: Recorded, sex: Recorded, age: Recorded) -> Complete:
    return {
        "unit_code": unit,
        "victim_ethnicity_known": ethnicity[0],
        "victim_ethnicity_victims": ethnicity[1],
        "victim_sex_known": sex[0],
        "victim_sex_victims": sex[1],
        "victim_age_band_known": age[0],
        "victim_age_band_victims": age[1],
    }


def _span(request: Request) -> str:
    return f"the twelve months to {day_words(request.as_at)} (exclusive)"


def _complete_title(found: list[Complete]) -> str:
    parts = [recorded(row)["victim_ethnicity"] for row in found if row["unit_code"] == ALL]
    known, whole = parts[0] if parts else (None, None)
    if not known or not whole:
        return "No victim of the twelve months is recorded"
    return (
        f"Ethnicity is recorded for {known:,} of {whole:,} victims "
        f"({numbers.figure(known / whole, 'percent')})"
    )


@kept(16)
def victims(request: Request, field: str) -> Disclosed:
    """Victims of twelve months by unit and group, with totals; symbol [c] where hidden."""
    request = telling(request)
    found = protection(request, field)
    units = sorted(found.units, key=lambda code: unit_place(request.catalogue, code, ALL))
    cells = [(VICTIMS, unit, name) for unit in units for name in (*groups(request, field), ALL)]
    shown: list[Cross] = [
        {
            "unit_code": cell[1],
            "group": cell[2],
            "n": found.shown(cell),
            "symbol": suppression.CONFIDENTIAL if cell in found.hidden else "",
        }
        for cell in cells
    ]
    return request.disclose(
        rows.table(Cross, shown),
        title=f"Victims by unit and {FIELDS[field].lower()}",
        # How many of them are 1 to 4 is not said: it would narrow them.
        subtitle=f"{_span(request)}; {len(found.hidden & set(cells))} of {len(cells)} counts are "
        "hidden",
        notes=_notes(found, HIDING, once(request)),
        query="equality_victims",
        people=People(("n",), _open(request, field)),
        field=field,
    )


def _open(request: Request, field: str) -> frozenset[str]:
    """What of a column `group` tells no group of people."""
    return frozenset({ALL, NOT_KNOWN}) if told(request, field) else frozenset({ALL})


def _notes(found: Protection, *notes: str) -> tuple[str, ...]:
    return (*notes, found.note) if found.note else notes


@kept(16)
def ratios(request: Request, field: str) -> Disclosed:
    """Each group against the reference: how many victims, and how often the crime was detected."""
    request = telling(request)
    names = groups(request, field)
    found = protection(request, field)
    kept = {name: _outcomes(found, name) for name in names}
    reference = REFERENCES[field]
    known = _known(found, names)
    expected = _expected(counted.by_group(request, field))
    against = [
        _ratio(
            name,
            kept[name],
            None if name == reference else kept.get(reference),
            known,
            name == reference,
            (expected.get(name, 0.0), len(names) - 1),
        )
        for name in names
    ]
    return request.disclose(
        rows.table(Ratio, against),
        title=_ratio_title(against, field),
        subtitle=f"{_span(request)}; reference group: {reference}; detections by sanction, of "
        "reports at least 90 days old",
        notes=(
            "Counts of victims are set against each other, not against residents: no population "
            "by group is loaded.",
            "Like for like: detected ÷ what all victims of the same offences and units come to; "
            "its interval is widened by the number of groups compared.",
            "[–] 95 % intervals.",
            Note(
                "Intervals: Wilson, ratio of counts exact, of rates Katz, like for like Byar.",
                METHOD,
            ),
            *_notes(found, HIDING, once(request)),
        ),
        query="equality_victims",
        people=People((VICTIMS, FOLLOWED, DETECTED), _open(request, field)),
        field=field,
    )


def _known(found: Protection, names: list[str]) -> int | None:
    """Victims whose group is known; None where that would tell how many are not."""
    if (VICTIMS, ALL, NOT_KNOWN) in found.hidden:
        return None
    return sum(found.counts[VICTIMS, ALL, name] for name in names if name != NOT_KNOWN)


def _outcomes(found: Protection, group: str) -> Outcomes:
    undetected, late = (UNDETECTED, ALL, group), (LATE, ALL, group)
    return Outcomes(
        victims=found.shown((VICTIMS, ALL, group)),
        followed=None if late in found.hidden else found.shown((FOLLOWED, ALL, group)),
        detected=None if undetected in found.hidden else found.shown((DETECTED, ALL, group)),
    )


def _ratio(
    name: str,
    own: Outcomes,
    base: Outcomes | None,
    known: int | None,
    reference: bool,
    expected: tuple[float, int],
) -> Ratio:
    """base      of the reference group; None for itself
    expected  detections, and how many groups are compared
    """
    told = name != NOT_KNOWN
    share = _part(own.victims, known) if told else NOTHING
    ratio = _victims_to(own, base) if told and base else NOTHING
    rate = _part(own.detected, own.followed) if told else NOTHING
    over = _relative(own, base) if told and base else NOTHING
    like = _like(own.detected, *expected) if told else NOTHING
    return {
        "group": name,
        "reference": reference,
        "victims": own.victims,
        "followed": own.followed,
        "detected": own.detected,
        "share": share.value,
        "share_low": share.low,
        "share_high": share.high,
        "ratio": ratio.value,
        "ratio_low": ratio.low,
        "ratio_high": ratio.high,
        "rate": rate.value,
        "rate_low": rate.low,
        "rate_high": rate.high,
        "relative": over.value,
        "relative_low": over.low,
        "relative_high": over.high,
        "expected": None if like.value is None else expected[0],
        "like": like.value,
        "like_low": like.low,
        "like_high": like.high,
    }


def _part(part: int | None, whole: int | None) -> Between:
    if part is None or not whole:
        return NOTHING
    return Between(part / whole, *intervals.wilson(part, whole))


def _victims_to(own: Outcomes, base: Outcomes) -> Between:
    if own.victims is None or not base.victims:
        return NOTHING
    against = change(own.victims, base.victims)
    return Between(against.ratio, against.low, against.high)


def _relative(own: Outcomes, base: Outcomes) -> Between:
    """The group's rate over the reference group's; NOTHING where either is hidden or has none."""
    if own.detected is None or not own.followed or base.detected is None or not base.followed:
        return NOTHING
    found = relative(own.detected, own.followed, base.detected, base.followed)
    return NOTHING if found is None else Between(*found)


def _like(detected: int | None, expected: float, groups: int) -> Between:
    """Detected ÷ expected, with an interval that holds for all groups at once."""
    if detected is None or not expected:
        return NOTHING
    low, high = intervals.poisson(detected, 1 - (1 - LEVEL) / groups)
    return Between(detected / expected, low / expected, high / expected)


def _expected(grouped: list[Grouped]) -> dict[str, float]:
    """Group → detections to expect, were each unit's offence detected alike for all victims."""
    strata: dict[tuple[str, str], tuple[int, int]] = {}
    for row in grouped:
        n, d = strata.get((row["unit_code"], row["offence"]), (0, 0))
        strata[row["unit_code"], row["offence"]] = n + row["followed"], d + row["detected"]
    found: dict[str, float] = {}
    for row in grouped:
        n, d = strata[row["unit_code"], row["offence"]]
        share = row["followed"] * d / n if n else 0.0
        found[row["group"]] = found.get(row["group"], 0.0) + share
    return found


def _ratio_title(against: Iterable[Ratio], field: str) -> str:
    """Which groups' detections lie beyond chance of what their offences lead to expect."""
    fewer = [row["group"] for row in against if (row["like_high"] or 1) < 1]
    more = [row["group"] for row in against if (row["like_low"] or 1) > 1]
    said = [
        f"{way} for victims {_victims(field, names)}"
        for way, names in (("less often", fewer), ("more often", more))
        if names
    ]
    if not said:
        return "Like for like, no group's crimes are detected more or less often beyond chance"
    return f"Like for like, crimes are detected {phrases.listed(said)}, beyond chance"


def _victims(field: str, names: list[str]) -> str:
    listed = phrases.listed(names)
    return f"aged {listed}" if field == "victim_age_band" else f"who are {listed}"
