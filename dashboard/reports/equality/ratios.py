"""What comes of crime by group of its victims: each group against the reference, like for like.

No share, ratio or interval is given of a hidden count, nor of one that would tell a hidden one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, NamedTuple, TypedDict

from dashboard import rows
from dashboard.access import Disclosed
from dashboard.access.disclosure import METHOD, Note, People
from dashboard.reports.equality import counted
from dashboard.reports.equality.counted import ALL, NOT_KNOWN, Grouped, groups
from dashboard.reports.equality.groups import HIDDEN, HIDING, notes_of, span, telling_nobody
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
from dashboard.words import phrases

# The group that others are compared with; stated on the page.
REFERENCES = {
    "victim_ethnicity": "White",
    "victim_sex": "Male",
    "victim_age_band": "25 to 34",
}


LEVEL = 0.95
UNTOLD = rows.Hidden(f"{HIDDEN}, or nothing to make it of", alone=False)


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


@kept(16)
def ratios(request: Request, field: str) -> Disclosed:
    """Each group against the reference: how many victims, and how often the crime was detected."""
    request = telling(request)
    names = groups(request, field)
    counts = protection(request, field)
    kept = {name: _outcomes(counts, name) for name in names}
    reference = REFERENCES[field]
    known = _known(counts, names)
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
        subtitle=f"{span(request)}; reference group: {reference}; detections by sanction, of "
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
            *notes_of(counts, HIDING, once(request)),
        ),
        query="equality_victims",
        people=People((VICTIMS, FOLLOWED, DETECTED), telling_nobody(request, field)),
        field=field,
    )


def _known(counts: Protection, names: list[str]) -> int | None:
    """Victims whose group is known; None where that would tell how many are not."""
    if (VICTIMS, ALL, NOT_KNOWN) in counts.hidden:
        return None
    return sum(counts.counts[VICTIMS, ALL, name] for name in names if name != NOT_KNOWN)


def _outcomes(counts: Protection, group: str) -> Outcomes:
    undetected, late = (UNDETECTED, ALL, group), (LATE, ALL, group)
    return Outcomes(
        victims=counts.shown((VICTIMS, ALL, group)),
        followed=None if late in counts.hidden else counts.shown((FOLLOWED, ALL, group)),
        detected=None if undetected in counts.hidden else counts.shown((DETECTED, ALL, group)),
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
    counts = relative(own.detected, own.followed, base.detected, base.followed)
    return NOTHING if counts is None else Between(*counts)


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
    by_group: dict[str, float] = {}
    for row in grouped:
        n, d = strata[row["unit_code"], row["offence"]]
        share = row["followed"] * d / n if n else 0.0
        by_group[row["group"]] = by_group.get(row["group"], 0.0) + share
    return by_group


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
