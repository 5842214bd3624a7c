"""Whom crime touches and what comes of it, by group; completeness first, small numbers hidden.

Counts pass dashboard.access.suppression before anything is made of them: no share, ratio or
interval is given of a hidden count, nor of one that the totals beside it would give back.
"""

from __future__ import annotations

import pyarrow as pa

from dashboard.access import Disclosed, suppression
from dashboard.access.disclosure import METHOD, Note, People
from dashboard.catalogue.order import unit_place
from dashboard.periods import day_words
from dashboard.reports.equality import counted
from dashboard.reports.equality.counted import ALL, FIELDS, NOT_KNOWN, Row, groups, told
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
from dashboard.reports.kept import kept
from dashboard.reports.request import Request
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
COMPLETE = pa.schema(
    [
        ("unit_code", pa.string()),
        *((f"{field}_{part}", pa.int64()) for field in FIELDS for part in ("known", "victims")),
    ]
)
CROSS = pa.schema(
    [
        ("unit_code", pa.string()),
        ("group", pa.string()),
        ("n", pa.int64()),
        ("symbol", pa.string()),
    ]
)
RATIOS = pa.schema(
    [
        ("group", pa.string()),
        ("reference", pa.bool_()),
        *((name, pa.int64()) for name in ("victims", "followed", "detected")),
        *((name, pa.float64()) for name in ("share", "share_low", "share_high")),
        *((name, pa.float64()) for name in ("ratio", "ratio_low", "ratio_high")),
        *((name, pa.float64()) for name in ("rate", "rate_low", "rate_high")),
        *((name, pa.float64()) for name in ("relative", "relative_low", "relative_high")),
        *((name, pa.float64()) for name in ("expected", "like", "like_low", "like_high")),
    ]
)


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
    found: dict[str, Row] = {}
    for field in FIELDS:
        cells: dict[str, Row] = {}
        for row in victims(request, field).rows.to_pylist():
            cells.setdefault(row["unit_code"], {})[row["group"]] = row["n"]
        for unit, by_group in cells.items():
            line = found.setdefault(unit, {"unit_code": unit})
            # What the table by unit hides can't be worked out from here.
            parts = whole, unknown = by_group[ALL], by_group[NOT_KNOWN]
            line[f"{field}_victims"] = whole
            line[f"{field}_known"] = None if None in parts else whole - unknown
    rows = sorted(
        found.values(), key=lambda row: unit_place(request.catalogue, row["unit_code"], ALL)
    )
    return request.disclose(
        pa.Table.from_pylist(rows, COMPLETE),
        title=_complete_title(rows),
        subtitle=f"victims of {_span(request)}, no-crimes left out",
        notes=("Not stated counts as not recorded.", HIDING, once(request)),
        query="equality_victims",
        people=People(()),  # who tells no group is no group
    )


def _span(request: Request) -> str:
    return f"the twelve months to {day_words(request.as_at)} (exclusive)"


def _complete_title(rows: list[Row]) -> str:
    said = [row for row in rows if row["unit_code"] == ALL and row["victim_ethnicity_known"]]
    if not said:
        return "No victim of the twelve months is recorded"
    known, whole = said[0]["victim_ethnicity_known"], said[0]["victim_ethnicity_victims"]
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
    shown = [
        {
            "unit_code": cell[1],
            "group": cell[2],
            "n": found.shown(cell),
            "symbol": suppression.CONFIDENTIAL if cell in found.hidden else "",
        }
        for cell in cells
    ]
    return request.disclose(
        pa.Table.from_pylist(shown, CROSS),
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
    """Each group against the reference: how many victims, and how often the crime was detected.

    share     of victims whose group is known, with Wilson's interval
    ratio     victims for one of the reference group, exact interval given their total
    rate      detected of those followed for 90 days, with Wilson's interval
    relative  the rate over the reference group's, interval by Katz on the logarithm
    like      detected ÷ what the same offences of the same units come to for all victims
              (indirect standardisation), with Byar's interval
    """
    request = telling(request)
    names = groups(request, field)
    found = protection(request, field)
    kept = {name: _outcomes(found, name) for name in names}
    reference = REFERENCES[field]
    known = _known(found, names)
    rows = [_ratio(name, kept, kept.get(reference), known, name == reference) for name in names]
    expected = _expected(counted.rows(request, field))
    for row in rows:
        _set_against(row, expected.get(row["group"], 0.0), len(names) - 1)
    return request.disclose(
        pa.Table.from_pylist(rows, RATIOS),
        title=_ratio_title(rows, field),
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


def _outcomes(found: Protection, group: str) -> Row:
    """A group's counts; None for one that is hidden, or that would tell a hidden rest."""
    row: Row = {kind: found.shown((kind, ALL, group)) for kind in (VICTIMS, FOLLOWED)}
    row[DETECTED] = found.shown((DETECTED, ALL, group))
    if (UNDETECTED, ALL, group) in found.hidden:
        row[DETECTED] = None
    if (LATE, ALL, group) in found.hidden:
        row[FOLLOWED] = None
    return row


def _ratio(
    name: str, kept: dict[str, Row], base: Row | None, known: int | None, reference: bool
) -> Row:
    row = kept[name]
    found: Row = {"group": name, "reference": reference, **row}
    if name == NOT_KNOWN:
        return found
    if row["victims"] is not None and known:
        found["share"] = row["victims"] / known
        found["share_low"], found["share_high"] = intervals.wilson(row["victims"], known)
    if base and row["victims"] is not None and base["victims"] and not reference:
        against = change(row["victims"], base["victims"])
        found["ratio"] = against.ratio
        found["ratio_low"], found["ratio_high"] = against.low, against.high
    if row["detected"] is not None and row["followed"]:
        found["rate"] = row["detected"] / row["followed"]
        found["rate_low"], found["rate_high"] = intervals.wilson(row["detected"], row["followed"])
        if base and not reference:
            found |= _relative(row, base)
    return found


def _relative(row: Row, base: Row) -> Row:
    """The group's rate over the reference group's; {} where either is hidden or has none."""
    if base["detected"] is None or not base["followed"]:
        return {}
    found = relative(row["detected"], row["followed"], base["detected"], base["followed"])
    if found is None:
        return {}
    return dict(zip(("relative", "relative_low", "relative_high"), found, strict=True))


def _expected(rows: list[Row]) -> dict[str, float]:
    """Group → detections to expect, were each unit's offence detected alike for all victims."""
    strata: dict[tuple[str, str], tuple[int, int]] = {}
    for row in rows:
        n, d = strata.get((row["unit_code"], row["offence"]), (0, 0))
        strata[row["unit_code"], row["offence"]] = n + row["followed"], d + row["detected"]
    found: dict[str, float] = {}
    for row in rows:
        n, d = strata[row["unit_code"], row["offence"]]
        share = row["followed"] * d / n if n else 0.0
        found[row["group"]] = found.get(row["group"], 0.0) + share
    return found


def _set_against(row: Row, expected: float, groups: int) -> None:
    """Adds detected ÷ expected, with an interval that holds for all groups at once."""
    if row["detected"] is None or row["group"] == NOT_KNOWN or not expected:
        return
    low, high = intervals.poisson(row["detected"], 1 - (1 - LEVEL) / groups)
    row |= {
        "expected": expected,
        "like": row["detected"] / expected,
        "like_low": low / expected,
        "like_high": high / expected,
    }


def _ratio_title(rows: list[Row], field: str) -> str:
    """Which groups' detections lie beyond chance of what their offences lead to expect."""
    fewer = [row["group"] for row in rows if (row.get("like_high") or 1) < 1]
    more = [row["group"] for row in rows if (row.get("like_low") or 1) > 1]
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
