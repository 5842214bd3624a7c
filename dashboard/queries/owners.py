"""Are measures and the directorate that uses them of one another: owners, lists, ids?"""

from __future__ import annotations

from collections import Counter

from dashboard.catalogue import Catalogue, Directorate
from dashboard.queries.files import find, place_of
from dashboard.queries.headers import measure_files


def measure_ids(directorate: Directorate) -> set[str]:
    """Ids of the measures that a directorate has."""
    return {query.name for query in measure_files(directorate)}


def faults(catalogue: Catalogue) -> list[str]:
    """Every measure whose owner is no unit here, that is listed and not there, or stands twice."""
    own = catalogue.directorate
    sentences = [
        f"directorate.toml:1: measures: {name!r} is no packaged measure"
        for name in own.measures or ()
        if name not in find("measures")
    ]
    files = measure_files(own)
    for query in [*files, *find("faults").values()]:
        owner = query.header.get("owner", "")
        if own.unit_of(owner) not in catalogue.units:
            sentences.append(
                f"{place_of(query.path)}: the owner {owner!r} is no unit of organisation.csv; "
                f"write the line {owner},UNIT into roles_of_units.csv"
            )
    for name, times in Counter(query.name for query in files).items():
        if times > 1:
            sentences.append(
                f"measures/{name}.sql: the measure is packaged already: name it otherwise"
            )
    return sentences
