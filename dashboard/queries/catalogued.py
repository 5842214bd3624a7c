"""Are queries and catalogue of one another? What a header compares with has a code."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator

from dashboard.catalogue import Catalogue
from dashboard.queries import predicates
from dashboard.queries.files import Query, find, place_of
from dashboard.queries.headers import measure_files

UNKNOWN = "unknown"  # what a spelling that the catalogue has not is kept as


def faults(catalogue: Catalogue) -> list[str]:
    """A sentence for every name in a header that the catalogue does not have."""
    return [
        f"{place_of(query.path)}: {words}"
        for query in [*measure_files(catalogue.directorate), *find("faults").values()]
        for words in _unknown(query, catalogue)
    ]


def _unknown(query: Query, catalogue: Catalogue) -> Iterator[str]:
    head = query.header
    published = head.get("published", "").split()
    yield from _not_among("published", published, catalogue.offences, "offences.csv")
    for key in ("records", "numerator"):
        if key in head:
            for column, value in predicates.compared(head[key]):
                yield from _not_a_code(column, value, catalogue)


def _not_a_code(column: str, value: str, catalogue: Catalogue) -> Iterator[str]:
    """A text that no record can hold in a column whose values the catalogue lists."""
    if value == UNKNOWN:
        return
    if column == "offence":
        yield from _not_among(column, [value], catalogue.offences, "offences.csv")
    elif column == "fault":
        mended = [name for name, rule in find("faults").items() if "closed" in rule.header]
        yield from _not_among(column, [value], mended, "queries/faults with a `closed`")
    elif column in catalogue.values:
        yield from _not_among(column, [value], catalogue.values[column], "values.csv")


def _not_among(
    key: str, values: Collection[str], known: Collection[str], where: str
) -> Iterator[str]:
    for value in values:
        if value not in known:
            near = difflib.get_close_matches(value, known, 1, cutoff=0.0)
            nearest = f"; the nearest is {near[0]!r}" if near else ""
            yield f"{key} {value!r} is not in {where}{nearest}"
