"""The level of area that a file of published counts is about: boroughs, never a finer one.

A file of wards names their boroughs too, so that it looks like a borough file with many rows
a borough: taken for one it would count what has a ward and lose what has none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

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


def refuse_finer_columns(header: Sequence[str], plan: Plan, work: Work, kind: str) -> None:
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
            formats = work.catalogue.formats
            shape = formats[kind].shape if kind in formats else ""
            named = [
                item.name
                for item in formats.values()
                if (item.level, item.shape) == (level.lower(), shape)
            ]
            or_else = f"; or as a format of that level: {listed(named)}" if named else ""
            raise ContentError(
                f"{work.file} counts by {level} (column {name.strip()}), {kind} by borough; import "
                "the publisher's borough file, as what has no place in a "
                f"{level} would be lost in the sum{or_else}"
            )


def refuse_finer_areas(work: Work, plan: Plan) -> None:
    """Raises ContentError where the areas of table cells are wards, LSOAs or the like."""
    if plan.levels:
        return
    spelt = [row[0] for row in work.all("select distinct borough from cells where borough > ''")]
    finer = [text for text in spelt if re.fullmatch(FINER_CODE, text)]
    unknown = [text for text in spelt if work.catalogue.resolve("area", "", text) is None]
    known = len(spelt) - len(unknown)
    # More names that are no borough than there are boroughs, or several and not one that is
    # a borough: it is another level.
    vast = len(unknown) > max(known, len(work.catalogue.areas)) or (
        not known and len(unknown) >= SEVERAL
    )
    if len(finer) > known or vast:
        shown = listed(sorted(finer or unknown), 5)
        raise ContentError(
            f"{work.file} names {len(spelt):,} areas that are no boroughs ({shown}); import the "
            "publisher's borough file, or add them up by borough first"
        )
