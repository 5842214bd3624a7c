"""Is all sound that `check` looks at: the catalogue, what publish runs, and the questions of pages?

The questions are bound to a snapshot without rows.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import duckdb

from dashboard import catalogue as catalogues
from dashboard import queries
from dashboard.access.roles import LOCAL
from dashboard.access.scope import scope_of
from dashboard.catalogue import Catalogue
from dashboard.queries.files import KINDS, Query, place_of
from dashboard.snapshots import binding, editions, store
from dashboard.snapshots.binding import AS_AT, differences, said_by
from dashboard.snapshots.publishing import publish


def faults(folder: Path) -> list[str]:
    """A sentence for every fault of the catalogue in `folder`, and for every query that can't be
    bound, returns what its header does not say, or names what the catalogue has not.

    Where what is run at publish is at fault, the questions that stand on it are not asked.
    """
    said = binding.faults(folder, tuple(KINDS))
    return said or list(_asked_faults(catalogues.load(folder)))


def _asked_faults(catalogue: Catalogue) -> Iterator[str]:
    """The faults of the questions asked of one snapshot and of several, on one without rows."""
    with tempfile.TemporaryDirectory() as made:
        data = Path(made)
        shutil.copytree(catalogue.folder, data / "catalogue")
        info = publish(AS_AT, data)
        scope = scope_of(LOCAL, catalogue)
        for kind, views in (
            ("reports", store.views(info, scope)),
            ("across", editions.views((info,), scope)),
        ):
            with views:
                for query in queries.find(kind).values():
                    yield from differences(views, query, query.returns)
                    if kind == "reports":
                        yield from _no_sources(views, query)


def _no_sources(connection: duckdb.DuckDBPyConnection, query: Query) -> Iterator[str]:
    """What a header says that it reads and that is no table."""
    for name in query.header["source"].split(","):
        try:
            connection.sql(f"from {name}")
        except duckdb.Error as error:
            yield f"{place_of(query.path)}: source: {said_by(error)}"
