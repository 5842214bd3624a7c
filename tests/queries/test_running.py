"""A query that is run: what it can't read is said in a sentence."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from dashboard.errors import UsageError
from dashboard.queries import Connection
from dashboard.queries.files import Query

ASKED = Query(
    "since", Path("since.sql"), {"params": "$since (date)"}, "select $since::date as since"
)


def test_a_value_that_a_query_cannot_read_is_said_with_what_it_takes():
    asks = Connection(duckdb.connect())
    assert asks.run(ASKED, {"since": "2032-07-12"}).num_rows == 1
    with pytest.raises(UsageError, match=r"since takes \$since \(date\); one of them"):
        asks.run(ASKED, {"since": "yesterday"})
