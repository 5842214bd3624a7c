"""The level of area that a file of published counts is about: boroughs, never a finer one.

A file of wards names their boroughs too, so that it looks like a borough file with many rows
a borough: taken for one it would count what has a ward and lose what has none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from dashboard.catalogue import Format
from dashboard.errors import ContentError
from dashboard.ingest.adapters import Plan
from dashboard.ingest.columns import listed, spelling
from dashboard.ingest.work import Work

FINER = {
    "ward": "ward", "wards": "ward", "wardname": "ward", "wardcode": "ward",
    "lsoa": "LSOA", "msoa": "MSOA", "oa": "output area", "oacode": "output area",
    "neighbourhood": "neighbourhood", "neighbourhoods": "neighbourhood",
    "neighborhood": "neighbourhood", "snt": "neighbourhood", "beat": "beat",
    "postcode": "postcode", "postcodes": "postcode", "ward11": "ward", "street": "street",
    "easting": "place", "northing": "place", "latitude": "place", "longitude": "place",
}  # fmt: skip
# GSS codes of wards, output areas and their like; names of LSOAs (Ashby 001A) and MSOAs.
SEVERAL = 3
FINER_CODE = r"(E05|E01|E02|E00|E36)\d{6}|.* \d{3}[A-Z]?"
FINER_NAME = r".+ \(?(wards?|snts?|safer neighbourhoods?( teams?)?|neighbourhoods?|lsoa|msoa)\)?"
# Headings of a column that says of which level each row is.
LEVEL = "level"
LEVELS = {"area_type", "area_level", "areatype", "geography_type", "geography_level", LEVEL}


def refuse_finer_columns(
    header: Sequence[str], plan: Plan, file: str, kind: str, formats: Mapping[str, Format]
) -> None:
    """Raises ContentError where a heading says that the rows are of a finer level."""
    if plan.levels:
        return
    for name in header:
        words = re.sub(r"(?<=[a-z])(?=\d)", "_", spelling(name)).split("_")
        level = next((FINER[word] for word in words if word in FINER), None)
        level = level or next(
            (FINER[word] for word in FINER if len(word) > 3 and spelling(name).startswith(word)),
            None,
        )
        if level:
            shape = formats[kind].shape if kind in formats else ""
            named = [
                item.name
                for item in formats.values()
                if (item.level, item.shape) == (level.lower(), shape)
            ]
            or_else = f"; or as a format of that level: {listed(named)}" if named else ""
            raise ContentError(
                f"{file} counts by {level} (column {name.strip()}), {kind} by borough; import "
                "the publisher's borough file, as what has no place in a "
                f"{level} would be lost in the sum{or_else}"
            )


def with_level(header: Sequence[str], plan: Plan) -> Plan:
    """The plan with the column that says of which level each row is, where it reads none."""
    taken = plan.chosen.values()
    place = next(
        (at for at, name in enumerate(header) if spelling(name) in LEVELS and at not in taken), None
    )
    if plan.levels or place is None or LEVEL in plan.chosen:
        return plan
    left = tuple(name for name in plan.left_out if spelling(name) not in LEVELS)
    return replace(plan, chosen=plan.chosen | {LEVEL: place}, left_out=left)


def refuse_mixed_levels(work: Work, plans: Sequence[Plan]) -> None:
    """Raises ContentError where a column says that rows are of several levels or a finer one."""
    for number, plan in enumerate(plans):
        if LEVEL not in plan.chosen:
            continue
        said = work.all(
            f"select distinct trim({LEVEL}) from ({work.raw(number)}) where trim({LEVEL}) > '' "
            "order by 1"
        )
        levels = [row[0] for row in said]
        finer = any(word in FINER for text in levels for word in spelling(text).split("_"))
        if finer or len(levels) > 1:
            raise ContentError(
                f"{work.file} counts by {listed(levels, 5)} (it has a column of levels), boroughs "
                "alone are asked for: keep the rows of boroughs and import those, as the others "
                "say the same counts again"
            )


def refuse_finer_areas(work: Work, plan: Plan) -> None:
    """Raises ContentError where the areas of table cells are wards, LSOAs or the like."""
    if plan.levels:
        return
    spelt = [row[0] for row in work.all("select distinct borough from cells where borough > ''")]
    unknown = [text for text in spelt if work.catalogue.resolve("area", "", text) is None]
    finer = [
        text
        for text in unknown
        if re.fullmatch(FINER_CODE, text) or re.fullmatch(FINER_NAME, text, re.IGNORECASE)
    ]
    known = len(spelt) - len(unknown)
    # More names that are no borough than there are boroughs, or several and not one that is
    # a borough: it is another level.
    vast = len(unknown) > max(known, len(work.catalogue.areas)) or (
        not known and len(unknown) >= SEVERAL
    )
    if finer or vast:
        named = sorted(finer or unknown)
        areas = (
            "1 area that is no borough"
            if len(named) == 1
            else (f"{len(named):,} areas that are no boroughs")
        )
        raise ContentError(
            f"{work.file} names {areas} ({listed(named, 5)}); import the publisher's borough "
            "file, or add them up by borough first"
        )
