"""Are queries and catalogue of one another? What a header compares with has a code.

A packaged measure may name codes that another organisation's catalogue does without: each is known
where that catalogue or the packaged one has it.
"""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator, Sequence

from dashboard.catalogue import PACKAGED, Catalogue, load
from dashboard.queries import predicates
from dashboard.queries.files import Query, find, place_of
from dashboard.queries.headers import measure_files

UNITS = ("ocu", "branch", "team", "unit_code")  # columns of a record that say whose it is
UNKNOWN = "unknown"  # what a spelling that the catalogue has not is kept as


def faults(catalogue: Catalogue) -> list[str]:
    """A sentence for every code in a header that neither the catalogue nor the packaged one has."""
    catalogues = (catalogue, load(PACKAGED))
    return [
        f"{place_of(query.path)}: {words}"
        for query in [*measure_files(catalogue.directorate), *find("faults").values()]
        for words in _unknown(query, catalogues)
    ]


def _unknown(query: Query, catalogues: Sequence[Catalogue]) -> Iterator[str]:
    head = query.header
    published = head.get("published", "").split()
    yield from _not_among("published", published, _offences(catalogues), "offences.csv")
    for key in ("records", "numerator"):
        if key in head:
            for column, value in predicates.compared(head[key]):
                yield from _not_a_code(column, value, catalogues)


def _offences(catalogues: Sequence[Catalogue]) -> set[str]:
    return {code for catalogue in catalogues for code in catalogue.offences}


def _not_a_code(column: str, value: str, catalogues: Sequence[Catalogue]) -> Iterator[str]:
    """A text that no record can hold in a column whose values the catalogue lists."""
    if value == UNKNOWN:
        return
    if column in UNITS:
        units = {code for catalogue in catalogues for code in catalogue.units}
        yield from _not_among(column, [value], units, "organisation.csv")
    elif column == "borough":
        areas = {code for catalogue in catalogues for code in catalogue.areas}
        yield from _not_among(column, [value], areas, "boroughs.csv")
    elif column == "offence":
        yield from _not_among(column, [value], _offences(catalogues), "offences.csv")
    elif column == "fault":
        mended = [name for name, rule in find("faults").items() if "closed" in rule.header]
        yield from _not_among(column, [value], mended, "queries/faults with a `closed`")
    elif any(column in catalogue.values for catalogue in catalogues):
        codes = {code for each in catalogues for code in each.values.get(column, {})}
        yield from _not_among(column, [value], codes, "values.csv")


def _not_among(
    key: str, values: Collection[str], known: Collection[str], where: str
) -> Iterator[str]:
    for value in values:
        if value not in known:
            near = difflib.get_close_matches(value, known, 1, cutoff=0.0)
            nearest = f"; the nearest is {near[0]!r}" if near else ""
            yield f"{key} {value!r} is not in {where}{nearest}"
