"""One verdict a target: the chance of the year's end with its band, where it can be foretold.

The limits of one period say another thing (whether a period by itself meets its part), and stand
under words of their own; they are the verdict only where the year's end can't be foretold.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated, TypedDict, TypeVar

from dashboard.reports.measure import chances
from dashboard.reports.measure.tracks import MeasureSeries
from dashboard.reports.request import Request
from dashboard.stats import year_end
from dashboard.words import numbers, phrases, status

BY_LIMITS = {"consistent_fail": 1.0, "inconsistent": 0.5, "consistent_pass": 0.0}
BY_PERIOD = {
    "consistent_fail": "will not meet {} without change",
    "inconsistent": "may or may not meet {}",
    "consistent_pass": "will normally meet {}",
}
UNTARGETED = "null: no target"
UNFORETOLD = f"{UNTARGETED}, or the year’s end can’t be foretold"


class Judged(TypedDict):
    """How likely a target is missed: 0 to 1."""

    miss: Annotated[float | None, f"{UNTARGETED}, or not judged"]


class Aimed(Judged):
    """The same of a row that says its target and its figure."""

    target_words: Annotated[str | None, UNTARGETED]
    value: Annotated[float | None, "null: not known"]


class Stood(Judged):
    """What a measure's status is said of; `whole` where its target is of more than the unit."""

    alert: str
    variation: str
    target_words: str | None
    verdict: Annotated[str | None, UNTARGETED]
    whole: Annotated[str | None, "null: the target is of the unit's own"]
    foretold: Annotated[str | None, "null: nothing to explain"]
    beside: Annotated[str | None, "null: nothing to explain"]


class Verdict(TypedDict):
    """What is said of a track's target.

    chance …    of meeting it by the year's end, as the record of such chances corrects it, and its
                words; chance_alone: by the forecast alone; projected, low80 and high80: where the
                year ends, with the band that holds four of five; needed: a month, of counts
    band_words  '12 %, 2,818–3,190 in four of five': the chance and that band
    verdict     'unlikely (12 %), 2,818–3,190 in four of five'; without a chance what the limits of
                the last period say: of a stock 'will not meet without change', of what adds up
                over a year 'not foretold; a month by itself will not meet its part without change'
    by_period   what these limits say beside a chance: 'a month by itself may or may not meet it'
    miss        0 to 1, how likely it is missed by that record, the likeliest first; None where
                the year can't be foretold and the limits speak of one period alone
    """

    chance: Annotated[float | None, UNFORETOLD]
    chance_alone: Annotated[float | None, UNFORETOLD]
    projected: Annotated[float | None, UNFORETOLD]
    low80: Annotated[float | None, UNFORETOLD]
    high80: Annotated[float | None, UNFORETOLD]
    needed: Annotated[float | None, f"{UNFORETOLD}; or no count"]
    miss: Annotated[float | None, f"{UNTARGETED}, or not judged"]
    chance_words: Annotated[str | None, UNFORETOLD]
    band_words: Annotated[str | None, UNFORETOLD]
    verdict: Annotated[str | None, UNTARGETED]
    by_period: Annotated[str | None, f"{UNFORETOLD}, or no limits"]


NOTHING: Verdict = {
    "chance": None,
    "chance_alone": None,
    "projected": None,
    "low80": None,
    "high80": None,
    "needed": None,
    "miss": None,
    "chance_words": None,
    "band_words": None,
    "verdict": None,
    "by_period": None,
}
Row = TypeVar("Row", bound=Judged)


def verdict(request: Request, track: MeasureSeries) -> Verdict:
    """What is said of a track's target; NOTHING where there is none or nothing to say."""
    if track.aims.target is None:
        return NOTHING
    prospect = chances.chance(request, track)
    if prospect is None:
        return {
            **NOTHING,
            "verdict": _without_chance(track),
            "miss": BY_LIMITS.get(track.assurance) if _is_stock(track) else None,
        }
    unit = track.measure.unit
    ends = dict.fromkeys(_end(value, unit) for value in (prospect.low80, prospect.high80))
    chance, band = numbers.chance(prospect.chance), f"{'–'.join(ends)} in four of five"
    return {
        "chance": prospect.chance,
        "chance_alone": prospect.alone,
        "chance_words": prospect.words,
        "projected": prospect.projected,
        "low80": prospect.low80,
        "high80": prospect.high80,
        "needed": prospect.needed,
        "miss": 1 - prospect.chance,
        "band_words": f"{chance}, {band}",
        "verdict": f"{prospect.words} ({chance}), {band}",
        "by_period": _by_period(track),
    }


def is_missed(miss: float | None) -> bool:
    """Whether a target that is missed so likely counts as likely to be missed: its chance is
    worded unlikely or less, as it is printed. One that is not judged does not.

    >>> [is_missed(miss) for miss in (0.65, 0.648, 0.64, None)]
    [True, True, False, False]
    """
    return miss is not None and year_end.printed(1 - miss) <= year_end.UNLIKELY


def misses_quietly(request: Request, track: MeasureSeries) -> bool:
    """Whether its last period says nothing of a target that is likely to be missed: where it stands
    in its usual range, that alone would be comfort."""
    return track.variation in ("", "common") and is_missed(verdict(request, track)["miss"])


def leads(row: Stood) -> bool:
    """Whether a row's status leaves its last period out: an alert stands, or a target of its own is
    likely to be missed, and a period in its usual range is no comfort. One rule for all."""
    missed = is_missed(row["miss"]) and row["whole"] is None
    return row["variation"] in ("", "common") and (bool(row["alert"]) or missed)


def standing(row: Stood) -> str:
    """The status in words, in the screen's order: 'alert in Ashby; target very unlikely (5 %),
    2,901–3,569 in four of five'."""
    said = [f"alert in {row['alert']}"] if row["alert"] else []
    if row["target_words"] and row["verdict"]:
        said.append(f"target {row['verdict']}")
    if row["variation"] and not leads(row):
        said.append(status.variation(row["variation"]).words)
    return "; ".join([*said, *(words for words in (row["foretold"], row["beside"]) if words)])


def likely_missed(rows: Iterable[Row]) -> list[Row]:
    """Those of rows with a verdict whose target is likely to be missed, the likeliest first."""
    judged = [(row, row["miss"]) for row in rows if row["miss"] is not None]
    likely = [(row, miss) for row, miss in judged if is_missed(miss)]
    return [row for row, _ in sorted(likely, key=lambda item: -item[1])]


def missed(rows: Sequence[Aimed], whose: str = "") -> str:
    """'7 of 12 targets are likely to be missed', of those with figures; '' where none is judged.

    whose  'its own ' where targets that are not the unit's stand beside them
    """
    aimed = [row for row in rows if row["target_words"] and row["value"] is not None]
    if not any(row["miss"] is not None for row in aimed):
        return ""
    count = len(likely_missed(rows))
    number, one = ("None" if not count else f"{count:,}"), count == 1 or not count
    targets = phrases.many(len(aimed), "target")
    return f"{number} of {whose}{targets} {'is' if one else 'are'} likely to be missed"


def _without_chance(track: MeasureSeries) -> str:
    """The limits' word: of a stock the verdict itself, of any other one of a period alone."""
    by_period = _by_period(track)
    if not by_period or _is_stock(track):
        said = status.assurance(track.assurance) if track.assurance else status.variation("")
        return said.words
    return f"not foretold; {by_period}"


def _is_stock(track: MeasureSeries) -> bool:
    """Whether the limits of a period are the verdict itself: what stands is not added up."""
    return track.measure.aggregate == "last"


def _end(value: float, unit: str) -> str:
    return f"{value:,.0f}" if unit == "n" else numbers.figure(value, unit)


def _by_period(track: MeasureSeries) -> str | None:
    """'a month by itself may or may not meet it': a rate its level, a count its part of a year."""
    words = BY_PERIOD.get(track.assurance)
    part = "it" if track.measure.is_rate else "its part"
    return f"a {track.grain} by itself {words.format(part)}" if words else None
