"""The rows of a report query that a scope sees, kept while the program runs.

What hangs on nobody's records is the same for all who see the same figures, and is asked once for
all of them: thirty readers of ten scopes ask no more than thirty of one.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from dashboard import queries, snapshots
from dashboard.access import Scope
from dashboard.queries import Query
from dashboard.reports.request import answers
from dashboard.snapshots import SnapshotInfo


def rows(snapshot: SnapshotInfo, scope: Scope, query: Query, params: tuple[Any, ...]) -> pa.Table:
    """What `query` answers the scope; params are pairs of name and value."""
    answer = None if query in _of_records else shared(snapshot, scope.figures, query, params)
    if answer is None:
        _of_records.add(query)
        return own_views(snapshot, scope, query, params)
    answers.note(snapshot, scope.figures, (query, params), answer)
    return answer


# Queries that were seen to read what differs between those who see the same figures: whoever asks
# one of them is told by his own views at once.
_of_records: set[Query] = set()


# A snapshot never changes, so that what it answered a scope once it answers always.
@lru_cache(maxsize=2048)
def shared(
    snapshot: SnapshotInfo, figures: Scope, query: Query, params: tuple[Any, ...]
) -> pa.Table | None:
    """What all who see the same figures are told; None where the query reads what may differ
    among them. DuckDB itself says so: nothing else is there to be read."""
    snapshots.refuse_damaged(snapshot)
    if (told := answers.held(snapshot, figures, (query, params))) is not None:
        return told
    try:
        answer = snapshots.connect(snapshot, figures, shared=True).run(query, dict(params))
    except queries.NotHereError:
        return None
    return in_view(answer, figures)


@lru_cache(maxsize=1024)
def own_views(
    snapshot: SnapshotInfo, scope: Scope, query: Query, params: tuple[Any, ...]
) -> pa.Table:
    return in_view(snapshots.connect(snapshot, scope).run(query, dict(params)), scope)


def in_view(answer: pa.Table, scope: Scope) -> pa.Table:
    if scope.sees == "borough" and "borough" in answer.column_names:
        # Other boroughs' rows are not in the views: a 0 that a query makes of that is none.
        return answer.filter(
            pc.is_in(answer.column("borough"), pa.array([scope.borough, "", None]))
        )
    return answer
