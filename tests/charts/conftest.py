"""Results made by hand, small enough to read."""

from datetime import date

import pyarrow as pa
import pytest

from dashboard.access import Disclosed, Stamp

STAMP = Stamp(date(2004, 7, 12), "abc", True, "RESTRICTED", (), "0")


@pytest.fixture
def disclosed():
    """Makes a Disclosed of rows."""

    def make(rows: list[dict], schema: pa.Schema | None = None) -> Disclosed:
        return Disclosed(pa.Table.from_pylist(rows, schema=schema), "A title", "", (), STAMP)

    return make


@pytest.fixture
def data_names():
    """The names of all data sets that a spec asks for; fails on data held inside."""

    def names(spec: object) -> set[str]:
        parts = spec.values() if isinstance(spec, dict) else spec
        if not isinstance(spec, dict | list):
            return set()
        own = set()
        if isinstance(spec, dict):
            assert "datasets" not in spec
            assert "values" not in spec.get("data", {})
            own = {spec["data"]["name"]} if "data" in spec else set()
        return own.union(*map(names, parts))

    return names
